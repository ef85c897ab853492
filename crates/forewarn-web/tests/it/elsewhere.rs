//! `/session/elsewhere`, `/sign-in/elsewhere`: signing in through the company's own provider.

use crate::app::{Answer, App, Visitor};
use crate::provider::Provider;
use axum::http::StatusCode;
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Role;
use forewarn_outreach::oidc::{Provider as Door, ProviderSettings};
use forewarn_web::{AppState, Elsewhere};
use jiff::SignedDuration;
use serde_json::json;

const JON: &str = "jon@norpump.example";

/// Forewarn with that provider, as a company sets it up.
fn with<'a>(app: &'a App, provider: &Provider, only: bool, add_people: bool) -> Visitor<'a> {
    let settings = ProviderSettings {
        issuer: provider.issuer().to_owned(),
        client_id: "forewarn".to_owned(),
        client_secret: Some("the secret of Forewarn".to_owned()),
        back_to: "http://forewarn.example/sign-in/elsewhere".to_owned(),
        allowed: vec!["127.0.0.0/8".parse().unwrap()],
    };
    let door = Door::new(settings).unwrap();
    let elsewhere = Elsewhere { provider: door, name: "Norpump".to_owned(), only, add_people };
    app.stranger_at(|state: AppState| state.elsewhere(elsewhere))
}

