//! One line of a case: how it slipped, what was said about it, and how it ended.

use super::telling::Agreement;
use crate::amount::Amount;
use crate::evidence::Outlook;
use crate::fact::LineKey;
use crate::ids::PromiseId;
use crate::promise::Promised;
use crate::slip::Slip;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is known of a line at the moment it joins a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFacts {
    /// The promise.
    pub promise: PromiseId,
    /// Which line of which order.
    pub key: LineKey,
    /// What the customer was promised.
    pub promised: Promised,
    /// What is expected now.
    pub outlook: Outlook,
    /// How the one stands against the other.
    pub slip: Slip,
    /// Value of the line.
    pub value: Amount,
    /// First evidence of the slip.
    pub known_at: Timestamp,
    /// When the newest evidence was observed.
    pub observed_at: Timestamp,
    /// Where the evidence comes from, in words.
    pub source: String,
}

/// A line within a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// Which line of which order.
    pub key: LineKey,
    /// What the customer was last told.
    pub promised: Promised,
    /// What is expected now.
    pub outlook: Outlook,
    /// How the one stands against the other.
    pub slip: Slip,
    /// Value of the line.
    pub value: Amount,
    /// First evidence of the slip that is open, or of the last one.
    pub known_at: Timestamp,
    /// Newest observation.
    pub observed_at: Timestamp,
    /// When the open slip became fit to tell.
    pub firm_at: Option<Timestamp>,
    /// Every telling of this line, oldest first. Nothing is ever removed from it.
    pub told: Vec<Heard>,
    /// Better news than the customer has: a date came back, or there is one at last.
    pub good_news: bool,
    /// How it ended, if it has.
    pub end: Option<LineEnd>,
}

/// One telling of one line, and what they made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// When.
    pub at: Timestamp,
    /// What the customer expected before.
    pub before: Promised,
    /// What they expect since.
    pub expectation: Promised,
    /// Whether they repeated it back right; `None` if nobody asked.
    pub understood: Option<bool>,
    /// Whether they accept it; `None` if nobody asked.
    pub agreement: Option<Agreement>,
}

/// How a line leaves the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// It arrived, and the customer may or may not have confirmed that all is well.
    Delivered {
        /// The day.
        on: Date,
        /// Whether we have talked to them since.
        confirmed: bool,
    },
    /// The date came back before anyone was told.
    Recovered,
    /// It was cancelled.
    Cancelled,
    /// The import that brought it was undone.
    Withdrawn,
}

impl CaseLine {
    pub(super) fn new(facts: &LineFacts) -> Self {
        Self {
            key: facts.key.clone(),
            promised: facts.promised,
            outlook: facts.outlook,
            slip: facts.slip,
            value: facts.value,
            known_at: facts.known_at,
            observed_at: facts.observed_at,
            firm_at: None,
            told: Vec::new(),
            good_news: false,
            end: None,
        }
    }

    /// Whether it still slips, whatever has been said about it.
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Whether the customer has to be told something that they don't know: a slip that counts against what
    /// they were last told.
    pub fn is_slipping(&self) -> bool {
        self.is_open() && self.slip.counts()
    }

    /// Whether the slip is fit to tell.
    pub fn is_news(&self) -> bool {
        self.is_slipping() && self.firm_at.is_some()
    }

    /// The last telling.
    pub fn last_heard(&self) -> Option<&Heard> {
        self.told.last()
    }

    /// Whether the customer knows how it stands.
    pub fn is_told(&self) -> bool {
        !self.told.is_empty() && !self.is_slipping()
    }
}
