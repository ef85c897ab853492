//! What a leader sees: known and not told, told and how late; and what a leader does.
#![expect(clippy::unwrap_used, reason = "a story that can’t go on fails")]

use crate::house::{House, december, expected, late, nov, story};
use forewarn_domain::absence::Absence;
use forewarn_domain::case::{Age, CheckedWith, Finding, NotNow, Outcome, Owner, Refused, SpotCheck, Stage};
use forewarn_domain::escalation::Ladder;
use forewarn_domain::fact::StatedDate;
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Scope;
use forewarn_domain::text::InternalText;
use forewarn_store::cases::{Act, ActFailed, Acted, Handover};
use forewarn_store::team_view::{TeamSearch, TeamView};
use jiff::Timestamp;

const ALL: TeamSearch = TeamSearch { rep: None, limit: 50 };

impl House {
    async fn team(&self, scope: Scope, now: Timestamp) -> TeamView {
        self.store.team(scope, ALL, now).await.unwrap()
    }

    async fn record(&self, scope: Scope, rep: Scope, now: Timestamp) -> TeamView {
        let search = TeamSearch { rep: rep.person(), ..ALL };
        self.store.team(scope, search, now).await.unwrap()
    }
}

fn text(words: &str) -> InternalText {
    InternalText::new(words).unwrap()
}

/// Ten o'clock on a day of November 2026, in the hours of the company.
fn ten(day: i8) -> Timestamp {
    nov(day) + jiff::SignedDuration::from_mins(4 * 60 + 48)
}

story!(a_leader_sees_who_has_known_what_for_how_long_without_telling, |house| {
    let mut line = late("Halvorsen", "4471");
    (line.value, line.currency) = ("18400".parse().ok(), Some("EUR".to_owned()));
    house.news(vec![line, late("Halvorsen", "4472")]).await;
    let case = house.the_case(nov(3)).await;
    let team = house.team(house.leader, ten(4)).await;
    let [row] = team.untold.as_slice() else { panic!("one customer") };
    assert_eq!((row.customer_name.as_str(), row.owner.name.as_str(), row.lines), ("Halvorsen", "ida", 2));
    assert_eq!((row.worst_slip_days, row.stage, row.can_act_days), (10, Stage::ToTell, Some(32)));
    let [worth] = row.worth.as_slice() else { panic!("one currency") };
    assert_eq!((worth.amount.to_string().as_str(), worth.currency.as_deref()), ("18400", Some("EUR")));
    assert_eq!((row.known_at, row.firm_at), (nov(2), Some(nov(3))));
    assert!(row.source.as_deref().is_some_and(|source| source.contains("orders.csv")), "{:?}", row.source);
    // Monday's eight hours for the facts; Tuesday's eight and Wednesday's first two for the words.
    assert_eq!((row.fact_minutes, row.tell_minutes), (8 * 60, 10 * 60));
    assert_eq!((row.opened_at, row.attempts, row.not_now.clone()), (None, 0, None));
    assert_eq!((team.untold_total, team.known_since), (1, Some(nov(2))));

    let looks = |scope: Scope, at: Timestamp| {
        house.store.act(case.id, Act::now(scope, at), move |file| Ok(file.case.view(at)))
    };
    looks(house.leader, nov(4)).await.unwrap();
    assert_eq!(house.team(house.leader, nov(4)).await.untold[0].opened_at, None, "the leader's look");
    let reason = NotNow::WaitingForFirmDate { until: nov(6) };
    let act = Act::now(house.rep, ten(4));
    house.store.act(case.id, act, |file| file.case.not_now(reason.clone(), ten(4))).await.unwrap();
    let attempt = || forewarn_domain::case::Attempt { outcome: Outcome::Voicemail, to: None };
    house.store.act(case.id, act, |file| file.case.attempt(attempt(), ten(4))).await.unwrap();
    let row = &house.team(house.leader, ten(4)).await.untold[0];
    assert_eq!((row.opened_at, row.attempts), (Some(ten(4)), 1));
    assert_eq!(row.last_attempt, Some((ten(4), Outcome::Voicemail)));
    assert_eq!(row.not_now, Some((ten(4), reason)));
    assert_eq!(row.tell_minutes, 10 * 60, "rule 5: none of it stops the clock");
});

