//! The company's mail server as the outreach crate wants it.

use forewarn_outreach::smtp::{Login, Security, Server};
use forewarn_store::settings::mail::{MailSecurity, MailServer, Secret};

/// The server that takes letters and notices.
pub(crate) fn smtp(settings: &MailServer) -> Server {
    let security = match settings.security {
        MailSecurity::Plain => Security::Plain,
        MailSecurity::StartTls => Security::StartTls,
        MailSecurity::Tls => Security::Tls,
    };
    let password = settings.password.as_ref().map_or("", Secret::reveal).to_owned();
    let login = settings.user.clone().map(|user| Login { user, password });
    Server { login, ..Server::new(settings.host.clone(), settings.port, security) }
}
