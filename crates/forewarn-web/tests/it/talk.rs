//! `/cases/{id}/talk`: from the first word to told.

use crate::app::App;
use crate::cases::TOLD;
use crate::today::SLIPPED;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use forewarn_domain::case::CaseEvent;
use forewarn_domain::ids::{CaseId, PromiseId};
use forewarn_domain::people::{Role, Scope};
use forewarn_domain::promise::Promised;
use futures_util::future::join_all;
use jiff::civil::date;

async fn promised(app: &App, promise: i64) -> Promised {
    let row = app.store.promise(Scope::Program, PromiseId(promise), app.now()).await.unwrap();
    row.unwrap().promise.promised
}

#[tokio::test]
async fn a_rep_is_guided_from_today_to_told() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let card = jon.open("/cases/1/talk").await;
        card.shows(&[
            "I have difficult news about order 4471",
            "Friday 13 November",
            "Stop talking. Let them speak.",
        ]);
        card.shows(&["name=\"said-1\" value=\"2026-11-27\""]);
        let step = |name, more: &[(&'static str, &'static str)]| {
            [&[("step", name), ("outcome", "done"), ("onward", "/cases/1/talk/2")], more].concat()
        };
        let advised = step("advise", &[("said-1", "2026-11-27"), ("said-2", "2026-11-27"), ("entry", "s1")]);
        assert_eq!(jon.post("/cases/1/steps", &advised).await.leads_to(), "/cases/1/talk/2");
        jon.post("/cases/1/steps", &[("step", "why-now"), ("outcome", "skipped"), ("entry", "s2")]).await;
        let heard = [
            ("temperature", "upset"),
            ("impact", "line-down"),
            ("words", "Our yard slot is the 12th."),
            ("entry", "s3"),
        ];
        jon.post("/cases/1/steps", &step("listen", &heard)).await;
        jon.get("/cases/1/talk/4").await.shows(&[
            "Our yard slot is the 12th.",
            "1 Tell, done",
            "2 Why now, skipped",
        ]);
        let range = [
            ("expectation", "range"),
            ("from", "2026-11-26"),
            ("to", "2026-11-30"),
            ("understood", "yes"),
            ("entry", "s4"),
        ];
        jon.post("/cases/1/steps", &step("reset", &range)).await;

        let attempt = jon.post("/cases/1/attempts", &[("outcome", "spoke"), ("entry", "s5")]).await;
        assert_eq!(attempt.leads_to(), "/cases/1/talk/after/spoke");
        let sheet = jon.get("/cases/1/talk/after/spoke").await;
        sheet.shows(&["What did Anna Halvorsen hear?", "value=\"2026-11-26\"", "value=\"2026-11-30\""]);
        let told = [
            ("how", "spoke"),
            ("contact", "Anna Halvorsen"),
            ("line", "1"),
            ("line", "2"),
            ("expectation", "range"),
            ("from", "2026-11-26"),
            ("to", "2026-11-30"),
            ("date-2", "2026-11-27"),
            ("understood", "yes"),
            ("agreed", "thinks"),
            ("answer_by", "2026-11-11"),
            ("next_word_at", "2026-11-12T10:00"),
            ("entry", "s6"),
        ];
        assert_eq!(jon.post("/cases/1/tellings", &told).await.leads_to(), "/cases/1");
        assert_eq!(jon.post("/cases/1/tellings", &told).await.leads_to(), "/cases/1", "twice says the same");
        let page = jon.get("/cases/1").await;
        page.shows(&[
            "Told 2 of 2 lines, 4 working days before the promise.",
            "understood",
            "thinks it over until Wed 11 Nov",
        ]);
        page.shows(&["between Thursday 26 November and Monday 30 November"]);
        assert_eq!(page.body.matches("Told Anna Halvorsen by phone").count(), 1, "nothing happened twice");
        let range = Promised::Range { from: date(2026, 11, 26), to: date(2026, 11, 30) };
        assert_eq!(promised(&app, 1).await, range);
        assert_eq!(promised(&app, 2).await, Promised::Date { on: date(2026, 11, 27) }, "its own date");
        jon.get("/today").await.shows(&["told 2/2", "You promised them a word by Thu 12 Nov 10:00."]);
    }
}

#[tokio::test]
async fn an_attempt_is_not_a_telling() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let attempt = jon.post("/cases/1/attempts", &[("outcome", "voicemail"), ("entry", "v1")]).await;
    let page = jon.get(attempt.leads_to()).await;
    page.shows(&["An attempt is not a telling", "Hello Anna, this is jon"]);
    assert!(!page.body.contains("27 November"), "no news on tape");
    jon.get("/today").await.shows(&["told 0/2", "Call now"]);
    let ics = jon.get("/cases/1/next-attempt.ics?at=2026-11-09T14:00").await;
    ics.shows(&["DTSTART:20261109T140000Z"]);
}

