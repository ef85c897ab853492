//! `/people`

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::people::Role;

#[tokio::test]
async fn an_admin_adds_somebody_who_chooses_a_password_by_a_link_that_works_once() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let jon = [("name", "Jon Eide"), ("email", "Jon@Norpump.example"), ("role", "rep"), ("team", "1")];
        let added = ada.post("/people", &jon).await;
        assert_eq!(added.status, StatusCode::CREATED);
        added.shows(&["Jon Eide", "jon@norpump.example", "invited", "/password/"]);
        let link = added.body.split("/password/").nth(1).unwrap();
        let link = format!("/password/{}", link.split('<').next().unwrap());
        ada.get(&link).await.shows(&["password"]);
        let twice = ada.post("/people", &jon).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        twice.shows(&["is somebody's address already", "value=\"Jon Eide\""]);
    }
}

#[tokio::test]
async fn a_name_in_the_report_is_mapped_to_a_person_and_their_customers_move() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let jon = app.add("jon@norpump.example", Role::Rep).await;
        app.import("Order,Line,Customer,Owner,Promised date\n1,1,Vik,J. Doe,2026-12-04\n").await;
        ada.get("/people").await.shows(&["In the team inbox", "J. Doe", "1 customer"]);
        let jon = jon.to_string();
        let mapped = ada.post("/people/aliases", &[("alias", "j. doe"), ("person", &jon)]).await;
        assert_eq!(mapped.leads_to(), "/people");
        let page = ada.get("/people").await;
        assert!(!page.body.contains("In the team inbox"));
        ada.get("/customers").await.shows(&["jon"]);
    }
}

#[tokio::test]
async fn whoever_leaves_is_kept_out_and_can_come_back() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    assert_eq!(jon.get("/promises").await.status, StatusCode::OK);
    ada.post("/people/2/disabling", &[]).await.leads_to();
    ada.get("/people").await.shows(&["disabled", "lie in the team inbox"]);
    assert_eq!(jon.get("/promises").await.leads_to(), "/demo?next=/promises");
    ada.post("/people/2/enabling", &[]).await.leads_to();
    assert!(!ada.get("/people").await.body.contains(">disabled<"));
    ada.post("/people/2/role", &[("role", "leader"), ("team", "1")]).await.leads_to();
    ada.get("/people").await.shows(&["Leader, Everyone"]);
}

#[tokio::test]
async fn nobody_shuts_themselves_out_and_nobody_else_gets_in() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let refused = ada.post("/people/1/disabling", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["Another admin has to do this"]);
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    assert_eq!(jon.get("/people").await.status, StatusCode::FORBIDDEN);
    assert_eq!(jon.post("/people", &[("name", "x")]).await.status, StatusCode::FORBIDDEN);
}
