//! How far ahead a promise may reach. What lies further is a slip of the finger, and what is kept of it has to be
//! reckoned with for good: an event is never deleted.

use super::Refused;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// The furthest moment that somebody waits for.
const A_YEAR: SignedDuration = SignedDuration::from_hours(366 * 24);
/// The furthest date that goods are promised for: as far as the days off of a calendar are worked out.
const MOST_YEARS: i16 = crate::holidays::DaysOff::YEARS_AHEAD;

/// Only a moment that is still to come, and within a year.
pub(super) fn must_be_to_come(at: Timestamp, now: Timestamp) -> Result<(), Refused> {
    if at <= now {
        Err(Refused::MomentHasPassed(at))
    } else if at.duration_since(now) > A_YEAR {
        Err(Refused::MomentIsTooFar(at))
    } else {
        Ok(())
    }
}

/// Only a date from today on, and within ten years.
pub(super) fn date_must_be_to_come(on: Date, today: Date) -> Result<(), Refused> {
    let furthest = today.checked_add(i32::from(MOST_YEARS).years()).unwrap_or(Date::MAX);
    if on < today {
        Err(Refused::DateHasPassed)
    } else if on > furthest {
        Err(Refused::DateIsTooFar)
    } else {
        Ok(())
    }
}
