//! Who hears when a customer is not told.

use crate::house::{House, december, expected, late, nov, story};
use crate::watch::Watch;
use forewarn_domain::escalation::OutsideHours;
use forewarn_domain::fact::StatedDate;
use forewarn_domain::people::Role;
use forewarn_domain::severity::Temperature;
use forewarn_store::cases::Act;
use forewarn_store::people::NewPerson;
use jiff::civil::date;

/// News of Tuesday morning.
async fn news(house: House) -> Watch {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    watch
}

/// Puts a team above North, with a leader.
async fn boss(watch: &Watch) {
    let store = &watch.house.store;
    let sales = store.add_team("Sales").await.unwrap();
    let new = NewPerson {
        email: "bo@nordpumpe.example".to_owned(),
        name: "bo".to_owned(),
        role: Role::Leader,
        team: sales,
        phone: None,
        zone: None,
    };
    let boss = store.add_person(new, nov(1)).await.unwrap();
    store.set_leader(sales, Some(boss)).await.unwrap();
    assert!(store.set_above(watch.north, Some(sales)).await.unwrap());
    assert!(!store.set_above(sales, Some(watch.north)).await.unwrap(), "no circle");
}

story!(the_owner_at_half_time_then_the_leader_then_the_next_every_working_day, |house| {
    let mut watch = news(house).await;
    boss(&watch).await;
    watch.advance(watch.nov(6, 9, 0)).await;
    watch.expect(&[
        "Tue 3 12:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:00 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 17:00 liv app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
        "Wed 4 08:00 liv mail Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
        "Wed 4 17:00 bo app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 32 days",
        "Thu 5 08:00 bo mail Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 32 days",
        "Thu 5 17:00 bo app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 31 days",
        "Fri 6 08:00 bo mail Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 31 days",
    ]);
});

story!(nobody_above_means_the_same_leader_again, |house| {
    let mut watch = news(house).await;
    watch.advance(watch.nov(5, 9, 0)).await;
    watch.expect(&[
        "Tue 3 12:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:00 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 17:00 liv app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
        "Wed 4 08:00 liv mail Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
        "Wed 4 17:00 liv app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 32 days",
        "Thu 5 08:00 liv mail Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 32 days",
    ]);
});

story!(whoever_is_told_in_time_hears_nothing, |house| {
    let mut watch = news(house).await;
    let case = watch.house.the_case(watch.now).await.id;
    watch.advance(watch.nov(3, 11, 0)).await;
    watch.house.tell(watch.house.rep, case, december(28), watch.now, "form-1").await;
    watch.advance(watch.nov(6, 9, 0)).await;
    watch.expect(&[]);
});

story!(what_is_told_before_the_mail_leaves_is_not_mailed_any_more, |house| {
    let mut watch = news(house).await;
    let case = watch.house.the_case(watch.now).await.id;
    watch.advance(watch.nov(3, 20, 0)).await;
    watch.expect(&[
        "Tue 3 12:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:00 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 17:00 liv app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
    ]);
    watch.house.tell(watch.house.rep, case, december(28), watch.now, "form-1").await;
    assert_eq!(watch.waiting(House::id(watch.house.leader)).await, 0);
    watch.advance(watch.nov(6, 9, 0)).await;
    watch.expect(&[]);
});

story!(an_outage_of_days_fires_each_step_once, |house| {
    let mut watch = news(house).await;
    watch.sleep(watch.nov(9, 7, 0)).await;
    watch.expect(&[
        "Mon 9 07:00 ida app Halvorsen: still not told, it was due Tue 17:00, they can still act for 29 days",
        "Mon 9 07:00 liv app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 29 days",
    ]);
    watch.tick().await;
    watch.advance(watch.nov(9, 12, 0)).await;
    watch.expect(&[
        "Mon 9 08:00 ida mail Halvorsen: still not told, it was due Tue 17:00, they can still act for 29 days",
        "Mon 9 08:00 liv mail Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 29 days",
    ]);
});

story!(a_team_without_a_leader_is_led_by_the_one_above, |house| {
    let mut watch = news(house).await;
    boss(&watch).await;
    watch.house.store.set_leader(watch.north, None).await.unwrap();
    watch.advance(watch.nov(4, 9, 0)).await;
    watch.expect(&[
        "Tue 3 12:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:00 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 17:00 bo app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
        "Wed 4 08:00 bo mail Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
    ]);
});

