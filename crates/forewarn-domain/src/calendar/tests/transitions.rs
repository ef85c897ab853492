//! Every change of every zone's offset from 2024 to 2035, and a few famous ones before.

use super::oracle::{Window, ZONES};
use super::{at, calendar, day, zone};
use crate::calendar::WorkingCalendar;
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;

#[rstest]
#[case::office_days(["08:00-12:00 13:00-17:00"; 7])]
#[case::nights(["00:00-06:00 22:00-24:00"; 7])]
#[case::short_blocks_where_clocks_change(["00:00-00:01 00:30-01:15 01:45-02:15 02:30-02:45 03:00-03:20 23:00-23:45"; 7])]
#[case::round_the_clock_on_some_days(["", "00:00-24:00", "", "", "", "00:00-24:00", "00:00-24:00"])]
fn every_change_of_offset_from_2024_to_2035_is_worked_right(#[case] week: [&str; 7]) {
    let (from, to): (Timestamp, Timestamp) =
        ("2024-01-01T00:00:00Z".parse().unwrap(), "2036-01-01T00:00:00Z".parse().unwrap());
    let mut seen = 0;
    for name in ZONES {
        let calendar = calendar(name, week);
        for change in zone(name).following(from).take_while(|change| change.timestamp() < to) {
            check_around(&calendar, change.timestamp());
            seen += 1;
        }
    }
    assert!(seen > 200, "only {seen} changes");
}

#[rstest]
#[case::samoa_skips_a_day("Pacific/Apia", "2011-12-31T00:00")]
#[case::a_day_of_23_hours_starts_at_one("America/Sao_Paulo", "2018-11-04T01:00")]
#[case::midnight_comes_twice("America/Havana", "2023-11-05T00:30")]
#[case::set_back_to_the_day_before("America/Sao_Paulo", "2018-02-17T23:30")]
#[case::set_back_a_minute_after_midnight("America/St_Johns", "2010-11-06T23:30")]
#[case::set_forward_a_minute_after_midnight("America/St_Johns", "2010-03-14T01:30")]
fn changes_at_midnight_are_worked_right(#[case] name: &str, #[case] reading: &str) {
    for hours in ["", "00:00-24:00", "00:00-00:01 23:00-23:30", "08:00-17:00", "00:00-01:30 22:00-24:00"] {
        for others in ["00:00-24:00", "00:00-00:30 08:00-16:00 23:30-24:00"] {
            let week = std::array::from_fn(|weekday| if weekday % 2 == 0 { hours } else { others });
            let plain = calendar(name, week);
            let middle = at(&plain, reading);
            check_around(&plain, middle);
            check_around(&plain.clone().with_holidays([plain.local_date(middle)]), middle);
        }
    }
}

#[test]
fn st_johns_goes_back_to_saturday_for_an_hour_and_sunday_still_begins_on_sunday() {
    let calendar = calendar("America/St_Johns", ["", "", "", "", "", "08:00-24:00", "08:00-17:00"]);
    assert_eq!(calendar.start_of_work(day("2010-11-07")), at(&calendar, "2010-11-07T08:00"));
    let week = ["", "", "", "", "", "08:00-12:00", "00:00-00:01"];
    let calendar = super::calendar("America/St_Johns", week);
    assert_eq!(calendar.end_of_work(day("2010-11-06")), at(&calendar, "2010-11-06T12:00"));
}

/// Compares with the oracle at some dozens of pairs of minutes, dense around `middle`.
fn check_around(calendar: &WorkingCalendar, middle: Timestamp) {
    let half = 26 * 60;
    let window = Window::new(calendar, middle - SignedDuration::from_mins(half), 2 * half);
    let near = (half - 90..half + 90).step_by(41);
    for i in near.chain((0..window.end()).step_by(725)) {
        for j in [0, half - 1, half + 29] {
            window.check(i, j);
        }
    }
    for minute in [half - 1, half] {
        window.check_date(window.date(minute));
    }
}
