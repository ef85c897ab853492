//! `/cases/{id}/history`: one case's history on paper.

use crate::app::App;
use crate::cases::TOLD;
use crate::today::SLIPPED;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use forewarn_domain::people::Role;
use jiff::SignedDuration;

#[tokio::test]
async fn the_history_says_who_knew_what_when_and_who_told_whom_how_and_what() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        app.clock.advance(SignedDuration::from_mins(72));
        assert_eq!(jon.post("/cases/1/tellings", &TOLD).await.status, StatusCode::SEE_OTHER);
        jon.get("/cases/1").await.shows(&["/cases/1/history"]);

        let paper = jon.get("/cases/1/history").await;
        paper.shows(&["Halvorsen Marine: history of case 1", "All times are those of UTC", "4471 / 10"]);
        paper.shows(&["Mon 9 Nov 2026 08:00", "Mon 9 Nov 2026 09:12", "jon told Anna Halvorsen by phone"]);
        paper.shows(&["Promised Fri 13 Nov 2026, then expected Fri 27 Nov 2026", "working days’ notice"]);
        paper.shows(&["Case opened, given to jon", "are what was recorded"]);
        assert!(!paper.body.contains("today "), "paper is read on another day");
    }
}

#[tokio::test]
async fn the_history_is_on_the_readers_clock_and_there_as_json() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    jon.post("/cases/1/tellings", &TOLD).await;
    let request = Request::get("/cases/1/history").header(header::ACCEPT, "application/json");
    let answer = jon.send(request.body(Body::empty()).unwrap()).await;
    let history: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(history["intact"], true);
    assert_eq!(history["slips"][0]["to"], "Anna Halvorsen");
    assert_eq!(history["slips"][0]["how"], "by phone");
    assert_eq!(history["slips"][0]["said"], "Fri 27 Nov 2026");
    let events = history["events"].as_array().unwrap();
    let numbers: Vec<u64> = events.iter().filter_map(|event| event["seq"].as_u64()).collect();
    assert_eq!(numbers, (1..=events.len() as u64).collect::<Vec<_>>(), "every event, in order");
    assert!(events.iter().all(|event| event["says"] != ""), "{history}");
}

#[tokio::test]
async fn a_history_is_for_those_who_see_the_conversation() {
    let app = App::new().await;
    let _jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let mut supply = app.visitor("pia@norpump.example", Role::SupplyOwner).await;
    assert_eq!(supply.get("/cases/1/history").await.status, StatusCode::NOT_FOUND);
    let mut other = app.visitor("ola@norpump.example", Role::Rep).await;
    assert_eq!(other.get("/cases/1/history").await.status, StatusCode::NOT_FOUND);
    let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
    kari.get("/cases/1/history").await.shows(&["history of case 1", "not told"]);
}
