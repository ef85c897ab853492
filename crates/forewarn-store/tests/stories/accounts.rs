//! Who owns an account, and what moves with it.

use crate::house::{House, late, nov, story};
use forewarn_domain::case::Owner;
use forewarn_domain::people::{Role, Scope};
use forewarn_store::people::{AddFailed, NewPerson};

story!(an_assigned_account_takes_its_open_cases_along, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await;
    let to = House::id(house.stranger);
    let by = Some(House::id(house.leader));
    let moved = house.store.assign_customer(case.customer, Some(to), by, nov(4)).await.unwrap();
    assert_eq!(moved, 1);
    assert_eq!(house.the_case(nov(4)).await.case.owner, Owner::Person { person: to });
    assert!(house.today(house.rep, nov(4)).await.is_empty());
    assert_eq!(house.today(house.stranger, nov(4)).await.len(), 1);

    // Whatever later reports say, a person has decided.
    house.import(nov(5), vec![late("Halvorsen", "4471")]).await;
    assert_eq!(house.the_case(nov(5)).await.case.owner, Owner::Person { person: to });
});

story!(an_owner_in_reports_is_mapped_and_gets_what_lies_in_the_inbox, |house| {
    let mut line = late("Halvorsen", "4471");
    line.owner = Some("  REP  17 ".to_owned());
    house.news(vec![line]).await;
    let [unmapped] = house.store.report_owners().await.unwrap().try_into().unwrap();
    assert_eq!((unmapped.person, unmapped.customers), (None, 1));
    assert!(matches!(house.the_case(nov(3)).await.case.owner, Owner::Inbox { .. }));

    let rep = House::id(house.rep);
    let moved = house.store.map_report_owner(&unmapped.key, rep, None, nov(4)).await.unwrap();
    assert_eq!(moved, 1);
    assert_eq!(house.the_case(nov(4)).await.case.owner, Owner::Person { person: rep });
    assert_eq!(house.today(house.rep, nov(4)).await.len(), 1);
    assert!(house.store.map_report_owner("nobody", rep, None, nov(4)).await.is_err());
});

story!(somebody_added_later_gets_the_accounts_that_reports_gave_them, |house| {
    let mut line = late("Halvorsen", "4471");
    line.owner = Some("new@nordpumpe.example".to_owned());
    house.news(vec![line]).await;
    let team = house.store.teams().await.unwrap()[0].id;
    let new = NewPerson {
        email: "New@Nordpumpe.example".to_owned(),
        name: "Nils".to_owned(),
        role: Role::Rep,
        team,
        phone: None,
        zone: None,
    };
    let id = house.store.add_person(new.clone(), nov(4)).await.unwrap();
    assert_eq!(house.the_case(nov(4)).await.case.owner, Owner::Person { person: id });
    let again = house.store.add_person(new.clone(), nov(4)).await;
    assert!(matches!(again, Err(AddFailed::EmailTaken(_))));
    let nonsense = NewPerson { email: "nils".to_owned(), ..new };
    assert!(matches!(house.store.add_person(nonsense, nov(4)).await, Err(AddFailed::NoEmail(_))));
});

story!(whoever_leaves_lays_their_work_into_the_inbox_of_the_team, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    house.store.disable_person(House::id(house.rep), None, nov(4)).await.unwrap();
    assert!(matches!(house.the_case(nov(4)).await.case.owner, Owner::Inbox { .. }));
    assert_eq!(house.today(house.colleague, nov(4)).await.len(), 1, "the team sees it");
    let customer = house.customer("halvorsen").await;
    let row = house.store.customer(Scope::Program, customer, nov(4)).await.unwrap().unwrap();
    assert_eq!(row.owner, None);
});
