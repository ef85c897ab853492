//! What other programs can be told by webhook: which of the events of cases have a name outside.

use crate::case::CaseEvent;
use serde::{Deserialize, Serialize};

/// Something that happened, by the name that others know it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Told {
    /// A slip made us open a case.
    #[serde(rename = "case.opened")]
    CaseOpened,
    /// A line is later than the customer was told, or has no date.
    #[serde(rename = "promise.slipped")]
    PromiseSlipped,
    /// Its date came back.
    #[serde(rename = "promise.recovered")]
    PromiseRecovered,
    /// It arrived.
    #[serde(rename = "promise.delivered")]
    PromiseDelivered,
    /// The customer heard the news, bad or good.
    #[serde(rename = "customer.told")]
    CustomerTold,
    /// We promised to be heard of again.
    #[serde(rename = "word.promised")]
    WordPromised,
    /// We kept that word.
    #[serde(rename = "word.kept")]
    WordKept,
    /// Its moment passed in silence.
    #[serde(rename = "word.missed")]
    WordMissed,
    /// A case ended.
    #[serde(rename = "case.closed")]
    CaseClosed,
    /// Nothing happened: an admin tries whether word gets through.
    #[serde(rename = "webhook.test")]
    Test,
}

impl Told {
    /// Everything that one can choose to be told, in the order in which it happens. A test comes unasked.
    pub const ALL: [Self; 9] = [
        Self::CaseOpened,
        Self::PromiseSlipped,
        Self::PromiseRecovered,
        Self::PromiseDelivered,
        Self::CustomerTold,
        Self::WordPromised,
        Self::WordKept,
        Self::WordMissed,
        Self::CaseClosed,
    ];

    /// The name outside: "customer.told".
    pub fn name(self) -> &'static str {
        match self {
            Self::CaseOpened => "case.opened",
            Self::PromiseSlipped => "promise.slipped",
            Self::PromiseRecovered => "promise.recovered",
            Self::PromiseDelivered => "promise.delivered",
            Self::CustomerTold => "customer.told",
            Self::WordPromised => "word.promised",
            Self::WordKept => "word.kept",
            Self::WordMissed => "word.missed",
            Self::CaseClosed => "case.closed",
            Self::Test => "webhook.test",
        }
    }

    /// What it says, for whoever chooses.
    pub fn says(self) -> &'static str {
        match self {
            Self::CaseOpened => "A case was opened",
            Self::PromiseSlipped => "A line is later than the customer was told",
            Self::PromiseRecovered => "A date came back",
            Self::PromiseDelivered => "A line arrived",
            Self::CustomerTold => "The customer was told",
            Self::WordPromised => "A next word was promised",
            Self::WordKept => "A next word was kept",
            Self::WordMissed => "A next word was missed",
            Self::CaseClosed => "A case was closed",
            Self::Test => "A test",
        }
    }

    /// Under which name an event of a case is told, if it is told at all.
    pub fn of(event: &CaseEvent) -> Option<Self> {
        Some(match event {
            CaseEvent::Opened { .. } => Self::CaseOpened,
            CaseEvent::LineJoined { .. } | CaseEvent::RepeatSlip { .. } => Self::PromiseSlipped,
            CaseEvent::Recovered { .. } => Self::PromiseRecovered,
            CaseEvent::LineDelivered { .. } => Self::PromiseDelivered,
            CaseEvent::Told { .. } | CaseEvent::GoodNewsTold { .. } => Self::CustomerTold,
            CaseEvent::NextWordPromised { .. } => Self::WordPromised,
            CaseEvent::NextWordKept { .. } => Self::WordKept,
            CaseEvent::NextWordMissed { .. } => Self::WordMissed,
            CaseEvent::Closed { .. } => Self::CaseClosed,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_same_in_code_and_in_json() {
        for told in Told::ALL {
            assert_eq!(serde_json::to_value(told).unwrap(), told.name());
            assert!(!told.says().is_empty());
        }
    }
}
