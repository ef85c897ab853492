//! The lists that people work from.

use crate::house::{december, expected, late, nov, planned, story};
use forewarn_domain::case::{Section, Stage};
use forewarn_domain::people::Scope;
use forewarn_domain::slip::Slip;
use forewarn_store::promises::{PromiseSearch, Standing};

story!(today_shows_calls_and_not_lines, |house| {
    house
        .news(vec![late("Halvorsen", "4471"), late("Halvorsen", "4472"), planned("Halvorsen", "4473")])
        .await;
    let today = house.store.today(house.rep, nov(3)).await.unwrap();
    let [row] = today.rows.as_slice() else { panic!("one call") };
    assert_eq!((row.customer_name.as_str(), row.owner.name.as_str()), ("Halvorsen", "ida"));
    assert_eq!((row.lines, row.told, row.orders.as_slice()), (2, 0, &["4471".into(), "4472".into()][..]));
    assert_eq!((row.worst_slip_days, row.no_date, row.round), (10, false, 1));
    // From Tuesday 3 November to Friday 18 December, Mondays to Fridays.
    assert_eq!(row.can_act_days, Some(33));
    assert_eq!((row.stage, row.firm_at, row.known_at), (Stage::ToTell, Some(nov(3)), nov(2)));
    assert!(matches!(row.section, Section::CallNow | Section::CallToday));
    assert_eq!(today.last_import.map(|last| last.imported_at), Some(nov(3)));
});

story!(today_takes_as_many_statements_for_many_cases_as_for_one, |house| {
    let count = async |customers: usize, day| {
        let lines = (0..customers).map(|n| late(&format!("Customer {n}"), &format!("{n}"))).collect();
        house.import(nov(day), lines).await;
        let before = house.store.statements();
        assert_eq!(house.today(house.rep, nov(day)).await.len(), customers);
        house.store.statements() - before
    };
    assert_eq!(count(1, 2).await, count(40, 3).await);
});

story!(those_who_can_still_act_come_first, |house| {
    let due = |customer: &str, order: &str, promised| {
        let mut line = expected(customer, order, december(31));
        line.promised = forewarn_domain::fact::StatedDate::On(promised);
        line
    };
    let lines = vec![
        due("Plenty of time", "1", december(21)),
        due("Too late", "2", jiff::civil::date(2026, 11, 2)),
        due("Little time", "3", jiff::civil::date(2026, 11, 6)),
    ];
    house.news(lines).await;
    let rows = house.today(house.rep, nov(9)).await;
    let names: Vec<&str> = rows.iter().map(|row| row.customer_name.as_str()).collect();
    assert_eq!(names, ["Plenty of time", "Little time", "Too late"]);
    assert_eq!(rows[1].can_act_days, Some(-1));
});

story!(small_moves_are_listed_and_never_news, |house| {
    house.news(vec![expected("Halvorsen", "4471", december(21))]).await;
    let today = house.store.today(house.rep, nov(3)).await.unwrap();
    assert_eq!((today.rows.len(), today.quiet_changes), (0, 1));
    let [quiet] = house.store.quiet_changes(house.rep, 10, nov(3)).await.unwrap().try_into().unwrap();
    assert_eq!(quiet.slip, Slip::Quiet { days: 3 });
});

story!(promises_are_found_and_read_a_page_at_a_time, |house| {
    let mut lines: Vec<_> = (10..35).map(|n| planned("Halvorsen", &format!("A-{n}"))).collect();
    lines.push(late("Brandt & Søn 100%", "B-1"));
    house.import(nov(2), lines).await;
    let find = async |search: &PromiseSearch| {
        house.store.promises(Scope::Program, search, 10, nov(3)).await.unwrap()
    };
    let (mut seen, mut search) = (Vec::new(), PromiseSearch::default());
    loop {
        let page = find(&search).await;
        seen.extend(page.rows.iter().map(|row| row.promise.key.order.clone()));
        search.after = page.next;
        if search.after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 26);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 26, "each exactly once");

    for (text, standing, found) in [
        ("a-1", Standing::Open, 10),
        ("brandt", Standing::All, 1),
        ("SØN 100%", Standing::All, 1),
        ("_", Standing::All, 0),
        ("", Standing::Late, 1),
        ("", Standing::NoDate, 0),
        ("", Standing::Delivered, 0),
        ("", Standing::Missing, 0),
    ] {
        let search = PromiseSearch { text: text.into(), standing, ..PromiseSearch::default() };
        assert_eq!(find(&search).await.rows.len(), found, "{text:?} {standing:?}");
    }
});

story!(customers_are_found_by_name_a_page_at_a_time, |house| {
    let lines = ["Brandt", "Halvorsen", "halvor", "Øresund"].iter().zip(1..);
    house.import(nov(2), lines.map(|(name, n)| late(name, &n.to_string())).collect()).await;
    let first = house.store.customers(house.rep, "", None, 3, nov(3)).await.unwrap();
    assert_eq!(first.rows.len(), 3);
    let rest = house.store.customers(house.rep, "", first.next.as_deref(), 3, nov(3)).await.unwrap();
    assert_eq!((rest.rows.len(), rest.next), (1, None));
    let found = house.store.customers(house.rep, "HALV", None, 9, nov(3)).await.unwrap().rows;
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].open_promises, found[0].late_promises, found[0].open_cases), (1, 1, 1));
});

story!(what_is_set_for_a_customer_bends_the_rules_for_it, |house| {
    house.import(nov(2), vec![planned("Halvorsen", "4471")]).await;
    let id = house.customer("halvorsen").await;
    let mut settings = house.store.customer(Scope::Program, id, nov(2)).await.unwrap().unwrap().settings;
    settings.tolerance_days = Some(30);
    settings.zone = Some("America/New_York".to_owned());
    assert!(house.store.save_customer(house.rep, id, &settings, nov(2)).await.unwrap());
    assert!(!house.store.save_customer(house.stranger, id, &settings, nov(2)).await.unwrap());
    house.import(nov(3), vec![late("Halvorsen", "4471")]).await;
    assert!(house.today(Scope::Program, nov(3)).await.is_empty(), "they put up with it");
});
