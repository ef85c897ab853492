//! Nobody reads what is not theirs.

use crate::house::{House, late, nov, planned, story};
use forewarn_domain::absence::Absence;
use forewarn_domain::ids::PromiseId;
use forewarn_store::cases::{Act, ActFailed};
use forewarn_store::promises::PromiseSearch;

story!(a_rep_of_another_team_sees_nothing_of_an_account, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await;
    let (store, now) = (&house.store, nov(3));
    for stranger in [house.stranger, house.colleague] {
        assert!(house.today(stranger, now).await.is_empty());
        assert!(store.case(stranger, case.id, now).await.unwrap().is_none());
        assert!(store.timeline(stranger, case.id, now).await.unwrap().is_empty());
        assert!(store.customer(stranger, case.customer, now).await.unwrap().is_none());
        assert!(store.relationship(stranger, case.customer, now).await.unwrap().is_none());
        assert!(store.promise(stranger, PromiseId(1), now).await.unwrap().is_none());
        assert!(store.evidence(stranger, PromiseId(1), now).await.unwrap().is_empty());
        let found = store.promises(stranger, &PromiseSearch::default(), 10, now).await.unwrap();
        assert!(found.rows.is_empty());
        let refused = store.act(case.id, Act::now(stranger, now), |file| Ok(file.case.view(now))).await;
        assert!(matches!(refused, Err(ActFailed::NotFound)));
    }
    for insider in [house.rep, house.leader] {
        assert_eq!(house.today(insider, now).await.len(), 1);
        assert!(store.customer(insider, case.customer, now).await.unwrap().is_some());
    }
});

story!(a_supply_owner_sees_facts_and_no_conversation, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await;
    let (store, supply, now) = (&house.store, house.supply, nov(3));
    assert!(store.promise(supply, PromiseId(1), now).await.unwrap().is_some());
    assert_eq!(store.evidence(supply, PromiseId(1), now).await.unwrap().len(), 1);
    assert!(store.case(supply, case.id, now).await.unwrap().is_none());
    assert!(house.today(supply, now).await.is_empty());
    let record = store.relationship(supply, case.customer, now).await.unwrap().unwrap();
    assert!(record.cases.is_empty());
});

story!(a_deputy_stands_in_from_one_moment_to_another, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let (rep, deputy) = (House::id(house.rep), House::id(house.colleague));
    let absence = Absence { person: rep, deputy: Some(deputy), from: nov(5), until: nov(9) };
    house.store.add_absence(absence, nov(3)).await.unwrap();
    for (day, sees) in [(4, 0), (5, 1), (8, 1), (9, 0)] {
        assert_eq!(house.today(house.colleague, nov(day)).await.len(), sees, "on the {day}th");
    }
});

story!(what_nobody_owns_lies_in_the_inbox_for_the_whole_team, |house| {
    let mut line = late("Halvorsen", "4471");
    line.owner = None;
    house.news(vec![line, planned("Brandt", "4480")]).await;
    let rows = house.today(forewarn_domain::people::Scope::Program, nov(3)).await;
    assert_eq!(rows[0].owner.person, None);
    assert_eq!(rows[0].owner.name, "Everyone");
    assert!(house.today(house.rep, nov(3)).await.is_empty(), "it is another team's inbox");
});
