//! The company's mail server as the outreach crate wants it.

use forewarn_outreach::imap::ImapServer;
use forewarn_outreach::smtp::{Login, Security, Server};
use forewarn_store::settings::mail::{MailSecurity, MailServer, Secret};

/// The server that takes letters and notices.
pub(crate) fn smtp(settings: &MailServer) -> Server {
    let login = settings.user.as_ref().map(|_| login(settings));
    Server { login, ..Server::new(settings.host.clone(), settings.port, security(settings)) }
}

/// The server that shows our mailboxes.
pub(crate) fn imap(settings: &MailServer) -> ImapServer {
    ImapServer::new(settings.host.clone(), settings.port, security(settings), login(settings))
}

fn security(settings: &MailServer) -> Security {
    match settings.security {
        MailSecurity::Plain => Security::Plain,
        MailSecurity::StartTls => Security::StartTls,
        MailSecurity::Tls => Security::Tls,
    }
}

fn login(settings: &MailServer) -> Login {
    let user = settings.user.clone().unwrap_or_default();
    Login { user, password: settings.password.as_ref().map_or("", Secret::reveal).to_owned() }
}
