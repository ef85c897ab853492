//! The company's settings that the rules read, and the terms that hold for one customer.

use crate::calendar::WorkingCalendar;
use crate::escalation::EscalationPolicy;
use crate::severity::Level;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What the company has decided. Every number has a default that fits most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Working days a date may move before it is a slip, for customers without a tolerance of their own.
    pub tolerance_days: i32,
    /// Working days a customer needs to react, for customers without a number of their own.
    pub reaction_days: i32,
    /// Hours between two observations before an estimate counts as news.
    pub damping_hours: u32,
    /// Working hours to tell a low, raised and high case.
    pub tell_within_hours: [u32; 3],
    /// Tries without an answer after which an e-mail may be the first word.
    pub attempts_before_email: u32,
    /// Apologies on one account within 90 days after which the rep is warned.
    pub apologies_before_warning: u32,
    /// Who of ours hears when something owed is not done, and when.
    pub escalation: EscalationPolicy,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            tolerance_days: 2,
            reaction_days: 5,
            damping_hours: 12,
            tell_within_hours: [8, 4, 2],
            attempts_before_email: 2,
            apologies_before_warning: 2,
            escalation: EscalationPolicy::default(),
        }
    }
}

impl Policy {
    /// Working hours within which a case of this level is told.
    pub fn tell_within_hours(&self, level: Level) -> u32 {
        let [low, raised, high] = self.tell_within_hours;
        match level {
            Level::Low => low,
            Level::Raised => raised,
            Level::High => high,
        }
    }
}

/// What holds for one customer and the rep who owns the account. Handed to every act that judges. Cheap to
/// clone: calendars are shared by most.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The company's settings.
    pub policy: Policy,
    /// Working days a date may move before this customer has to hear of it.
    pub tolerance_days: i32,
    /// Working days this customer needs to react.
    pub reaction_days: i32,
    /// How much this customer weighs.
    pub tier: Tier,
    /// The customer's working time: decides how long they can act.
    pub customer_calendar: Arc<WorkingCalendar>,
    /// The rep's working time: decides the deadline for telling.
    pub owner_calendar: Arc<WorkingCalendar>,
}

/// How much a customer weighs for us, as an admin set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// One of the few whose loss would hurt.
    Key,
    /// Most customers.
    #[default]
    Standard,
    /// Buys now and then.
    Occasional,
}
