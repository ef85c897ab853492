//! Ladders and their moments.

use super::*;
use crate::calendar::WorkingCalendar;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

fn berlin() -> WorkingCalendar {
    // All Saints' Day, a Monday in 2027.
    WorkingCalendar::office_hours(TimeZone::get("Europe/Berlin").unwrap())
        .unwrap()
        .with_holidays([date(2027, 11, 1)])
}

fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
    day.at(hour, minute, 0, 0).in_tz("Europe/Berlin").unwrap().timestamp()
}

#[test]
fn half_of_the_time_is_half_of_the_working_time() {
    let friday = date(2027, 10, 29);
    let span = Span { begins: at(friday, 15, 0), due: at(date(2027, 11, 2), 10, 0) };
    // Two hours on Friday, none on the holiday, two on Tuesday.
    assert_eq!(span.moment(When::HalfOfTheTime, &berlin()), at(friday, 17, 0));
}

#[test]
fn an_hour_before_the_morning_is_the_evening_of_the_last_working_day() {
    let span = Span { begins: at(date(2027, 10, 26), 9, 0), due: at(date(2027, 11, 2), 8, 30) };
    let hour_before = span.moment(When::WorkingHoursBefore { hours: 1 }, &berlin());
    assert_eq!(hour_before, at(date(2027, 10, 29), 16, 30));
    let much_before = span.moment(When::WorkingHoursBefore { hours: 999 }, &berlin());
    assert_eq!(much_before, span.begins, "never before there is something to do");
}

#[test]
fn a_working_day_after_friday_leaves_out_the_weekend_and_the_holiday() {
    let friday = at(date(2027, 10, 29), 14, 20);
    assert_eq!(a_working_day_after(friday, &berlin()), at(date(2027, 11, 2), 14, 20));
    let evening = at(date(2027, 10, 26), 17, 0);
    assert_eq!(a_working_day_after(evening, &berlin()), at(date(2027, 10, 27), 17, 0));
    let night = at(date(2027, 10, 26), 0, 0);
    assert_eq!(a_working_day_after(night, &berlin()), at(date(2027, 10, 27), 8, 0));
}

#[test]
fn the_same_time_of_day_stays_the_same_when_clocks_change() {
    // Clocks are set back on Sunday, 31 October 2027: 25 hours lie between two mornings.
    let friday = at(date(2027, 10, 29), 9, 0);
    let calendar = WorkingCalendar::office_hours(TimeZone::get("Europe/Berlin").unwrap()).unwrap();
    let monday = a_working_day_after(friday, &calendar);
    assert_eq!(monday, at(date(2027, 11, 1), 9, 0));
    assert_eq!(monday.duration_since(friday).as_hours(), 73);
}

#[test]
fn a_ladder_without_steps_is_refused() {
    assert_eq!(EscalationPolicy::default().check(), Ok(()));
    let silent = EscalationPolicy { next_word: Vec::new(), ..EscalationPolicy::default() };
    let refused = silent.check().unwrap_err();
    assert_eq!(refused, NotAnEscalation::NoStep(Ladder::NextWord));
    assert!(refused.to_string().contains("Give it at least one"));
    let supply = EscalationStep { when: When::AtDue, to: Recipient::SupplyOwner };
    let nobody = EscalationPolicy { tell: vec![supply], ..EscalationPolicy::default() };
    assert_eq!(nobody.check(), Err(NotAnEscalation::NoSupplyOwner(Ladder::Tell)));
}

#[test]
fn ladders_are_data_and_what_is_left_out_has_its_default() {
    let written = r#"{"tell":[{"when":{"at":"working-hours-before","hours":2},"to":"leader"}]}"#;
    let read: EscalationPolicy = serde_json::from_str(written).unwrap();
    let step = EscalationStep { when: When::WorkingHoursBefore { hours: 2 }, to: Recipient::Leader };
    assert_eq!(read, EscalationPolicy { tell: vec![step], ..EscalationPolicy::default() });
    let again: EscalationPolicy = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
    assert_eq!(again, read);
}
