use std::fmt;
use std::time::Duration;

/// A mail server, and how to speak to it.
#[derive(Clone, Debug)]
pub struct Server {
    /// Name or address.
    pub host: String,
    /// 25, 465 or 587, as a rule.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who we are, where the server asks.
    pub login: Option<Login>,
    /// The name to say hello with; our own address if there is none.
    pub hello: Option<String>,
    /// How long we wait for what.
    pub patience: Patience,
    /// Root certificates (DER) to trust besides those of this machine.
    pub trust: Vec<Vec<u8>>,
}

impl Server {
    /// One without a login, with the patience of RFC 5321.
    pub fn new(host: impl Into<String>, port: u16, security: Security) -> Self {
        let (login, hello, patience, trust) = (None, None, Patience::default(), Vec::new());
        Self { host: host.into(), port, security, login, hello, patience, trust }
    }
}

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all: for a server on the same machine or the same wire.
    Plain,
    /// Begins plain and must become TLS before anything is said; never falls back.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// User and password. Its debug form hides the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// As the server knows us.
    pub user: String,
    /// In plain.
    pub password: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("user", &self.user).finish_non_exhaustive()
    }
}

/// How long we wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For the answer to a command, and for a block of text to be taken.
    pub answer: Duration,
    /// For the answer to the final dot. Giving up here makes a letter *unknown*, so: long.
    pub after_dot: Duration,
}

impl Default for Patience {
    /// RFC 5321 4.5.3.2: five minutes for a command, ten after the dot.
    fn default() -> Self {
        let minutes = |n: u64| Duration::from_secs(60 * n);
        Self { connect: Duration::from_secs(30), answer: minutes(5), after_dot: minutes(10) }
    }
}
