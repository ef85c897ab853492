//! Somebody is away: the work and its clocks move, and nothing lapses.

use crate::house::{House, december, late, nov, story};
use crate::watch::Watch;
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::case::{CaseEvent, ClockEvent};
use forewarn_domain::escalation::Because;
use forewarn_store::settings::Company;
use jiff::civil::date;
use jiff::tz::TimeZone;

story!(a_slip_on_friday_afternoon_reaches_the_deputy_after_the_holiday, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    let calendar = WorkingCalendar::default().with_holidays([date(2026, 11, 9)]);
    let company = Company { name: "Nordpumpe".to_owned(), calendar };
    watch.house.store.save_company(&company).await.unwrap();
    watch.away(watch.house.rep, Some(watch.house.colleague), watch.nov(6, 12, 0), watch.nov(16, 0, 0)).await;
    watch.house.import(watch.nov(5, 15, 0), vec![late("Halvorsen", "4471")]).await;
    watch.sleep(watch.nov(6, 14, 0)).await;
    watch.house.import(watch.nov(6, 15, 0), vec![late("Halvorsen", "4471")]).await;
    watch.advance(watch.nov(11, 9, 0)).await;
    watch.expect(&[
        "Tue 10 10:00 ola app Halvorsen: tell them by Tue 15:00, they can still act for 28 days",
        "Tue 10 10:00 ola mail Halvorsen: tell them by Tue 15:00, they can still act for 28 days",
        "Tue 10 15:00 liv app Halvorsen: ola has not told them, it was due Tue 15:00, they can still act for 28 days",
        "Tue 10 15:00 liv mail Halvorsen: ola has not told them, it was due Tue 15:00, they can still act for 28 days",
    ]);
    assert_eq!(watch.house.today(watch.house.colleague, watch.now).await.len(), 1, "the deputy sees it");
});

story!(an_absence_that_begins_passes_the_work_on_and_its_end_gives_it_back, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    watch.away(watch.house.rep, Some(watch.house.colleague), watch.nov(3, 14, 0), watch.nov(4, 10, 0)).await;
    watch.advance(watch.nov(4, 11, 0)).await;
    watch.expect(&[
        "Tue 3 12:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:00 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 14:00 ola app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 14:00 ola mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 17:00 liv app Halvorsen: ola has not told them, it was due Tue 17:00, they can still act for 33 days",
        "Wed 4 08:00 liv mail Halvorsen: ola has not told them, it was due Tue 17:00, they can still act for 33 days",
        "Wed 4 10:00 ida app Halvorsen: still not told, it was due Tue 17:00, they can still act for 32 days",
        "Wed 4 10:00 ida mail Halvorsen: still not told, it was due Tue 17:00, they can still act for 32 days",
    ]);
    let case = watch.house.the_case(watch.now).await;
    assert_eq!(reasons(&case.history).len(), 2);
});

story!(an_absence_that_is_called_off_gives_the_work_back_at_once, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    let absence = watch.away(watch.house.rep, None, watch.nov(3, 8, 0), watch.nov(30, 8, 0)).await;
    watch.advance(watch.nov(3, 14, 0)).await;
    watch.expect(&[
        "Tue 3 12:00 liv app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:00 liv mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
    ]);
    assert!(watch.house.store.cancel_absence(absence, watch.now).await.unwrap());
    assert!(!watch.house.store.cancel_absence(absence, watch.now).await.unwrap());
    watch.advance(watch.nov(3, 16, 0)).await;
    watch.expect(&[
        "Tue 3 14:05 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 14:05 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
    ]);
});

story!(a_mail_for_tomorrow_goes_to_nobody_who_is_away_tomorrow, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    watch.away(watch.house.leader, Some(watch.house.colleague), watch.nov(4, 0, 0), watch.nov(5, 0, 0)).await;
    watch.advance(watch.nov(4, 9, 0)).await;
    watch.expect(&[
        "Tue 3 12:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:00 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 17:00 ola app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
        "Wed 4 08:00 ola mail Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
    ]);
    let case = watch.house.the_case(watch.now).await.id;
    assert!(watch.house.store.case(watch.house.colleague, case, watch.now).await.unwrap().is_some());
});