/// Leaves for the provider: where to.
async fn leaves(who: &mut Visitor<'_>) -> String {
    let page = who.post("/session/elsewhere", &[("onward", "/customers")]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let address = page.body.split("url=").nth(1).unwrap().split('"').next().unwrap();
    address.replace("&#38;", "&").replace("&amp;", "&")
}

/// Signs in there and comes back.
async fn comes_back(who: &mut Visitor<'_>, provider: &Provider) -> Answer {
    let (code, state) = provider.signs_in(&leaves(who).await);
    who.get(&format!("/sign-in/elsewhere?code={code}&state={state}")).await
}

async fn set_up(app: &App) -> (Provider, PersonId) {
    (Provider::start(app.now().as_second()), app.add(JON, Role::Rep).await)
}

#[track_caller]
fn refused(answer: &Answer, why: &str) {
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
    answer.shows(&[why]);
}

#[tokio::test]
async fn whoever_the_provider_knows_by_their_address_is_let_in_and_known_from_then_on() {
    for app in App::on_both().await {
        let (provider, id) = set_up(&app).await;
        let mut jon = with(&app, &provider, false, false);
        jon.get("/sign-in").await.shows(&["Sign in with Norpump", "Password"]);
        assert_eq!(comes_back(&mut jon, &provider).await.leads_to(), "/customers");
        assert_eq!(jon.get("/customers").await.status, StatusCode::OK);
        assert!(app.store.has_identity(id).await.unwrap());

        provider.says(|says| says.email = "jon.eide@another.example");
        let mut again = with(&app, &provider, false, false);
        assert_eq!(comes_back(&mut again, &provider).await.leads_to(), "/customers", "known by the subject");

        let left = again.post("/session/end", &[]).await;
        assert_eq!(left.status, StatusCode::OK);
        left.shows(&["/end?client_id=forewarn"]);
        assert_eq!(again.get("/customers").await.leads_to(), "/sign-in?next=/customers");
    }
}

#[tokio::test]
async fn an_address_that_the_provider_has_not_made_sure_of_lets_nobody_in() {
    let app = App::new().await;
    let (provider, id) = set_up(&app).await;
    provider.says(|says| says.verified = false);
    let mut mallory = with(&app, &provider, false, true);
    refused(&comes_back(&mut mallory, &provider).await, "that it has made sure of");
    assert!(!app.store.has_identity(id).await.unwrap());
    assert_eq!(mallory.get("/customers").await.leads_to(), "/sign-in?next=/customers");
}

#[tokio::test]
async fn a_second_person_of_the_provider_does_not_get_somebody_elses_account() {
    let app = App::new().await;
    let (provider, _) = set_up(&app).await;
    comes_back(&mut with(&app, &provider, false, false), &provider).await.leads_to();
    provider.says(|says| says.subject = "mallory-66");
    let answer = comes_back(&mut with(&app, &provider, false, false), &provider).await;
    refused(&answer, "belongs to somebody else");
}

#[tokio::test]
async fn a_token_that_was_not_made_for_this_sign_in_lets_nobody_in() {
    let app = App::new().await;
    let (provider, _) = set_up(&app).await;
    let now = app.now().as_second();
    for (claim, value) in [
        ("nonce", json!("of-another-sign-in")),
        ("nonce", json!(null)),
        ("iss", json!("https://another.example")),
        ("aud", json!("another-client")),
        ("exp", json!(now - 1)),
    ] {
        provider.says(|says| says.instead = vec![(claim, value.clone())]);
        let mut mallory = with(&app, &provider, false, false);
        let answer = comes_back(&mut mallory, &provider).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{claim} {value}: {}", answer.body);
        answer.shows(&["can’t be trusted"]);
        assert_eq!(mallory.get("/customers").await.leads_to(), "/sign-in?next=/customers", "{claim}");
    }
    provider.says(|says| {
        says.instead.clear();
        says.with_another_key = true;
    });
    refused(&comes_back(&mut with(&app, &provider, false, false), &provider).await, "can’t be trusted");
    provider.says(|says| says.with_another_key = false);
    comes_back(&mut with(&app, &provider, false, false), &provider).await.leads_to();
}

#[tokio::test]
async fn an_answer_belongs_to_the_browser_that_asked_and_is_good_once() {
    let app = App::new().await;
    let (provider, _) = set_up(&app).await;
    let back = |code: &str, state: &str| format!("/sign-in/elsewhere?code={code}&state={state}");
    let mut mallory = with(&app, &provider, false, false);
    let (code, state) = provider.signs_in(&leaves(&mut mallory).await);

    let mut victim = with(&app, &provider, false, false);
    refused(&victim.get(&back(&code, &state)).await, "was begun elsewhere");
    leaves(&mut victim).await;
    refused(&victim.get(&back(&code, &state)).await, "was begun elsewhere");
    let (_, of_victim) = provider.signs_in(&leaves(&mut victim).await);
    refused(&victim.get(&back(&code, &of_victim)).await, "can’t be trusted");

    let iss = format!("{}&iss=https://another.example", back(&code, &state));
    refused(&mallory.get(&iss).await, "can’t be trusted");
    refused(&mallory.get(&back(&code, &state)).await, "was begun elsewhere");

    let (code, state) = provider.signs_in(&leaves(&mut mallory).await);
    app.clock.advance(SignedDuration::from_mins(15));
    refused(&mallory.get(&back(&code, &state)).await, "too long ago");
}

#[tokio::test]
async fn nobody_is_added_unless_it_is_set_up_so_and_whoever_is_disabled_stays_out() {
    let app = App::new().await;
    let (provider, id) = set_up(&app).await;
    provider.says(|says| {
        says.subject = "new-1";
        says.email = "nils@norpump.example";
    });
    let refusal = comes_back(&mut with(&app, &provider, false, false), &provider).await;
    refused(&refusal, "There is no account here for nils@norpump.example");
    assert!(app.store.person_by_email("nils@norpump.example").await.unwrap().is_none());
    comes_back(&mut with(&app, &provider, false, true), &provider).await.leads_to();
    let nils = app.store.person_by_email("nils@norpump.example").await.unwrap().unwrap();
    assert_eq!((nils.role, nils.has_password), (Role::Rep, false));

    app.store.disable_person(id, None, app.now()).await.unwrap();
    provider.says(|says| {
        says.subject = "anna-4711";
        says.email = JON;
    });
    refused(&comes_back(&mut with(&app, &provider, false, true), &provider).await, "is disabled");
}

#[tokio::test]
async fn where_the_provider_is_the_only_way_in_no_password_is() {
    let app = App::new().await;
    let (provider, id) = set_up(&app).await;
    let hash = forewarn_web::Passwords::new(std::sync::Arc::new(uuid::Uuid::nil));
    let hash = hash.hash("keep your word", &[]).await.unwrap();
    app.store.set_password_hash(id, &hash).await.unwrap();
    let mut jon = with(&app, &provider, true, false);
    let page = jon.get("/sign-in").await;
    page.shows(&["Sign in with Norpump"]);
    assert!(!page.body.contains("type=\"password\""));
    let typed = [("email", JON), ("password", "keep your word")];
    assert_eq!(jon.post("/session", &typed).await.status, StatusCode::FORBIDDEN);
    comes_back(&mut jon, &provider).await.leads_to();
    assert!(!jon.get("/me/security").await.body.contains("type=\"password\""));
}

#[tokio::test]
async fn a_provider_inside_of_the_network_is_only_asked_where_that_is_allowed() {
    let app = App::new().await;
    let (provider, _) = set_up(&app).await;
    let settings = ProviderSettings {
        issuer: provider.issuer().to_owned(),
        client_id: "forewarn".to_owned(),
        client_secret: None,
        back_to: "http://forewarn.example/sign-in/elsewhere".to_owned(),
        allowed: Vec::new(),
    };
    let provider = Door::new(settings).unwrap();
    let elsewhere = Elsewhere { provider, name: "Norpump".to_owned(), only: false, add_people: false };
    let mut jon = app.stranger_at(|state| state.elsewhere(elsewhere));
    let answer = jon.post("/session/elsewhere", &[]).await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    answer.shows(&["can’t be reached at present"]);
}
