//! What a rep should know of an account before the call.

use crate::house::{december, late, nov, planned, story};
use forewarn_domain::fact::StatedDate;
use forewarn_domain::severity::Temperature;
use forewarn_store::cases::Act;

story!(the_record_measures_against_the_first_promise_and_counts_apologies, |house| {
    house.news(vec![late("Halvorsen", "4471"), planned("Halvorsen", "4472")]).await;
    let case = house.the_case(nov(3)).await;
    house.tell(house.rep, case.id, december(28), nov(4), "form-1").await;
    let act = |at| Act::now(house.rep, at);
    let store = &house.store;
    // Their concern was read back, and no apology was needed.
    store.act(case.id, act(nov(4)), |f| f.case.answer_concern(true, false, false, nov(4))).await.unwrap();
    store.act(case.id, act(nov(5)), |f| f.case.answer_concern(true, true, true, nov(5))).await.unwrap();
    let felt = |at| (at, Temperature::Upset);
    store.act(case.id, act(nov(5)), |f| f.case.feel(felt(nov(5)).1, nov(5), &f.terms)).await.unwrap();

    let arrived = |order, on| {
        let mut line = planned("Halvorsen", order);
        line.delivered = StatedDate::On(on);
        line
    };
    house.import(nov(6), vec![arrived("4471", december(27)), arrived("4472", december(18))]).await;

    let record = store.relationship(house.rep, case.customer, nov(6)).await.unwrap().unwrap();
    let kept = (record.delivered, record.on_first_promise, record.on_current_promise);
    assert_eq!(kept, (2, 1, 2));
    assert_eq!(record.apologies, [nov(5)]);
    assert_eq!((record.apologies_since(nov(5)), record.apologies_since(nov(6))), (1, 0));
    assert_eq!(record.temperatures, [felt(nov(5))]);
    assert_eq!(record.cases.len(), 1);
});
