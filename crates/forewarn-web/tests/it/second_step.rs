//! The second step: `/me/second-step`, `/sign-in/code`, `/sign-in/second-step`

use crate::app::{Answer, App, Visitor};
use axum::http::StatusCode;
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Role;
use forewarn_web::Passwords;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use totp_rs::{Builder, Secret};
use uuid::Uuid;

const JON: &str = "jon@norpump.example";
const PASSWORD: &str = "keep your word";

async fn person(app: &App, email: &str, role: Role) -> PersonId {
    let id = app.add(email, role).await;
    let hash = Passwords::new(Arc::new(Uuid::nil)).hash(PASSWORD, &[]).await.unwrap();
    app.store.set_password_hash(id, &hash).await.unwrap();
    id
}

async fn types_password(who: &mut Visitor<'_>, email: &str) -> Answer {
    who.post("/session", &[("email", email), ("password", PASSWORD), ("onward", "/customers")]).await
}

async fn types_code(who: &mut Visitor<'_>, code: &str) -> Answer {
    who.post("/session/code", &[("code", code)]).await
}

/// What the phone shows at that time.
fn code(secret: &str, at: Timestamp) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(at.as_second().try_into().unwrap()).to_string()
}

/// The secret that a page shows for typing.
fn secret(page: &Answer) -> String {
    let shown = page.body.split("<p class=\"mono\">").nth(1).unwrap().split('<').next().unwrap();
    shown.replace(' ', "")
}

/// The recovery codes that a page shows.
fn recovery_codes(page: &Answer) -> Vec<String> {
    let codes = page.body.split("<li class=\"mono\">").skip(1);
    codes.filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect()
}

/// Jon, signed in, turns it on; gives the secret and the recovery codes.
async fn turns_on(app: &App, jon: &mut Visitor<'_>) -> (String, Vec<String>) {
    let begun = jon.post("/me/second-step/beginning", &[("current-password", PASSWORD)]).await;
    assert_eq!(begun.leads_to(), "/me/second-step");
    let page = jon.get("/me/second-step").await;
    page.shows(&["<svg class=\"qr\"", "Turn it on"]);
    let secret = secret(&page);
    let on = jon.post("/me/second-step", &[("code", &code(&secret, app.now()))]).await;
    assert_eq!(on.status, StatusCode::OK, "{}", on.body);
    let codes = recovery_codes(&on);
    assert_eq!(codes.len(), 10);
    (secret, codes)
}

#[tokio::test]
async fn with_a_second_step_the_password_alone_lets_nobody_in() {
    for app in App::on_both().await {
        person(&app, JON, Role::Rep).await;
        let mut jon = app.stranger();
        let mut elsewhere = app.stranger();
        types_password(&mut jon, JON).await.leads_to();
        types_password(&mut elsewhere, JON).await.leads_to();
        let before = jon.cookie.clone();
        let (secret, _) = turns_on(&app, &mut jon).await;
        assert_eq!(jon.get("/customers").await.status, StatusCode::OK, "this one goes on");
        assert_ne!(jon.cookie, before, "under a new token");
        assert_eq!(elsewhere.get("/customers").await.leads_to(), "/sign-in?next=/customers");

        app.clock.advance(SignedDuration::from_mins(1));
        let mut back = app.stranger();
        assert_eq!(types_password(&mut back, JON).await.leads_to(), "/sign-in/code");
        assert_eq!(back.get("/customers").await.leads_to(), "/sign-in?next=/customers", "half-way is not in");
        let half_way = back.cookie.clone();
        assert_eq!(types_code(&mut back, "000000").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(types_code(&mut back, &code(&secret, app.now())).await.leads_to(), "/customers");
        assert_eq!(back.get("/customers").await.status, StatusCode::OK);
        assert_ne!(back.cookie, half_way, "the second step brings a new token, too");
    }
}

#[tokio::test]
async fn a_code_that_somebody_has_read_over_the_shoulder_is_worth_nothing() {
    for app in App::on_both().await {
        person(&app, JON, Role::Rep).await;
        let mut jon = app.stranger();
        types_password(&mut jon, JON).await.leads_to();
        let (secret, _) = turns_on(&app, &mut jon).await;
        let mut thief = app.stranger();
        types_password(&mut thief, JON).await.leads_to();
        let used = types_code(&mut thief, &code(&secret, app.now())).await;
        assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "it turned the second step on");

        app.clock.advance(SignedDuration::from_mins(1));
        let seen = code(&secret, app.now());
        let mut back = app.stranger();
        types_password(&mut back, JON).await.leads_to();
        types_code(&mut back, &seen).await.leads_to();
        let replayed = types_code(&mut thief, &seen).await;
        assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY);
        replayed.shows(&["not right, or has been used"]);
        let before = code(&secret, app.now() - SignedDuration::from_secs(30));
        let older = types_code(&mut thief, &before).await;
        assert_eq!(older.status, StatusCode::UNPROCESSABLE_ENTITY, "nor is one from before it");
    }
}

