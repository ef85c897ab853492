//! The company's mail: who writes, the server that takes letters, and the mailbox that replies come to.
//!
//! Saved in the settings; whoever runs the program can override each value ([`MailOverrides`]), so that a
//! password need not lie in the database.

use crate::db::Store;
use crate::error::Result;
use serde::{Deserialize, Serialize};
use std::fmt;

/// All about mail. Without it nothing is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSettings {
    /// The address that letters and notices come from, and that replies go to.
    pub from_address: String,
    /// The name beside it; the company's if there is none.
    pub from_name: Option<String>,
    /// The server that takes them.
    pub smtp: MailServer,
    /// The mailbox that replies and bounces arrive in.
    pub imap: Option<Mailboxes>,
    /// A mailbox of ours that gets a copy of each letter: proof that it has left.
    pub self_copy: Option<String>,
}

/// A mail server, and who we are to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailServer {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// User name, where it asks for one.
    pub user: Option<String>,
    /// Password.
    pub password: Option<Secret>,
}

/// Where replies are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailboxes {
    /// The server.
    pub server: MailServer,
    /// The mailbox that mail arrives in.
    pub inbox: String,
    /// The mailbox that keeps what was sent, if the mail server files it there.
    pub sent: Option<String>,
}

/// How the connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailSecurity {
    /// Not at all: for a server on the same machine.
    Plain,
    /// Begins plain, and becomes TLS before anything is said.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// A password. It is never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

/// What whoever runs the program says about mail; each value that is given comes before the saved one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailOverrides {
    /// The address that letters come from.
    pub from_address: Option<String>,
    /// The name beside it.
    pub from_name: Option<String>,
    /// A mailbox of ours that gets a copy of each letter.
    pub self_copy: Option<String>,
    /// About the server that takes letters.
    pub smtp: ServerOverrides,
    /// About the server that replies are read from.
    pub imap: ServerOverrides,
    /// The mailbox that mail arrives in.
    pub inbox: Option<String>,
    /// The mailbox that keeps what was sent.
    pub sent: Option<String>,
}

/// What is said about one server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerOverrides {
    /// Name or address.
    pub host: Option<String>,
    /// Port.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub security: Option<MailSecurity>,
    /// User name.
    pub user: Option<String>,
    /// Password.
    pub password: Option<Secret>,
}

const NAME: &str = "mail";

impl Store {
    /// What is saved about mail; `None` until somebody has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mail_settings(&self) -> Result<Option<MailSettings>> {
        self.setting(NAME).await
    }

    /// Saves it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_mail_settings(&self, settings: &MailSettings) -> Result<()> {
        self.save_setting(NAME, settings).await
    }
}

impl MailOverrides {
    /// What holds: each value from here, or else from what is saved. `None` while no server or no sender is
    /// named in either.
    pub fn over(&self, saved: Option<MailSettings>) -> Option<MailSettings> {
        let (from_address, from_name, smtp, imap, self_copy) = match saved {
            Some(MailSettings { from_address, from_name, smtp, imap, self_copy }) => {
                (Some(from_address), from_name, Some(smtp), imap, self_copy)
            }
            None => (None, None, None, None, None),
        };
        Some(MailSettings {
            from_address: first(&self.from_address, from_address)?,
            from_name: first(&self.from_name, from_name),
            smtp: self.smtp.over(smtp.as_ref(), MailSecurity::smtp_port)?,
            imap: self.mailboxes(imap.as_ref()),
            self_copy: first(&self.self_copy, self_copy),
        })
    }

    fn mailboxes(&self, saved: Option<&Mailboxes>) -> Option<Mailboxes> {
        let server = self.imap.over(saved.map(|saved| &saved.server), MailSecurity::imap_port)?;
        let inbox = first(&self.inbox, saved.map(|saved| saved.inbox.clone()));
        let sent = first(&self.sent, saved.and_then(|saved| saved.sent.clone()));
        Some(Mailboxes { server, inbox: inbox.unwrap_or_else(|| "INBOX".to_owned()), sent })
    }
}

