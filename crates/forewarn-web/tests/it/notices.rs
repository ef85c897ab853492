//! `/notices` and `/n/{token}`: what waits for a person, and one safe tap from a mail or a chat.

use crate::app::{App, Visitor};
use crate::today::SLIPPED;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use forewarn_domain::ids::{CaseId, PersonId};
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::people::Role;
use forewarn_store::notices::NewNotice;
use jiff::SignedDuration;
use uuid::Uuid;

/// Jon has slept over a slip until the clocks have told him.
async fn late(app: &App) -> Visitor<'_> {
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    app.clock.advance(SignedDuration::from_hours(5));
    app.store.tick(app.now()).await.unwrap();
    jon.come_in().await;
    jon
}

/// The link in the mail that has left by now.
async fn link(app: &App) -> String {
    let fresh = || Uuid::from_u128(0x5eed);
    let lease = SignedDuration::from_mins(1);
    let claimed = app.store.claim_deliveries((true, false), app.now(), lease, 9, &fresh).await.unwrap();
    claimed.into_iter().next().unwrap().link
}

fn request(method: Method, path: &str, origin: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header("sec-fetch-site", origin);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Body::from("act=on-it")).unwrap()
}

#[tokio::test]
async fn the_bell_counts_what_is_new_and_the_list_says_what_why_and_since_when() {
    for app in App::on_both().await {
        let mut jon = late(&app).await;
        let today = jon.get("/today").await;
        today.shows(&["href=\"/notices\"", "<span class=\"bell-count\">1</span>"]);
        let list = jon.get("/notices").await;
        list.shows(&["Halvorsen Marine", "New", "today 13:00", "I’m on it", "href=\"/cases/1\""]);
        jon.get("/today").await.shows(&["bell-count"]);
        jon.post("/notices/seen", &[("entry", "s1")]).await.leads_to();
        assert!(!jon.get("/today").await.body.contains("bell-count"), "seen");
        jon.get("/notices").await.shows(&["Halvorsen Marine", "I’m on it"]);
    }
}

#[tokio::test]
async fn being_on_it_is_said_once_shows_on_the_case_and_lapses() {
    for app in App::on_both().await {
        let mut jon = late(&app).await;
        let mut lea = app.visitor("lea@norpump.example", Role::Leader).await;
        assert_eq!(lea.post("/notices/1/acting", &[]).await.status, StatusCode::NOT_FOUND, "not hers");
        for _ in 0..2 {
            jon.post("/notices/1/acting", &[("entry", "o1")]).await.leads_to();
        }
        jon.get("/notices").await.shows(&["You are on it until", "you are on it since today 13:00"]);
        lea.get("/cases/1").await.shows(&["jon is on it until"]);
        app.clock.advance(SignedDuration::from_hours(30));
        lea.come_in().await;
        assert!(!lea.get("/cases/1").await.body.contains("jon is on it until"), "it was a lease");
    }
}

#[tokio::test]
async fn opening_the_case_has_seen_its_notices() {
    let app = App::new().await;
    let mut jon = late(&app).await;
    assert_eq!(jon.post("/cases/1/viewings", &[]).await.status, StatusCode::NO_CONTENT);
    assert!(!jon.get("/today").await.body.contains("bell-count"));
}

