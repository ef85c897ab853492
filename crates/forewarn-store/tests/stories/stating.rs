//! A person of ours confirms or corrects a date.

use crate::house::{House, december, late, nov, planned, story};
use forewarn_domain::case::Stage;
use forewarn_domain::evidence::{Cause, Outlook, Source};
use forewarn_domain::ids::PromiseId;
use forewarn_domain::people::Scope;
use forewarn_domain::text::{CustomerText, InternalText};
use forewarn_store::evidence::StateFailed;

story!(a_confirmed_slip_is_news_at_once, |house| {
    house.import(nov(2), vec![late("Halvorsen", "4471")]).await;
    assert_eq!(house.the_case(nov(2)).await.case.stage(), Stage::WaitingForFacts);
    let cause = Cause {
        internal: InternalText::new("the casting cracked at the supplier"),
        customer: CustomerText::new("a part has to be made again"),
    };
    let firm = Outlook::Firm { on: december(28) };
    house.store.state_date(house.supply, PromiseId(1), firm, cause.clone(), nov(3)).await.unwrap();

    let file = house.the_case(nov(3)).await;
    assert_eq!(file.case.stage(), Stage::ToTell);
    assert_eq!(file.case.cause, cause);
    let evidence = house.store.evidence(house.rep, PromiseId(1), nov(3)).await.unwrap();
    let newest = evidence.last().unwrap();
    assert_eq!(newest.evidence.source, Source::Person { person: House::id(house.supply) });
    assert_eq!((newest.evidence.outlook, newest.person_name.as_deref()), (firm, Some("pia")));
});

story!(a_corrected_date_opens_a_case_or_ends_one, |house| {
    house.import(nov(2), vec![planned("Halvorsen", "4471")]).await;
    let late = Outlook::Range { from: december(22), to: december(30) };
    house.store.state_date(house.supply, PromiseId(1), late, Cause::default(), nov(3)).await.unwrap();
    let case = house.the_case(nov(3)).await;
    assert_eq!(case.case.stage(), Stage::ToTell);

    let back = Outlook::Firm { on: december(18) };
    house.store.state_date(house.rep, PromiseId(1), back, Cause::default(), nov(4)).await.unwrap();
    assert!(house.today(Scope::Program, nov(4)).await.is_empty(), "recovered before anyone was told");
    assert_eq!(house.promise(1).await.case, None);

    // And when it slips once more, somebody is told once more.
    house.store.state_date(house.rep, PromiseId(1), late, Cause::default(), nov(5)).await.unwrap();
    assert_ne!(house.the_case(nov(5)).await.id, case.id);
});

story!(a_statement_that_makes_no_sense_is_refused, |house| {
    house.import(nov(2), vec![planned("Halvorsen", "4471")]).await;
    let state = async |scope, id, outlook| {
        house.store.state_date(scope, PromiseId(id), outlook, Cause::default(), nov(3)).await
    };
    let backwards = Outlook::Range { from: december(30), to: december(22) };
    assert!(matches!(state(house.supply, 1, backwards).await, Err(StateFailed::RangeIsBackwards)));
    let never = Outlook::Firm { on: jiff::civil::date(-9999, 1, 1) };
    assert!(matches!(state(house.supply, 1, never).await, Err(StateFailed::YearIsOff)));
    assert!(matches!(state(house.supply, 7, Outlook::NoDate).await, Err(StateFailed::NotFound)));
    assert!(matches!(state(house.stranger, 1, Outlook::NoDate).await, Err(StateFailed::NotFound)));
    assert!(matches!(state(Scope::Program, 1, Outlook::NoDate).await, Err(StateFailed::Nobody)));
});