story!(whoever_can_still_act_comes_first_and_what_is_only_suspected_is_known_too, |house| {
    let due = |customer: &str, order: &str, promised| {
        let mut line = expected(customer, order, december(31));
        line.promised = StatedDate::On(promised);
        line
    };
    let lines = vec![
        due("Plenty of time", "1", december(21)),
        due("Too late", "2", jiff::civil::date(2026, 11, 2)),
        due("Little time", "3", jiff::civil::date(2026, 11, 13)),
        due("Less time", "4", jiff::civil::date(2026, 11, 11)),
    ];
    house.import(nov(9), lines).await;
    let team = house.team(house.leader, nov(9)).await;
    let names: Vec<&str> = team.untold.iter().map(|row| row.customer_name.as_str()).collect();
    assert_eq!(names, ["Less time", "Little time", "Plenty of time", "Too late"]);
    let plenty = &team.untold[2];
    assert_eq!((plenty.stage, plenty.firm_at, plenty.tell_minutes), (Stage::WaitingForFacts, None, 0));
    let few = TeamSearch { limit: 2, ..ALL };
    let few = house.store.team(house.leader, few, nov(9)).await.unwrap();
    assert_eq!((few.untold.len(), few.untold_total), (2, 4));
    assert_eq!(few.untold[0].customer_name, "Less time");
});

story!(rule_11_a_rep_sees_exactly_what_the_leader_sees_about_them, |house| {
    house.news(vec![late("Halvorsen", "4471"), late("Brandt", "4480")]).await;
    let rows = house.today(house.rep, nov(3)).await;
    house.tell(house.rep, rows[0].case, december(28), ten(4), "told").await;
    let ask = |at| move |file: &forewarn_store::cases::CaseFile| file.case.ask(text("What do you need?"), at);
    house.store.act(rows[1].case, Act::now(house.leader, ten(4)), ask(ten(4))).await.unwrap();
    let check = SpotCheck { with: CheckedWith::Rep, finding: Finding::AsRecorded, note: None };
    let act = Act::now(house.leader, ten(5));
    house.store.act(rows[0].case, act, |file| file.case.spot_check(check.clone(), ten(5))).await.unwrap();

    let own = house.team(house.rep, ten(5)).await;
    let leader = house.record(house.leader, house.rep, ten(5)).await;
    let people = leader.people.iter().filter(|member| Some(member.id) == house.rep.person());
    let leader = TeamView { people: people.cloned().collect(), ..leader };
    assert_eq!(own, leader);
    assert_eq!((own.untold.len(), own.told.len(), own.checked.len()), (1, 1, 1));
    assert_eq!(own.untold[0].ask.as_ref().map(|ask| ask.words.clone()), Some(text("What do you need?")));
    assert_eq!(own.told[0].by_name, "ida");
});

story!(nobody_sees_the_record_of_others_but_their_leader, |house| {
    house.news(vec![late("Halvorsen", "4471"), late("Brandt", "4480")]).await;
    let case = house.today(house.rep, nov(3)).await[0].case;
    house.tell(house.rep, case, december(28), nov(4), "told").await;
    for other in [house.colleague, house.stranger, house.supply] {
        for view in [house.team(other, nov(4)).await, house.record(other, house.rep, nov(4)).await] {
            assert!(view.untold.is_empty() && view.told.is_empty() && view.untold_total == 0);
            assert!(view.people.iter().all(|member| Some(member.id) == other.person()));
        }
    }
    let view = house.record(house.leader, house.stranger, nov(4)).await;
    assert!(view.untold.is_empty() && view.people.len() == 3, "two reps and the leader of one team");
});

story!(team_takes_as_many_statements_for_many_cases_as_for_one, |house| {
    let count = async |customers: usize, day| {
        let lines = (0..customers).map(|n| late(&format!("Customer {n}"), &format!("{n}"))).collect();
        house.import(nov(day), lines).await;
        let before = house.store.statements();
        assert_eq!(house.team(house.leader, nov(day)).await.untold.len(), customers);
        house.store.statements() - before
    };
    assert_eq!(count(1, 2).await, count(40, 3).await);
});

story!(what_was_told_shows_both_waits_and_what_a_spot_check_found, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    house.tell(house.rep, case, december(28), ten(5), "told").await;
    let [told] = house.team(house.leader, ten(5)).await.told.try_into().unwrap();
    assert_eq!((told.waits.fact_minutes, told.waits.tell_minutes), (8 * 60, 18 * 60));
    assert_eq!((told.age, told.fact_age, told.tell_age), (Age::TwoOrThree, Age::OneDay, Age::TwoOrThree));
    let check = || SpotCheck {
        with: CheckedWith::Customer,
        finding: Finding::Differs,
        note: Some(text("She remembers the 29th.")),
    };
    let act = Act::now(house.leader, ten(6)).entry("check");
    let done = house.store.act(case, act, |file| file.case.spot_check(check(), ten(6))).await.unwrap();
    let Acted::Done(events) = done else { panic!("recorded") };
    let checked = house.team(house.leader, ten(6)).await.checked;
    assert_eq!((checked.len(), checked[0].check.clone()), (1, check()));
    assert_eq!(checked[0].by_name.as_deref(), Some("liv"));
    let back = |file: &forewarn_store::cases::CaseFile| file.case.take_back(&events[0], house.leader, ten(6));
    house.store.act(case, Act::now(house.leader, ten(6)), back).await.unwrap();
    assert!(house.team(house.leader, ten(6)).await.checked.is_empty(), "taken back");
});

