//! Calendars nobody would think of.

use super::oracle::ZONES;
use super::zone;
use crate::calendar::{Block, WorkingCalendar};
use jiff::civil::{Date, Time, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

/// How many cases to run: `PROPTEST_CASES`, or a few.
pub(super) fn cases(few: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig::with_cases(asked.unwrap_or(few))
}

/// A calendar and a moment worth looking at: often a change of its zone's offset.
pub(super) fn calendars() -> impl Strategy<Value = (WorkingCalendar, Timestamp)> {
    let free_days = prop::collection::vec(-9..9_i32, 0..5);
    (prop::sample::select(&ZONES[..]), weeks(), free_days, any::<prop::sample::Index>(), moments()).prop_map(
        |(name, week, free_days, index, moment)| {
            let zone = zone(name);
            let changes: Vec<_> =
                zone.following(at_year(2005)).take_while(|t| t.timestamp() < at_year(2037)).collect();
            let moment = match changes.len() {
                0 => moment,
                n => changes[index.index(n)].timestamp(),
            };
            let middle = zone.to_datetime(moment).date();
            let holidays = free_days.iter().map(|days| middle + days.days()).collect();
            (WorkingCalendar::new(zone, week, holidays, 1).unwrap(), moment)
        },
    )
}

/// Instants to the nanosecond, over some centuries.
pub(super) fn instants() -> impl Strategy<Value = Timestamp> {
    (at_year(1890).as_second()..at_year(2190).as_second(), 0..1_000_000_000_i32)
        .prop_map(|(second, nanosecond)| Timestamp::new(second, nanosecond).unwrap())
}

/// Dates over some decades.
pub(super) fn dates() -> impl Strategy<Value = Date> {
    (0..20_000_i32).prop_map(|days| date(1990, 1, 1) + days.days())
}

/// Weeks with no, one or several blocks a day, at least one in all; many touch midnight.
pub(super) fn weeks() -> impl Strategy<Value = [Vec<Block>; 7]> {
    let day = (any::<bool>(), any::<bool>(), prop::collection::btree_set(1..1440_i64, 0..=6));
    let days = prop::array::uniform7(day.prop_map(|(from_midnight, to_midnight, mut edges)| {
        if from_midnight {
            edges.insert(0);
        }
        if to_midnight {
            edges.insert(1440);
        }
        let edges: Vec<i64> = edges.into_iter().collect();
        edges
            .chunks_exact(2)
            .map(|pair| Block::new(time_at(pair[0]), time_at(pair[1])).unwrap())
            .collect::<Vec<_>>()
    }));
    let open_days = prop::sample::subsequence((0..7).collect::<Vec<usize>>(), 1..=7);
    (days, open_days).prop_map(|(mut week, open_days)| {
        for (weekday, blocks) in week.iter_mut().enumerate() {
            if !open_days.contains(&weekday) {
                blocks.clear();
            } else if blocks.is_empty() && Some(&weekday) == open_days.first() {
                blocks.push(Block::new(time_at(90), time_at(150)).unwrap());
            }
        }
        week
    })
}

/// Ordinary whole minutes.
fn moments() -> impl Strategy<Value = Timestamp> {
    (at_year(1995).as_second() / 60..at_year(2045).as_second() / 60)
        .prop_map(|minute| Timestamp::from_second(minute * 60).unwrap())
}

fn at_year(year: i16) -> Timestamp {
    date(year, 1, 1).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp()
}

fn time_at(minute: i64) -> Time {
    Time::MIN.wrapping_add(SignedDuration::from_mins(minute))
}
