//! Absences: from when until when somebody is away, and who stands in for them.

use crate::ids::PersonId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Somebody is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Who.
    pub person: PersonId,
    /// Who stands in; `None` leaves it to the leader.
    pub deputy: Option<PersonId>,
    /// The first moment.
    pub from: Timestamp,
    /// The first moment of being back.
    pub until: Timestamp,
}

/// Why an absence can't be entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAbsence {
    /// It ends before it begins.
    #[error("The absence ends before it begins. Swap the two.")]
    EndsBeforeItBegins,
    /// It has ended already.
    #[error("The absence is over already. Give an end that is still to come.")]
    IsOver,
    /// Nobody stands in for themselves.
    #[error("Nobody can stand in for themselves. Choose somebody else.")]
    OwnDeputy,
}

impl Absence {
    /// Whether they are away at this moment.
    pub fn covers(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }

    /// Whether it can be entered at `now`.
    ///
    /// # Errors
    /// [`NotAnAbsence`] says what is wrong.
    pub fn check(&self, now: Timestamp) -> Result<(), NotAnAbsence> {
        if self.until <= self.from {
            Err(NotAnAbsence::EndsBeforeItBegins)
        } else if self.until <= now {
            Err(NotAnAbsence::IsOver)
        } else if self.deputy == Some(self.person) {
            Err(NotAnAbsence::OwnDeputy)
        } else {
            Ok(())
        }
    }
}
