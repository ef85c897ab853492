//! Reading a mailbox (RFC 9051, and 3501): what came in, and whether a letter of ours is there. Nothing is changed
//! in it: mailboxes are opened to be looked at, and no flag is set.

mod bounce;
mod incoming;
mod own_words;
mod session;

use std::time::Duration;

use thiserror::Error;

use crate::smtp::{Login, Security};
pub use bounce::Bounce;
pub use incoming::Incoming;
pub use session::{NewMail, Position, Session};

/// Where our mailbox is.
#[derive(Clone, Debug)]
pub struct ImapServer {
    /// Name or address.
    pub host: String,
    /// 993 or 143, as a rule.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Whose mailbox.
    pub login: Login,
    /// How long we wait for each answer.
    pub patience: Duration,
    /// Root certificates (DER) to trust besides those of this machine.
    pub trust: Vec<Vec<u8>>,
}

impl ImapServer {
    /// One with two minutes of patience.
    pub fn new(host: impl Into<String>, port: u16, security: Security, login: Login) -> Self {
        let (patience, trust) = (Duration::from_secs(120), Vec::new());
        Self { host: host.into(), port, security, login, patience, trust }
    }
}

/// Why the mailbox could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImapTrouble {
    /// The network, the system.
    #[error("the mailbox could not be reached: {0}")]
    Network(String),
    /// No protected connection.
    #[error("no protected connection to the mailbox: {0}")]
    Tls(String),
    /// User or password.
    #[error("the mailbox refused the login: {0}")]
    Login(String),
    /// A command was not carried out.
    #[error("the mailbox said no: {0}")]
    Refused(String),
    /// No answer in time.
    #[error("the mailbox did not answer within {} s", .0.as_secs())]
    Silent(Duration),
}