story!(a_repeat_slip_is_a_step_earlier_and_the_leader_hears_at_once, |house| {
    let mut watch = news(house).await;
    boss(&watch).await;
    let case = watch.house.the_case(watch.now).await.id;
    watch.house.tell(watch.house.rep, case, december(28), watch.now, "form-1").await;
    watch.house.import(nov(4), vec![expected("Halvorsen", "4471", december(31))]).await;
    watch.house.import(nov(5), vec![expected("Halvorsen", "4471", december(31))]).await;
    watch.now = nov(5);
    watch.advance(watch.nov(6, 9, 0)).await;
    watch.expect(&[
        "Thu 5 05:15 ida app Halvorsen: tell them by Thu 17:00, they can still act for 37 days",
        "Thu 5 05:15 liv app Halvorsen: ida has to tell them by Thu 17:00, they can still act for 37 days",
        "Thu 5 08:00 ida mail Halvorsen: tell them by Thu 17:00, they can still act for 37 days",
        "Thu 5 08:00 liv mail Halvorsen: ida has to tell them by Thu 17:00, they can still act for 37 days",
        "Thu 5 12:00 liv app Halvorsen: ida has to tell them by Thu 17:00, they can still act for 37 days",
        "Thu 5 13:00 liv mail Halvorsen: ida has to tell them by Thu 17:00, they can still act for 37 days",
        "Thu 5 17:00 bo app Halvorsen: ida has not told them, it was due Thu 17:00, they can still act for 37 days",
        "Fri 6 08:00 bo mail Halvorsen: ida has not told them, it was due Thu 17:00, they can still act for 37 days",
    ]);
});

story!(no_mail_leaves_at_midnight_unless_the_policy_says_so, |house| {
    let mut watch = news(house).await;
    let mut policy = watch.house.store.policy().await.unwrap();
    policy.escalation.outside_hours = OutsideHours::Always;
    watch.house.store.save_policy(&policy).await.unwrap();
    watch.advance(watch.nov(3, 23, 0)).await;
    watch.expect(&[
        "Tue 3 12:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 12:00 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 17:00 liv app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
        "Tue 3 17:00 liv mail Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 33 days",
    ]);
});

story!(a_next_word_is_reminded_of_and_its_silence_is_heard, |house| {
    let mut watch = news(house).await;
    let case = watch.house.the_case(watch.now).await.id;
    watch.house.tell(watch.house.rep, case, december(28), watch.now, "form-1").await;
    let by = watch.nov(4, 10, 0);
    let act = Act::now(watch.house.rep, watch.now);
    watch.house.store.act(case, act, |file| file.case.promise_next_word(by, nov(3))).await.unwrap();
    watch.advance(watch.nov(6, 9, 0)).await;
    watch.expect(&[
        "Wed 4 09:00 ida app Halvorsen: they hear from you by Wed 10:00",
        "Wed 4 09:00 ida mail Halvorsen: they hear from you by Wed 10:00",
        "Wed 4 10:00 ida app Halvorsen: they wait for the word promised for Wed 10:00",
        "Wed 4 10:00 liv app Halvorsen: ida has not kept the word promised for Wed 10:00",
        "Wed 4 10:00 ida mail Halvorsen: they wait for the word promised for Wed 10:00",
        "Wed 4 10:00 liv mail Halvorsen: ida has not kept the word promised for Wed 10:00",
        "Thu 5 10:00 liv app Halvorsen: ida has not kept the word promised for Wed 10:00",
        "Thu 5 10:00 liv mail Halvorsen: ida has not kept the word promised for Wed 10:00",
    ]);
});

story!(goods_that_should_have_arrived_are_asked_for_until_all_is_well, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    let mut line = expected("Halvorsen", "4471", date(2026, 11, 10));
    line.promised = StatedDate::On(date(2026, 11, 4));
    watch.house.news(vec![line.clone()]).await;
    watch.now = nov(3);
    let case = watch.house.the_case(watch.now).await.id;
    watch.house.tell(watch.house.rep, case, date(2026, 11, 10), watch.now, "form-1").await;
    watch.advance(watch.nov(12, 9, 0)).await;
    watch.expect(&[
        "Wed 11 08:00 ida app Halvorsen: it should have arrived, ask whether it has",
        "Wed 11 08:00 ida mail Halvorsen: it should have arrived, ask whether it has",
        "Thu 12 08:00 liv app Halvorsen: it should have arrived, and ida has not asked whether it has",
        "Thu 12 08:00 liv mail Halvorsen: it should have arrived, and ida has not asked whether it has",
    ]);

    line.delivered = StatedDate::On(date(2026, 11, 11));
    watch.house.import(watch.now, vec![line]).await;
    watch.advance(watch.nov(13, 9, 0)).await;
    watch.expect(&[
        "Thu 12 09:05 ida app Halvorsen: it has arrived, ask whether all is well",
        "Thu 12 09:05 ida mail Halvorsen: it has arrived, ask whether all is well",
        "Fri 13 08:00 liv app Halvorsen: it has arrived, and ida has not asked whether all is well",
        "Fri 13 08:00 liv mail Halvorsen: it has arrived, and ida has not asked whether all is well",
    ]);
    let act = Act::now(watch.house.rep, watch.now);
    watch
        .house
        .store
        .act(case, act, |file| file.case.close(Temperature::Calm, None, watch.now))
        .await
        .unwrap();
    watch.advance(watch.nov(17, 9, 0)).await;
    watch.expect(&[]);
});
