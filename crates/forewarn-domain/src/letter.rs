//! A letter: one mail to one person at a customer, read and approved by a person of ours (rule 7), and handed
//! to the mail server once.
//!
//! `draft → approved → pending → claimed → dot → accepted | refused | unknown`, and `cancelled` until it is
//! claimed. Everything before the dot that ends a mail may fail and be tried again. After the dot, only the
//! server's answer ends a letter; without one it is *unknown*, and never sent again by itself.

mod patience;

pub use patience::{KEEP_TRYING, SAY_SO_AFTER, next_try};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How long an approved letter waits before it may leave: so long it can be taken back.
pub const UNDO_WINDOW: SignedDuration = SignedDuration::from_secs(10);

/// What a letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterKind {
    /// What was said in a talk, in writing.
    Recap,
    /// A next word.
    Update,
    /// It has arrived: is all well?
    Delivered,
    /// The rare first word by e-mail, with its reason (rule 6).
    FirstWord,
}

impl LetterKind {
    /// All kinds.
    pub const ALL: [LetterKind; 4] =
        [LetterKind::Recap, LetterKind::Update, LetterKind::Delivered, LetterKind::FirstWord];

    /// The name on screen.
    pub fn name(self) -> &'static str {
        match self {
            LetterKind::Recap => "Recap",
            LetterKind::Update => "Update",
            LetterKind::Delivered => "Delivered notice",
            LetterKind::FirstWord => "First word by e-mail",
        }
    }
}

/// Where a letter is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterState {
    /// Being written.
    Draft,
    /// Read and frozen by a person; it can still be taken back.
    Approved,
    /// Waits to be handed over, for the first time or again.
    Pending,
    /// A sender works on it, and has not ended the mail yet.
    Claimed,
    /// The dot that ends the mail is about to be sent, or has been. Only the server knows more.
    Dot,
    /// The mail server took it.
    Accepted,
    /// The mail server will not take it.
    Refused,
    /// No answer came after the dot: a person or evidence has to say what became of it.
    Unknown,
    /// Taken back before it left.
    Cancelled,
}

impl LetterState {
    /// All states, in the order of the way.
    pub const ALL: [LetterState; 9] = [
        LetterState::Draft,
        LetterState::Approved,
        LetterState::Pending,
        LetterState::Claimed,
        LetterState::Dot,
        LetterState::Accepted,
        LetterState::Refused,
        LetterState::Unknown,
        LetterState::Cancelled,
    ];

    /// Whether it can be cancelled: nobody has begun to hand it over.
    pub fn can_be_cancelled(self) -> bool {
        matches!(self, LetterState::Draft | LetterState::Approved | LetterState::Pending)
    }

    /// Whether it is approved and has not ended.
    pub fn is_under_way(self) -> bool {
        matches!(self, LetterState::Approved | LetterState::Pending | LetterState::Claimed | LetterState::Dot)
    }

    /// Whether one step leads from here to `next`.
    pub fn leads_to(self, next: LetterState) -> bool {
        use LetterState::{Accepted, Approved, Cancelled, Claimed, Dot, Draft, Pending, Refused, Unknown};
        match self {
            Draft => matches!(next, Approved | Cancelled),
            Approved => matches!(next, Pending | Cancelled),
            Pending => matches!(next, Claimed | Cancelled),
            // Back to pending: trouble before the dot, or a lease that lapsed.
            Claimed => matches!(next, Pending | Dot | Refused),
            // Back to pending only when the server has answered that it did not take it.
            Dot => matches!(next, Accepted | Refused | Unknown | Pending),
            // By evidence, or by a person who asked the customer.
            Unknown => matches!(next, Accepted | Refused),
            Accepted | Refused | Cancelled => false,
        }
    }
}

#[cfg(test)]
mod tests;
