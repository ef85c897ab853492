//! The demo's clock: every moment is counted from the `now` it is made at, and knows weekends and holidays.

use forewarn_domain::calendar::{NotACalendar, WorkingCalendar};
use forewarn_domain::holidays::{Country, holidays};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Working days of the demo company, seen from the moment at which the demo is made.
#[derive(Debug, Clone)]
pub(super) struct Days {
    calendar: WorkingCalendar,
    now: Timestamp,
    today: Date,
    /// The day of the newest report: today, unless nobody works today or the report isn't there yet.
    last: Date,
}

impl Days {
    /// The days around `now`, by the company's calendar.
    pub(super) fn around(now: Timestamp) -> Result<Self, NotACalendar> {
        let calendar = WorkingCalendar::office_hours(TimeZone::get("Europe/Oslo").unwrap_or(TimeZone::UTC))?;
        let today = calendar.local_date(now);
        let years = today.year().saturating_sub(1)..=today.year().saturating_add(1);
        let free = years.flat_map(|year| holidays(Country::Norway, year)).map(|(date, _)| date);
        let calendar = calendar.with_holidays(free);
        let mut days = Self { calendar, now, today, last: today };
        while !days.calendar.is_working_day(days.last) || days.on(days.last, 6, 0) > now {
            let Ok(before) = days.last.yesterday() else { break };
            days.last = before;
        }
        Ok(days)
    }

    /// The company's calendar.
    pub(super) fn calendar(&self) -> &WorkingCalendar {
        &self.calendar
    }

    /// When the report came that lies `back` working days before the newest one: at 05:12.
    pub(super) fn report(&self, back: i32) -> Timestamp {
        self.at(back, 5, 12)
    }

    /// A time of the day, `back` working days before the newest report.
    pub(super) fn at(&self, back: i32, hour: i64, minute: i64) -> Timestamp {
        self.on(self.day(-back), hour, minute)
    }

    /// The working day that lies `days` after the newest report's, or before it.
    pub(super) fn day(&self, days: i32) -> Date {
        self.calendar.add_working_days(self.last, days)
    }

    /// The working day on which a customer can still act for `days` working days, from today.
    pub(super) fn ahead(&self, days: i32) -> Date {
        self.calendar.add_working_days(self.today, days)
    }

    /// `days` working days after a date.
    pub(super) fn after(&self, date: Date, days: i32) -> Date {
        self.calendar.add_working_days(date, days)
    }

    /// The moment since which our people have worked `minutes`: on a Monday before eight, Friday afternoon.
    pub(super) fn recent(&self, minutes: i64) -> Timestamp {
        self.calendar.subtract_working_time(self.now, SignedDuration::from_mins(minutes))
    }

    /// Later today, or, if today is over, at ten on the next working day.
    pub(super) fn soon(&self) -> Timestamp {
        let times = [(10, 0), (11, 30), (14, 0), (15, 30), (16, 45)];
        let left = self.now + SignedDuration::from_mins(10);
        let today = times.into_iter().map(|(hour, minute)| self.on(self.today, hour, minute));
        let mut today = today.filter(|at| *at > left && self.calendar.is_open(*at));
        today.next().unwrap_or_else(|| self.next_day(10, 0))
    }

    /// A time of the next working day.
    pub(super) fn next_day(&self, hour: i64, minute: i64) -> Timestamp {
        self.on(self.ahead(1), hour, minute)
    }

    /// The beginning of a day that still lies ahead, four working days from today.
    pub(super) fn next_week(&self) -> Timestamp {
        self.on(self.ahead(4), 0, 0)
    }

    /// Counted from the start of work at 08:00; on a day without work, of the next one. No zone changes its
    /// clocks between the first report and the evening.
    fn on(&self, date: Date, hour: i64, minute: i64) -> Timestamp {
        self.calendar.start_of_work(date) + SignedDuration::from_mins((hour - 8) * 60 + minute)
    }
}