story!(all_cases_of_one_go_to_another_at_once_and_come_back, |house| {
    house.news(vec![late("Halvorsen", "4471"), late("Brandt", "4480"), late("Kiel", "4490")]).await;
    let owners = async || -> Vec<PersonId> {
        let rows = house.today(Scope::Program, nov(4)).await;
        let mut rows: Vec<_> = rows.into_iter().map(|row| (row.case, row.owner.person.unwrap())).collect();
        rows.sort();
        rows.into_iter().map(|(_, owner)| owner).collect()
    };
    let (ida, ola) = (House::id(house.rep), House::id(house.colleague));
    let holiday = Handover { from: ida, to: ola, reason: Some(text("holiday")), entry: "h1" };
    for leader in [house.stranger, house.supply] {
        assert_eq!(house.store.hand_over_all(leader, &holiday, nov(4)).await.unwrap(), 0);
    }
    for _ in 0..2 {
        assert_eq!(house.store.hand_over_all(house.leader, &holiday, nov(4)).await.unwrap(), 3);
    }
    assert_eq!(owners().await, [ola; 3]);
    // One of them is given on; it stays there.
    let case = house.today(house.colleague, nov(4)).await[0].case;
    let to = Owner::Person { person: House::id(house.leader) };
    let act = Act::now(house.leader, nov(4));
    house.store.act(case, act, |file| file.case.assign(to, None, nov(4), &file.terms)).await.unwrap();
    assert_eq!(house.store.take_back_handover(house.leader, "h1", nov(4)).await.unwrap(), 2);
    assert_eq!(house.store.take_back_handover(house.leader, "h1", nov(4)).await.unwrap(), 0);
    assert_eq!(owners().await.iter().filter(|owner| **owner == ida).count(), 2);
});

story!(a_question_of_the_leader_stands_on_the_reps_today_until_it_is_answered, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    let as_leader = Act::now(house.leader, ten(4));
    house.store.act(case, as_leader, |file| file.case.ask(text("What do you need?"), ten(4))).await.unwrap();
    house.store.act(case, as_leader, |file| file.case.join(ten(4))).await.unwrap();
    let row = house.today(house.rep, ten(4)).await.remove(0);
    let asked = row.asked.unwrap();
    assert_eq!(
        (asked.words, asked.by, row.joins),
        (text("What do you need?"), house.leader.person(), asked.by)
    );
    let stranger = Act::now(house.stranger, ten(4));
    let refused = house.store.act(case, stranger, |file| file.case.answer_ask(text("x"), ten(4))).await;
    assert!(matches!(refused, Err(ActFailed::NotFound)));
    let as_rep = Act::now(house.rep, ten(4));
    house.store.act(case, as_rep, |file| file.case.answer_ask(text("A firm date."), ten(4))).await.unwrap();
    assert_eq!(house.today(house.rep, ten(4)).await[0].asked, None);
    let again = house.store.act(case, as_rep, |file| file.case.answer_ask(text("x"), ten(4))).await;
    assert!(matches!(again, Err(ActFailed::Refused(Refused::NothingAsked))));
});

story!(whoever_stands_in_and_whoever_sees_to_it_is_named, |house| {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    let absence = Absence {
        person: House::id(house.rep),
        deputy: Some(House::id(house.colleague)),
        from: nov(4),
        until: nov(9),
    };
    house.store.add_absence(absence, nov(3)).await.unwrap();
    assert_eq!(house.team(house.leader, nov(3)).await.untold[0].away, None, "still here");
    let row = house.team(house.leader, ten(6)).await.untold.remove(0);
    let away = row.away.unwrap();
    assert_eq!((away.deputy.as_deref(), away.until), (Some("ola"), nov(9)));
    assert_eq!((row.owner.name.as_str(), row.acknowledged), ("ida", None));

    house.store.tick(ten(6)).await.unwrap();
    let act = Act::now(house.leader, ten(6));
    let sees_to_it =
        |file: &forewarn_store::cases::CaseFile| file.case.acknowledge(Ladder::Tell, ten(6), &file.terms);
    house.store.act(case, act, sees_to_it).await.unwrap();
    let lease = house.team(house.leader, ten(6)).await.untold[0].acknowledged.unwrap();
    assert_eq!(lease.by, house.leader.person());
    assert!(lease.until > ten(6), "a lease that lapses");
});
