use super::*;
use forewarn_domain::fact::LineKey;
use forewarn_domain::ids::{CustomerId, PromiseId};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use uuid::Uuid;

fn wall() -> Wall {
    Wall { now: "2026-11-09T06:50:00Z".parse().unwrap(), zone: TimeZone::UTC }
}

fn on(day: i8) -> Date {
    date(2026, 11, day)
}

fn line() -> stored::PromiseRow {
    let promise = Promise {
        id: PromiseId(12),
        customer: CustomerId(3),
        key: LineKey { order: "4471".into(), line: "10".into(), schedule: String::new() },
        item: Some("P200".into()),
        description: Some("Pump P200".into()),
        quantity: Some(Amount::whole(1_240)),
        unit: Some("pcs".into()),
        value: None,
        currency: None,
        requested: Some(on(2)),
        first_promised: on(4),
        promised: Promised::Date { on: on(20) },
        outlook: Some(Outlook::Likely { on: on(27) }),
        observed_at: "2026-11-09T05:12:00Z".parse().unwrap(),
        delivered: None,
    };
    stored::PromiseRow {
        promise,
        customer_name: "Halvorsen Marine".into(),
        slip: Slip::Late { days: 7 },
        known_at: None,
        status: LineStatus::Open,
        case: None,
        missing_since: None,
    }
}

#[test]
fn a_row_says_what_was_promised_and_what_is_expected_now() {
    let row = row(&line(), &wall());
    assert_eq!((row.order.as_str(), row.item.as_str()), ("4471 / 10", "Pump P200, 1,240 pcs"));
    assert_eq!((row.promised.as_str(), row.expected.as_str()), ("Fri 20 Nov", "Fri 27 Nov"));
    assert_eq!((row.state.text.as_str(), row.state.tone), ("+7 days", Tone::Urgent));
    let label = row.walk.unwrap().label;
    assert_eq!(
        label,
        "Requested Mon 2 Nov, first promised Wed 4 Nov, promised Fri 20 Nov, expected Fri 27 Nov"
    );
}

#[test]
fn every_state_has_a_word_of_its_own() {
    let state_of = |change: fn(&mut stored::PromiseRow)| {
        let mut row = line();
        change(&mut row);
        state(&row, &wall()).text
    };
    assert_eq!(state_of(|row| row.slip = Slip::None), "on time");
    assert_eq!(state_of(|row| row.slip = Slip::Quiet { days: 1 }), "+1 day, quiet");
    assert_eq!(state_of(|row| row.slip = Slip::NoDate), "no date");
    assert_eq!(state_of(|row| row.status = LineStatus::Cancelled), "cancelled");
    assert_eq!(state_of(|row| row.promise.delivered = Some(on(20))), "delivered");
    assert_eq!(state_of(|row| row.promise.delivered = Some(on(21))), "delivered late");
    let past = state_of(|row| {
        row.slip = Slip::None;
        row.promise.promised = Promised::Date { on: on(6) };
    });
    assert_eq!(past, "past its date");
    let told_no_date = state_of(|row| {
        row.slip = Slip::None;
        row.promise.promised = Promised::NoDateYet;
    });
    assert_eq!(told_no_date, "no date yet");
}

#[test]
fn a_page_that_goes_on_keeps_its_filters_in_the_address() {
    let asked = Asked { text: "pump & seal".into(), state: "late".into(), ..Asked::default() };
    let found = Page { rows: vec![line()], next: Some("2026-11-20 12".into()) };
    let page = list(Shell::outside(Uuid::nil()), &asked, &found, &[], &[], &wall());
    assert_eq!(page.next_page.unwrap(), "/promises?q=pump%20%26%20seal&state=late&after=2026-11-20%2012");
    assert!(page.first_page.is_none());
    assert_eq!(asked.standing(), Standing::Late);
    let one_page = Page { rows: vec![line()], next: None };
    let page = list(Shell::outside(Uuid::nil()), &asked, &one_page, &[], &[], &wall());
    assert_eq!(page.summary, "Late that match “pump & seal”: 1 line");
}

#[test]
fn a_line_that_has_arrived_asks_for_no_more_evidence() {
    let may = May { see_cases: true, state_dates: true };
    let confirm = |row: &stored::PromiseRow| {
        one(Shell::outside(Uuid::nil()), row, &[], Some("Jon Eide"), may, &wall()).confirm
    };
    assert_eq!(confirm(&line()).as_deref(), Some("/promises/12/evidence"));
    let mut arrived = line();
    arrived.promise.delivered = Some(on(9));
    assert_eq!(confirm(&arrived), None);
}
