//! Why the clocks of a case were set anew.

use crate::ids::{PersonId, TeamId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "changed", rename_all = "kebab-case")]
pub enum Because {
    /// The policy.
    Policy,
    /// The company's calendar.
    CompanyCalendar,
    /// The calendar of a team.
    TeamCalendar {
        /// Which.
        team: TeamId,
    },
    /// The calendar or the zone of whoever acts.
    PersonCalendar {
        /// Whose.
        person: PersonId,
    },
    /// Whoever acts is in another team now.
    PersonMoved {
        /// Who.
        person: PersonId,
    },
    /// What holds for the customer: calendar, zone, days to react.
    CustomerTerms,
    /// Whoever acted is away.
    AbsenceBegan {
        /// Who.
        person: PersonId,
        /// Who stands in.
        deputy: Option<PersonId>,
        /// When they are back.
        until: Timestamp,
    },
    /// They are back, or their absence was called off or changed.
    AbsenceEnded {
        /// Who.
        person: PersonId,
    },
    /// Mail to whoever acted comes back.
    MailComesBack {
        /// Who.
        person: PersonId,
    },
}

impl Because {
    /// Whether another person may have to act, whatever the times are.
    pub fn moves_the_work(&self) -> bool {
        matches!(
            self,
            Because::AbsenceBegan { .. } | Because::AbsenceEnded { .. } | Because::MailComesBack { .. }
        )
    }
}
