//! A supply owner is asked for a date.

use crate::house::{House, late, nov, story};
use crate::watch::Watch;
use forewarn_domain::case::Refused;
use forewarn_domain::ids::CaseId;
use forewarn_domain::text::InternalText;
use forewarn_store::cases::{Act, ActFailed};
use forewarn_store::notices::Notice;

fn words(text: &str) -> InternalText {
    InternalText::new(text).unwrap()
}

/// Known on Monday, and not firm: the rep asks for a date by Tuesday noon.
async fn asked(house: House) -> (Watch, CaseId) {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.import(nov(2), vec![late("Halvorsen", "4471")]).await;
    watch.advance(watch.nov(2, 9, 0)).await;
    let case = watch.house.the_case(watch.now).await.id;
    let (of, by) = (House::id(watch.house.supply), watch.nov(3, 12, 0));
    let act = Act::now(watch.house.rep, watch.now);
    let store = &watch.house.store;
    let ask = store.act(case, act, |file| {
        file.case.ask_supply(of, words("When will the castings be here?"), Some(by), watch.now, &file.terms)
    });
    ask.await.unwrap();
    (watch, case)
}

story!(a_supply_owner_is_asked_at_once_and_the_leader_hears_of_silence, |house| {
    let (mut watch, _) = asked(house).await;
    watch.advance(watch.nov(3, 13, 30)).await;
    watch.expect(&[
        "Mon 2 09:05 pia app Halvorsen: a date is needed by Tue 12:00",
        "Mon 2 09:05 pia mail Halvorsen: a date is needed by Tue 12:00",
        "Tue 3 12:00 liv app Halvorsen: supply has not answered, it was due Tue 12:00",
        "Tue 3 13:00 liv mail Halvorsen: supply has not answered, it was due Tue 12:00",
    ]);
});

story!(an_answer_reaches_whoever_asked_and_ends_the_questioning, |house| {
    let (mut watch, case) = asked(house).await;
    let (supply, store) = (House::id(watch.house.supply), watch.house.store.clone());
    watch.advance(watch.nov(2, 10, 0)).await;
    let [ask] = store.supply_asks(supply, watch.now).await.unwrap().try_into().unwrap();
    assert_eq!((ask.case, ask.question.of, ask.promises.len()), (case, supply, 1));
    let nobody = House::id(watch.house.stranger);
    assert!(store.supply_asks(nobody, watch.now).await.unwrap().is_empty());
    let answer = || words("On the 20th, if the vessel is in time");
    let refused = store.answer_supply(nobody, case, answer(), None, watch.now).await;
    assert!(matches!(refused, Err(ActFailed::NotFound)), "they were not asked");
    for _ in 0..2 {
        store.answer_supply(supply, case, answer(), Some("form-1"), watch.now).await.unwrap();
    }
    watch.advance(watch.nov(3, 16, 0)).await;
    watch.expect(&[
        "Mon 2 09:05 pia app Halvorsen: a date is needed by Tue 12:00",
        "Mon 2 09:05 pia mail Halvorsen: a date is needed by Tue 12:00",
        "Mon 2 10:05 ida mail Halvorsen: pia has answered",
        "Tue 3 16:00 ida app Halvorsen: pia has answered",
    ]);
    assert!(store.supply_asks(supply, watch.now).await.unwrap().is_empty());
    let again = store.answer_supply(supply, case, answer(), None, watch.now).await;
    assert!(matches!(again, Err(ActFailed::Refused(Refused::NothingAsked))), "{again:?}");
});

story!(whoever_stands_in_for_a_supply_owner_is_asked_in_their_place, |house| {
    let watch = Watch::at(house, nov(2)).await;
    let (supply, stands_in) = (watch.house.supply, watch.house.stranger);
    watch.away(supply, Some(stands_in), watch.nov(2, 6, 0), watch.nov(9, 6, 0)).await;
    let house = watch.house;
    let (mut watch, case) = asked(house).await;
    watch.advance(watch.nov(2, 10, 0)).await;
    watch.expect(&[
        "Mon 2 09:05 sam app Halvorsen: a date is needed by Tue 12:00",
        "Mon 2 09:05 sam mail Halvorsen: a date is needed by Tue 12:00",
    ]);
    let (store, person) = (&watch.house.store, House::id(stands_in));
    assert_eq!(store.supply_asks(person, watch.now).await.unwrap().len(), 1);
    let [notice]: [Notice; 1] = store.notices_of(person, 9).await.unwrap().try_into().unwrap();
    assert_eq!(notice.why.as_deref(), Some("pia is away until Mon 9 Nov 06:00."));
    store.answer_supply(person, case, words("On the 20th"), None, watch.now).await.unwrap();
});
