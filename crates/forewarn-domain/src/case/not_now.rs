//! *Not now*: the reasons that hold, and nothing else. None of them stops the clock (rule 5).

use crate::ids::PersonId;
use crate::text::InternalText;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why the customer is not told now. The leader sees the reason, not just the wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum NotNow {
    /// Supply owes us a firm date.
    WaitingForFirmDate {
        /// Until when we wait, at most.
        until: Timestamp,
    },
    /// They asked to be called at a certain time.
    CustomerAskedFor {
        /// That time.
        at: Timestamp,
    },
    /// Someone else of ours tells them.
    SomeoneElseTells {
        /// Who.
        who: PersonId,
        /// By when.
        by: Timestamp,
    },
    /// This is no news for this customer. Ends the case.
    NotNews {
        /// Why.
        why: InternalText,
    },
}

impl NotNow {
    /// Until when the reason holds; `None` for the one that ends the case.
    pub fn holds_until(&self) -> Option<Timestamp> {
        match self {
            NotNow::WaitingForFirmDate { until } => Some(*until),
            NotNow::CustomerAskedFor { at } => Some(*at),
            NotNow::SomeoneElseTells { by, .. } => Some(*by),
            NotNow::NotNews { .. } => None,
        }
    }
}
