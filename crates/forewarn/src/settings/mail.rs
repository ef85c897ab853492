//! What the environment says about mail. Each value comes before the one that is saved in the settings.

use super::secret_from_environment;
use anyhow::{Context as _, Result, bail};
use forewarn_store::settings::mail::{MailOverrides, MailSecurity, Secret, ServerOverrides};

/// Reads `FOREWARN_MAIL_FROM`, `FOREWARN_MAIL_FROM_NAME`, `FOREWARN_MAIL_COPY_TO`, and of the prefixes
/// `FOREWARN_SMTP` and `FOREWARN_IMAP` the variables `_HOST`, `_PORT`, `_SECURITY` (plain, start-tls or tls),
/// `_USER` and `_PASSWORD` (or `_PASSWORD_FILE`); `FOREWARN_IMAP_INBOX` and `FOREWARN_IMAP_SENT`.
pub(crate) fn overrides() -> Result<MailOverrides> {
    Ok(MailOverrides {
        from_address: variable("FOREWARN_MAIL_FROM"),
        from_name: variable("FOREWARN_MAIL_FROM_NAME"),
        self_copy: variable("FOREWARN_MAIL_COPY_TO"),
        smtp: server("FOREWARN_SMTP")?,
        imap: server("FOREWARN_IMAP")?,
        inbox: variable("FOREWARN_IMAP_INBOX"),
        sent: variable("FOREWARN_IMAP_SENT"),
    })
}

fn server(prefix: &str) -> Result<ServerOverrides> {
    let named = |name: &str| format!("{prefix}_{name}");
    let port = match variable(&named("PORT")) {
        Some(port) => {
            Some(port.parse().with_context(|| format!("{} must be a port, not “{port}”", named("PORT")))?)
        }
        None => None,
    };
    let security = match variable(&named("SECURITY")) {
        Some(word) => match MailSecurity::ALL.into_iter().find(|way| way.word() == word) {
            Some(way) => Some(way),
            None => bail!("{} must be plain, start-tls or tls, not “{word}”", named("SECURITY")),
        },
        None => None,
    };
    let password = secret_from_environment(&named("PASSWORD"))?.and_then(Secret::new);
    Ok(ServerOverrides {
        host: variable(&named("HOST")),
        port,
        security,
        user: variable(&named("USER")),
        password,
    })
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}
