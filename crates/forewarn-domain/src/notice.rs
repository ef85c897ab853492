//! Notices to our own people: what they are about, and the ways they travel.

use crate::escalation::Ladder;
use serde::{Deserialize, Serialize};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// A customer has not been told.
    Tell,
    /// A next word is due or was missed.
    NextWord,
    /// An arrival is to be confirmed.
    ConfirmDelivery,
    /// A question to a supply owner.
    Supply,
    /// An answer to such a question.
    SupplyAnswer,
    /// A case was given to this person.
    Assigned,
    /// A leader asks, or says something about a case.
    Leader,
    /// A letter to a customer was refused, came back, or nobody knows what became of it.
    Letter,
    /// A customer has answered.
    Reply,
    /// Somebody can't be reached when they are needed.
    Unreachable,
    /// The program's watch over itself has found something.
    Auditor,
    /// The weekly words for a leader.
    Week,
    /// Another program that is to be told what happens can't be.
    Webhook,
}

impl NoticeKind {
    /// The ladder that such a notice is a step of, if it is one. Acknowledging the notice acknowledges the
    /// ladder.
    pub fn ladder(self) -> Option<Ladder> {
        match self {
            NoticeKind::Tell => Some(Ladder::Tell),
            NoticeKind::NextWord => Some(Ladder::NextWord),
            NoticeKind::ConfirmDelivery => Some(Ladder::ConfirmDelivery),
            NoticeKind::Supply => Some(Ladder::Supply),
            NoticeKind::SupplyAnswer
            | NoticeKind::Assigned
            | NoticeKind::Leader
            | NoticeKind::Letter
            | NoticeKind::Reply
            | NoticeKind::Unreachable
            | NoticeKind::Auditor
            | NoticeKind::Week
            | NoticeKind::Webhook => None,
        }
    }
}

impl From<Ladder> for NoticeKind {
    fn from(ladder: Ladder) -> Self {
        match ladder {
            Ladder::Tell => NoticeKind::Tell,
            Ladder::NextWord => NoticeKind::NextWord,
            Ladder::ConfirmDelivery => NoticeKind::ConfirmDelivery,
            Ladder::Supply => NoticeKind::Supply,
        }
    }
}

/// Kinds of chat that take a notice over a web address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChatKind {
    /// An incoming webhook of Slack.
    Slack,
    /// An incoming webhook (workflow) of Microsoft Teams.
    Teams,
    /// An incoming webhook of Mattermost, and what speaks like it.
    Mattermost,
    /// A topic of ntfy.
    Ntfy,
}

/// Where a chat takes notices. The address is a secret: whoever has it can write there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatTarget {
    /// How to speak to it.
    pub kind: ChatKind,
    /// Its web address.
    pub url: String,
}
