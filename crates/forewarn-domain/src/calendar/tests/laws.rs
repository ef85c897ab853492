//! What holds for every calendar.

use super::generated::{calendars, cases, dates, instants};
use super::oracle::{Window, minutes_of};
use crate::calendar::WorkingCalendar;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn working_time_agrees_with_looking_at_every_minute(
        (calendar, middle) in calendars(),
        pairs in prop::collection::vec((0..minutes_of(9), 0..minutes_of(9)), 24),
    ) {
        let start = middle - SignedDuration::from_hours(24 * 9 / 2);
        let window = Window::new(&calendar, start, minutes_of(9));
        for (i, j) in pairs {
            window.check(i, j);
        }
        for minute in (minutes_of(2)..minutes_of(7)).step_by(60 * 24) {
            window.check_date(window.date(minute));
        }
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn working_days_agree_with_looking_at_every_day((calendar, _) in calendars(), from in dates(), span in 0..500_i32) {
        let calendar = calendar.with_holidays((0..span).step_by(5).map(|n| from + n.days()));
        let to = from + span.days();
        let one_by_one = from.series(1.day()).take(span as usize + 1).skip(1).filter(|d| worked(&calendar, *d)).count() as i32;
        prop_assert_eq!(calendar.working_days_between(from, to), one_by_one);
        prop_assert_eq!(calendar.working_days_between(to, from), -one_by_one);
        prop_assert_eq!(calendar.is_working_day(to), worked(&calendar, to));
        for days in [one_by_one, -one_by_one] {
            let moved = calendar.add_working_days(from, days);
            prop_assert_eq!(calendar.working_days_between(from, moved), days);
            prop_assert!(days == 0 || worked(&calendar, moved), "{} is free", moved);
        }
    }

    #[test]
    fn working_days_add_up((calendar, _) in calendars(), [a, b, c] in prop::array::uniform3(dates())) {
        let days = |from, to| calendar.working_days_between(from, to);
        prop_assert_eq!(days(a, b) + days(b, c), days(a, c));
        prop_assert!(a > b || days(a, b) >= 0);
    }

    #[test]
    fn working_days_there_and_back_lead_to_where_one_was((calendar, _) in calendars(), date in dates(), n in -900..900_i32) {
        let there = calendar.add_working_days(date, n);
        let back = calendar.add_working_days(there, -n);
        prop_assert_eq!(calendar.working_days_between(back, date), 0);
        prop_assert!(back <= date);
        prop_assert!(back == date || n == 0 || !worked(&calendar, date));
    }

    #[test]
    fn working_time_adds_up((calendar, _) in calendars(), [a, b, c] in prop::array::uniform3(instants())) {
        let time = |from, to| calendar.working_time_between(from, to);
        prop_assert_eq!(time(a, b) + time(b, c), time(a, c));
        prop_assert_eq!(time(a, b), -time(b, a));
        prop_assert!(a > b || (SignedDuration::ZERO <= time(a, b) && time(a, b) <= b.duration_since(a)));
    }

    #[test]
    fn added_working_time_is_worked_and_not_a_moment_longer((calendar, _) in calendars(), from in instants(), work in works()) {
        let deadline = calendar.add_working_time(from, work);
        prop_assert_eq!(calendar.working_time_between(from, deadline), work);
        prop_assert_eq!(calendar.subtract_working_time(deadline, work), calendar.next_opening(from));
        prop_assert!(calendar.working_time_between(from, deadline - NANOSECOND) < work);
        let start = calendar.subtract_working_time(from, work);
        prop_assert_eq!(calendar.working_time_between(start, from), work);
        prop_assert_eq!(calendar.add_working_time(start, work), calendar.previous_closing(from));
        prop_assert!(calendar.working_time_between(start + NANOSECOND, from) < work);
    }

    #[test]
    fn work_done_in_two_parts_ends_when_all_of_it_ends(
        (calendar, _) in calendars(), from in instants(), one in works(), two in works(),
    ) {
        let in_two = calendar.add_working_time(calendar.add_working_time(from, one), two);
        prop_assert_eq!(in_two, calendar.add_working_time(from, one + two));
    }

    #[test]
    fn a_later_start_or_more_work_never_ends_earlier(
        (calendar, _) in calendars(), [a, b] in prop::array::uniform2(instants()), one in works(), two in works(),
    ) {
        let (a, b) = (a.min(b), a.max(b));
        prop_assert!(calendar.add_working_time(a, one) <= calendar.add_working_time(b, one));
        prop_assert!(calendar.subtract_working_time(a, one) <= calendar.subtract_working_time(b, one));
        prop_assert!(calendar.add_working_time(a, one.min(two)) <= calendar.add_working_time(a, one.max(two)));
    }

    #[test]
    fn openings_are_open_and_closings_are_not_passed((calendar, _) in calendars(), at in instants()) {
        let (opening, closing) = (calendar.next_opening(at), calendar.previous_closing(at));
        prop_assert!(closing <= at && at <= opening);
        prop_assert!(calendar.is_open(opening) && calendar.is_open(closing - NANOSECOND));
        prop_assert_eq!(calendar.working_time_between(closing, opening), SignedDuration::ZERO);
        prop_assert_eq!(calendar.is_open(at), opening == at);
    }

}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn any_instant_and_any_amount_of_work_has_an_answer(
        (calendar, _) in calendars(), at in everywhere(), seconds in any::<i64>(), date in -7_000_000..7_000_000_i64, days in any::<i32>(),
    ) {
        let work = SignedDuration::from_secs(seconds);
        let (later, earlier) = (calendar.add_working_time(at, work), calendar.subtract_working_time(at, work));
        let (later, earlier) = if seconds < 0 { (earlier, later) } else { (later, earlier) };
        prop_assert!(earlier <= at && at <= later);
        let date = Date::ZERO.saturating_add(SignedDuration::from_hours(date * 24));
        prop_assert!((calendar.add_working_days(date, days) < date) == (days < 0 && date > Date::MIN));
        if let Ok(yesterday) = date.yesterday() {
            prop_assert!(calendar.end_of_work(yesterday) <= calendar.start_of_work(date));
        }
    }
}

const NANOSECOND: SignedDuration = SignedDuration::from_nanos(1);

fn worked(calendar: &WorkingCalendar, date: Date) -> bool {
    !calendar.blocks(date.weekday()).is_empty() && !calendar.holidays().contains(&date)
}

/// Up to about a year of full-time work, to the nanosecond, and sometimes only a nanosecond.
fn works() -> impl Strategy<Value = SignedDuration> {
    prop_oneof![
        Just(NANOSECOND),
        (1..3_000_000_000_000_000_i64).prop_map(SignedDuration::from_nanos),
        (1..2000_i64).prop_map(SignedDuration::from_mins)
    ]
}

fn everywhere() -> impl Strategy<Value = Timestamp> {
    (Timestamp::MIN.as_second()..=Timestamp::MAX.as_second())
        .prop_map(|second| Timestamp::from_second(second).unwrap())
}
