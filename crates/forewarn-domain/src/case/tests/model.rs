//! Random histories against a model that is too simple to be wrong.

use super::*;
use crate::people::Scope;
use crate::severity::Temperature;
use crate::text::InternalText;
use jiff::SignedDuration;
use proptest::prelude::*;

/// What people, reports and time can do to a case.
#[derive(Debug, Clone)]
enum Command {
    Wait { hours: i64 },
    Report { line: i64, outlook: Outlook },
    Deliver { line: i64 },
    CancelLine { line: i64 },
    TimePasses,
    Tell { line: i64, expectation: Said, channel: Channel },
    Understood { line: i64, yes: bool },
    Attempt(Outcome),
    NotNow(u8),
    Step { step: Step, skip: bool },
    NextWord { hours: i64 },
    KeepWord { then_hours: Option<i64> },
    GoodNews { line: i64 },
    Feel(Temperature),
    Confirm { line: i64 },
    Close,
    TakeBack { seq: u32 },
}

#[derive(Debug, Clone, Copy)]
enum Said {
    Date(i32),
    Range(i32, i32),
    NoDate(i64),
}

fn command() -> impl Strategy<Value = Command> {
    let line = 1..4_i64;
    let outlook = prop_oneof![
        3 => (0..40_i32).prop_map(|d| Outlook::Likely { on: day(d) }),
        2 => (0..40_i32).prop_map(|d| Outlook::Firm { on: day(d) }),
        1 => (0..20_i32, 0..20_i32).prop_map(|(a, b)| Outlook::Range { from: day(a), to: day(a + b) }),
        1 => Just(Outlook::NoDate),
    ];
    let said = prop_oneof![
        (-3..40_i32).prop_map(Said::Date),
        (0..30_i32, -2..9_i32).prop_map(|(a, b)| Said::Range(a, a + b)),
        (-5..200_i64).prop_map(Said::NoDate),
    ];
    let channel = prop_oneof![
        Just(Channel::Phone),
        Just(Channel::InPerson),
        Just(Channel::Email { reason: None }),
        Just(Channel::Email { reason: Some(EmailReason::NoAnswer) }),
    ];
    let outcome = prop_oneof![Just(Outcome::Spoke), Just(Outcome::Voicemail), Just(Outcome::NoAnswer)];
    let step = (0..8_usize).prop_map(|i| Step::ALL[i]);
    prop_oneof![
        (1..60_i64).prop_map(|hours| Command::Wait { hours }),
        (line.clone(), outlook).prop_map(|(line, outlook)| Command::Report { line, outlook }),
        line.clone().prop_map(|line| Command::Deliver { line }),
        line.clone().prop_map(|line| Command::CancelLine { line }),
        Just(Command::TimePasses),
        (line.clone(), said, channel).prop_map(|(line, expectation, channel)| Command::Tell {
            line,
            expectation,
            channel
        }),
        (line.clone(), any::<bool>()).prop_map(|(line, yes)| Command::Understood { line, yes }),
        outcome.prop_map(Command::Attempt),
        (0..4_u8).prop_map(Command::NotNow),
        (step, any::<bool>()).prop_map(|(step, skip)| Command::Step { step, skip }),
        (-5..200_i64).prop_map(|hours| Command::NextWord { hours }),
        proptest::option::of(1..200_i64).prop_map(|then_hours| Command::KeepWord { then_hours }),
        line.clone().prop_map(|line| Command::GoodNews { line }),
        Just(Command::Feel(Temperature::Furious)),
        line.prop_map(|line| Command::Confirm { line }),
        Just(Command::Close),
        (1..40_u32).prop_map(|seq| Command::TakeBack { seq }),
    ]
}

fn day(offset: i32) -> Date {
    date(2026, 11, 6) + jiff::Span::new().days(offset)
}

/// All that the model remembers: what each customer was told last, and how often.
#[derive(Debug, Default)]
struct Model {
    told: std::collections::BTreeMap<i64, Vec<Promised>>,
}

