//! What each kind of letter does to its case once it has left, and not before.

use super::{accepted, handed_over, internal, jon_has_told, recap, set_up_mail};
use crate::app::App;
use crate::today::SLIPPED;
use axum::http::StatusCode;
use forewarn_domain::case::LetterEnd;
use forewarn_domain::people::Role;
use jiff::SignedDuration;

#[tokio::test]
async fn the_first_word_by_e_mail_needs_its_reason_and_tells_when_it_has_left() {
    for app in App::on_both().await {
        set_up_mail(&app).await;
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mut lea = app.visitor("lea@norpump.example", Role::Leader).await;
        app.import(SLIPPED).await;
        let page = jon.get("/cases/1/talk/after/e-mail").await;
        page.shows(&["Why e-mail first? Your leader sees the reason", "data-send", "I have sent it myself"]);
        let form = |entry| {
            let mut form = recap(entry, "Dear Anna,\n\nI have difficult news.");
            form[0] = ("kind", "first-word");
            form.extend([
                ("how", "e-mail"),
                ("contact", "Anna Halvorsen"),
                ("line", "1"),
                ("line", "2"),
                ("expectation", "date"),
                ("date", "2026-11-27"),
                ("next_word_at", "2026-11-12T10:00"),
            ]);
            form
        };
        let refused = jon.post("/cases/1/letters", &form("f1")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(&["To use e-mail first, say why", "I have difficult news.", "data-send"]);
        let form = [form("f1"), vec![("email_reason", "customer-asked")]].concat();
        jon.post("/cases/1/letters", &form).await.leads_to();
        let on_its_way = jon.get("/cases/1").await;
        on_its_way.shows(&["First word by e-mail", "leaves in a moment", "not told"]);
        lea.get("/cases/1").await.shows(&["E-mail first: they asked for it."]);
        handed_over(&app, accepted()).await;
        let told = lea.get("/cases/1").await;
        told.shows(&[
            "Told Anna Halvorsen by e-mail: 4471 / 10: Fri 27 Nov",
            "E-mail first: they asked for it.",
        ]);
        assert!(!told.body.contains("not told"), "they know");
    }
}

#[tokio::test]
async fn a_first_word_that_is_refused_tells_nobody() {
    let app = App::new().await;
    set_up_mail(&app).await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let mut form = recap("f1", "Dear Anna,\n\nI have difficult news.");
    form[0] = ("kind", "first-word");
    form.extend([("how", "e-mail"), ("contact", "Anna Halvorsen"), ("line", "1"), ("line", "2")]);
    form.extend([("expectation", "date"), ("date", "2026-11-27"), ("email_reason", "customer-asked")]);
    jon.post("/cases/1/letters", &form).await.leads_to();
    handed_over(&app, LetterEnd::Refused { answer: internal("550 no such user") }).await;
    let page = jon.get("/cases/1").await;
    page.shows(&["They have not been told: phone them", "not told", "/talk/after/e-mail?again=1"]);
    let again = jon.get("/cases/1/talk/after/e-mail?again=1").await;
    again.shows(&[
        "I have difficult news.",
        "value=\"customer-asked\" checked",
        "name=\"again\" value=\"1\"",
    ]);
}

#[tokio::test]
async fn an_update_keeps_the_word_and_names_the_next_one() {
    for app in App::on_both().await {
        let mut jon = jon_has_told(&app).await;
        jon.get("/cases/1").await.shows(&["/cases/1/letters/new?kind=update"]);
        let page = jon.get("/cases/1/letters/new?kind=update&then=2026-11-17T11:30").await;
        page.shows(&["your word of Thu 12 Nov 10:00 is kept", "Tuesday 17 November at 11:30"]);
        page.shows(&["name=\"then\" value=\"2026-11-17T11:30\""]);
        assert!(!page.body.contains("class=\"flaw"), "what we compose passes our own check: {}", page.body);
        let mut form = recap("u1", "Dear Anna,\n\nStill Friday 27 November.");
        form[0] = ("kind", "update");
        form.push(("then", "2026-11-17T11:30"));
        jon.post("/cases/1/letters", &form).await.leads_to();
        handed_over(&app, accepted()).await;
        jon.get("/cases/1").await.shows(&["Next word kept in time, by e-mail", "Tue 17 Nov 11:30"]);
    }
}

#[tokio::test]
async fn the_notice_of_arrival_tells_them_what_has_arrived() {
    for app in App::on_both().await {
        let mut jon = jon_has_told(&app).await;
        let nothing = jon.get("/cases/1/letters/new?kind=delivered").await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        nothing.shows(&["Nothing has arrived of which they do not know"]);
        app.clock.advance(SignedDuration::from_hours(1));
        let arrived = [("line", "1"), ("delivered_on", "2026-11-09"), ("entry", "a1")];
        jon.post("/cases/1/deliveries", &arrived).await.leads_to();
        jon.get("/cases/1").await.shows(&["Write to them that it arrived"]);
        let page = jon.get("/cases/1/letters/new?kind=delivered").await;
        page.shows(&["Our records show that this has arrived", "name=\"line\" value=\"1\""]);
        let mut form = recap("d1", "Dear Anna,\n\nIt has arrived. Is all well?");
        form[0] = ("kind", "delivered");
        form.push(("line", "1"));
        jon.post("/cases/1/letters", &form).await.leads_to();
        handed_over(&app, accepted()).await;
        jon.get("/cases/1").await.shows(&["They know that it arrived: 4471 / 10", "and they know"]);
    }
}

#[tokio::test]
async fn what_is_mended_after_a_refusal_is_what_leaves() {
    for app in App::on_both().await {
        set_up_mail(&app).await;
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let form = |text, reason| {
            let mut form = recap("f1", text);
            form[0] = ("kind", "first-word");
            form.extend([("how", "e-mail"), ("contact", "Anna Halvorsen"), ("line", "1"), ("line", "2")]);
            form.extend([("expectation", "date"), ("date", "2026-11-27"), ("email_reason", reason)]);
            form
        };
        let refused = jon.post("/cases/1/letters", &form("First words.", "no-answer")).await;
        refused.shows(&["there were 0", "First words."]);
        jon.post("/cases/1/letters", &form("Better words.", "customer-asked")).await.leads_to();
        let mail = handed_over(&app, accepted()).await;
        assert!(mail.mime.contains("Better words.") && !mail.mime.contains("First words."));
    }
}
