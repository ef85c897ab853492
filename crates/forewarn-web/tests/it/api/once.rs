//! `Idempotency-Key` and `If-Match`: a call that comes again does nothing again, and one that comes too late
//! does nothing at all.

use super::Program;
use crate::app::App;
use crate::today::SLIPPED;
use axum::http::StatusCode;
use forewarn_domain::people::Role;
use forewarn_store::tokens::TokenScope;
use jiff::SignedDuration;
use serde_json::{Value, json};

/// What Anna Halvorsen heard.
fn told() -> Value {
    json!({
        "contact": "Anna Halvorsen", "how": "spoke", "line": [1, 2], "expectation": "date",
        "date": "2026-11-27", "next_word_at": "2026-11-12T09:00:00Z", "understood": true,
    })
}

async fn events(program: &mut Program<'_>, kind: &str) -> usize {
    let history = program.get("/cases/1/history?limit=200").await.json();
    history["items"].as_array().unwrap().iter().filter(|event| event["event"]["kind"] == kind).count()
}

#[tokio::test]
async fn the_same_call_under_the_same_key_gets_the_same_answer_and_does_nothing_twice() {
    for app in App::on_both().await {
        let mut jon = Program::somebody(&app, "jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let first = jon.post_once("/cases/1/tellings", "call-1", &told()).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.body);
        assert!(first.json()["events"].as_array().unwrap().len() >= 2, "{}", first.body);
        app.clock.advance(SignedDuration::from_hours(24));
        let again = jon.post_once("/cases/1/tellings", "call-1", &told()).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body));
        assert_eq!(again.header("etag"), first.header("etag"));
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(events(&mut jon, "told").await, 1);
        let mut other = told();
        other["date"] = json!("2026-12-04");
        let refused = jon.post_once("/cases/1/tellings", "call-1", &other).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.json()["detail"].as_str().unwrap().contains("another call"), "{}", refused.body);
        assert_eq!(events(&mut jon, "told").await, 1);
    }
}

#[tokio::test]
async fn of_calls_that_come_at_once_under_one_key_one_acts_and_all_hear_the_same() {
    for app in App::on_both().await {
        let jon = app.add("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let said = json!({ "what": "20 pumps go by air" });
        let mut programs = Vec::new();
        for scopes in 1..=TokenScope::ALL.len() {
            let mut scopes: Vec<_> = TokenScope::ALL.into_iter().take(scopes).collect();
            scopes.push(TokenScope::Write);
            programs.push(Program::of(&app, jon, &scopes).await);
        }
        let calls = programs.iter_mut().map(|program| program.post_once("/cases/1/actions", "one", &said));
        let answers = futures_util::future::join_all(calls).await;
        for answer in &answers {
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            assert_eq!(answer.body, answers[0].body);
        }
        let mut looks = Program::of(&app, jon, &TokenScope::ALL[..1]).await;
        assert_eq!(events(&mut looks, "action-added").await, 1);
    }
}

#[tokio::test]
async fn a_refused_call_keeps_no_key() {
    let app = App::new().await;
    let mut jon = Program::somebody(&app, "jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let refused = jon.post_once("/cases/1/next-words/keeping", "k", &json!({ "how": "spoke" })).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let promised = json!({ "at": "2026-11-12T09:00:00Z" });
    assert_eq!(jon.post_once("/cases/1/next-words", "k", &promised).await.status, StatusCode::OK);
    for key in ["", "two words", &"x".repeat(256)] {
        let refused = jon.post_once("/cases/1/viewings", key, &json!({})).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
    }
}

#[tokio::test]
async fn keys_are_kept_for_two_days_and_each_person_has_their_own() {
    for app in App::on_both().await {
        let mut jon = Program::somebody(&app, "jon@norpump.example", Role::Rep).await;
        let mut ada = Program::somebody(&app, "ada@norpump.example", Role::Admin).await;
        app.import(SLIPPED).await;
        let step = json!({ "what": "20 pumps go by air" });
        jon.post_once("/cases/1/actions", "k", &step).await;
        let hers = ada.post_once("/cases/1/actions", "k", &json!({ "what": "A test is repeated" })).await;
        assert_eq!(hers.status, StatusCode::OK, "{}", hers.body);
        app.clock.advance(SignedDuration::from_hours(47));
        app.store.forget_old_calls(app.now()).await.unwrap();
        assert_eq!(events(&mut ada, "action-added").await, 2);
        let count = app.store.forget_old_calls(app.now() + SignedDuration::from_hours(2)).await.unwrap();
        assert_eq!(count, 2);
    }
}

#[tokio::test]
async fn an_act_on_a_case_that_has_changed_since_it_was_read_is_not_done() {
    for app in App::on_both().await {
        let mut jon = Program::somebody(&app, "jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let read = jon.get("/cases/1").await;
        let tag = read.header("etag").to_owned();
        let fault = |fault: &str| json!({ "fault": fault }).to_string();
        let done = jon.call("POST", "/cases/1/fault", &[("if-match", &tag)], &fault("ours")).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        let stale = jon.call("POST", "/cases/1/fault", &[("if-match", &tag)], &fault("customers")).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
        assert_eq!(jon.get("/cases/1").await.json()["fault"], "ours");
        // The answer to an act names the version that it has made.
        let next = [("if-match", done.header("etag"))];
        assert_eq!(
            jon.call("POST", "/cases/1/fault", &next, &fault("customers")).await.status,
            StatusCode::OK
        );
        for wrong in ["\"x\"", "7x", ""] {
            let stale = jon.call("POST", "/cases/1/fault", &[("if-match", wrong)], &fault("ours")).await;
            assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{wrong}");
        }
        let any = jon.call("POST", "/cases/1/fault", &[("if-match", "*")], &fault("ours")).await;
        assert_eq!(any.status, StatusCode::OK);
    }
}
