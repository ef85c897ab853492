//! Who of ours hears when something owed to a customer is not done, and when: policy as data.
//!
//! Each kind of obligation has a [`Ladder`]; a ladder is a list of steps, and each step says when it is due and
//! whom it tells. A step fires once. When all have fired, the last one repeats every working day until the
//! customer has been told. Nobody's silence ends a ladder: only what was owed, done, does.

mod because;
mod policy;
mod timing;
mod words;

pub use because::Because;
pub use policy::{EscalationPolicy, EscalationStep, NotAnEscalation, OutsideHours};
pub use timing::{Span, a_working_day_after};
pub use words::StepWords;

use serde::{Deserialize, Serialize};

/// What a ladder watches over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ladder {
    /// News that the customer has not been told by the deadline for telling.
    Tell,
    /// A promised moment at which they hear from us.
    NextWord,
    /// Goods that should have arrived, or have, and nobody has asked whether all is well.
    ConfirmDelivery,
    /// A question to a supply owner that has no answer.
    Supply,
}

impl Ladder {
    /// All ladders.
    pub const ALL: [Ladder; 4] = [Ladder::Tell, Ladder::NextWord, Ladder::ConfirmDelivery, Ladder::Supply];

    /// The name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Ladder::Tell => "Telling the customer",
            Ladder::NextWord => "Next word",
            Ladder::ConfirmDelivery => "Arrival confirmed",
            Ladder::Supply => "Answer from supply",
        }
    }
}

/// When a step is due, in the working time of whoever acts for the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "kebab-case")]
pub enum When {
    /// As soon as there is something to do.
    AtOnce,
    /// When half of the working time up to the deadline has gone.
    HalfOfTheTime,
    /// So many working hours before the deadline.
    WorkingHoursBefore {
        /// How many.
        hours: u32,
    },
    /// At the deadline.
    AtDue,
    /// So many working days after the deadline, at the same time of day.
    WorkingDaysAfter {
        /// How many.
        days: u32,
    },
}

/// Whom a step tells. Whoever is absent, disabled or can't be reached is passed over at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// Whoever has to do it: the owner, or who acts for them.
    Owner,
    /// The owner's deputy, unless they act for the owner already; else the leader.
    DeputyOrLeader,
    /// The leader of the owner's team.
    Leader,
    /// The leader above that one; the same one again where nobody is above.
    NextLeader,
    /// The supply owner who was asked.
    SupplyOwner,
}

impl Recipient {
    /// The name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Recipient::Owner => "Owner",
            Recipient::DeputyOrLeader => "Deputy or leader",
            Recipient::Leader => "Leader",
            Recipient::NextLeader => "Next leader",
            Recipient::SupplyOwner => "Supply owner",
        }
    }
}

#[cfg(test)]
mod tests;
