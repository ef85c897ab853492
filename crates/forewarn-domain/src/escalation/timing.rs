//! When a step is due.

use super::When;
use crate::calendar::WorkingCalendar;
use jiff::Timestamp;

/// The time that a ladder watches over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When there was something to do.
    pub begins: Timestamp,
    /// By when it is to be done.
    pub due: Timestamp,
}

impl Span {
    /// When a step is due, counted in the working time of this calendar. Never before there is something to
    /// do.
    pub fn moment(self, when: When, calendar: &WorkingCalendar) -> Timestamp {
        let Span { begins, due } = self;
        let moment = match when {
            When::AtOnce => begins,
            When::HalfOfTheTime => {
                calendar.add_working_time(begins, calendar.working_time_between(begins, due) / 2)
            }
            When::WorkingHoursBefore { hours } => {
                let hours = jiff::SignedDuration::from_hours(i64::from(hours));
                calendar.subtract_working_time(due, hours)
            }
            When::AtDue => due,
            When::WorkingDaysAfter { days } => working_days_after(due, days, calendar),
        };
        moment.max(begins)
    }
}

/// The same time of day a working day later: when the last step of a ladder fires again.
pub fn a_working_day_after(at: Timestamp, calendar: &WorkingCalendar) -> Timestamp {
    working_days_after(at, 1, calendar)
}

/// The same time of day so many working days later, or the opening after it if nobody works then. The end of work
/// is a time of work.
fn working_days_after(at: Timestamp, days: u32, calendar: &WorkingCalendar) -> Timestamp {
    let wall = calendar.zone().to_datetime(at);
    let day = calendar.add_working_days(wall.date(), i32::try_from(days).unwrap_or(i32::MAX));
    let same_time = day.to_datetime(wall.time()).to_zoned(calendar.zone().clone());
    let moment = same_time.map_or(Timestamp::MAX, |zoned| zoned.timestamp());
    let work_ends_then = calendar.previous_closing(moment) == moment;
    if work_ends_then { moment } else { calendar.next_opening(moment).max(at) }
}
