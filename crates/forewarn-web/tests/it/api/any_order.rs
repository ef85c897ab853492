//! Whatever programs send, in whatever order: the record stays one that the domain would have made. Nobody is told
//! without a person, a channel and what was said; and what the API shows is what the events say.

use super::Program;
use crate::app::App;
use crate::today::SLIPPED;
use forewarn_domain::case::{Case, CaseEvent, Recorded};
use forewarn_domain::people::Role;
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

/// Something that a program may send about a case.
fn call() -> impl Strategy<Value = (&'static str, Value)> {
    let how = || prop_oneof![Just("spoke"), Just("met"), Just("e-mail"), Just("shouted")];
    let lines = prop_oneof![Just(json!([1])), Just(json!([1, 2])), Just(json!([])), Just(json!([99]))];
    let contact = prop_oneof![3 => Just("Anna Halvorsen"), 1 => Just(" ")];
    let expectation = prop_oneof![
        Just(json!({ "expectation": "date", "date": "2026-11-27" })),
        Just(json!({ "expectation": "date", "date": "2026-11-01" })),
        Just(json!({ "expectation": "range", "from": "2026-12-04", "to": "2026-11-27" })),
        Just(json!({ "expectation": "none", "next_word_by": "2026-11-12T09:00:00Z" })),
        Just(json!({ "expectation": "none" })),
        Just(json!({})),
    ];
    let telling = (how(), lines.clone(), contact, expectation).prop_map(|(how, line, contact, mut said)| {
        let more = json!({ "how": how, "line": line, "contact": contact });
        said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ("tellings", said)
    });
    let arrival =
        lines.clone().prop_map(|line| ("deliveries", json!({ "line": line, "delivered_on": "2026-11-09" })));
    prop_oneof![
        4 => telling,
        2 => arrival,
        1 => lines.prop_map(|line| ("delivery-words", json!({ "line": line }))),
        1 => Just(("closing", json!({ "temperature": "calm" }))),
        1 => Just(("next-words", json!({ "at": "2026-11-13T09:00:00Z" }))),
        1 => Just(("next-words", json!({ "at": "2026-11-01T09:00:00Z" }))),
        1 => how().prop_map(|how| ("next-words/keeping", json!({ "how": how }))),
        1 => how().prop_map(|how| ("good-news", json!({ "how": how }))),
        1 => Just(("attempts", json!({ "outcome": "no-answer" }))),
        1 => Just(("steps", json!({ "step": "listen", "temperature": "upset", "words": "Again?" }))),
        1 => Just(("options", json!({ "kind": "wait", "title": "Wait" }))),
        1 => Just(("options/1/approval", json!({}))),
        1 => Just(("not-now", json!({ "reason": "not-news", "because": "They know" }))),
        1 => Just(("not-now", json!({ "reason": "waiting-for-date" }))),
        1 => (1..40u32).prop_map(|seq| (taking_back(seq), json!({}))),
        1 => Just(("spot-checks", json!({ "with": "customer", "finding": "differs" }))),
    ]
}

/// An address is known beforehand: a few are enough.
fn taking_back(seq: u32) -> &'static str {
    const SOME: [&str; 5] = [
        "events/1/taking-back",
        "events/4/taking-back",
        "events/6/taking-back",
        "events/8/taking-back",
        "events/11/taking-back",
    ];
    SOME[seq as usize % SOME.len()]
}

#[test]
fn no_sequence_of_calls_skips_a_step() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 12, ..Config::default() });
    let calls = prop::collection::vec((call(), any::<bool>()), 1..25);
    runner.run(&calls, |calls| runtime.block_on(send(calls))).unwrap();
}

async fn send(calls: Vec<((&'static str, Value), bool)>) -> Result<(), TestCaseError> {
    let app = App::new().await;
    let mut jon = Program::somebody(&app, "jon@norpump.example", Role::Rep).await;
    let mut mia = Program::somebody(&app, "mia@norpump.example", Role::Leader).await;
    app.import(SLIPPED).await;
    for ((act, said), leader) in calls {
        app.clock.advance(SignedDuration::from_mins(7));
        let before = history(&mut jon).await;
        let by = if leader { &mut mia } else { &mut jon };
        let answer = by.post(&format!("/cases/1/{act}"), &said).await;
        prop_assert!(!answer.status.is_server_error(), "{act} {said}: {}", answer.body);
        let after = history(&mut jon).await;
        prop_assert_eq!(&after[..before.len()], &before[..], "nothing of what was is changed");
        if !answer.status.is_success() {
            prop_assert_eq!(after.len(), before.len(), "what is refused leaves nothing: {} {}", act, said);
        }
        judge(&after)?;
        let model = Case::replay(&after).unwrap();
        let shown = jon.get("/cases/1").await.json();
        prop_assert_eq!(&shown["version"], &json!(model.version));
        prop_assert_eq!(&shown["stage"], &serde_json::to_value(model.stage()).unwrap());
        prop_assert_eq!(shown["tellings"].as_array().unwrap().len(), model.tellings.len());
    }
    Ok(())
}

/// What no history may hold, whoever wrote it.
fn judge(history: &[Recorded]) -> Result<(), TestCaseError> {
    for (index, recorded) in history.iter().enumerate() {
        let case = Case::replay(&history[..index]);
        match &recorded.event {
            CaseEvent::Told { telling, .. } => {
                prop_assert!(!telling.to.as_str().trim().is_empty() && !telling.lines.is_empty());
            }
            CaseEvent::Understood { .. } | CaseEvent::Answered { .. } => {
                prop_assert!(case.is_some_and(|case| !case.tellings.is_empty()), "understood before told");
            }
            CaseEvent::Closed { closing: forewarn_domain::case::Closing::BackToBusiness { .. } } => {
                let case = case.unwrap();
                prop_assert!(case.lines.values().all(|line| !line.is_open()), "closed before it arrived");
            }
            CaseEvent::NextWordKept { .. } => {
                prop_assert!(case.is_some_and(|case| case.next_word.is_some()), "kept what was not promised");
            }
            _ => {}
        }
    }
    Ok(())
}

async fn history(program: &mut Program<'_>) -> Vec<Recorded> {
    let page = program.get("/cases/1/history?limit=200").await.json();
    let recorded = page["items"].as_array().unwrap().iter().map(|entry| Recorded {
        seq: serde_json::from_value(entry["seq"].clone()).unwrap(),
        at: entry["at"].as_str().unwrap().parse().unwrap(),
        by: entry["by"]["id"].as_i64().map(forewarn_domain::ids::PersonId),
        event: serde_json::from_value(entry["event"].clone()).unwrap(),
    });
    recorded.collect()
}
