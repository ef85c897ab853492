//! Whatever happens when: no step fires twice, and nothing that is overdue stays silent after a tick.

use crate::house::{House, december, expected, late, nov};
use crate::watch::Watch;
use forewarn_domain::absence::Absence;
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::case::{Case, CaseEvent, Channel, ClockEvent, ObligationKind, Owner, Recorded};
use forewarn_domain::escalation::Ladder;
use forewarn_domain::people::Scope;
use forewarn_store::Location;
use forewarn_store::cases::{Act, CaseFile};
use forewarn_store::obligations::Ticked;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

/// What people, reports and time can do.
#[derive(Debug, Clone)]
enum Command {
    Wait(i64),
    Tick,
    Report(i8),
    Tell,
    PromiseWord(i64),
    KeepWord,
    Acknowledge(usize),
    Give(bool),
    Away { who: usize, deputy: Option<usize>, in_minutes: i64, minutes: i64 },
    Back,
    Zone(bool),
}

fn command() -> impl Strategy<Value = Command> {
    let minutes = 1..4_000_i64;
    prop_oneof![
        4 => minutes.clone().prop_map(Command::Wait),
        6 => Just(Command::Tick),
        1 => (19..31_i8).prop_map(Command::Report),
        1 => Just(Command::Tell),
        1 => minutes.clone().prop_map(Command::PromiseWord),
        1 => Just(Command::KeepWord),
        2 => (0..4_usize).prop_map(Command::Acknowledge),
        1 => any::<bool>().prop_map(Command::Give),
        2 => (0..3_usize, proptest::option::of(0..3_usize), 0..2_000_i64, minutes)
            .prop_map(|(who, deputy, in_minutes, minutes)| Command::Away { who, deputy, in_minutes, minutes }),
        1 => Just(Command::Back),
        1 => any::<bool>().prop_map(Command::Zone),
    ]
}

#[test]
fn no_step_fires_twice_and_nothing_overdue_stays_silent() {
    let config = ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let commands = proptest::collection::vec(command(), 5..40);
    TestRunner::new(config).run(&commands, |commands| runtime.block_on(play(commands))).unwrap();
}

async fn play(commands: Vec<Command>) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(&Location::Folder(folder.path().to_owned())).await;
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471"), late("Brandt", "4480")]).await;
    watch.now = nov(3);
    for command in commands {
        if let Command::Tick = command {
            watch.tick().await;
            check(&watch).await?;
        } else {
            act(&mut watch, command).await;
        }
    }
    watch.tick().await;
    check(&watch).await
}

/// What is refused has changed nothing, and is no concern of this test.
async fn act(watch: &mut Watch, command: Command) {
    let (store, now) = (watch.house.store.clone(), watch.now);
    let people = [watch.house.rep, watch.house.colleague, watch.house.leader];
    let after = |minutes: i64| now + SignedDuration::from_mins(minutes);
    let decide = |case: &Case, file: &CaseFile, command: &Command| match command {
        Command::PromiseWord(minutes) => case.promise_next_word(after(*minutes), now),
        Command::KeepWord => case.keep_next_word(Channel::Phone, None, now),
        Command::Acknowledge(ladder) => case.acknowledge(Ladder::ALL[*ladder], now, &file.terms),
        Command::Give(to) => {
            let owner = Owner::Person { person: House::id(people[usize::from(*to)]) };
            case.assign(owner, None, now, &file.terms)
        }
        _ => Ok(Vec::new()),
    };
    match &command {
        Command::Wait(minutes) => watch.now = after(*minutes),
        Command::Report(day) => {
            let on = december(*day);
            watch
                .house
                .import(now, vec![expected("Halvorsen", "4471", on), expected("Brandt", "4480", on)])
                .await;
        }
        Command::Tell => {
            let rows = watch.house.today(Scope::Program, now).await;
            if let Some(row) = rows.first().filter(|row| row.lines > row.told) {
                watch.house.tell(Scope::Program, row.case, december(31), now, &now.to_string()).await;
            }
        }
        Command::Away { who, deputy, in_minutes, minutes } => {
            let (from, until) = (after(*in_minutes), after(in_minutes + minutes));
            let deputy = deputy.map(|deputy| House::id(people[deputy]));
            let _refused = store
                .add_absence(Absence { person: House::id(people[*who]), deputy, from, until }, now)
                .await;
        }
        Command::Back => {
            if let Some(absence) = store.absences(now).await.unwrap().first() {
                store.cancel_absence(absence.id, now).await.unwrap();
            }
        }
        Command::Zone(away) => {
            let zone = TimeZone::get(if *away { "America/New_York" } else { "Asia/Tokyo" }).unwrap();
            let calendar = WorkingCalendar::office_hours(zone).unwrap();
            store.save_person_calendar(House::id(people[0]), Some(&calendar)).await.unwrap();
        }
        other => {
            for row in watch.house.today(Scope::Program, now).await {
                let decide = |file: &CaseFile| decide(&file.case, file, other);
                let _refused = store.act(row.case, Act::now(watch.house.leader, now), decide).await;
            }
        }
    }
}

async fn check(watch: &Watch) -> Result<(), TestCaseError> {
    let (store, now) = (&watch.house.store, watch.now);
    prop_assert_eq!(store.tick(now).await.unwrap(), Ticked::default(), "a second tick has nothing to do");
    for row in watch.house.today(Scope::Program, now).await {
        let file = store.case(Scope::Program, row.case, now).await.unwrap().unwrap();
        for next in file.case.next_steps(&file.terms) {
            prop_assert!(next.due > now, "{:?} is overdue at {now}", next);
        }
        for owed in file.case.obligations(&file.terms).iter().filter(|owed| owed.due <= now) {
            let ladder = match owed.kind {
                ObligationKind::TellBy => Ladder::Tell,
                ObligationKind::NextWord => Ladder::NextWord,
                ObligationKind::ArrivalCheck | ObligationKind::ConfirmDelivery => Ladder::ConfirmDelivery,
                ObligationKind::FactsBy => continue,
            };
            let climb = file.case.clocks.climbs.get(&ladder);
            let heard = climb.is_some_and(|climb| climb.fired.values().any(|fired| fired.to.is_some()));
            let lease = climb.and_then(|climb| climb.acknowledged).is_some_and(|lease| lease.until > now);
            prop_assert!(heard || lease, "{:?} is overdue, and nobody heard of it", owed);
        }
        check_once(&file.history)?;
    }
    Ok(())
}

/// Between two firings of one step of a ladder something else has happened than clocks.
fn check_once(history: &[Recorded]) -> Result<(), TestCaseError> {
    let mut fired: BTreeSet<(Ladder, u32)> = BTreeSet::new();
    let mut last: Option<Timestamp> = None;
    for recorded in history {
        prop_assert!(last.is_none_or(|last| last <= recorded.at) || !is_clock(&recorded.event));
        last = Some(recorded.at);
        match &recorded.event {
            CaseEvent::Clock { what: ClockEvent::Escalated { ladder, step, .. } } => {
                prop_assert!(fired.insert((*ladder, *step)), "step {step} of {ladder:?} fired twice");
            }
            CaseEvent::Clock { what: ClockEvent::Acknowledged { .. } } | CaseEvent::Weighed { .. } => {}
            _ => fired.clear(),
        }
    }
    Ok(())
}

fn is_clock(event: &CaseEvent) -> bool {
    matches!(event, CaseEvent::Clock { .. })
}
