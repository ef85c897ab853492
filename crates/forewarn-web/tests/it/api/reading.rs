//! Reading: lists by cursors that hold still, and what has not changed is not sent again.

use super::Program;
use crate::app::App;
use crate::today::SLIPPED;
use axum::http::StatusCode;
use forewarn_domain::people::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn a_list_goes_on_where_it_was_whatever_is_added_meanwhile() {
    for app in App::on_both().await {
        let mut ada = Program::somebody(&app, "ada@norpump.example", Role::Admin).await;
        for name in ["South", "West", "East"] {
            let added = ada.post("/teams", &json!({ "name": name })).await;
            assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
            assert_eq!(added.header("location"), format!("/api/v1/teams/{}", added.json()["id"]));
        }
        let all = ada.get("/teams").await.json();
        assert_eq!(all["items"].as_array().unwrap().len(), 4, "{all}");
        assert_eq!(all["next"], Value::Null);
        let (mut seen, mut path) = (Vec::new(), "/teams?limit=2".to_owned());
        loop {
            let page = ada.get(&path).await.json();
            seen.extend(page["items"].as_array().unwrap().iter().map(|team| team["id"].as_i64().unwrap()));
            let name = format!("Added {}", seen.len());
            if seen.len() < 6 {
                ada.post("/teams", &json!({ "name": name })).await;
            }
            match page["next"].as_str() {
                Some(next) => path = format!("/teams?limit=2&cursor={next}"),
                None => break,
            }
        }
        assert!(seen.is_sorted() && seen.len() >= 6, "each once, in order: {seen:?}");
        assert_eq!(seen.iter().collect::<std::collections::BTreeSet<_>>().len(), seen.len());
    }
}

#[tokio::test]
async fn every_list_can_be_read_a_row_at_a_time() {
    for app in App::on_both().await {
        let mut ada = Program::somebody(&app, "ada@norpump.example", Role::Admin).await;
        app.add("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        for list in [
            "/promises",
            "/cases",
            "/cases/1/history",
            "/cases/1/letters",
            "/customers",
            "/people",
            "/teams",
            "/imports",
            "/imports/1/errors",
            "/obligations?until=2027-01-01T00:00:00Z",
            "/notices",
            "/promises/1/evidence",
        ] {
            let sign = if list.contains('?') { '&' } else { '?' };
            let all = ada.get(&format!("{list}{sign}limit=200")).await;
            assert_eq!(all.status, StatusCode::OK, "{list}: {}", all.body);
            let all = all.json()["items"].as_array().unwrap().clone();
            let (mut rows, mut next) = (Vec::new(), String::new());
            loop {
                let page = ada.get(&format!("{list}{sign}limit=1{next}")).await.json();
                rows.extend(page["items"].as_array().unwrap().clone());
                match page["next"].as_str() {
                    Some(cursor) => next = format!("&cursor={cursor}"),
                    None => break,
                }
            }
            assert_eq!(rows, all, "{list}");
        }
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let app = App::new().await;
    let mut jon = Program::somebody(&app, "jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    for path in ["/cases/1", "/cases", "/promises", "/promises/1", "/customers/1"] {
        let first = jon.get(path).await;
        let tag = first.header("etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        let same = jon.call("GET", path, &[("if-none-match", &tag)], "").await;
        assert_eq!((same.status, same.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
        assert_eq!(same.header("etag"), tag, "{path}");
    }
    let tag = jon.get("/cases/1").await.header("etag").to_owned();
    jon.post("/cases/1/fault", &json!({ "fault": "ours" })).await;
    let changed = jon.call("GET", "/cases/1", &[("if-none-match", &tag)], "").await;
    assert_eq!(changed.status, StatusCode::OK);
}

#[tokio::test]
async fn a_promise_shows_its_walk_and_takes_evidence_but_stays_what_was_said() {
    for app in App::on_both().await {
        let mut jon = Program::somebody(&app, "jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let before = jon.get("/promises/1").await.json();
        let said = json!({ "firmness": "firm", "from": "2026-12-04", "customer_safe": "A test is repeated" });
        let kept = jon.post("/promises/1/evidence", &said).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
        let after = jon.get("/promises/1").await.json();
        assert_eq!(after["promised"], before["promised"]);
        assert_eq!(after["expected"], json!({ "firmness": "firm", "by": "2026-12-04" }));
        let evidence = after["evidence"].as_array().unwrap();
        assert_eq!(evidence.last().unwrap()["customer_safe"], "A test is repeated");
    }
}
