//! Tokens: made by a person, shown once, good for so much and so long, and never for more than their person.

use super::Program;
use crate::app::App;
use crate::today::SLIPPED;
use axum::http::StatusCode;
use forewarn_domain::people::Role;
use forewarn_store::security_log::{SecurityEvent, What};
use forewarn_store::tokens::TokenScope;
use forewarn_web::Passwords;
use jiff::SignedDuration;
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

#[tokio::test]
async fn a_token_is_made_on_a_page_shown_once_and_taken_back_there() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let made = jon.post("/me/tokens", &[("name", "Nightly"), ("scope", "read"), ("days", "30")]).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let token: String = made.body.split("fw_").nth(1).unwrap().chars().take(64).collect();
        let page = jon.get("/me/tokens").await;
        page.shows(&["Nightly", "looking", "never"]);
        assert!(!page.body.contains(&token), "it is shown once");
        let mut program = Program { door: app.stranger(), token: format!("fw_{token}") };
        let me = program.get("/me").await;
        assert_eq!(me.status, StatusCode::OK, "{}", me.body);
        assert_eq!(me.json()["email"], "jon@norpump.example");
        assert_eq!(me.json()["scopes"], json!(["read"]));
        let back = jon.post("/me/tokens/1/revocation", &[]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
        let refused = program.get("/me").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert!(refused.header("www-authenticate").contains("invalid_token"), "{refused:?}");
    }
}

