use std::time::Duration;

use thiserror::Error;

use super::answer::Answer;

/// The steps of a conversation, in their order: whatever is before the phase of a [`Trouble`] has worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Finding the server and connecting.
    Connect,
    /// Its greeting and ours.
    Greeting,
    /// Protecting the connection.
    Tls,
    /// User and password.
    Login,
    /// Who writes (MAIL).
    Sender,
    /// To whom (RCPT).
    Recipient,
    /// May the text come (DATA).
    Data,
    /// The text itself.
    Content,
    /// The dot that hands it over.
    Dot,
}

impl Phase {
    /// In a sentence: "… at the recipient".
    pub fn as_words(self) -> &'static str {
        match self {
            Self::Connect => "connecting",
            Self::Greeting => "the greeting",
            Self::Tls => "protecting the connection (TLS)",
            Self::Login => "the login",
            Self::Sender => "the sender",
            Self::Recipient => "the recipient",
            Self::Data => "announcing the text",
            Self::Content => "the text",
            Self::Dot => "the end of the text",
        }
    }
}

/// What went wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the mail server failed at {}: {cause}", .phase.as_words())]
pub struct Trouble {
    /// Where.
    pub phase: Phase,
    /// What.
    pub cause: Cause,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Cause {
    /// It said no.
    #[error("it said \"{0}\"")]
    Answered(Answer),
    /// The name, the network, the system.
    #[error("{0}")]
    Network(String),
    /// It hung up.
    #[error("it closed the connection")]
    Closed,
    /// It did not answer.
    #[error("no answer within {} s", .0.as_secs())]
    Silent(Duration),
    /// Not SMTP.
    #[error("it does not speak SMTP: {0:?}")]
    NotUnderstood(String),
    /// It said more than it was asked, so that nobody knows which answer was about the mail.
    #[error("it said \"{0}\" and then \"{1}\" to one question")]
    OutOfStep(Answer, Answer),
    /// STARTTLS is asked for and not on offer.
    #[error("it does not offer STARTTLS")]
    NoStartTls,
    /// A certificate that is not trusted, a name that does not fit, and the like.
    #[error("no protected connection: {0}")]
    Tls(String),
    /// No way to log in that both know.
    #[error("it offers no login that Forewarn knows (PLAIN or LOGIN)")]
    NoLogin,
}

impl Trouble {
    /// What to mend, as a sentence.
    pub fn advice(&self) -> &'static str {
        match (self.phase, &self.cause) {
            (_, Cause::NoStartTls) => {
                "Use TLS from the start (port 465, as a rule), or no protection on the same machine."
            }
            (_, Cause::NoLogin) => {
                "Check whether the server wants a login at all, and whether it does so only over TLS."
            }
            (Phase::Connect, _) => "Check host and port, and whether a firewall lets this machine out to it.",
            (Phase::Greeting, Cause::NotUnderstood(_) | Cause::Closed | Cause::Silent(_)) => {
                "Check port and protection: 465 wants TLS from the start, 587 STARTTLS, 25 as a rule STARTTLS or none."
            }
            (Phase::Tls, _) => {
                "Check that the host is the name in the server's certificate, and that this machine trusts its issuer."
            }
            (Phase::Login, _) => "Check user and password; some providers want an app password.",
            (Phase::Sender, _) => {
                "Check the sender's address: many servers only take those of their own domain, or of who logged in."
            }
            (Phase::Recipient, _) => {
                "Check the recipient's address, and whether the server relays for this machine or login."
            }
            _ => "See what the server's log says about this connection.",
        }
    }
}
