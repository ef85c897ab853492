//! A second opinion: look at every minute of a window and ask whether somebody works in it.

use crate::calendar::WorkingCalendar;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

/// Zones with all kinds of trouble: summer time in both hemispheres, half an hour of it, a skipped day,
/// changes at midnight and a minute after it, a pause during Ramadan, odd offsets, and none of that.
pub(super) const ZONES: [&str; 14] = [
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "America/Sao_Paulo",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Asia/Beirut",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Pacific/Chatham",
];

/// How long a window is that holds `days` days.
pub(super) const fn minutes_of(days: i64) -> i64 {
    days * 24 * 60
}

/// A window of time, minute by minute.
pub(super) struct Window<'a> {
    calendar: &'a WorkingCalendar,
    start: Timestamp,
    /// The local date of each minute.
    dates: Vec<Date>,
    /// Working minutes before each minute of the window, and before its end.
    worked: Vec<i64>,
}

impl<'a> Window<'a> {
    pub(super) fn new(calendar: &'a WorkingCalendar, start: Timestamp, minutes: i64) -> Self {
        let mut window = Self { calendar, start, dates: Vec::new(), worked: vec![0] };
        let mut sum = 0;
        for minute in 0..minutes {
            let reading = calendar.zone().to_datetime(window.instant(minute));
            sum += i64::from(is_open(calendar, reading.date(), reading.time()));
            window.dates.push(reading.date());
            window.worked.push(sum);
        }
        window
    }

    /// Asks the calendar everything about the minutes `i` and `j` and compares.
    pub(super) fn check(&self, i: i64, j: i64) {
        let (calendar, a, b) = (self.calendar, self.instant(i), self.instant(j));
        let work = self.worked(j) - self.worked(i);
        assert_eq!(calendar.working_time_between(a, b), SignedDuration::from_mins(work), "{a} to {b}");
        assert_eq!(calendar.is_open(a), self.is_open(i), "is_open {a}");
        assert_eq!(calendar.local_date(a), self.date(i), "local_date {a}");

        let (first, last) = (i.min(j), i.max(j));
        let (from, to) = (self.instant(first), self.instant(last));
        let duration = SignedDuration::from_mins(work.abs());
        let earliest = first.max(self.first_minute_with(self.worked(last)));
        assert_eq!(calendar.add_working_time(from, duration), self.instant(earliest), "{from} + {duration}");
        let latest = last.min(self.first_minute_with(self.worked(first) + 1) - 1);
        assert_eq!(calendar.subtract_working_time(to, duration), self.instant(latest), "{to} - {duration}");

        let opening = self.first_minute_with(self.worked(i) + 1) - 1;
        self.check_forward(
            calendar.next_opening(a),
            (opening < self.end()).then_some(opening),
            "next_opening",
        );
        let closing = self.first_minute_with(self.worked(i));
        self.check_backward(
            calendar.previous_closing(a),
            (closing > 0).then_some(closing),
            "previous_closing",
        );
    }

    /// Compares the start and the end of work of a date that lies inside the window.
    pub(super) fn check_date(&self, date: Date) {
        let start = (0..self.end()).find(|k| self.is_open(*k) && self.date(*k) >= date);
        self.check_forward(self.calendar.start_of_work(date), start, "start_of_work");
        let end = (1..=self.end()).rfind(|k| self.is_open(k - 1) && self.date(k - 1) <= date);
        self.check_backward(self.calendar.end_of_work(date), end, "end_of_work");
    }

    fn check_forward(&self, answer: Timestamp, expected: Option<i64>, what: &str) {
        match expected {
            Some(minute) => assert_eq!(answer, self.instant(minute), "{what}"),
            None => assert!(answer >= self.instant(self.end()), "{what} {answer} lies inside the window"),
        }
    }

    fn check_backward(&self, answer: Timestamp, expected: Option<i64>, what: &str) {
        match expected {
            Some(minute) => assert_eq!(answer, self.instant(minute), "{what}"),
            None => assert!(answer <= self.start, "{what} {answer} lies inside the window"),
        }
    }

    pub(super) fn end(&self) -> i64 {
        self.dates.len() as i64
    }

    pub(super) fn date(&self, minute: i64) -> Date {
        self.dates[minute as usize]
    }

    fn instant(&self, minute: i64) -> Timestamp {
        self.start + SignedDuration::from_mins(minute)
    }

    /// The first minute before which so many minutes are worked; one after the end if there is none.
    fn first_minute_with(&self, worked: i64) -> i64 {
        self.worked.partition_point(|sum| *sum < worked) as i64
    }

    fn worked(&self, minute: i64) -> i64 {
        self.worked[minute as usize]
    }

    fn is_open(&self, minute: i64) -> bool {
        self.worked(minute + 1) > self.worked(minute)
    }
}

fn is_open(calendar: &WorkingCalendar, date: Date, time: Time) -> bool {
    let minute = u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs());
    let in_a_block = calendar.blocks(date.weekday()).iter().any(|block| {
        let (from, to) = block.bounds();
        from <= minute && minute < to
    });
    in_a_block && !calendar.holidays().contains(&date)
}