#[tokio::test]
async fn a_token_without_name_or_use_is_not_made() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let refused = jon.post("/me/tokens", &[("name", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["which program has it", "at least one thing"]);
    assert!(app.store.tokens().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_token_asks_for_the_password_and_stands_in_the_log() {
    let app = App::new().await;
    let jon = app.add("jon@norpump.example", Role::Rep).await;
    let hash = Passwords::new(Arc::new(Uuid::nil)).hash("keep your word", &[]).await.unwrap();
    app.store.set_password_hash(jon, &hash).await.unwrap();
    let mut at_work = app.at_work(jon).await;
    at_work.get("/me/tokens").await.shows(&["Your password"]);
    let token = |password| [("name", "Nightly"), ("scope", "read"), ("current-password", password)];
    for wrong in ["", "not my password"] {
        let refused = at_work.post("/me/tokens", &token(wrong)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(&["This is not your password", "value=\"Nightly\""]);
    }
    assert!(app.store.tokens().await.unwrap().is_empty());
    let made = at_work.post("/me/tokens", &token("keep your word")).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    ada.post("/me/tokens/1/revocation", &[]).await.leads_to();
    at_work.get("/me/security").await.shows(&[
        "Wrong password",
        "Token for a program made",
        "Token for a program taken back, by ada",
    ]);
}

#[tokio::test]
async fn an_admin_makes_tokens_for_others_and_takes_back_any() {
    let app = App::new().await;
    let jon = app.add("jon@norpump.example", Role::Rep).await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let for_jon = [("name", "Dashboard"), ("scope", "read"), ("person", &jon.to_string())];
    assert_eq!(ada.post("/me/tokens", &for_jon).await.status, StatusCode::CREATED);
    let tokens = app.store.tokens_of(jon).await.unwrap();
    assert_eq!(tokens.len(), 1);
    ada.get("/me/tokens").await.shows(&["Dashboard", "Acts for"]);
    // A rep makes none for others, whatever they send, and takes back none of theirs.
    let mut mia = app.visitor("mia@norpump.example", Role::Rep).await;
    let for_jon = [("name", "Mine?"), ("scope", "read"), ("person", &jon.to_string())];
    assert_eq!(mia.post("/me/tokens", &for_jon).await.status, StatusCode::CREATED);
    assert_eq!(app.store.tokens_of(jon).await.unwrap().len(), 1);
    let theirs = format!("/me/tokens/{}/revocation", tokens[0].id);
    assert_eq!(mia.post(&theirs, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ada.post(&theirs, &[]).await.status, StatusCode::SEE_OTHER);
    assert!(app.store.tokens_of(jon).await.unwrap()[0].revoked_at.is_some());
}

#[tokio::test]
async fn a_token_is_good_for_what_it_says_and_no_more() {
    let app = App::new().await;
    let jon = app.add("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let mut looks = Program::of(&app, jon, &[TokenScope::Read]).await;
    assert_eq!(looks.get("/cases/1").await.status, StatusCode::OK);
    let refused = looks.post("/cases/1/fault", &json!({ "fault": "ours" })).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.header("www-authenticate").contains("scope=\"write\""), "{refused:?}");
    let mut acts = Program::of(&app, jon, &[TokenScope::Write, TokenScope::Check]).await;
    assert_eq!(acts.get("/cases/1").await.status, StatusCode::FORBIDDEN);
    assert_eq!(acts.post("/cases/1/fault", &json!({ "fault": "ours" })).await.status, StatusCode::OK);
    assert_eq!(acts.post("/check", &json!({ "text": "Hello." })).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_never_does_more_than_its_person() {
    for app in App::on_both().await {
        let mut rep = Program::somebody(&app, "stranger@norpump.example", Role::Rep).await;
        let mut supply = Program::somebody(&app, "petra@norpump.example", Role::SupplyOwner).await;
        app.add("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        for path in ["/people", "/teams", "/imports"] {
            assert_eq!(rep.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        for path in ["/cases/1", "/cases/1/history", "/customers/1", "/promises/1"] {
            assert_eq!(rep.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(rep.get("/cases").await.json()["items"], json!([]));
        assert_eq!(supply.get("/cases").await.status, StatusCode::NOT_FOUND);
        let promise = supply.get("/promises/1").await.json();
        assert_eq!((&promise["order"], &promise["case"]), (&json!("4471"), &json!(null)));
    }
}

#[tokio::test]
async fn a_token_ends_with_its_time_and_with_its_person() {
    for app in App::on_both().await {
        let jon = app.add("jon@norpump.example", Role::Rep).await;
        let mut program = Program::of(&app, jon, &TokenScope::ALL).await;
        assert_eq!(program.get("/me").await.status, StatusCode::OK);
        app.store.disable_person(jon, None, app.now()).await.unwrap();
        assert_eq!(program.get("/me").await.status, StatusCode::UNAUTHORIZED);
        app.store.enable_person(jon).await.unwrap();
        assert_eq!(program.get("/me").await.status, StatusCode::UNAUTHORIZED, "it does not come back");

        let mia = app.add("mia@norpump.example", Role::Rep).await;
        let mut program = Program::of(&app, mia, &TokenScope::ALL).await;
        app.clock.advance(SignedDuration::from_hours(7 * 24));
        assert_eq!(program.get("/me").await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_new_password_a_new_role_and_signing_somebody_out_take_their_tokens_back() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let jon = app.add("jon@norpump.example", Role::Rep).await;
        let changed = SecurityEvent::without_browser(What::PasswordChanged, jon, app.now());
        let mut program = Program::of(&app, jon, &TokenScope::ALL[..1]).await;
        app.store.change_password(jon, "another hash", &changed).await.unwrap();
        assert_eq!(program.get("/me").await.status, StatusCode::UNAUTHORIZED, "another password");

        let mut program = Program::of(&app, jon, &TokenScope::ALL[..2]).await;
        ada.post(&format!("/people/{jon}/sessions/ending"), &[]).await.leads_to();
        assert_eq!(program.get("/me").await.status, StatusCode::UNAUTHORIZED, "signed out everywhere");

        // One that was made as a rep does not become an admin's.
        let mut program = Program::of(&app, jon, &TokenScope::ALL[..3]).await;
        ada.post(&format!("/people/{jon}/role"), &[("role", "admin")]).await.leads_to();
        assert_eq!(app.store.person(jon).await.unwrap().unwrap().role, Role::Admin);
        assert_eq!(program.get("/me").await.status, StatusCode::UNAUTHORIZED, "another role");
    }
}

#[tokio::test]
async fn a_token_opens_no_page_and_needs_no_cookie_while_a_cookie_is_guarded() {
    let app = App::new().await;
    let jon = app.add("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let mut program = Program::of(&app, jon, &TokenScope::ALL).await;
    let page = program.door.send(request("GET", "/today", &program.token, &[])).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "to where one signs in");
    // From another site: with a token it is a program's call, with a cookie it is a forged one.
    let foreign = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    let called = program.call("POST", "/cases/1/viewings", &foreign, "").await;
    assert_eq!(called.status, StatusCode::OK, "{}", called.body);
    let mut at_browser = app.at_work(jon).await;
    let forged = at_browser.send(request("POST", "/api/v1/cases/1/viewings", "", &foreign)).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(forged.header("content-type"), "application/problem+json");
    // Nor does a token that is none get a cookie past the guard.
    let both = at_browser.send(request("POST", "/api/v1/cases/1/viewings", "fw_none", &foreign)).await;
    assert_eq!(both.status, StatusCode::UNAUTHORIZED);
}

fn request(
    method: &str,
    path: &str,
    token: &str,
    headers: &[(&str, &str)],
) -> axum::http::Request<axum::body::Body> {
    let mut request = axum::http::Request::builder().method(method).uri(path);
    if !token.is_empty() {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(axum::body::Body::empty()).unwrap()
}
