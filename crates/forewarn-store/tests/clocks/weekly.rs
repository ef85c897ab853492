//! The weekly words for leaders: one a week, in the morning, and none without anything to say.

use crate::house::{House, december, late, nov, story};
use crate::watch::Watch;
use jiff::SignedDuration;

/// Two customers, of whom one is told on Tuesday; then a weekend.
async fn a_week(house: House) -> Watch {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.ladders_that_wait_a_month().await;
    watch.house.news(vec![late("Halvorsen", "4471"), late("Brandt", "4480")]).await;
    let rows = watch.house.today(watch.house.rep, nov(3)).await;
    let brandt = rows.iter().find(|row| row.customer_name == "Brandt").unwrap().case;
    watch.house.tell(watch.house.rep, brandt, december(28), nov(3), "told").await;
    watch.sleep(watch.nov(6, 18, 0)).await;
    watch.weekly_words(true).await;
    watch
}

const SUBJECT: &str = "Your week: 1 known and not told, 1 told early, 1 due";

story!(a_leader_hears_once_a_week_when_their_week_begins, |house| {
    let mut watch = a_week(house).await;
    watch.advance(watch.nov(9, 7, 55)).await;
    watch.expect(&[]);
    watch.advance(watch.nov(9, 8, 30)).await;
    watch.expect(&[&format!("Mon 9 08:00 liv app {SUBJECT}"), &format!("Mon 9 08:00 liv mail {SUBJECT}")]);
    let notices = watch.house.store.notices_of(House::id(watch.house.leader), 9).await.unwrap();
    let words = &notices[0].words;
    assert_eq!(
        words.lines().collect::<Vec<_>>(),
        [
            "Known, not told: 1 customer. Halvorsen, known since Mon 2 Nov (ida).",
            "Told last week: 1 customer, 1 of them early. \
             The earliest: Brandt, 33 working days before the promised day (ida).",
            "Due this week: 1 customer to be told; 1 overdue already.",
        ]
    );
    watch.advance(watch.nov(15, 23, 0)).await;
    watch.expect(&[]);
    watch.advance(watch.nov(16, 8, 0)).await;
    let next = "Your week: 1 known and not told, 0 told early, 1 due";
    watch.expect(&[&format!("Mon 16 08:00 liv app {next}"), &format!("Mon 16 08:00 liv mail {next}")]);
});

story!(a_program_that_was_off_on_monday_says_it_on_the_next_morning_and_never_at_night, |house| {
    let mut watch = a_week(house).await;
    watch.sleep(watch.nov(10, 1, 0)).await;
    watch.advance(watch.nov(10, 7, 55)).await;
    watch.expect(&[]);
    watch.advance(watch.nov(10, 8, 0)).await;
    watch.expect(&[&format!("Tue 10 08:00 liv app {SUBJECT}"), &format!("Tue 10 08:00 liv mail {SUBJECT}")]);
});

story!(a_leader_who_is_away_hears_on_the_first_morning_back, |house| {
    let mut watch = a_week(house).await;
    watch.away(watch.house.leader, None, watch.nov(9, 0, 0), watch.nov(11, 0, 0)).await;
    watch.advance(watch.nov(12, 12, 0)).await;
    watch.expect(&[&format!("Wed 11 08:00 liv app {SUBJECT}"), &format!("Wed 11 08:00 liv mail {SUBJECT}")]);
});

story!(where_there_is_nothing_to_say_nobody_hears_all_week, |house| {
    let mut watch = Watch::at(house, nov(9) - SignedDuration::from_hours(1)).await;
    watch.ladders_that_wait_a_month().await;
    watch.weekly_words(true).await;
    watch.advance(watch.nov(10, 12, 0)).await;
    watch.house.import(watch.now, vec![late("Halvorsen", "4471")]).await;
    watch.advance(watch.nov(13, 18, 0)).await;
    watch.expect(&[]);
});

story!(weekly_words_can_be_switched_off, |house| {
    let mut watch = a_week(house).await;
    watch.weekly_words(false).await;
    watch.advance(watch.nov(9, 12, 0)).await;
    watch.expect(&[]);
});