#[tokio::test]
async fn looking_at_a_link_changes_nothing_and_a_tap_acts_once() {
    for app in App::on_both().await {
        let _jon = late(&app).await;
        let link = link(&app).await;
        let mut anybody = app.stranger();
        let jon = app.store.person_by_email("jon@norpump.example").await.unwrap().unwrap();
        let before = app.store.notices_of(jon.id, 9).await.unwrap();
        let version = async || {
            let file = app.store.case(jon.scope(), CaseId(1), app.now()).await.unwrap().unwrap();
            file.case.version
        };
        let (versions, now) = (version().await, app.now());
        for method in [Method::GET, Method::HEAD] {
            let look = anybody.send(request(method, &link, "cross-site")).await;
            assert_eq!(look.status, StatusCode::OK);
        }
        let look = anybody.get(&link).await;
        look.shows(&["Halvorsen Marine", "For jon", "I’m on it", "Open the case", "href=\"/cases/1\""]);
        assert!(!look.body.contains("4471 / 10"), "the notice, and nothing else of the case");
        assert_eq!(app.store.notices_of(jon.id, 9).await.unwrap(), before);
        assert_eq!(version().await, versions);

        let foreign = anybody.send(request(Method::POST, &link, "cross-site")).await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN);
        assert_eq!(version().await, versions);

        for _ in 0..2 {
            let tapped = anybody.send(request(Method::POST, &link, "same-origin")).await;
            anybody.get(tapped.leads_to()).await.shows(&["You are on it until", "Open the case"]);
        }
        assert_eq!(version().await, versions + 1, "once");
        assert_eq!(app.store.notices_of(jon.id, 9).await.unwrap()[0].acted_at, Some(now));
    }
}

#[tokio::test]
async fn a_link_that_has_ended_or_never_was_says_so_kindly() {
    for app in App::on_both().await {
        let _jon = late(&app).await;
        let link = link(&app).await;
        app.clock.advance(SignedDuration::from_hours(8 * 24));
        let mut anybody = app.stranger();
        for path in [link.as_str(), "/n/0", "/n/%F0%9F%98%80"] {
            let gone = anybody.get(path).await;
            assert_eq!(gone.status, StatusCode::GONE, "{path}");
            gone.shows(&["This link does not work any more", "Sign in"]);
            anybody.send(request(Method::POST, path, "same-origin")).await.leads_to();
        }
    }
}

#[tokio::test]
async fn a_link_of_somebody_who_may_not_come_in_any_more_does_nothing() {
    let app = App::new().await;
    let _jon = late(&app).await;
    let link = link(&app).await;
    let jon = app.store.person_by_email("jon@norpump.example").await.unwrap().unwrap();
    app.store.disable_person(jon.id, None, app.now()).await.unwrap();
    let mut anybody = app.stranger();
    assert_eq!(anybody.get(&link).await.status, StatusCode::GONE);
    anybody.send(request(Method::POST, &link, "same-origin")).await.leads_to();
    assert_eq!(app.store.notices_of(jon.id, 9).await.unwrap()[0].acted_at, None);
}

#[tokio::test]
async fn a_notice_without_a_ladder_is_to_be_read_and_nothing_more() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let notice = NewNotice {
        key: "reply-1".into(),
        person: PersonId(1),
        case: Some(CaseId(1)),
        kind: NoticeKind::Reply,
        subject: "Halvorsen Marine: Anna Halvorsen replied".into(),
        words: "Their words are in the case.".into(),
        why: None,
        hot: false,
    };
    app.store.notify(notice, app.now()).await.unwrap();
    let list = jon.get("/notices").await;
    list.shows(&["Anna Halvorsen replied", "Open the case"]);
    assert!(!list.body.contains("I’m on it"));
}

#[tokio::test]
async fn the_weekly_words_of_a_leader_are_three_lines_that_lead_to_team() {
    for app in App::on_both().await {
        let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
        let _jon = app.add("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        app.clock.advance(SignedDuration::from_hours(2));
        assert_eq!(app.store.write_weekly_words(app.now()).await.unwrap(), 1);
        assert_eq!(app.store.write_weekly_words(app.now()).await.unwrap(), 0, "once a week");
        let page = mia.get("/notices").await;
        page.shows(&[
            "Your week: 1 known and not told",
            "Known, not told: 1 customer. Halvorsen Marine",
            "Told last week: nobody.",
        ]);
        page.shows(&["Due this week: 1 customer to be told", "href=\"/team\"", "Open Team"]);
        mia.cookie = None;
        let link = link(&app).await;
        mia.get(&link).await.shows(&["Your week", "Open Team", "This link is yours alone"]);
    }
}