fn run(history: &mut History, model: &mut Model, now: &mut Timestamp, command: Command) {
    let at = *now;
    match command {
        Command::Wait { hours } => *now = at + SignedDuration::from_hours(hours),
        Command::Report { line, outlook } => {
            if history.case().lines.contains_key(&PromiseId(line)) {
                history.hear(at, vec![moved(line, outlook, at)]);
            } else if history.case().takes_new_lines() {
                let joining = slipped(line, day(0), outlook, at);
                let Observed::Slipped { line: facts, .. } = &joining.observed else { unreachable!() };
                if facts.slip.counts() {
                    history.hear(at, vec![joining]);
                }
            }
        }
        Command::Deliver { line } => {
            let observed = Observed::Delivered { on: day(3) };
            history.hear(at, vec![Observation { promise: PromiseId(line), observed }]);
        }
        Command::CancelLine { line } => {
            let observed = Observed::Cancelled;
            history.hear(at, vec![Observation { promise: PromiseId(line), observed }]);
        }
        Command::TimePasses => {
            history.hear(at, Vec::new());
            let events = history.case().miss_next_word(at);
            history.append(at, events);
        }
        Command::Tell { line, expectation, channel } => {
            let expectation = match expectation {
                Said::Date(offset) => Expectation::NewDate { on: day(offset) },
                Said::Range(from, to) => Expectation::Range { from: day(from), to: day(to) },
                Said::NoDate(hours) => {
                    Expectation::NoDateYet { next_word_by: at + SignedDuration::from_hours(hours) }
                }
            };
            let telling = Telling { channel, ..by_phone(&[(line, expectation)]) };
            if history.act(at, |c| c.tell(telling, None, at, &terms())).is_ok() {
                model.told.entry(line).or_default().push(expectation.promised());
            }
        }
        Command::GoodNews { line } => {
            let Some(expected) =
                history.case().lines.get(&PromiseId(line)).and_then(|line| line.outlook.latest())
            else {
                return;
            };
            let lines = vec![(PromiseId(line), on(expected))];
            if history.act(at, |c| c.tell_good_news(lines, Channel::Phone, at, &terms())).is_ok() {
                model.told.entry(line).or_default().push(Promised::Date { on: expected });
            }
        }
        other => {
            // Refusals are answers too; what they must never do is change anything.
            let _refused = history.act(at, |case| other_act(case, &other, at));
        }
    }
}

fn other_act(case: &Case, command: &Command, at: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
    match *command {
        Command::Understood { line, yes } => case.understood(vec![PromiseId(line)], yes, at),
        Command::Attempt(outcome) => case.attempt(Attempt { outcome, to: None }, at),
        Command::NotNow(which) => {
            let later = at + SignedDuration::from_hours(30);
            let why = InternalText::new("they ordered it for stock").unwrap();
            case.not_now(
                match which {
                    0 => NotNow::WaitingForFirmDate { until: later },
                    1 => NotNow::CustomerAskedFor { at: later },
                    2 => NotNow::SomeoneElseTells { who: PersonId(9), by: later },
                    _ => NotNow::NotNews { why },
                },
                at,
            )
        }
        Command::Step { step, skip: false } => case.take_step(step, at),
        Command::Step { step, skip: true } => case.skip_step(step, at),
        Command::NextWord { hours } => case.promise_next_word(at + SignedDuration::from_hours(hours), at),
        Command::KeepWord { then_hours } => {
            let then = then_hours.map(|hours| at + SignedDuration::from_hours(hours));
            case.keep_next_word(Channel::Phone, then, at)
        }
        Command::Feel(temperature) => case.feel(temperature, at, &terms()),
        Command::Confirm { line } => case.confirm_delivery(vec![PromiseId(line)], Channel::Phone, at),
        Command::Close => case.close(Temperature::Calm, None, at),
        _ => Ok(Vec::new()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_history_loses_a_told_fact_changes_a_first_promise_or_leaves_a_case_without_next_step(
        commands in proptest::collection::vec(command(), 1..60)
    ) {
        let mut now = monday();
        let first = slipped(1, day(0), Outlook::Likely { on: day(30) }, now);
        let mut history = History::open(now, vec![first]);
        let mut model = Model::default();
        for command in commands {
            let before = history.clone();
            if let Command::TakeBack { seq } = command {
                if let Some(recorded) = history.events.iter().find(|recorded| recorded.seq == seq).cloned() {
                    let _refused =
                        history.act(now, |c| c.take_back(&recorded, Scope::Program, now));
                }
            } else {
                run(&mut history, &mut model, &mut now, command);
            }
            prop_assert!(history.events.starts_with(&before.events), "history is append-only");
            check(&history, &model)?;
        }
    }
}

fn check(history: &History, model: &Model) -> Result<(), TestCaseError> {
    let case = history.case();
    for (line, told) in &model.told {
        let state = &case.lines[&PromiseId(*line)];
        prop_assert_eq!(Some(&state.promised), told.last(), "the promise is what was said last");
    }
    let tellings: usize = case.lines.values().map(|line| line.told.len()).sum();
    let recorded = history.events.iter().filter(|r| matches!(r.event, CaseEvent::Told { .. })).count();
    prop_assert_eq!(tellings, recorded, "no telling is lost");
    for (promise, line) in &case.lines {
        if !model.told.contains_key(&promise.0) {
            prop_assert_eq!(line.promised, Promised::Date { on: day(0) }, "unsaid, the first promise stands");
        }
        if line.is_open() && line.promised == Promised::NoDateYet {
            prop_assert!(case.closed.is_some() || case.next_word.is_some(), "no date, no next word");
        }
    }
    if case.closed.is_none() {
        prop_assert!(!case.obligations(&terms()).is_empty(), "an open case owes something: {:?}", case);
        let tells = case.stage() == Stage::ToTell;
        prop_assert_eq!(tells, case.tell_by.is_some() && case.firm_at().is_some());
    }
    Ok(())
}
