//! What time alone does.

use crate::house::{december, late, nov, story};
use forewarn_domain::case::{ObligationKind, Stage};
use forewarn_domain::people::Scope;
use forewarn_store::cases::Act;
use forewarn_store::obligations::Ticked;
use jiff::SignedDuration;

story!(a_waiting_slip_becomes_news_when_time_runs_out, |house| {
    house.import(nov(2), vec![late("Halvorsen", "4471")]).await;
    let far = nov(30) + SignedDuration::from_hours(24 * 60);
    let [owed] = house.store.owed(Scope::Program, far, nov(2)).await.unwrap().try_into().unwrap();
    assert_eq!(owed.kind, ObligationKind::FactsBy);

    let before = owed.due - SignedDuration::from_secs(1);
    assert_eq!(house.store.tick(before).await.unwrap(), Ticked::default());
    assert_eq!(house.the_case(before).await.case.stage(), Stage::WaitingForFacts);

    assert_eq!(house.store.tick(owed.due).await.unwrap().news, 1);
    assert_eq!(house.the_case(owed.due).await.case.stage(), Stage::ToTell);
    assert_eq!(house.store.tick(owed.due).await.unwrap(), Ticked::default());
    let now_owed = house.store.owed(Scope::Program, far, owed.due).await.unwrap();
    assert!(now_owed.iter().any(|owed| owed.kind == ObligationKind::TellBy));
});

story!(a_next_word_that_nobody_kept_is_noted_once_and_stays_due, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    house.tell(house.rep, case, december(28), nov(4), "form-1").await;
    let promise = Act::now(house.rep, nov(4));
    house.store.act(case, promise, |file| file.case.promise_next_word(nov(6), nov(4))).await.unwrap();

    assert_eq!(house.store.tick(nov(5)).await.unwrap(), Ticked::default());
    // The program was off for three days: it is late, not lost.
    assert_eq!(house.store.tick(nov(9)).await.unwrap().missed, 1);
    assert_eq!(house.store.tick(nov(9)).await.unwrap(), Ticked::default());
    let [row] = house.today(house.rep, nov(9)).await.try_into().unwrap();
    assert_eq!((row.next_word_by, row.next_word_missed), (Some(nov(6)), true));
    let owed = house.store.owed(house.rep, nov(9), nov(9)).await.unwrap();
    assert!(owed.iter().any(|owed| owed.kind == ObligationKind::NextWord && owed.due == nov(6)));
});
