//! `/customers`

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::people::Role;

const REPORT: &str = "Order,Line,Customer,Owner,Contact,Phone,Promised date,Expected date\n\
                      4471,10,Halvorsen Marine,JDOE,Anna,+47 55 55 01 90,2026-12-04,2026-12-18\n\
                      5000,10,Brandt & Sohn,JDOE,Karin,,2026-12-11,2026-12-11\n";

#[tokio::test]
async fn a_customer_has_terms_of_its_own_and_what_is_wrong_is_said() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        app.import(REPORT).await;
        ada.get("/customers?q=halv").await.shows(&["Halvorsen Marine", "1 slipping", "1 customer match"]);
        let terms = [("tolerance", "0"), ("tier", "key"), ("zone", "Europe/Oslo"), ("city", "Bergen")];
        assert_eq!(ada.post("/customers/1/terms", &terms).await.leads_to(), "/customers/1");
        ada.get("/customers/1").await.shows(&["09:00 in Bergen, open", "Key customer", "tel:+4755550190"]);
        let refused = ada.post("/customers/1/terms", &[("tolerance", "two"), ("city", "Oslo")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(&["The tolerance is “two”", "Oslo"]);
        let refused = ada.post("/customers/1/terms", &[("zone", "Bergen")]).await;
        refused.shows(&["no time zone", "Europe/Oslo"]);
    }
}

#[tokio::test]
async fn an_account_is_assigned_by_its_leader_and_its_rep_sees_it() {
    for app in App::on_both().await {
        let mut lea = app.visitor("lea@norpump.example", Role::Leader).await;
        let jon = app.add("jon@norpump.example", Role::Rep).await;
        let mut mia = app.visitor("mia@norpump.example", Role::Rep).await;
        app.import(REPORT).await;
        mia.get("/customers/1").await.shows(&["Halvorsen Marine"]); // in the inbox of her team
        let to_jon = [("tier", "standard"), ("owner", &jon.to_string())];
        lea.post("/customers/1/terms", &to_jon).await.leads_to();
        lea.get("/customers").await.shows(&["jon"]);
        assert_eq!(mia.get("/customers/1").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_rep_changes_the_contact_and_cannot_assign() {
    let app = App::new().await;
    let mut mia = app.visitor("mia@norpump.example", Role::Rep).await;
    app.import(REPORT).await;
    let contact = [("name", "Lars Vik"), ("phone", "+47 22 22"), ("email", "lars@halvorsen.example")];
    mia.post("/customers/1/contact", &contact).await.leads_to();
    mia.get("/customers/1").await.shows(&["Lars Vik", "tel:+472222", "mailto:lars@halvorsen.example"]);
    mia.post("/customers/1/terms", &[("owner", "1"), ("tier", "standard")]).await.leads_to();
    mia.get("/customers").await.shows(&["team inbox (JDOE in the report)"]);
}

#[tokio::test]
async fn the_owner_of_facts_reads_a_customer_and_changes_nothing() {
    let app = App::new().await;
    let mut petra = app.visitor("petra@norpump.example", Role::SupplyOwner).await;
    app.import(REPORT).await;
    let page = petra.get("/customers/1").await;
    page.shows(&["Halvorsen Marine", "On time, first promise"]);
    assert!(!page.body.contains("/cases/") && !page.body.contains("Keep these terms"));
    let refused = petra.post("/customers/1/terms", &[("tolerance", "9")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn quiet_changes_are_listed() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    app.import("Order,Line,Customer,Promised date,Expected date\n1,1,Vik,2026-12-04,2026-12-07\n").await;
    ada.get("/today/quiet").await.shows(&["Vik", "Fri 4 Dec", "Mon 7 Dec", "+3 days"]);
}
