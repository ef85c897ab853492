//! `/sign-in`, `/session`, `/setup/{token}`, `/password/{token}`

use crate::app::{App, Visitor};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use forewarn_domain::people::Role;
use forewarn_store::links::Link;
use forewarn_web::links;
use jiff::SignedDuration;

const ADA: [(&str, &str); 5] = [
    ("name", "Ada Berg"),
    ("email", "ada@norpump.example"),
    ("password", "tell them early"),
    ("company", "Norpump"),
    ("zone", "Europe/Oslo"),
];

async fn link(app: &App, token: &str, purpose: &str, person: Option<forewarn_domain::ids::PersonId>) {
    let expires_at = app.now() + SignedDuration::from_hours(24);
    let link = Link { purpose: purpose.to_owned(), person, expires_at };
    app.store.add_link(&links::hash(token), &link).await.unwrap();
}

async fn signs_in(who: &mut Visitor<'_>, password: &str) -> StatusCode {
    let typed = [("email", "ada@norpump.example"), ("password", password), ("onward", "/import")];
    who.post("/session", &typed).await.status
}

#[tokio::test]
async fn the_setup_link_makes_the_first_admin_once() {
    for app in App::on_both().await {
        link(&app, "abc", links::SETUP, None).await;
        let mut ada = app.stranger();
        assert_eq!(ada.get("/setup/other").await.status, StatusCode::NOT_FOUND);
        ada.get("/setup/abc").await.shows(&["Create the admin"]);
        let short = [&ADA[..2], &[("password", "short"), ("company", "Norpump"), ("zone", "Oslo")]].concat();
        let refused = ada.post("/setup/abc", &short).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(&["Use 10 or more", "This time zone is not known", "value=\"Ada Berg\""]);
        assert_eq!(ada.post("/setup/abc", &ADA).await.leads_to(), "/import");
        ada.get("/import").await.shows(&["Ada Berg"]);
        assert_eq!(app.stranger().get("/setup/abc").await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.stranger().post("/setup/abc", &ADA).await.status, StatusCode::NOT_FOUND);
        assert!(app.store.has_admin().await.unwrap());
    }
}

#[tokio::test]
async fn signing_in_leads_to_where_one_was_going_with_a_new_token() {
    let app = App::new().await;
    link(&app, "abc", links::SETUP, None).await;
    app.stranger().post("/setup/abc", &ADA).await;
    let mut ada = app.stranger();
    assert_eq!(ada.get("/cases/7").await.leads_to(), "/sign-in?next=/cases/7");
    ada.cookie = Some("forewarn=AAAAAAAAAAAAAAAAAAAAAA".to_owned());
    assert_eq!(signs_in(&mut ada, "tell them early").await, StatusCode::SEE_OTHER);
    let token = ada.cookie.clone().unwrap();
    assert_ne!(token, "forewarn=AAAAAAAAAAAAAAAAAAAAAA", "a token that was known before is worth nothing");
    assert_eq!(ada.get("/today").await.status, StatusCode::OK);
    assert_eq!(ada.post("/session/end", &[]).await.leads_to(), "/sign-in");
    ada.cookie = Some(token);
    assert_eq!(ada.get("/today").await.leads_to(), "/sign-in", "who has signed out is out");
}

#[tokio::test]
async fn guessing_passwords_ends_after_five() {
    let app = App::new().await;
    link(&app, "abc", links::SETUP, None).await;
    app.stranger().post("/setup/abc", &ADA).await;
    let mut guesser = app.stranger();
    for _ in 0..5 {
        assert_eq!(signs_in(&mut guesser, "tell them late").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(signs_in(&mut guesser, "tell them early").await, StatusCode::TOO_MANY_REQUESTS);
    app.clock.advance(SignedDuration::from_mins(15));
    assert_eq!(signs_in(&mut guesser, "tell them early").await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_invited_person_chooses_a_password_by_a_link_that_works_once() {
    let app = App::new().await;
    let jon = app.add("jon@norpump.example", Role::Rep).await;
    link(&app, "xyz", links::PASSWORD, Some(jon)).await;
    let mut visitor = app.stranger();
    visitor.get("/password/xyz").await.shows(&["jon@norpump.example"]);
    let chosen = visitor.post("/password/xyz", &[("password", "keep your word")]).await;
    assert_eq!(chosen.leads_to(), "/today");
    assert_eq!(visitor.get("/today").await.status, StatusCode::OK);
    assert_eq!(app.stranger().get("/password/xyz").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_when_the_person_is_disabled() {
    let app = App::new().await;
    let jon = app.add("jon@norpump.example", Role::Rep).await;
    link(&app, "xyz", links::PASSWORD, Some(jon)).await;
    let mut visitor = app.stranger();
    visitor.post("/password/xyz", &[("password", "keep your word")]).await;
    app.clock.advance(SignedDuration::from_hours(11));
    assert_eq!(visitor.get("/today").await.status, StatusCode::OK, "used within twelve hours");
    app.clock.advance(SignedDuration::from_hours(11));
    assert_eq!(visitor.get("/today").await.status, StatusCode::OK, "and again");
    app.store.disable_person(jon, None, app.now()).await.unwrap();
    assert_eq!(visitor.get("/today").await.leads_to(), "/sign-in");
    app.store.enable_person(jon).await.unwrap();
    assert_eq!(visitor.get("/today").await.leads_to(), "/sign-in", "it does not come back");
}

#[tokio::test]
async fn a_post_from_another_site_changes_nothing() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    for foreign in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        let request = Request::post("/session/end")
            .header(header::HOST, "forewarn.example")
            .header(foreign.0, foreign.1)
            .body(Body::empty());
        let refused = jon.send(request.unwrap()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{foreign:?}");
        refused.shows(&["sent from another site"]);
    }
    assert_eq!(jon.get("/today").await.status, StatusCode::OK, "still signed in");
}

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do_with_it() {
    let app = App::new().await;
    let answer = app.stranger().get("/sign-in").await;
    let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let sheet = app.stranger().get(&forewarn_web::assets::url("app.css")).await;
    assert!(sheet.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    assert_eq!(app.stranger().get("/readyz").await.body, "ok\n");
    assert_eq!(app.stranger().get("/nothing-here").await.status, StatusCode::NOT_FOUND);
}
