//! What a stranger with a guess, a stolen cookie or an old link gets: nothing. And what people see of it.

use crate::app::{Answer, App, Visitor};
use axum::http::{StatusCode, header};
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Role;
use forewarn_store::links::Link;
use forewarn_web::{AppState, SessionLimits, TrustedProxies, links};
use jiff::SignedDuration;

const JON: &str = "jon@norpump.example";
const PASSWORD: &str = "keep your word";
const ANOTHER: &str = "tell them early";

/// Somebody of this role with a password.
async fn person(app: &App, email: &str, role: Role) -> PersonId {
    let id = app.add(email, role).await;
    link(app, email, id).await;
    let chosen = app.stranger().post(&format!("/password/{email}"), &[("password", PASSWORD)]).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    id
}

/// A link to choose a password, for a day.
async fn link(app: &App, token: &str, person: PersonId) {
    let expires_at = app.now() + SignedDuration::from_hours(24);
    let link = Link { purpose: links::PASSWORD.to_owned(), person: Some(person), expires_at };
    app.store.add_link(&links::hash(token), &link).await.unwrap();
}

async fn tries(who: &mut Visitor<'_>, password: &str) -> StatusCode {
    who.post("/session", &[("email", JON), ("password", password)]).await.status
}

/// Somebody at a browser of their own who has signed in.
async fn signed_in<'a>(app: &'a App, email: &str) -> Visitor<'a> {
    let mut visitor = app.stranger();
    visitor.headers.push(("user-agent", "Mozilla/5.0 (Windows NT 10.0) Firefox/132.0".to_owned()));
    let answer = visitor.post("/session", &[("email", email), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    visitor
}

async fn is_in(who: &mut Visitor<'_>) -> bool {
    who.get("/notices").await.status == StatusCode::OK
}

/// Where the buttons of a page lead that end one session.
fn ending(page: &Answer) -> Vec<String> {
    let actions = page.body.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let one = |action: &&str| action.starts_with("/me/sessions/") && *action != "/me/sessions/ending";
    actions.filter(one).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_cookie_planted_before_signing_in_is_worth_nothing_afterwards() {
    for app in App::on_both().await {
        person(&app, JON, Role::Rep).await;
        person(&app, "mal@norpump.example", Role::SupplyOwner).await;
        let mallory = signed_in(&app, "mal@norpump.example").await;
        let mut jon = app.stranger();
        jon.cookie = mallory.cookie.clone();
        assert_eq!(tries(&mut jon, PASSWORD).await, StatusCode::SEE_OTHER);
        assert_eq!(jon.get("/today").await.status, StatusCode::OK);
        let mut planted = app.stranger();
        planted.cookie = mallory.cookie;
        assert!(!is_in(&mut planted).await, "what was known before is out");
    }
}

#[tokio::test]
async fn a_copied_cookie_is_out_when_its_owner_signs_out() {
    let app = App::new().await;
    person(&app, JON, Role::Rep).await;
    let mut jon = signed_in(&app, JON).await;
    let mut thief = app.stranger();
    thief.cookie = jon.cookie.clone();
    assert!(is_in(&mut thief).await);
    jon.post("/session/end", &[]).await.leads_to();
    assert!(!is_in(&mut thief).await);
}

#[tokio::test]
async fn over_https_the_cookie_is_for_this_host_alone() {
    let app = App::new().await;
    person(&app, JON, Role::Rep).await;
    let cookie = |answer: Answer| answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    let typed = [("email", JON), ("password", PASSWORD)];
    let over_https = cookie(app.stranger_at(|state| state.secure(true)).post("/session", &typed).await);
    assert!(over_https.starts_with("__Host-forewarn="), "{over_https}");
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(over_https.contains(part), "{part}: {over_https}");
    }
    assert!(!over_https.contains("Domain"), "{over_https}");
    let token = over_https.split(['=', ';']).nth(1).unwrap();
    assert!(token.len() * 6 >= 128, "at least 128 bits: {token}");
    assert!(cookie(app.stranger().post("/session", &typed).await).contains("; HttpOnly"));
}

#[tokio::test]
async fn a_session_ends_by_idling_and_by_age_as_whoever_runs_it_says() {
    let app = App::new().await;
    person(&app, JON, Role::Rep).await;
    let (idle, longest) = (SignedDuration::from_mins(30), SignedDuration::from_hours(2));
    let mut jon = app.stranger_at(|state| state.sessions(SessionLimits { idle, longest }));
    tries(&mut jon, PASSWORD).await;
    for _ in 0..5 {
        app.clock.advance(SignedDuration::from_mins(20));
        assert!(is_in(&mut jon).await, "used every twenty minutes");
    }
    app.clock.advance(SignedDuration::from_mins(20));
    assert!(!is_in(&mut jon).await, "two hours are over, used or not");
    tries(&mut jon, PASSWORD).await;
    app.clock.advance(SignedDuration::from_mins(30));
    assert!(!is_in(&mut jon).await, "half an hour without use");
}

#[tokio::test]
async fn changing_the_password_asks_for_the_old_one_and_ends_all_other_sessions() {
    for app in App::on_both().await {
        person(&app, JON, Role::Rep).await;
        let (mut jon, mut elsewhere) = (signed_in(&app, JON).await, signed_in(&app, JON).await);
        let change = |current, new| [("current-password", current), ("password", new)];
        let wrong = jon.post("/me/password", &change("not my password", ANOTHER)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.shows(&["This is not your password"]);
        let common = jon.post("/me/password", &change(PASSWORD, "password123")).await;
        assert_eq!(common.status, StatusCode::UNPROCESSABLE_ENTITY);
        common.shows(&["among the first that a stranger tries"]);
        assert!(is_in(&mut elsewhere).await, "nothing has changed yet");

        let mut old = app.stranger();
        old.cookie = jon.cookie.clone();
        let long = "a sentence of nine words, over and over again. ".repeat(4);
        assert_eq!(jon.post("/me/password", &change(PASSWORD, &long)).await.leads_to(), "/me/security");
        assert!(is_in(&mut jon).await, "this one goes on");
        assert!(!is_in(&mut old).await, "under a new token");
        assert!(!is_in(&mut elsewhere).await);
        assert_eq!(tries(&mut elsewhere, PASSWORD).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(tries(&mut elsewhere, &long).await, StatusCode::SEE_OTHER);
        let too_long = jon.post("/me/password", &change(&long, &"x".repeat(1_025))).await;
        too_long.shows(&["longer than 1024"]);
    }
}

#[tokio::test]
async fn whoever_finds_an_open_session_does_not_get_to_guess_the_password() {
    let app = App::new().await;
    person(&app, JON, Role::Rep).await;
    let mut found = signed_in(&app, JON).await;
    let typed = |current| [("current-password", current), ("password", ANOTHER)];
    for _ in 0..5 {
        let wrong = found.post("/me/password", &typed("a guess of mine")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let stopped = found.post("/me/password", &typed(PASSWORD)).await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_link_to_choose_a_password_works_once_and_for_a_day_and_ends_the_sessions() {
    for app in App::on_both().await {
        let id = person(&app, JON, Role::Rep).await;
        let mut jon = signed_in(&app, JON).await;
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let made = async |ada: &mut Visitor<'_>| {
            let page = ada.post(&format!("/people/{id}/invitation"), &[]).await;
            assert_eq!(page.status, StatusCode::CREATED, "{}", page.body);
            let token = page.body.split("/password/").nth(1).unwrap().split('<').next().unwrap();
            format!("/password/{token}")
        };
        let first = made(&mut ada).await;
        let second = made(&mut ada).await;
        assert_eq!(app.stranger().get(&first).await.status, StatusCode::NOT_FOUND, "the newer one counts");
        let mut back = app.stranger();
        assert_eq!(back.post(&second, &[("password", ANOTHER)]).await.leads_to(), "/today");
        assert!(!is_in(&mut jon).await, "whoever was in is out");
        let again = app.stranger().post(&second, &[("password", "another one again")]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "it works once");
        assert_eq!(tries(&mut app.stranger(), ANOTHER).await, StatusCode::SEE_OTHER);

        let third = made(&mut ada).await;
        app.clock.advance(SignedDuration::from_hours(24));
        let late = app.stranger().post(&third, &[("password", "another one again")]).await;
        assert_eq!(late.status, StatusCode::NOT_FOUND, "a day is over");

        ada.come_in().await;
        let fourth = made(&mut ada).await;
        ada.post(&format!("/people/{id}/disabling"), &[]).await.leads_to();
        assert_eq!(app.stranger().get(&fourth).await.status, StatusCode::NOT_FOUND, "disabled");
        ada.post(&format!("/people/{id}/enabling"), &[]).await.leads_to();
        assert_eq!(app.stranger().get(&fourth).await.status, StatusCode::NOT_FOUND, "for good");
    }
}

#[tokio::test]
async fn a_new_role_is_a_new_sign_in() {
    let app = App::new().await;
    let id = person(&app, JON, Role::Admin).await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let mut jon = signed_in(&app, JON).await;
    ada.post(&format!("/people/{id}/role"), &[("role", "rep"), ("team", "1")]).await.leads_to();
    assert!(!is_in(&mut jon).await);
}

#[tokio::test]
async fn people_see_where_they_are_signed_in_and_end_it() {
    for app in App::on_both().await {
        person(&app, JON, Role::Rep).await;
        person(&app, "mia@norpump.example", Role::Rep).await;
        let mut jon = signed_in(&app, JON).await;
        let mut phone = app.stranger();
        phone.peer = Some("198.51.100.20:5000".parse().unwrap());
        phone.headers.push(("user-agent", "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1".to_owned()));
        tries(&mut phone, PASSWORD).await;
        let page = jon.get("/me/security").await;
        page.shows(&["Firefox on Windows", "this one", "Safari on iPhone", "from 198.51.100.20"]);
        let mine = ending(&page);
        assert_eq!(mine.len(), 2, "the phone, and the browser in which the password was chosen");

        let mut mia = signed_in(&app, "mia@norpump.example").await;
        assert_eq!(mia.post(&mine[0], &[]).await.status, StatusCode::NOT_FOUND, "hers are others");
        assert!(is_in(&mut phone).await);
        jon.post(&mine[0], &[]).await.leads_to();
        jon.post(&mine[1], &[]).await.leads_to();
        assert!(!is_in(&mut phone).await);
        assert!(is_in(&mut jon).await);

        tries(&mut phone, PASSWORD).await;
        jon.post("/me/sessions/ending", &[]).await.leads_to();
        assert!(!is_in(&mut phone).await, "everywhere else");
        assert!(is_in(&mut jon).await);
    }
}

#[tokio::test]
async fn an_admin_signs_somebody_out_everywhere() {
    let app = App::new().await;
    let id = person(&app, JON, Role::Rep).await;
    let mut jon = signed_in(&app, JON).await;
    let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
    let ending = format!("/people/{id}/sessions/ending");
    assert_eq!(mia.post(&ending, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(mia.get(&format!("/people/{id}/security")).await.status, StatusCode::FORBIDDEN);
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    ada.get(&format!("/people/{id}/security")).await.shows(&["Sign-in of jon", "Firefox on Windows"]);
    assert!(is_in(&mut jon).await);
    ada.post(&ending, &[]).await.leads_to();
    assert!(!is_in(&mut jon).await);
}

#[tokio::test]
async fn what_happens_around_signing_in_is_seen_by_the_person_and_by_admins_and_never_holds_a_password() {
    for app in App::on_both().await {
        let id = person(&app, JON, Role::Rep).await;
        let mut guesser = app.stranger();
        guesser.peer = Some("203.0.113.66:4000".parse().unwrap());
        for _ in 0..7 {
            tries(&mut guesser, "one of my guesses").await;
        }
        guesser.post("/session", &[("email", "one of my guesses"), ("password", "x")]).await;
        let mut jon = signed_in(&app, JON).await;
        let mine = jon.get("/me/security").await;
        mine.shows(&["Wrong password", "203.0.113.66", "Kept out for a quarter", "Signed in"]);
        assert_eq!(mine.body.matches("Kept out").count(), 1, "said once, however often it is tried");
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let all = ada.get("/settings/security").await;
        all.shows(&["Wrong password", "jon, ", "An address that is nobody’s, 203.0.113.66"]);
        let his = ada.get(&format!("/people/{id}/security")).await;
        for page in [mine, all, his] {
            assert!(!page.body.contains("one of my guesses"), "a password typed as an address, too");
        }
        assert_eq!(jon.get("/settings/security").await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn twenty_guesses_at_once_are_twenty_guesses() {
    let app = App::new().await;
    person(&app, JON, Role::Rep).await;
    let guess = async || tries(&mut app.stranger(), "one of my guesses").await;
    let answers = futures_util::future::join_all((0..20).map(|_| guess())).await;
    let judged = answers.iter().filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY).count();
    assert_eq!(judged, 5, "{answers:?}");
    assert!(answers.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count() == 15);
}

fn behind(networks: &[&str]) -> impl Fn(AppState) -> AppState {
    let networks = networks.iter().map(|network| network.parse().unwrap()).collect();
    let proxies = TrustedProxies::within(networks);
    move |state| state.proxies(proxies.clone())
}

#[tokio::test]
async fn a_forged_x_forwarded_for_gets_nobody_past_the_limits() {
    let app = App::new().await;
    person(&app, JON, Role::Rep).await;
    for (networks, peer) in [(&[][..], "203.0.113.66:4000"), (&["10.0.0.0/8"][..], "203.0.113.67:4000")] {
        let mut guesser = app.stranger_at(behind(networks));
        guesser.peer = Some(peer.parse().unwrap());
        for number in 0..5 {
            guesser.headers = vec![("x-forwarded-for", format!("198.51.100.{number}"))];
            assert_eq!(tries(&mut guesser, "one of my guesses").await, StatusCode::UNPROCESSABLE_ENTITY);
        }
        guesser.headers = vec![("x-forwarded-for", "198.51.100.99".to_owned())];
        assert_eq!(tries(&mut guesser, PASSWORD).await, StatusCode::TOO_MANY_REQUESTS, "{networks:?}");
    }
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_counts_by_itself_whatever_it_makes_up() {
    let app = App::new().await;
    person(&app, JON, Role::Rep).await;
    let mut through_proxy = app.stranger_at(behind(&["10.0.0.0/8"]));
    through_proxy.peer = Some("10.0.0.1:4000".parse().unwrap());
    for number in 0..5 {
        through_proxy.headers = vec![("x-forwarded-for", format!("198.51.100.{number}, 203.0.113.66"))];
        assert_eq!(tries(&mut through_proxy, "one of my guesses").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    through_proxy.headers = vec![("x-forwarded-for", "192.0.2.1, 203.0.113.66".to_owned())];
    assert_eq!(tries(&mut through_proxy, PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
    through_proxy.headers = vec![("x-forwarded-for", "203.0.113.67".to_owned())];
    assert_eq!(tries(&mut through_proxy, PASSWORD).await, StatusCode::SEE_OTHER, "another client");
}
