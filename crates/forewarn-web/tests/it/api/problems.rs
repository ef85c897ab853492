//! What is not done is a problem: what kind, what was wrong, where, and what to do.

use super::Program;
use crate::app::App;
use crate::today::SLIPPED;
use axum::http::StatusCode;
use forewarn_domain::people::Role;
use serde_json::json;

#[tokio::test]
async fn every_refusal_is_a_problem_that_says_what_to_do() {
    let app = App::new().await;
    let mut jon = Program::somebody(&app, "jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let large = format!("{{\"what\": \"{}\"}}", "x".repeat(300_000));
    let long = format!("{{\"what\": \"{}\"}}", "å".repeat(20_001));
    let many = format!("{{\"line\": [{}7]}}", "7,".repeat(10_000));
    let text = [("content-type", "text/plain")];
    for (method, path, headers, body, status, says) in [
        ("GET", "/cases/99", &[][..], "", StatusCode::NOT_FOUND, "nothing here"),
        ("GET", "/cases/seven", &[], "", StatusCode::BAD_REQUEST, "seven"),
        ("GET", "/nothing", &[], "", StatusCode::NOT_FOUND, "nothing here"),
        ("DELETE", "/cases/1", &[], "", StatusCode::METHOD_NOT_ALLOWED, "Allow"),
        ("GET", "/cases?limit=0", &[], "", StatusCode::UNPROCESSABLE_ENTITY, "1 to 200"),
        ("GET", "/cases?cursor=nonsense", &[], "", StatusCode::UNPROCESSABLE_ENTITY, "cursor"),
        ("GET", "/cases?colour=red", &[], "", StatusCode::BAD_REQUEST, "colour"),
        ("POST", "/cases/1/fault", &[], "{\"fault\": \"mine\"}", StatusCode::UNPROCESSABLE_ENTITY, "mine"),
        ("POST", "/cases/1/fault", &[], "{\"fault\"", StatusCode::UNPROCESSABLE_ENTITY, "EOF"),
        ("POST", "/cases/1/fault", &[], "{}", StatusCode::UNPROCESSABLE_ENTITY, "missing field"),
        (
            "POST",
            "/cases/1/ticks",
            &[],
            "{\"tick\":[],\"x\":1}",
            StatusCode::UNPROCESSABLE_ENTITY,
            "unknown field",
        ),
        (
            "POST",
            "/cases/1/actions",
            &[],
            "{\"what\":\"a\\u0000b\"}",
            StatusCode::UNPROCESSABLE_ENTITY,
            "NUL",
        ),
        (
            "POST",
            "/cases/1/fault",
            &text,
            "fault=ours",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "application/json",
        ),
        ("POST", "/imports", &[], "{}", StatusCode::FORBIDDEN, "leaders and admins"),
        ("POST", "/cases/1/actions", &[], &large, StatusCode::PAYLOAD_TOO_LARGE, "256 kB"),
        ("POST", "/cases/1/actions", &[], &long, StatusCode::UNPROCESSABLE_ENTITY, "“what” is longer than"),
        ("POST", "/cases/1/tellings", &[], &many, StatusCode::PAYLOAD_TOO_LARGE, "10,000 fields"),
        (
            "POST",
            "/cases/1/next-words",
            &[],
            "{\"at\":\"9999-12-30T22:00:00.999999Z\"}",
            StatusCode::UNPROCESSABLE_ENTITY,
            "more than a year ahead",
        ),
        (
            "POST",
            "/cases/1/closing",
            &[],
            "{\"temperature\":\"calm\"}",
            StatusCode::UNPROCESSABLE_ENTITY,
            "still to be told",
        ),
    ] {
        let answer = jon.call(method, path, headers, body).await;
        let what = format!("{method} {path}: {} {}", answer.status, answer.body);
        assert_eq!(answer.status, status, "{what}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
        let problem = answer.json();
        assert_eq!(problem["status"], status.as_u16(), "{what}");
        assert!(problem["type"].as_str().unwrap().starts_with("/api#"), "{what}");
        assert!(!problem["title"].as_str().unwrap().is_empty(), "{what}");
        assert!(problem["detail"].as_str().unwrap().contains(says), "{what}");
        assert!(!problem["to_do"].as_str().unwrap().is_empty(), "{what}");
        let at = format!("/api/v1{}", path.split('?').next().unwrap());
        assert_eq!(problem["instance"], at, "{what}");
    }
    assert_eq!(jon.call("DELETE", "/cases/1", &[], "").await.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn whoever_brings_no_token_hears_how_to_get_one() {
    let app = App::new().await;
    let answer = app.stranger().get("/api/v1/cases").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"forewarn\"");
    assert!(answer.json()["to_do"].as_str().unwrap().contains("/me/tokens"));
}

#[tokio::test]
async fn whoever_calls_too_often_is_told_how_long_to_wait() {
    let app = App::new().await;
    let mut jon = Program::somebody(&app, "jon@norpump.example", Role::Rep).await;
    jon.door = app.stranger_at(|state| state.calls_a_minute(2));
    for _ in 0..2 {
        assert_eq!(jon.get("/me").await.status, StatusCode::OK);
    }
    let refused = jon.get("/me").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("retry-after"), "60");
}

#[tokio::test]
async fn the_case_refuses_whichever_door_one_comes_through() {
    for app in App::on_both().await {
        let mut jon = Program::somebody(&app, "jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let told = json!({ "contact": "Anna", "how": "spoke", "line": [1] });
        assert_eq!(jon.post("/cases/1/tellings", &told).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let no_word = json!({ "contact": "Anna", "how": "spoke", "line": [1], "expectation": "none" });
        let refused = jon.post("/cases/1/tellings", &no_word).await;
        assert!(refused.json()["detail"].as_str().unwrap().contains("next word"), "{}", refused.body);
        let by_mail = json!({ "contact": "Anna", "how": "e-mail", "line": [1], "expectation": "date", "date": "2026-11-27" });
        let refused = jon.post("/cases/1/tellings", &by_mail).await;
        assert!(
            refused.json()["detail"].as_str().unwrap().contains("in person or by phone"),
            "{}",
            refused.body
        );
        for (act, said) in [
            ("spot-checks", json!({ "with": "rep", "finding": "as-recorded" })),
            ("takeovers", json!({})),
            ("joinings", json!({})),
        ] {
            let refused = jon.post(&format!("/cases/1/{act}"), &said).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{act}: {}", refused.body);
        }
        assert_eq!(jon.get("/cases/1").await.json()["stage"], "to-tell");
    }
}