#[tokio::test]
async fn codes_are_guessed_five_times_and_half_way_lasts_ten_minutes() {
    let app = App::new().await;
    person(&app, JON, Role::Rep).await;
    let mut jon = app.stranger();
    types_password(&mut jon, JON).await.leads_to();
    let (secret, _) = turns_on(&app, &mut jon).await;
    app.clock.advance(SignedDuration::from_mins(1));
    let mut guesser = app.stranger();
    types_password(&mut guesser, JON).await.leads_to();
    for _ in 0..5 {
        assert_eq!(types_code(&mut guesser, "123456").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let stopped = types_code(&mut guesser, &code(&secret, app.now())).await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);

    app.clock.advance(SignedDuration::from_mins(15));
    let mut slow = app.stranger();
    types_password(&mut slow, JON).await.leads_to();
    app.clock.advance(SignedDuration::from_mins(10));
    let late = types_code(&mut slow, &code(&secret, app.now())).await;
    assert_eq!(late.leads_to(), "/sign-in", "from the beginning");
}

#[tokio::test]
async fn a_recovery_code_stands_in_once() {
    for app in App::on_both().await {
        let id = person(&app, JON, Role::Rep).await;
        let mut jon = app.stranger();
        types_password(&mut jon, JON).await.leads_to();
        let (_, codes) = turns_on(&app, &mut jon).await;
        let mut without_phone = app.stranger();
        types_password(&mut without_phone, JON).await.leads_to();
        let typed = codes[3].to_lowercase().replace('-', " ");
        assert_eq!(types_code(&mut without_phone, &typed).await.leads_to(), "/customers");
        without_phone.get("/me/security").await.shows(&["Recovery code used", "9 recovery codes"]);
        let mut again = app.stranger();
        types_password(&mut again, JON).await.leads_to();
        assert_eq!(types_code(&mut again, &typed).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let both = [("current-password", PASSWORD), ("code", codes[7].as_str())];
        let new = jon.post("/me/second-step/codes", &both).await;
        assert_eq!(recovery_codes(&new).len(), 10);
        assert_eq!(types_code(&mut again, &codes[5]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(types_code(&mut again, &recovery_codes(&new)[0]).await.leads_to(), "/customers");
        assert!(app.store.second_step(id).await.unwrap().is_some_and(|second| second.codes_left == 9));
    }
}

#[tokio::test]
async fn turning_it_on_asks_for_the_password_and_turning_it_off_for_a_code_as_well() {
    let app = App::new().await;
    let id = person(&app, JON, Role::Rep).await;
    let mut jon = app.stranger();
    types_password(&mut jon, JON).await.leads_to();
    let wrong = [("current-password", "not my password")];
    let refused = jon.post("/me/second-step/beginning", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["This is not your password"]);
    assert_eq!(jon.post("/me/second-step", &[("code", "123456")]).await.leads_to(), "/me/security");
    let (secret, _) = turns_on(&app, &mut jon).await;
    for act in ["/me/second-step/ending", "/me/second-step/codes"] {
        assert_eq!(jon.post(act, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        let no_code = jon.post(act, &[("current-password", PASSWORD), ("code", "123456")]).await;
        assert_eq!(no_code.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        no_code.shows(&["This code is not right"]);
    }
    assert!(app.store.second_step(id).await.unwrap().is_some_and(|second| second.codes_left == 10));
    app.clock.advance(SignedDuration::from_mins(16));
    let both = [("current-password", PASSWORD), ("code", &code(&secret, app.now()))];
    jon.post("/me/second-step/ending", &both).await.leads_to();
    assert!(app.store.second_step(id).await.unwrap().is_none());
    assert_eq!(types_password(&mut app.stranger(), JON).await.leads_to(), "/customers");
}

#[tokio::test]
async fn an_admin_takes_it_away_from_somebody_who_has_lost_their_phone() {
    let app = App::new().await;
    let id = person(&app, JON, Role::Rep).await;
    let mut jon = app.stranger();
    types_password(&mut jon, JON).await.leads_to();
    turns_on(&app, &mut jon).await;
    let ending = format!("/people/{id}/second-step/ending");
    assert_eq!(jon.post(&ending, &[]).await.status, StatusCode::FORBIDDEN);
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    ada.get(&format!("/people/{id}/security")).await.shows(&["Take the second step away"]);
    ada.post(&ending, &[]).await.leads_to();
    assert!(app.store.second_step(id).await.unwrap().is_none());
    assert_eq!(jon.get("/customers").await.leads_to(), "/sign-in?next=/customers", "and is signed out");
    ada.get(&format!("/people/{id}/security")).await.shows(&["Second step taken away, by ada"]);
}

#[tokio::test]
async fn where_it_is_required_of_leaders_they_set_it_up_before_they_come_in() {
    for app in App::on_both().await {
        let mia = "mia@norpump.example";
        let ada = "ada@norpump.example";
        person(&app, mia, Role::Leader).await;
        person(&app, ada, Role::Admin).await;
        person(&app, JON, Role::Rep).await;
        let (mut leader, mut admin, mut rep) = (app.stranger(), app.stranger(), app.stranger());
        types_password(&mut leader, mia).await.leads_to();
        types_password(&mut admin, ada).await.leads_to();
        types_password(&mut rep, JON).await.leads_to();
        let require = [("second-step", "leaders")];
        assert_eq!(rep.post("/settings/security", &require).await.status, StatusCode::FORBIDDEN);
        let not_yet = admin.post("/settings/security", &require).await;
        assert_eq!(not_yet.status, StatusCode::UNPROCESSABLE_ENTITY);
        not_yet.shows(&["Set up your own second step first"]);
        turns_on(&app, &mut admin).await;
        admin.post("/settings/security", &require).await.leads_to();
        assert_eq!(admin.get("/customers").await.status, StatusCode::OK);
        assert_eq!(rep.get("/customers").await.status, StatusCode::OK);
        assert_eq!(leader.get("/customers").await.leads_to(), "/sign-in?next=/customers");

        assert_eq!(types_password(&mut leader, mia).await.leads_to(), "/sign-in/second-step");
        assert_eq!(leader.get("/customers").await.leads_to(), "/sign-in?next=/customers");
        let secret = secret(&leader.get("/sign-in/second-step").await);
        let wrong = leader.post("/sign-in/second-step", &[("code", "123456")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let on = leader.post("/sign-in/second-step", &[("code", &code(&secret, app.now()))]).await;
        assert_eq!(recovery_codes(&on).len(), 10, "{}", on.body);
        assert_eq!(leader.get("/customers").await.status, StatusCode::OK);
        let off = leader.post("/me/second-step/ending", &[("current-password", PASSWORD)]).await;
        assert_eq!(off.status, StatusCode::UNPROCESSABLE_ENTITY);
        off.shows(&["can’t be turned off"]);
    }
}

#[tokio::test]
async fn it_can_be_required_of_everybody() {
    let app = App::new().await;
    person(&app, JON, Role::Rep).await;
    let (mut jon, mut ada) = (app.stranger(), app.visitor("ada@norpump.example", Role::Admin).await);
    types_password(&mut jon, JON).await.leads_to();
    ada.post("/settings/security", &[("second-step", "everybody")]).await.leads_to();
    assert_eq!(jon.get("/customers").await.leads_to(), "/sign-in?next=/customers");
    assert_eq!(types_password(&mut jon, JON).await.leads_to(), "/sign-in/second-step");
}

#[tokio::test]
async fn a_link_for_a_new_password_does_not_go_round_the_second_step() {
    let app = App::new().await;
    let id = person(&app, JON, Role::Rep).await;
    let mut jon = app.stranger();
    types_password(&mut jon, JON).await.leads_to();
    turns_on(&app, &mut jon).await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let page = ada.post(&format!("/people/{id}/invitation"), &[]).await;
    let token = page.body.split("/password/").nth(1).unwrap().split('<').next().unwrap();
    let mut finder = app.stranger();
    let chosen = finder.post(&format!("/password/{token}"), &[("password", "tell them early")]).await;
    assert_eq!(chosen.leads_to(), "/sign-in/code");
    assert_eq!(finder.get("/customers").await.leads_to(), "/sign-in?next=/customers");
}
