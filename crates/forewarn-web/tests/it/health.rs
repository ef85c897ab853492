//! Whether Forewarn keeps its promises, for those who watch over it.

use crate::app::{Answer, App};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use forewarn_domain::ids::CaseId;
use forewarn_store::auditor::{Audit, Check, Finding};
use jiff::SignedDuration;
use serde_json::{Value, json};

/// The auditor has looked now, and found one thing of this kind, in case 7.
fn finds(app: &App, wrong: Option<Check>) {
    let finding = |check| {
        let cases: Vec<CaseId> = (wrong == Some(check)).then_some(CaseId(7)).into_iter().collect();
        Finding { check, count: cases.len() as u64, cases }
    };
    app.watch.saw(Audit {
        at: app.now(),
        findings: Check::ALL.into_iter().map(finding).collect(),
        unreachable: 0,
    });
}

async fn ask(app: &App, path: &str, token: Option<&str>) -> Answer {
    let mut request = Request::get(path);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    app.stranger().send(request.body(Body::empty()).unwrap()).await
}

async fn health(app: &App, token: Option<&str>) -> (StatusCode, Value) {
    let answer = ask(app, "/healthz", token).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap())
}

#[tokio::test]
async fn health_is_503_only_when_a_promise_is_broken() {
    let app = App::new().await;
    let (status, health_at_first) = health(&app, None).await;
    assert_eq!((status, &health_at_first["status"]), (StatusCode::OK, &json!("ok")));

    finds(&app, None);
    assert_eq!(health(&app, None).await.1["status"], "ok");
    finds(&app, Some(Check::NoticeStuck));
    let (status, stuck) = health(&app, None).await;
    assert_eq!((status, &stuck["status"]), (StatusCode::OK, &json!("attention")));
    finds(&app, Some(Check::Unnoticed));
    let (status, broken) = health(&app, None).await;
    assert_eq!((status, &broken["status"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("broken")));
    assert!(broken["wrong"][0].as_str().unwrap().contains("nobody has heard of it"), "{broken}");
    let unnoticed = broken["checks"].as_array().unwrap().iter().find(|check| check["count"] == 1).unwrap();
    assert_eq!(*unnoticed, json!({ "check": "overdue-unnoticed", "promise": true, "count": 1 }));
    assert_eq!(app.stranger().get("/readyz").await.status, StatusCode::OK, "it can be asked all the same");
}

#[tokio::test]
async fn an_auditor_that_does_not_look_any_more_is_noticed() {
    let app = App::new().await;
    finds(&app, None);
    app.clock.advance(SignedDuration::from_mins(3));
    assert_eq!(health(&app, None).await.0, StatusCode::OK);
    app.clock.advance(SignedDuration::from_secs(1));
    let (status, silent) = health(&app, None).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(silent["wrong"][0].as_str().unwrap().contains("auditor"), "{silent}");
}

#[tokio::test]
async fn figures_and_numbers_of_cases_are_for_those_who_may_know() {
    let app = App::new().await;
    finds(&app, Some(Check::StepLate));
    assert_eq!(ask(&app, "/metrics", None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ask(&app, "/metrics", Some("guessed")).await.status, StatusCode::NOT_FOUND);
    let figures = ask(&app, "/metrics", Some("figures")).await;
    assert_eq!((figures.status, figures.body.as_str()), (StatusCode::OK, "forewarn_up 1\n"));

    assert!(!health(&app, None).await.1.to_string().contains("cases"));
    let (_, health) = health(&app, Some("figures")).await;
    let late =
        health["checks"].as_array().unwrap().iter().find(|check| check["check"] == "step-late").unwrap();
    assert_eq!(late["cases"], json!([7]));
}
