//! `/customers/{id}/contacts`: what we hold about a contact, and erasing it, for admins.

use crate::app::App;
use crate::cases::TOLD;
use crate::today::SLIPPED;
use axum::http::{StatusCode, header};
use forewarn_domain::people::Role;

const RECORD: &str = "/customers/1/contacts/record?name=Anna%20Halvorsen";

#[tokio::test]
async fn a_contact_is_handed_over_and_then_erased_in_two_steps() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        app.import(SLIPPED).await;
        jon.post("/cases/1/tellings", &TOLD).await.leads_to();

        ada.get("/customers/1").await.shows(&["/customers/1/contacts"]);
        ada.get("/customers/1/contacts").await.shows(&["Anna Halvorsen", "+47 55 55 01 90"]);
        ada.get(RECORD).await.shows(&["Record of the customer", "Case 1, event", "anna@halvorsen.example"]);
        let file = ada.get("/customers/1/contacts/record.json?name=Anna%20Halvorsen").await;
        assert_eq!(file.headers[header::CONTENT_TYPE], "application/json");
        let record: serde_json::Value = serde_json::from_str(&file.body).unwrap();
        assert_eq!(record["contact"]["emails"][0], "anna@halvorsen.example");

        ada.get(&format!("{RECORD}&reason=")).await.shows(&["Say why"]);
        ada.get(&format!("{RECORD}&reason=Asked")).await.shows(&[
            "for good?",
            "Asked",
            "can’t be taken back",
        ]);
        ada.get(RECORD).await.shows(&["Anna Halvorsen"]);
        let fields = [("name", "Anna Halvorsen"), ("reason", "Anna Halvorsen asked"), ("entry", "x1")];
        assert_eq!(ada.post("/customers/1/erasures", &fields).await.leads_to(), "/customers/1/contacts");
        let contacts = ada.get("/customers/1/contacts").await;
        contacts.shows(&["Nobody is known here", "The history says so"]);
        assert_eq!(ada.get(RECORD).await.status, StatusCode::NOT_FOUND);
        for page in ["/cases/1", "/cases/1/history", "/customers/1", "/today", "/cases/1/talk/1"] {
            let shown = jon.open(page).await.body;
            assert!(!shown.contains("Anna") && !shown.contains("55 01 90"), "{page}:\n{shown}");
        }
        let history = jon.get("/cases/1/history").await;
        history.shows(&[
            "jon told [erased] by phone",
            "was erased from",
            "[erased] asked",
            "are what was recorded",
        ]);
        history.shows(&["ada"]);
    }
}

#[tokio::test]
async fn personal_data_is_for_admins() {
    let app = App::new().await;
    let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
    app.import(SLIPPED).await;
    for page in ["/customers/1/contacts", RECORD, "/customers/1/contacts/record.json?name=Anna%20Halvorsen"] {
        assert_eq!(kari.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    let fields = [("name", "Anna Halvorsen"), ("reason", "Asked")];
    assert_eq!(kari.post("/customers/1/erasures", &fields).await.status, StatusCode::FORBIDDEN);
    assert!(!kari.get("/customers/1").await.body.contains("/customers/1/contacts"));
}
