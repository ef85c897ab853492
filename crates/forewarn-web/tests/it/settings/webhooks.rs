//! `/settings/webhooks`

use crate::app::App;
use crate::today::SLIPPED;
use axum::http::StatusCode;
use forewarn_domain::people::Role;

const PAGE: &str = "/settings/webhooks";
const ADD: [(&str, &str); 4] = [
    ("url", "https://erp.example/hooks/forewarn"),
    ("events", "case.opened"),
    ("events", "customer.told"),
    ("entry", "w1"),
];

fn secret(body: &str) -> Option<&str> {
    let at = body.find("whsec_")?;
    body[at..].split('<').next()
}

#[tokio::test]
async fn an_admin_adds_an_address_and_sees_its_secret_once() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        ada.get("/settings").await.shows(&[PAGE, "Webhooks"]);
        ada.get(PAGE).await.shows(&["Add one", "customer.told", "promise.slipped"]);
        assert_eq!(ada.post(PAGE, &ADD).await.leads_to(), "/settings/webhooks/1");
        let first = ada.get("/settings/webhooks/1").await;
        let shown = secret(&first.body).unwrap().to_owned();
        assert!(shown.len() > 40, "{shown}");
        assert_eq!(secret(&ada.get("/settings/webhooks/1").await.body), None, "once");
        ada.get(PAGE).await.shows(&["https://erp.example/hooks/forewarn", "Hears 2 of 9 events", "enabled"]);

        ada.post("/settings/webhooks/1/secrets", &[]).await.leads_to();
        let rotated = ada.get("/settings/webhooks/1").await;
        assert_ne!(secret(&rotated.body).unwrap(), shown);
        rotated.shows(&["The secret before holds until Tue 10 Nov 08:00"]);
    }
}

#[tokio::test]
async fn what_happens_is_on_its_way_and_so_is_a_test() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        app.add("jon@norpump.example", Role::Rep).await;
        ada.post(PAGE, &ADD).await.leads_to();
        app.import(SLIPPED).await;
        ada.post("/settings/webhooks/1/trials", &[("entry", "t1")]).await.leads_to();
        ada.post("/settings/webhooks/1/trials", &[("entry", "t1")]).await.leads_to();
        let page = ada.get("/settings/webhooks/1").await;
        page.shows(&["case.opened", "evt_1_1", "webhook.test", "test_t1", "waits", "Halvorsen Marine"]);
        assert_eq!(page.body.matches("<strong>webhook.test</strong>").count(), 1, "asked for once");

        ada.post("/settings/webhooks/1/disabling", &[]).await.leads_to();
        ada.get("/settings/webhooks/1").await.shows(&["It hears nothing", "ada did that", "Enable it again"]);
        ada.post("/settings/webhooks/1/trials", &[]).await.shows(&["Enable it first."]);
        ada.post("/settings/webhooks/1/enabling", &[]).await.leads_to();
        ada.post("/settings/webhooks/1/events", &[("events", "word.kept"), ("internal", "yes")])
            .await
            .leads_to();
        ada.get(PAGE).await.shows(&["Hears 1 of 9 events", "Internal words, too"]);
        ada.post("/settings/webhooks/1/removal", &[]).await.leads_to();
        assert_eq!(ada.get("/settings/webhooks/1").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_is_no_address_stands_there_with_what_to_do() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    for (url, says) in [
        ("erp.example", "That is no web address"),
        ("javascript:alert(1)", "That is no web address"),
        ("http://erp.example/hook", "This address is not protected"),
    ] {
        let refused = ada.post(PAGE, &[("url", url), ("events", "word.kept")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
        refused.shows(&[says, &format!("value=\"{url}\"")]);
    }
    let nothing = ada.post(PAGE, &[("url", "https://erp.example/hook")]).await;
    nothing.shows(&["Choose what it hears."]);
    ada.post(PAGE, &[("url", "http://127.0.0.1:9000/hook"), ("events", "word.kept")]).await.leads_to();
}

#[tokio::test]
async fn webhooks_are_for_admins() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
    ada.post(PAGE, &ADD).await.leads_to();
    for page in [PAGE, "/settings/webhooks/1"] {
        assert_eq!(kari.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    assert_eq!(kari.post(PAGE, &ADD).await.status, StatusCode::FORBIDDEN);
    for act in ["events", "secrets", "trials", "replays", "enabling", "disabling", "removal"] {
        let answer = kari.post(&format!("/settings/webhooks/1/{act}"), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{act}");
    }
    assert!(!kari.get("/settings").await.body.contains(PAGE));
}
