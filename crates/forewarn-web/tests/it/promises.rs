//! `/promises`, and the search on every page.

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::people::Role;

const FIRST: &str = "Order,Line,Customer,Owner,Description,Promised date,Expected date\n\
                     4471,10,Halvorsen Marine,jon@norpump.example,Pump P200,2026-12-04,2026-12-04\n\
                     4471,20,Halvorsen Marine,jon@norpump.example,Seal kit,2026-12-04,2026-12-04\n\
                     5000,10,Brandt & Sohn,mia@norpump.example,Valve,2026-12-11,2026-12-11\n";

#[tokio::test]
async fn a_search_finds_lines_and_puts_customers_on_top() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        app.import(FIRST).await;
        let found = ada.open("/search?q=halvorsen").await;
        found.shows(&["2 open lines", "4471 / 10", "4471 / 20", "/customers/"]);
        assert!(!found.body.contains("Brandt"));
        ada.get("/promises?q=nothing-like-it").await.shows(&["No line matches"]);
        ada.get("/promises?state=late").await.shows(&["Late: 0 lines"]);
    }
}

#[tokio::test]
async fn a_rep_sees_their_own_promises_and_no_others() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.add("mia@norpump.example", Role::Rep).await;
        app.import(FIRST).await;
        let list = jon.get("/promises").await;
        list.shows(&["4471 / 10"]);
        assert!(!list.body.contains("Brandt"));
        assert_eq!(jon.get("/promises/1").await.status, StatusCode::OK);
        assert_eq!(jon.get("/promises/3").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_a_person_says_about_a_date_is_evidence_and_changes_no_promise() {
    for app in App::on_both().await {
        let mut petra = app.visitor("petra@norpump.example", Role::SupplyOwner).await;
        app.import(FIRST).await;
        let said = [
            ("firmness", "firm"),
            ("from", "2026-12-18"),
            ("internal", "Seal kits failed."),
            ("customer_safe", "A part did not pass its test."),
        ];
        assert_eq!(petra.post("/promises/1/evidence", &said).await.leads_to(), "/promises/1");
        let page = petra.get("/promises/1").await;
        page.shows(&[
            "Fri 4 Dec",
            "Fri 18 Dec",
            "+14 days",
            "petra",
            "Seal kits failed.",
            "A part did not pass",
        ]);
        page.shows(&["only telling the customer changes it"]);
        assert!(!page.body.contains("/cases/"), "who owns facts sees no conversations");
        // Sent twice, it is said once.
        petra.post("/promises/1/evidence", &said).await.leads_to();
        let again = petra.get("/promises/1").await;
        assert_eq!(again.body.matches("Seal kits failed.").count(), 1);
    }
}

#[tokio::test]
async fn a_date_that_is_missing_or_backwards_is_refused_and_what_was_typed_is_shown() {
    let app = App::new().await;
    let mut petra = app.visitor("petra@norpump.example", Role::SupplyOwner).await;
    app.import(FIRST).await;
    let refused = petra.post("/promises/1/evidence", &[("firmness", "firm"), ("internal", "Strike.")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["Say which day", "Strike."]);
    let range = [("firmness", "range"), ("from", "2026-12-20"), ("to", "2026-12-18")];
    let refused = petra.post("/promises/1/evidence", &range).await;
    refused.shows(&["ends before it starts"]);
    for (from, to) in [("-009999-01-01", "2026-12-18"), ("2026-12-18", "9999-12-31")] {
        let range = [("firmness", "range"), ("from", from), ("to", to)];
        let refused = petra.post("/promises/1/evidence", &range).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{from} to {to}");
        refused.shows(&["Give a date between 1950 and 2200"]);
    }
}

#[tokio::test]
async fn a_long_list_goes_on_on_the_next_page() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let mut report = "Order,Line,Customer,Promised date\n".to_owned();
    for line in 1..=60 {
        report += &format!("7000,{line},Vik,2026-12-04\n");
    }
    app.import(&report).await;
    let first = ada.get("/promises?q=vik").await;
    first.shows(&["50 of many", "7000 / 50", "rel=\"next\""]);
    assert!(!first.body.contains("7000 / 51"));
    let next = first.body.split("href=\"").find(|rest| rest.starts_with("/promises?q=vik&")).unwrap();
    let next = next.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    ada.get(&next).await.shows(&["7000 / 51", "7000 / 60", "First page"]);
}