story!(another_calendar_moves_the_deadline_and_the_reason_is_kept, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    let before = watch.house.the_case(watch.now).await.case.tell_by;
    assert_eq!(before, Some(watch.nov(3, 17, 0)));
    let away = TimeZone::get("America/New_York").unwrap();
    let theirs = WorkingCalendar::office_hours(away).unwrap();
    let rep = House::id(watch.house.rep);
    watch.house.store.save_person_calendar(rep, Some(&theirs)).await.unwrap();
    watch.tick().await;
    let case = watch.house.the_case(watch.now).await;
    assert_eq!(case.case.tell_by, Some(watch.nov(3, 22, 0)), "17:00 in New York");
    assert_eq!(reasons(&case.history), [Because::PersonCalendar { person: rep }]);
    watch.advance(watch.nov(4, 9, 0)).await;
    watch.expect(&[
        "Tue 3 17:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 18:00 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 22:00 liv app Halvorsen: ida has not told them, it was due Tue 22:00, they can still act for 33 days",
        "Wed 4 08:00 liv mail Halvorsen: ida has not told them, it was due Tue 22:00, they can still act for 33 days",
    ]);
    // Saved again as it is: nothing moves, so nothing is recorded.
    watch.house.store.save_person_calendar(rep, Some(&theirs)).await.unwrap();
    watch.tick().await;
    assert_eq!(reasons(&watch.house.the_case(watch.now).await.history).len(), 1);
});

story!(another_policy_moves_the_deadline_and_the_reason_is_kept, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    let mut policy = watch.house.store.policy().await.unwrap();
    policy.tell_within_hours = [4, 4, 2];
    watch.house.store.save_policy(&policy).await.unwrap();
    watch.advance(watch.nov(3, 12, 30)).await;
    watch.expect(&[
        "Tue 3 10:00 ida app Halvorsen: tell them by Tue 12:00, they can still act for 33 days",
        "Tue 3 10:00 ida mail Halvorsen: tell them by Tue 12:00, they can still act for 33 days",
        "Tue 3 12:00 liv app Halvorsen: ida has not told them, it was due Tue 12:00, they can still act for 33 days",
    ]);
    assert_eq!(reasons(&watch.house.the_case(watch.now).await.history), [Because::Policy]);
});

story!(clocks_that_are_set_back_at_night_move_no_deadline, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.zone = TimeZone::get("Europe/Berlin").unwrap();
    let calendar = WorkingCalendar::office_hours(watch.zone.clone()).unwrap();
    let company = Company { name: "Nordpumpe".to_owned(), calendar };
    watch.house.store.save_company(&company).await.unwrap();
    // Clocks are set back in the night to Sunday, 25 October 2026.
    watch.house.import(watch.october(22, 15, 0), vec![late("Halvorsen", "4471")]).await;
    watch.house.import(watch.october(23, 15, 0), vec![late("Halvorsen", "4471")]).await;
    watch.now = watch.october(23, 15, 0);
    watch.advance(watch.october(26, 16, 0)).await;
    watch.expect(&[
        "Mon 26 10:00 ida app Halvorsen: tell them by Mon 15:00, they can still act for 39 days",
        "Mon 26 10:00 ida mail Halvorsen: tell them by Mon 15:00, they can still act for 39 days",
        "Mon 26 15:00 liv app Halvorsen: ida has not told them, it was due Mon 15:00, they can still act for 39 days",
        "Mon 26 15:00 liv mail Halvorsen: ida has not told them, it was due Mon 15:00, they can still act for 39 days",
    ]);
});

story!(whoever_has_been_told_for_stays_silent_through_absences, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    let case = watch.house.the_case(watch.now).await.id;
    watch.house.tell(watch.house.rep, case, december(28), watch.now, "form-1").await;
    watch.away(watch.house.rep, Some(watch.house.colleague), watch.nov(3, 14, 0), watch.nov(4, 10, 0)).await;
    watch.advance(watch.nov(5, 9, 0)).await;
    watch.expect(&[]);
});

/// Why the clocks of a case were set anew, oldest first.
fn reasons(history: &[forewarn_domain::case::Recorded]) -> Vec<Because> {
    let because = |event: &CaseEvent| match event {
        CaseEvent::Clock { what: ClockEvent::Rescheduled { because } } => Some(*because),
        _ => None,
    };
    history.iter().filter_map(|recorded| because(&recorded.event)).collect()
}
