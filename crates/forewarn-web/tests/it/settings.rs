//! `/settings`

mod absences;
mod calendars;
mod chat;
mod escalation;
mod mail;
mod policy;
mod reach;
mod teams;
mod webhooks;
mod wording;

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::people::Role;

#[tokio::test]
async fn everybody_finds_the_settings_that_are_theirs() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    ada.get("/settings").await.shows(&["/settings/calendars", "/settings/policy", "/settings/wording"]);
    let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
    let leaders = mia.get("/settings").await;
    leaders.shows(&["/settings/wording"]);
    assert!(!leaders.body.contains("/settings/policy"));
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let reps = jon.get("/settings").await;
    assert!(!reps.body.contains("/settings/policy") && !reps.body.contains("/settings/wording"));
    for page in ["/settings/policy", "/settings/wording", "/settings/calendars"] {
        assert_eq!(jon.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    assert_eq!(mia.get("/settings/policy").await.status, StatusCode::FORBIDDEN);
    assert_eq!(mia.post("/settings/policy", &[]).await.status, StatusCode::FORBIDDEN);
}
