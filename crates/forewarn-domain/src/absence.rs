//! Absences: from when until when somebody is away, and who stands in for them.

use crate::ids::PersonId;
use jiff::{SignedDuration, Timestamp};
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
    /// It lasts for longer than [`Absence::LONGEST`].
    #[error("An absence lasts for three years at most. Give a nearer last day.")]
    TooLong,
    /// It ends later than [`Absence::FURTHEST`] from now.
    #[error("The absence ends more than four years from now. Give a nearer last day.")]
    TooFarAhead,
}

impl Absence {
    /// The longest absence: three years, as parents may take, of which one may be a leap year, and an hour for each clock change.
    pub const LONGEST: SignedDuration = SignedDuration::from_hours((3 * 365 + 1) * 24 + 2);
    /// How far ahead an absence may end.
    pub const FURTHEST: SignedDuration = SignedDuration::from_hours((4 * 365 + 1) * 24 + 2);

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
        } else if self.until.duration_since(self.from) > Self::LONGEST {
            Err(NotAnAbsence::TooLong)
        } else if self.until.duration_since(now) > Self::FURTHEST {
            Err(NotAnAbsence::TooFarAhead)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, until: &str) -> Result<(), NotAnAbsence> {
        let (from, until) = (from.parse().unwrap(), until.parse().unwrap());
        let absence = Absence { person: PersonId(1), deputy: None, from, until };
        absence.check("2026-11-09T08:00:00Z".parse().unwrap())
    }

    #[test]
    fn an_absence_lasts_for_three_years_and_ends_within_four() {
        assert_eq!(check("2027-03-01T00:00:00Z", "2030-03-01T00:00:00Z"), Ok(()), "over a leap day");
        assert_eq!(check("2026-11-10T00:00:00Z", "2029-11-12T00:00:00Z"), Err(NotAnAbsence::TooLong));
        assert_eq!(check("2028-11-10T00:00:00Z", "2030-11-08T00:00:00Z"), Ok(()));
        assert_eq!(check("2028-11-10T00:00:00Z", "2030-11-12T00:00:00Z"), Err(NotAnAbsence::TooFarAhead));
        assert_eq!(
            check("2026-11-23T00:00:00Z", "9999-12-30T22:00:00.999999999Z"),
            Err(NotAnAbsence::TooLong),
            "the end of time is no last day"
        );
    }
}