#[tokio::test]
async fn a_sheet_that_says_too_little_comes_back_with_what_was_typed() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let without = |field: &str| -> Vec<(&str, &str)> {
            TOLD.into_iter().filter(|(name, _)| *name != field).chain([("words", "No yard slot")]).collect()
        };
        for (missing, why) in [
            ("line", "Choose at least one line"),
            ("date", "Fill in the new date"),
            ("expectation", "Say what they expect now"),
            ("contact", "Say whom you told"),
            ("how", "Say how they heard it"),
        ] {
            let refused = jon.post("/cases/1/tellings", &without(missing)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{missing}");
            refused.shows(&[why, "No yard slot", "value=\"2026-11-12T10:00\""]);
        }
        let mut past = without("date");
        past.push(("date", "2026-11-01"));
        jon.post("/cases/1/tellings", &past).await.shows(&["The new date has already passed"]);
        assert_eq!(promised(&app, 1).await, Promised::Date { on: date(2026, 11, 13) });
    }
}

#[tokio::test]
async fn whoever_nobody_can_see_was_not_told() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    for unseen in ["\u{200b}", "\u{202e}\u{2066}", "\u{3164}"] {
        let told = TOLD.into_iter().filter(|(name, _)| *name != "contact").chain([("contact", unseen)]);
        let refused = jon.post("/cases/1/tellings", &told.collect::<Vec<_>>()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{unseen:?}");
        refused.shows(&["Say whom you told: a name at the customer."]);
    }
    assert_eq!(promised(&app, 1).await, Promised::Date { on: date(2026, 11, 13) });
}

#[tokio::test]
async fn a_line_that_was_ticked_often_was_told_once() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let told = [&TOLD[..], &[("line", "1"); 500], &[("date-2", "2026-11-30")]].concat();
    assert_eq!(jon.post("/cases/1/tellings", &told).await.leads_to(), "/cases/1");
    jon.get("/cases/1").await.shows(&["Told 2 of 2 lines"]);
    assert_eq!(promised(&app, 2).await, Promised::Date { on: date(2026, 11, 30) });
    let too_many = vec![("line", "7"); 10_001];
    let refused = jon.post("/cases/1/tellings", &too_many).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    refused.shows(&["more than 10,000 fields"]);
}

#[tokio::test]
async fn the_same_call_sent_several_times_at_once_is_kept_once() {
    for app in App::on_both().await {
        let id = app.add("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let told: Vec<_> = TOLD.into_iter().filter(|(name, _)| *name != "entry").collect();
        let mut tabs = Vec::new();
        for _ in 0..6 {
            tabs.push(app.at_work(id).await);
        }
        let sent = tabs.iter_mut().map(|tab| tab.post("/cases/1/tellings", &told));
        for answer in join_all(sent).await {
            assert_eq!(answer.leads_to(), "/cases/1");
        }
        let history = app.store.case(Scope::Program, CaseId(1), app.now()).await.unwrap().unwrap().history;
        let tellings = history.iter().filter(|past| matches!(past.event, CaseEvent::Told { .. }));
        assert_eq!(tellings.count(), 1);
    }
}

#[tokio::test]
async fn where_one_goes_on_to_is_a_place_of_ours() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let to = |onward: &'static str| [("step", "why-now"), ("outcome", "skipped"), ("onward", onward)];
    for (onward, leads_to) in [
        ("/cases/1/talk/2", "/cases/1/talk/2"),
        ("/cases/1#told", "/cases/1#told"),
        ("/cases/1/\r\nX-A: b", "/cases/1"),
        ("/cases/12", "/cases/1"),
        ("/team?\r\nX-A: b", "/cases/1"),
    ] {
        for act in ["acknowledgements", "steps"] {
            let answer = jon.post(&format!("/cases/1/{act}"), &to(onward)).await;
            assert_eq!(answer.leads_to(), leads_to, "{act}");
        }
    }
    let asked = [("need", "a leader"), ("onward", "/team?\r\nX-A: b")];
    assert_eq!(jon.post("/cases/1/leader-requests", &asked).await.leads_to(), "/cases/1");
}

