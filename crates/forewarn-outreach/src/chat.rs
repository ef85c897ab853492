//! A notice to one of our own people in a chat they read anyway: incoming webhooks of Slack, Teams and
//! Mattermost (and of what speaks like them), and ntfy.

mod message;

use thiserror::Error;

use crate::http::{Http, HttpTrouble};

/// Which chat, and where it takes messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Whose form of message.
    pub kind: Kind,
    /// The address of the webhook, or of the ntfy topic. Who knows it can post: a secret.
    pub url: String,
}

/// Whose form of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Slack's incoming webhook.
    Slack,
    /// A "post to a channel when a webhook request is received" workflow of Microsoft Teams: an adaptive card.
    Teams,
    /// Mattermost's incoming webhook; Rocket.Chat and others take the same.
    Mattermost,
    /// A topic of ntfy.sh or of a server of one's own.
    Ntfy,
}

impl Kind {
    /// All of them, in the order in which people choose.
    pub const ALL: [Self; 4] = [Self::Slack, Self::Teams, Self::Mattermost, Self::Ntfy];

    /// As it is stored: `slack`, `teams`, `mattermost`, `ntfy`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Teams => "teams",
            Self::Mattermost => "mattermost",
            Self::Ntfy => "ntfy",
        }
    }

    /// The one with that [code](Self::code).
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What is said: plain text, nothing in it is markup.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// One line.
    pub subject: &'a str,
    /// A few.
    pub body: &'a str,
    /// Where to act on it.
    pub link: Option<&'a str>,
}

/// Why it was not posted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{what}")]
pub struct ChatTrouble {
    /// Whether the same message may get through later.
    pub retry: bool,
    /// What it was.
    pub what: HttpTrouble,
}

/// Posts a message.
///
/// # Errors
/// When the chat did not take it, or its address is one that must not be reached.
pub async fn post(http: &Http, target: &Target, words: &Words<'_>) -> Result<(), ChatTrouble> {
    let posted = match message::of(target, words) {
        Ok((address, json)) => http.post_json(&address, json).await,
        Err(what) => Err(what),
    };
    posted.map_err(|what| ChatTrouble { retry: what.may_pass(), what })
}
