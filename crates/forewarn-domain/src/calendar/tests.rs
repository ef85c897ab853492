//! What a calendar promises: by example, by law, and against an oracle that looks at every single minute.
//!
//! The generated tests run a few cases by default; `PROPTEST_CASES=1000000 cargo test -p forewarn-domain
//! calendar` is the long run.

mod examples;
mod generated;
mod laws;
mod oracle;
mod transitions;

use super::{Block, WorkingCalendar};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn office(zone_name: &str) -> WorkingCalendar {
    WorkingCalendar::office_hours(zone(zone_name)).unwrap()
}

/// A calendar from the blocks of its days, Monday first, as in `"08:00-12:00 13:00-17:00"`.
fn calendar(zone_name: &str, week: [&str; 7]) -> WorkingCalendar {
    WorkingCalendar::new(zone(zone_name), week.map(blocks), Default::default(), 1).unwrap()
}

fn blocks(text: &str) -> Vec<Block> {
    text.split_whitespace().map(|block| block.parse().unwrap()).collect()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The instant at which the clock on the calendar's wall shows `text`.
fn at(calendar: &WorkingCalendar, text: &str) -> Timestamp {
    let reading: jiff::civil::DateTime = text.parse().unwrap();
    reading.to_zoned(calendar.zone().clone()).unwrap().timestamp()
}