impl ServerOverrides {
    fn over(&self, saved: Option<&MailServer>, usual_port: fn(MailSecurity) -> u16) -> Option<MailServer> {
        let host = first(&self.host, saved.map(|saved| saved.host.clone()))?;
        // Another host or protection has another port, unless one is said.
        let same = self.host.is_none() && self.security.is_none();
        let security =
            first(&self.security, saved.map(|saved| saved.security)).unwrap_or(MailSecurity::StartTls);
        let port = first(&self.port, saved.filter(|_| same).map(|saved| saved.port));
        Some(MailServer {
            host,
            port: port.unwrap_or_else(|| usual_port(security)),
            security,
            user: first(&self.user, saved.and_then(|saved| saved.user.clone())),
            password: first(&self.password, saved.and_then(|saved| saved.password.clone())),
        })
    }
}

fn first<T: Clone>(said: &Option<T>, saved: Option<T>) -> Option<T> {
    said.clone().or(saved)
}

impl MailSecurity {
    /// All ways.
    pub const ALL: [MailSecurity; 3] = [MailSecurity::Plain, MailSecurity::StartTls, MailSecurity::Tls];

    /// As it is typed and stored.
    pub fn word(self) -> &'static str {
        match self {
            MailSecurity::Plain => "plain",
            MailSecurity::StartTls => "start-tls",
            MailSecurity::Tls => "tls",
        }
    }

    /// The name on screen.
    pub fn name(self) -> &'static str {
        match self {
            MailSecurity::Plain => "None (same machine only)",
            MailSecurity::StartTls => "STARTTLS",
            MailSecurity::Tls => "TLS",
        }
    }

    /// The port on which servers usually take mail.
    pub fn smtp_port(self) -> u16 {
        match self {
            MailSecurity::Plain => 25,
            MailSecurity::StartTls => 587,
            MailSecurity::Tls => 465,
        }
    }

    /// The port on which servers usually show mailboxes.
    pub fn imap_port(self) -> u16 {
        match self {
            MailSecurity::Plain | MailSecurity::StartTls => 143,
            MailSecurity::Tls => 993,
        }
    }
}

impl Secret {
    /// Keeps a password; `None` when there is nothing in it.
    pub fn new(password: impl Into<String>) -> Option<Self> {
        let password = password.into();
        (!password.is_empty()).then_some(Self(password))
    }

    /// The password itself, for the server that asks for it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved() -> MailSettings {
        let server = |host: &str, port| MailServer {
            host: host.to_owned(),
            port,
            security: MailSecurity::Tls,
            user: Some("forewarn".to_owned()),
            password: Secret::new("saved secret"),
        };
        MailSettings {
            from_address: "sales@nordpumpe.example".to_owned(),
            from_name: Some("Nordpumpe".to_owned()),
            smtp: server("smtp.nordpumpe.example", 4650),
            imap: Some(Mailboxes {
                server: server("imap.nordpumpe.example", 993),
                inbox: "Replies".to_owned(),
                sent: None,
            }),
            self_copy: None,
        }
    }

    #[test]
    fn without_overrides_the_saved_settings_hold() {
        assert_eq!(MailOverrides::default().over(Some(saved())), Some(saved()));
        assert_eq!(MailOverrides::default().over(None), None);
    }

    #[test]
    fn each_value_can_be_overridden_and_a_password_alone_suffices() {
        let smtp = ServerOverrides { password: Secret::new("of the machine"), ..ServerOverrides::default() };
        let held = MailOverrides { smtp, ..MailOverrides::default() }.over(Some(saved())).unwrap();
        assert_eq!(held.smtp.password.as_ref().map(Secret::reveal), Some("of the machine"));
        assert_eq!((held.smtp.port, held.imap), (4650, saved().imap));
    }

    #[test]
    fn a_host_and_a_sender_are_enough_to_send() {
        let smtp = ServerOverrides { host: Some("localhost".to_owned()), ..ServerOverrides::default() };
        let from_address = Some("sales@nordpumpe.example".to_owned());
        let held = MailOverrides { smtp: smtp.clone(), from_address, ..MailOverrides::default() }
            .over(None)
            .unwrap();
        assert_eq!((held.smtp.port, held.smtp.security, held.imap), (587, MailSecurity::StartTls, None));
        assert_eq!(MailOverrides { smtp, ..MailOverrides::default() }.over(None), None, "nobody writes");
    }

    #[test]
    fn passwords_are_never_printed() {
        assert!(!format!("{:?}", saved()).contains("saved secret"));
    }
}
