//! Where a case stands on *Today*, and in which order.

use super::Stage;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The sections of *Today*, top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Section {
    /// The deadline for telling is here, or nearly.
    #[serde(rename = "Call now")]
    CallNow,
    /// To tell before the day is over.
    #[serde(rename = "Call today")]
    CallToday,
    /// Known and not fit to tell, or waiting for a firm date by choice.
    #[serde(rename = "Waiting for facts")]
    WaitingForFacts,
    /// Told; we keep our word.
    #[serde(rename = "Next words due")]
    NextWordsDue,
    /// Arrived; are they back to business as usual?
    #[serde(rename = "Deliver & close")]
    DeliverAndClose,
}

impl Section {
    /// All five, in their order.
    pub const ALL: [Section; 5] = [
        Section::CallNow,
        Section::CallToday,
        Section::WaitingForFacts,
        Section::NextWordsDue,
        Section::DeliverAndClose,
    ];

    /// The section of an open case; `None` for a closed one. A deadline within four hours is *now*. Someone
    /// who waits for a firm date by choice stays under *Waiting for facts* until that time, or until the
    /// deadline passes: no reason outlives the deadline.
    pub fn of(
        stage: Stage,
        tell_by: Option<Timestamp>,
        waiting_for_firm_date_until: Option<Timestamp>,
        now: Timestamp,
    ) -> Option<Section> {
        match stage {
            Stage::Closed => None,
            Stage::WaitingForFacts => Some(Section::WaitingForFacts),
            Stage::KeepingWord => Some(Section::NextWordsDue),
            Stage::Arrived => Some(Section::DeliverAndClose),
            Stage::ToTell => {
                let left = tell_by.map_or(SignedDuration::ZERO, |by| by.duration_since(now));
                if left > SignedDuration::ZERO && waiting_for_firm_date_until.is_some_and(|until| until > now)
                {
                    Some(Section::WaitingForFacts)
                } else if left <= SignedDuration::from_hours(4) {
                    Some(Section::CallNow)
                } else {
                    Some(Section::CallToday)
                }
            }
        }
    }

    /// The words on screen.
    pub fn name(self) -> &'static str {
        match self {
            Section::CallNow => "Call now",
            Section::CallToday => "Call today",
            Section::WaitingForFacts => "Waiting for facts",
            Section::NextWordsDue => "Next words due",
            Section::DeliverAndClose => "Deliver & close",
        }
    }
}

/// Sorts by what can still be done: customers who can still act come first, those with the least time
/// leading; then those whose date has passed, the latest first. Equal ones by weight.
pub fn triage(can_act_days: Option<i32>, severity: u8) -> (bool, i32, std::cmp::Reverse<u8>) {
    let left = can_act_days.unwrap_or(0);
    (left < 0, left.abs(), std::cmp::Reverse(severity))
}
