//! How long something was known before the customer heard it, in bands that a picture can show.

use crate::calendar::WorkingCalendar;
use jiff::{SignedDuration, Timestamp};

/// From knowing to telling, in working days of whoever told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Age {
    /// On the day it was known; what came in after hours counts for the next working day.
    SameDay,
    /// On the next working day.
    OneDay,
    /// Two or three working days later.
    TwoOrThree,
    /// Four to seven.
    FourToSeven,
    /// Eight and more.
    EightAndMore,
    /// When the promised day was over: the customer could do nothing any more.
    AfterThePromise,
}

impl Age {
    /// All bands, shortest first.
    pub const ALL: [Age; 6] = [
        Age::SameDay,
        Age::OneDay,
        Age::TwoOrThree,
        Age::FourToSeven,
        Age::EightAndMore,
        Age::AfterThePromise,
    ];

    /// The band of a wait of so many working minutes that ended at `end`.
    pub fn of_wait(minutes: i64, end: Timestamp, calendar: &WorkingCalendar) -> Age {
        let start = calendar.subtract_working_time(end, SignedDuration::from_mins(minutes.max(0)));
        let days = calendar.working_days_between(calendar.local_date(start), calendar.local_date(end));
        match days {
            ..=0 => Age::SameDay,
            1 => Age::OneDay,
            2..=3 => Age::TwoOrThree,
            4..=7 => Age::FourToSeven,
            8.. => Age::EightAndMore,
        }
    }

    /// The band of a telling: `notice_days` below zero means that the promised day was over.
    pub fn of_telling(
        minutes: i64,
        notice_days: Option<i32>,
        told_at: Timestamp,
        calendar: &WorkingCalendar,
    ) -> Age {
        if notice_days.is_some_and(|days| days < 0) {
            return Age::AfterThePromise;
        }
        Age::of_wait(minutes, told_at, calendar)
    }

    /// The words over its column.
    pub fn name(self) -> &'static str {
        match self {
            Age::SameDay => "Same day",
            Age::OneDay => "1 day",
            Age::TwoOrThree => "2–3 days",
            Age::FourToSeven => "4–7 days",
            Age::EightAndMore => "8 days and more",
            Age::AfterThePromise => "After the promised date",
        }
    }

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Age::SameDay => "same-day",
            Age::OneDay => "1",
            Age::TwoOrThree => "2-3",
            Age::FourToSeven => "4-7",
            Age::EightAndMore => "8",
            Age::AfterThePromise => "after",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    #[test]
    fn a_wait_is_counted_in_working_days_of_whoever_told() {
        let calendar = WorkingCalendar::office_hours(TimeZone::UTC).unwrap();
        let monday = date(2026, 11, 9).at(10, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
        let known = |known: &str| {
            let worked = calendar.working_time_between(known.parse().unwrap(), monday);
            Age::of_wait(worked.as_mins(), monday, &calendar)
        };
        assert_eq!(known("2026-11-09T05:12:00Z"), Age::SameDay);
        assert_eq!(known("2026-11-06T23:00:00Z"), Age::SameDay, "nobody worked over the weekend");
        assert_eq!(known("2026-11-06T14:00:00Z"), Age::OneDay);
        assert_eq!(known("2026-11-04T05:12:00Z"), Age::TwoOrThree);
        assert_eq!(known("2026-11-03T09:00:00Z"), Age::FourToSeven);
        assert_eq!(known("2026-10-28T09:00:00Z"), Age::EightAndMore);
        assert_eq!(Age::of_telling(30, Some(-1), monday, &calendar), Age::AfterThePromise);
        assert_eq!(Age::of_telling(30, Some(0), monday, &calendar), Age::SameDay);
        assert_eq!(Age::of_telling(30, None, monday, &calendar), Age::SameDay, "they were told no date");
    }
}
