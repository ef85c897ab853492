//! `/settings/chat`

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::ids::TeamId;
use forewarn_domain::notice::ChatKind;
use forewarn_domain::people::Role;

const PAGE: &str = "/settings/chat";
const HOOK: &str = "https://hooks.slack.com/services/T0/B0/secret";

#[tokio::test]
async fn an_address_goes_in_and_never_comes_out() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        jon.get(PAGE).await.shows(&["My own", "Nothing is posted."]);
        jon.post("/settings/chat/person-1", &[("kind", "slack"), ("url", HOOK)]).await.leads_to();
        let page = jon.get(PAGE).await;
        page.shows(&["Slack at hooks.slack.com.", "Post a test"]);
        assert!(!page.body.contains("secret"));
        let kept = app.store.person_chat(forewarn_domain::ids::PersonId(1)).await.unwrap().unwrap();
        assert_eq!((kept.kind, kept.url.as_str()), (ChatKind::Slack, HOOK));
        jon.post("/settings/chat/person-1/trial", &[]).await.leads_to();
        jon.get(PAGE).await.shows(&["Under way since"]);
        jon.post("/settings/chat/person-1/removal", &[]).await.leads_to();
        jon.get(PAGE).await.shows(&["Nothing is posted."]);
    }
}

#[tokio::test]
async fn what_is_no_address_stands_there_with_what_to_do() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    for (kind, url, says) in [
        ("slack", "hooks.slack.com", "That is no web address"),
        ("slack", "http://hooks.slack.com/x", "This address is not protected"),
        ("slack", "javascript:alert(1)", "That is no web address"),
        ("irc", "https://chat.example/x", "Choose the kind of chat."),
    ] {
        let refused = jon.post("/settings/chat/person-1", &[("kind", kind), ("url", url)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
        refused.shows(&[says, &format!("value=\"{url}\"")]);
    }
    let trial = jon.post("/settings/chat/person-1/trial", &[]).await;
    trial.shows(&["Set the chat up first."]);
}

#[tokio::test]
async fn a_team_is_for_its_leader_and_the_networks_are_for_admins() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let topic = [("kind", "ntfy"), ("url", "http://ntfy.norpump.example/forewarn")];
    mia.post("/settings/chat/team-1", &topic).await.leads_to();
    assert!(app.store.team_chat(TeamId(1)).await.unwrap().is_some());
    for whose in ["team-1", "person-1", "person-9", "dog-1"] {
        let status = jon.post(&format!("/settings/chat/{whose}"), &topic).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{whose}");
    }
    let networks = [("networks", "10.1.0.0/16\n192.168.4.20\n")];
    assert_eq!(mia.post("/settings/chat/networks", &networks).await.status, StatusCode::FORBIDDEN);
    ada.post("/settings/chat/networks", &networks).await.leads_to();
    assert_eq!(app.store.chat_settings().await.unwrap().allowed, ["10.1.0.0/16", "192.168.4.20"]);
    let refused = ada.post("/settings/chat/networks", &[("networks", "10.1.0.0/16\nours")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["“ours” is no network", "10.1.0.0/16\nours"]);
}
