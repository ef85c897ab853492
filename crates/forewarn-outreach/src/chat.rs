//! A notice to one of our own people in a chat they read anyway: incoming webhooks of Slack, Teams and
//! Mattermost (and of what speaks like them), and ntfy.

mod message;

use forewarn_domain::notice::ChatTarget;
use thiserror::Error;

use crate::http::{Http, HttpTrouble};

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
pub async fn post(http: &Http, target: &ChatTarget, words: &Words<'_>) -> Result<(), ChatTrouble> {
    let posted = match message::of(target, words) {
        Ok((address, json)) => http.post_json(&address, json).await,
        Err(what) => Err(what),
    };
    posted.map_err(|what| ChatTrouble { retry: what.may_pass(), what })
}
