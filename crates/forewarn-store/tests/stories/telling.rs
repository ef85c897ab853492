//! Telling a customer, and what the record keeps of it.

use crate::house::{House, december, expected, late, nov, story};
use forewarn_domain::case::{CaseEvent, Stage};
use forewarn_domain::people::Scope;
use forewarn_domain::promise::Promised;
use forewarn_domain::slip::Slip;
use forewarn_domain::text::InternalText;
use forewarn_store::cases::{Act, ActFailed, Acted};

story!(rule_1_telling_changes_the_promise_and_never_the_first_one, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await;
    assert_eq!(case.case.stage(), Stage::ToTell);
    assert_eq!(house.promise(1).await.promise.promised, Promised::Date { on: december(18) });

    house.tell(house.rep, case.id, december(28), nov(4), "form-1").await;

    let told = house.promise(1).await;
    assert_eq!(told.promise.first_promised, december(18));
    assert_eq!(told.promise.promised, Promised::Date { on: december(28) });
    assert_eq!((told.slip, told.case), (Slip::None, Some(case.id)));
    assert_eq!(house.the_case(nov(4)).await.case.stage(), Stage::KeepingWord);
});

story!(the_same_form_sent_twice_is_recorded_once, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    let first = house.tell(house.rep, case, december(28), nov(4), "form-1").await;
    assert!(matches!(first, Acted::Done(events) if !events.is_empty()));
    let before = house.the_case(nov(4)).await.history.len();
    assert_eq!(house.tell(house.rep, case, december(29), nov(4), "form-1").await, Acted::AlreadyDone);
    assert_eq!(house.the_case(nov(4)).await.history.len(), before);
});

story!(of_many_who_act_at_once_nobody_is_lost, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    let notes = (0..12).map(|n| {
        let (store, rep) = (house.store.clone(), house.rep);
        tokio::spawn(async move {
            let words = InternalText::new(&format!("note {n}")).unwrap();
            store
                .act(case, Act::now(rep, nov(4)), |file| file.case.note_concern(words.clone(), nov(4)))
                .await
                .unwrap();
        })
    });
    for note in notes.collect::<Vec<_>>() {
        note.await.unwrap();
    }
    let file = house.the_case(nov(4)).await;
    assert_eq!(file.case.concerns.len(), 12);
    let numbers: Vec<u32> = file.history.iter().map(|recorded| recorded.seq).collect();
    assert_eq!(numbers, (1..=file.case.version).collect::<Vec<_>>());
});

story!(whoever_acts_on_an_older_state_is_told_so_when_they_ask, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let seen = house.the_case(nov(3)).await;
    house.tell(house.rep, seen.id, december(28), nov(4), "form-1").await;
    let act = Act { expected: Some(seen.case.version), ..Act::now(house.rep, nov(4)) };
    let refused = house.store.act(seen.id, act, |file| Ok(file.case.view(nov(4)))).await;
    assert!(matches!(refused, Err(ActFailed::Conflict)));
});

story!(an_act_kept_on_the_device_keeps_its_time, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    let act = Act { at: nov(4), ..Act::now(house.rep, nov(5)) };
    house.store.act(case, act, |file| Ok(file.case.view(nov(4)))).await.unwrap();
    let timeline = house.store.timeline(house.rep, case, nov(5)).await.unwrap();
    let viewed = timeline.last().unwrap();
    assert_eq!(viewed.recorded.event, CaseEvent::Viewed);
    assert_eq!((viewed.recorded.at, viewed.recorded_at), (nov(4), nov(5)));
    assert_eq!(viewed.by.as_deref(), Some("ida"));
});

story!(a_told_line_that_moves_again_begins_the_next_round_of_the_same_case, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    house.tell(house.rep, case, december(28), nov(4), "form-1").await;
    house.import(nov(5), vec![expected("Halvorsen", "4471", december(31))]).await;
    house.import(nov(6), vec![expected("Halvorsen", "4471", december(31))]).await;
    let [row] = house.today(Scope::Program, nov(6)).await.try_into().unwrap();
    assert_eq!((row.case, row.round, row.stage), (case, 2, Stage::ToTell));
    assert_eq!((row.told, row.lines), (0, 1));
});

story!(every_open_case_owes_something_at_a_time, |house| {
    let far = nov(30) + jiff::SignedDuration::from_hours(24 * 365);
    let owes = async |house: &House, now| {
        let owed = house.store.owed(Scope::Program, far, now).await.unwrap();
        let rows = house.today(Scope::Program, now).await;
        assert!(!rows.is_empty());
        for row in rows {
            let next = owed.iter().filter(|owed| owed.case == row.case).map(|owed| owed.due).min();
            assert!(next.is_some(), "{} owes nothing", row.customer_name);
            assert_eq!(next, row.next_due_at);
        }
    };
    house.import(nov(2), vec![late("Halvorsen", "4471"), late("Halvorsen", "4480")]).await;
    owes(&house, nov(2)).await;
    house.import(nov(3), vec![late("Halvorsen", "4471"), late("Halvorsen", "4480")]).await;
    owes(&house, nov(3)).await;
    let case = house.today(Scope::Program, nov(3)).await[0].case;
    house.tell(Scope::Program, case, december(28), nov(4), "form-1").await;
    owes(&house, nov(4)).await;
});

story!(a_call_and_an_import_at_the_same_time_both_succeed, |house| {
    let report = |day| {
        (0..20).map(|n| expected(&format!("Customer {n}"), &n.to_string(), december(day))).collect::<Vec<_>>()
    };
    house.news(report(28)).await;
    let rows = house.today(house.rep, nov(3)).await;
    let calls = rows.iter().map(|row| {
        let (store, rep, case) = (house.store.clone(), house.rep, row.case);
        tokio::spawn(async move {
            for n in 0..3 {
                let words = InternalText::new(&format!("note {n}")).unwrap();
                let act = Act::now(rep, nov(4));
                store.act(case, act, |file| file.case.note_concern(words.clone(), nov(4))).await.unwrap();
            }
        })
    });
    let calls: Vec<_> = calls.collect();
    for day in [29, 30, 31] {
        house.import(nov(day - 24), report(day)).await;
    }
    for call in calls {
        call.await.unwrap();
    }
    for row in house.today(house.rep, nov(8)).await {
        let file = house.store.case(house.rep, row.case, nov(8)).await.unwrap().unwrap();
        assert_eq!((file.case.concerns.len(), row.worst_slip_days), (3, 13));
    }
});

story!(rule_3_a_line_that_recovers_and_slips_again_joins_the_same_call, |house| {
    let report = |day| vec![late("Halvorsen", "4471"), expected("Halvorsen", "4472", december(day))];
    house.import(nov(2), report(28)).await;
    let case = house.the_case(nov(2)).await.id;
    house.import(nov(3), report(18)).await;
    assert_eq!(house.promise(2).await.case, None, "its date came back");
    house.import(nov(4), report(30)).await;
    let file = house.the_case(nov(4)).await;
    assert_eq!((file.id, file.case.slipping().count()), (case, 2));
    assert_eq!(house.promise(2).await.case, Some(case));
});

story!(what_was_recorded_is_bound_into_a_chain, |house| {
    house.news(vec![late("Halvorsen", "4471"), late("Halvorsen", "4480")]).await;
    let case = house.the_case(nov(3)).await.id;
    house.tell(house.rep, case, december(28), nov(4), "form-1").await;
    let verified = house.store.verify_history().await.unwrap();
    assert_eq!((verified.cases, &verified.broken), (1, &vec![]));
    assert!(verified.events > 6, "{verified:?}");
});
