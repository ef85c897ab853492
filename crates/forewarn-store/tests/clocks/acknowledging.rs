//! "I'll see to it" holds for a while, and the work that moves takes its clocks along.

use crate::house::{december, late, nov, story};
use crate::watch::Watch;
use forewarn_domain::case::Refused;
use forewarn_domain::escalation::Ladder;
use forewarn_store::cases::{Act, ActFailed};

async fn nudged(house: crate::house::House) -> Watch {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    watch.advance(watch.nov(3, 16, 0)).await;
    watch.expect(&[
        "Tue 3 12:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:00 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
    ]);
    watch
}

async fn acknowledge(watch: &Watch) -> Result<(), ActFailed> {
    let case = watch.house.the_case(watch.now).await.id;
    let act = Act::now(watch.house.rep, watch.now);
    let store = &watch.house.store;
    store.act(case, act, |file| file.case.acknowledge(Ladder::Tell, watch.now, &file.terms)).await?;
    Ok(())
}

story!(an_acknowledgement_holds_the_next_step_and_lapses, |house| {
    let mut watch = nudged(house).await;
    acknowledge(&watch).await.unwrap();
    acknowledge(&watch).await.unwrap();
    // Two working hours from 16:00.
    watch.advance(watch.nov(4, 8, 55)).await;
    watch.expect(&[]);
    watch.advance(watch.nov(4, 9, 30)).await;
    watch.expect(&[
        "Wed 4 09:00 liv app Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 32 days",
        "Wed 4 09:00 liv mail Halvorsen: ida has not told them, it was due Tue 17:00, they can still act for 32 days",
    ]);
    let why = watch.house.store.notices_of(watch.house.leader.person().unwrap(), 1).await.unwrap();
    assert_eq!(why[0].why.as_deref(), Some("ida had taken it on, and it is not done."));
});

story!(an_acknowledgement_that_is_kept_is_followed_by_silence, |house| {
    let mut watch = nudged(house).await;
    acknowledge(&watch).await.unwrap();
    let case = watch.house.the_case(watch.now).await.id;
    watch.house.tell(watch.house.rep, case, december(28), watch.nov(3, 16, 30), "form-1").await;
    watch.advance(watch.nov(6, 9, 0)).await;
    watch.expect(&[]);
});

story!(nobody_can_acknowledge_what_nobody_was_told_of, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    let refused = acknowledge(&watch).await;
    assert!(matches!(refused, Err(ActFailed::Refused(Refused::NothingToAcknowledge))));
});

story!(a_case_that_is_given_on_takes_its_clocks_along, |house| {
    let mut watch = nudged(house).await;
    acknowledge(&watch).await.unwrap();
    let case = watch.house.the_case(watch.now).await.id;
    watch.give(case, watch.house.colleague, watch.house.leader).await;
    watch.advance(watch.nov(3, 17, 30)).await;
    watch.expect(&[
        "Tue 3 16:05 ola app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 16:05 ola mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 17:00 liv app Halvorsen: ola has not told them, it was due Tue 17:00, they can still act for 33 days",
    ]);
    assert_eq!(watch.waiting(watch.house.rep.person().unwrap()).await, 0, "it is not theirs any more");
});