#[tokio::test]
async fn e_mail_as_the_first_word_needs_a_reason_that_holds() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    jon.get("/cases/1/talk/after/e-mail")
        .await
        .shows(&["Why e-mail first?", "I have difficult news about order 4471"]);
    let by_mail = |more: &[(&'static str, &'static str)]| {
        let told = TOLD.into_iter().filter(|(name, _)| *name != "how").chain([("how", "e-mail")]);
        told.chain(more.iter().copied()).collect::<Vec<_>>()
    };
    jon.post("/cases/1/tellings", &by_mail(&[])).await.shows(&["To use e-mail first, say why"]);
    let tries = by_mail(&[("email_reason", "no-answer")]);
    jon.post("/cases/1/tellings", &tries).await.shows(&["holds after 2 tries"]);
    let why = by_mail(&[("email_reason", "no-other-way"), ("email_why", "They are at sea")]);
    assert_eq!(jon.post("/cases/1/tellings", &why).await.leads_to(), "/cases/1");
    jon.get("/cases/1").await.shows(&["E-mail first: They are at sea."]);
}

#[tokio::test]
async fn facts_that_move_during_the_call_are_shown_and_never_overwritten() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let advised = [
            ("step", "advise"),
            ("outcome", "done"),
            ("said-1", "2026-11-27"),
            ("said-2", "2026-11-27"),
            ("entry", "m1"),
        ];
        jon.post("/cases/1/steps", &advised).await;
        assert!(!jon.get("/cases/1/talk/6").await.body.contains("ERP now says"));
        app.clock.advance(jiff::SignedDuration::from_mins(5));
        app.import(&SLIPPED.replace("2026-11-27", "2026-11-30")).await;
        let card = jon.get("/cases/1/talk/6").await;
        card.shows(&[
            "ERP now says Mon 30 Nov for 4471 / 10; you have said Fri 27 Nov. One more line has moved.",
        ]);
        jon.post("/cases/1/acknowledgements", &[("entry", "m2")]).await;
        assert!(!jon.get("/cases/1/talk/6").await.body.contains("ERP now says"), "they have seen it");
        let told = [&TOLD[..], &[("said-1", "2026-11-27")]].concat();
        assert_eq!(jon.post("/cases/1/tellings", &told).await.leads_to(), "/cases/1");
        jon.get("/cases/1").await.shows(&["ERP now says Mon 30 Nov for 4471 / 10; you went by Fri 27 Nov."]);
        assert_eq!(promised(&app, 1).await, Promised::Date { on: date(2026, 11, 27) }, "what was said");
    }
}

#[tokio::test]
async fn an_apology_counts_only_when_it_was_said() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        jon.post("/cases/1/fault", &[("fault", "ours"), ("entry", "f1")]).await;
        let step = [("step", "acknowledge"), ("outcome", "done")];
        let silent = [&step[..], &[("acknowledged", "yes"), ("entry", "a1")]].concat();
        jon.post("/cases/1/steps", &silent).await;
        jon.get("/cases/1").await.shows(&["They were heard: concern read back.", "0 in 90 days"]);

        let said = [&step[..], &[("owned", "yes"), ("apologised", "yes"), ("entry", "a2")]].concat();
        jon.post("/cases/1/steps", &said).await;
        jon.get("/cases/1").await.shows(&["They were heard: owned, apologised for.", "1 in 90 days"]);
    }
}

#[tokio::test]
async fn nobody_is_recorded_as_having_said_what_another_has() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    app.import(SLIPPED).await;
    let page = jon.get("/cases/1/talk/after/spoke").await;
    let seen =
        page.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(ada.post("/cases/1/tellings", &TOLD).await.leads_to(), "/cases/1");
    let late: Vec<_> = TOLD.into_iter().filter(|(name, _)| *name != "entry").collect();
    let late =
        [&late[..], &[("seen", seen.as_str()), ("entry", "told-2"), ("words", "No yard slot")]].concat();
    let refused = jon.post("/cases/1/tellings", &late).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows(&["ada told this customer today 08:00", "No yard slot"]);
}

#[tokio::test]
async fn a_program_that_sends_again_hears_that_it_is_done_or_why_not() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let request = |path: &str, body: &str| {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        request.body(Body::from(body.to_owned())).unwrap()
    };
    for _ in 0..2 {
        let done = jon.send(request("/cases/1/steps", "step=advise&outcome=done&entry=j1")).await;
        assert_eq!((done.status, done.body.as_str()), (StatusCode::OK, "{\"done\":true}"));
    }
    let refused = jon.send(request("/cases/1/tellings", "how=spoke")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.headers[header::CONTENT_TYPE], "application/problem+json");
    refused.shows(&["\"status\":422", "Say whom you told"]);
}
