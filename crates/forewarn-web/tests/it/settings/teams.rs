//! `/settings/teams`

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::people::Role;

const PAGE: &str = "/settings/teams";

#[tokio::test]
async fn a_team_is_added_led_renamed_and_put_below_another() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let mia = app.add("mia@norpump.example", Role::Leader).await.to_string();
        ada.get(PAGE).await.shows(&["Everyone", "no leader"]);
        ada.get("/settings").await.shows(&["1 without a leader"]);
        ada.post(PAGE, &[("name", "Nordic"), ("leader", &mia), ("above", "1")]).await.leads_to();
        ada.get(PAGE)
            .await
            .shows(&["Added: the team Nordic.", "Led by mia, 0 people; next above: Everyone."]);
        ada.post("/settings/teams/2", &[("name", "North"), ("leader", ""), ("above", "")]).await.leads_to();
        ada.get(PAGE).await.shows(&["Kept: the team North.", "Nobody leads it, 0 people."]);
        ada.post("/settings/undoing", &[]).await.leads_to();
        ada.get(PAGE).await.shows(&["Undone", "Led by mia, 0 people; next above: Everyone."]);
    }
}

#[tokio::test]
async fn a_name_that_is_taken_and_a_circle_are_refused_with_what_was_typed() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    ada.post(PAGE, &[("name", "Nordic"), ("above", "1")]).await.leads_to();
    let taken = ada.post(PAGE, &[("name", "NORDIC")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    taken.shows(&["There is a team “Nordic” already.", "value=\"NORDIC\""]);
    let circle = ada.post("/settings/teams/1", &[("name", "All of us"), ("above", "2")]).await;
    assert_eq!(circle.status, StatusCode::UNPROCESSABLE_ENTITY);
    circle.shows(&["stands below Everyone already", "value=\"All of us\""]);
    ada.post(PAGE, &[("name", " ")]).await.shows(&["Say what the team is called."]);
    let teams = app.store.teams().await.unwrap();
    let names: Vec<&str> = teams.iter().map(|team| team.name.as_str()).collect();
    assert_eq!(names, ["Everyone", "Nordic"]);
}

#[tokio::test]
async fn an_empty_team_can_be_taken_away_and_one_with_people_in_it_stays() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        ada.post(PAGE, &[("name", "Nordic")]).await.leads_to();
        ada.post("/settings/teams/2/removal", &[]).await.leads_to();
        ada.get(PAGE).await.shows(&["The team Nordic is gone."]);
        ada.post("/settings/undoing", &[]).await.leads_to();
        ada.get(PAGE).await.shows(&["<h2>Nordic</h2>"]);
        ada.post("/settings/teams/1/removal", &[]).await.leads_to();
        ada.get(PAGE).await.shows(&["The team stays: people, customers or other teams belong to it."]);
    }
}

#[tokio::test]
async fn only_admins_change_teams() {
    let app = App::new().await;
    let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
    for page in [PAGE, "/settings/teams/1", "/settings/teams/1/removal"] {
        assert_eq!(mia.post(page, &[("name", "Mine")]).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    assert_eq!(mia.get(PAGE).await.status, StatusCode::FORBIDDEN);
}
