//! `/today` and *Not now*

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::people::Role;
use jiff::SignedDuration;

/// Promised for Friday: the customer needs the time that is left, so that it is news at once.
pub(crate) const SLIPPED: &str = "Order,Line,Customer,Owner,Contact,Phone,Email,Promised date,Expected date\n\
    4471,10,Halvorsen Marine,jon@norpump.example,Anna Halvorsen,+47 55 55 01 90,anna@halvorsen.example,2026-11-13,2026-11-27\n\
    4471,20,Halvorsen Marine,jon@norpump.example,Anna Halvorsen,+47 55 55 01 90,anna@halvorsen.example,2026-11-13,2026-11-27\n\
    5000,10,Brandt & Sohn,jon@norpump.example,Karin,,,2026-12-11,2026-12-11\n";

#[tokio::test]
async fn today_shows_calls_and_not_lines() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        jon.get("/today").await.shows(&["No promises yet"]);
        app.import(SLIPPED).await;
        let today = jon.get("/today").await;
        today.shows(&["1 call, 2 lines", "Call now", "Halvorsen Marine", "worst +14 days"]);
        today.shows(&["They can still act: 4 days", "told 0/2", "tel:+4755550190", "Call Anna", "open.csv"]);
        assert!(!today.body.contains("Brandt"), "on time is nothing to call about");
        app.clock.advance(SignedDuration::from_hours(40));
        jon.come_in().await;
        jon.get("/today").await.shows(&["No import since Mon 9 Nov 08:00", "Dates below may be wrong"]);
    }
}

#[tokio::test]
async fn nobody_to_call_is_said_in_so_many_words() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import("Order,Line,Customer,Promised date,Expected date\n1,10,Kiel,2026-12-11,2026-12-11\n").await;
    jon.get("/today").await.shows(&["Nobody is waiting to hear from you", "The last import was today 08:00"]);
}

#[tokio::test]
async fn not_now_needs_a_reason_and_the_clock_keeps_running() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let refused = jon.post("/cases/1/not-now", &[("entry", "e1")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(&["needs a reason"]);
        let refused = jon.post("/cases/1/not-now", &[("reason", "not-news"), ("entry", "e1")]).await;
        refused.shows(&["Say why this is no news for them"]);
        let asked = [("reason", "customer-asked"), ("call_at", "2026-11-09T14:00"), ("entry", "e1")];
        assert_eq!(jon.post("/cases/1/not-now", &asked).await.leads_to(), "/today");
        let today = jon.get("/today").await;
        today.shows(&["The clock keeps running", "Undo", "they asked to be called today 14:00", "Call now"]);
        let past = [("reason", "customer-asked"), ("call_at", "2026-11-09T07:00"), ("entry", "e2")];
        jon.post("/cases/1/not-now", &past).await.shows(&["has already passed", "2026-11-09T07:00"]);
        let undo = today.body.split("action=\"").find(|part| part.contains("/taking-back")).unwrap();
        let undo = undo.split('"').next().unwrap();
        assert_eq!(jon.post(undo, &[("entry", "e3")]).await.status, StatusCode::SEE_OTHER);
        let today = jon.get("/today").await;
        assert!(!today.body.contains("they asked to be called"), "taken back");
    }
}

#[tokio::test]
async fn the_owner_of_facts_sees_no_conversations() {
    let app = App::new().await;
    app.add("jon@norpump.example", Role::Rep).await;
    let mut petra = app.visitor("petra@norpump.example", Role::SupplyOwner).await;
    app.import(SLIPPED).await;
    assert_eq!(petra.get("/").await.leads_to(), "/promises");
    for path in ["/today", "/cases/1", "/cases/1/talk/1", "/cases/1/sheet"] {
        assert_eq!(petra.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let act = petra.post("/cases/1/fault", &[("fault", "ours")]).await;
    assert_eq!(act.status, StatusCode::NOT_FOUND);
}
