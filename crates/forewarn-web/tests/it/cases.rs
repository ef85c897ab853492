//! `/cases/{id}`: getting ready, handing over, keeping one's word.

use crate::app::{App, Visitor};
use crate::today::SLIPPED;
use axum::http::StatusCode;
use forewarn_domain::people::Role;
use jiff::SignedDuration;

/// Halvorsen has been told: 27 November for both lines, next word on Thursday.
pub(crate) const TOLD: [(&str, &str); 8] = [
    ("how", "spoke"),
    ("contact", "Anna Halvorsen"),
    ("line", "1"),
    ("line", "2"),
    ("expectation", "date"),
    ("date", "2026-11-27"),
    ("next_word_at", "2026-11-12T10:00"),
    ("entry", "told-1"),
];

async fn keeps(who: &mut Visitor<'_>, act: &str, fields: &[(&str, &str)]) {
    let answer = who.post(&format!("/cases/1/{act}"), fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", answer.body);
}

#[tokio::test]
async fn what_is_prepared_is_kept_and_enters_the_talk_without_what_is_internal() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        jon.get("/cases/1").await.shows(&["Call Anna Halvorsen now", "Preparation", "4471 / 10", "not told"]);
        keeps(&mut jon, "ticks", &[("tick", "facts"), ("entry", "a1")]).await;
        keeps(&mut jon, "fault", &[("fault", "ours"), ("entry", "a2")]).await;
        let cause = [("internal", "Purchasing slept"), ("customer_safe", "A test has to be repeated")];
        keeps(&mut jon, "cause", &cause).await;
        keeps(
            &mut jon,
            "actions",
            &[("what", "20 pumps go by air"), ("owner", "Petra"), ("due", "2026-11-13")],
        )
        .await;
        let option =
            [("kind", "substitute"), ("title", "P190 instead"), ("cost", "we lose 900"), ("approved", "yes")];
        keeps(&mut jon, "options", &option).await;
        let page = jon.get("/cases/1").await;
        page.shows(&[
            "Purchasing slept",
            "A test has to be repeated",
            "20 pumps go by air",
            "Petra",
            "P190 instead",
        ]);
        for beat in 1..=8 {
            let card = jon.get(&format!("/cases/1/talk/{beat}")).await;
            for internal in ["Purchasing slept", "Petra", "we lose 900"] {
                assert!(!card.body.contains(internal), "{internal} is on card {beat}");
            }
        }
        jon.get("/cases/1/talk/4").await.shows(&["This is on us", "Own it, once"]);
        jon.get("/cases/1/talk/5").await.shows(&["20 pumps go by air"]);
        jon.get("/cases/1/sheet").await.shows(&["Anna Halvorsen", "P190 instead"]);
    }
}

#[tokio::test]
async fn the_same_form_twice_does_nothing_twice() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        let action = [("what", "20 pumps go by air"), ("entry", "one")];
        keeps(&mut jon, "actions", &action).await;
        keeps(&mut jon, "actions", &action).await;
        let page = jon.get("/cases/1").await;
        assert_eq!(page.body.matches("What we do: 20 pumps go by air.").count(), 1, "in the timeline");
    }
}

#[tokio::test]
async fn a_text_that_is_longer_than_anybody_writes_is_not_kept_and_stands_there_to_be_shortened() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let long = "Purchasing slept. ".repeat(1_200);
    let refused = jon.post("/cases/1/cause", &[("internal", &long), ("entry", "c1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["“Internal” is longer than 20,000 characters. Shorten it", long.trim()]);
    assert!(!jon.get("/cases/1").await.body.contains("Purchasing slept"));
}

#[tokio::test]
async fn nobody_promises_a_word_at_the_end_of_time() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        for far in ["9999-12-30T22:00:00.999999Z", "2027-12-24T10:00"] {
            let refused = jon.post("/cases/1/next-words", &[("at", far)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{far}");
            refused.shows(&["is more than a year ahead. Choose a nearer one."]);
        }
        let not_now = [("reason", "waiting-for-date"), ("until", "9999-12-31")];
        jon.post("/cases/1/not-now", &not_now).await.shows(&["more than a year ahead"]);
        let date = TOLD.into_iter().filter(|(name, _)| *name != "date").chain([("date", "9999-12-31")]);
        let refused = jon.post("/cases/1/tellings", &date.collect::<Vec<_>>()).await;
        refused.shows(&["The new date is more than ten years ahead."]);
        for page in ["/today", "/cases/1"] {
            assert_eq!(jon.get(page).await.status, StatusCode::OK, "{page}");
        }
    }
}

#[tokio::test]
async fn a_rep_of_another_team_finds_nothing() {
    for app in App::on_both().await {
        app.add("jon@norpump.example", Role::Rep).await;
        let mut mia = app.visitor("mia@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        assert_eq!(mia.get("/cases/1").await.status, StatusCode::NOT_FOUND);
        assert_eq!(mia.get("/cases/999").await.status, StatusCode::NOT_FOUND);
        assert_eq!(mia.get("/cases/one").await.status, StatusCode::NOT_FOUND);
        for act in ["fault", "tellings", "attempts", "not-now", "closing", "owner", "viewings"] {
            let answer = mia.post(&format!("/cases/1/{act}"), &TOLD).await;
            assert!(
                matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY),
                "{act}: {}",
                answer.status
            );
            assert!(!answer.body.contains("Halvorsen Marine"), "{act}");
        }
    }
}

#[tokio::test]
async fn a_case_can_be_given_to_a_colleague() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let mut mia = app.visitor("mia@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let to = app.store.person_by_email("mia@norpump.example").await.unwrap().unwrap().id.to_string();
    keeps(&mut jon, "owner", &[("person", &to), ("reason", "on holiday"), ("entry", "g1")]).await;
    mia.get("/cases/1").await.shows(&["on holiday", "Halvorsen Marine"]);
}

#[tokio::test]
async fn opening_a_case_changes_nothing_and_looking_at_it_is_noted_once() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let seen = |body: &str| body.matches("Looked at for the first time").count();
    jon.get("/cases/1").await;
    assert_eq!(seen(&jon.get("/cases/1").await.body), 0);
    for _ in 0..2 {
        assert_eq!(jon.post("/cases/1/viewings", &[]).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(seen(&jon.get("/cases/1").await.body), 1);
}

#[tokio::test]
async fn a_word_is_kept_until_the_customer_is_back_to_business_as_usual() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import(SLIPPED).await;
        keeps(&mut jon, "tellings", &TOLD).await;
        let page = jon.get("/cases/1").await;
        page.shows(&[
            "Keep your word by Thu 12 Nov 10:00",
            "Recap for them",
            "now on Friday 27 November instead of Friday 13 November",
        ]);
        page.shows(&["mailto:anna@halvorsen.example?subject="]);
        let ics = jon.get("/cases/1/next-word.ics").await;
        ics.shows(&["BEGIN:VCALENDAR", "DTSTART:20261112T100000Z", "SUMMARY:Call Anna Halvorsen"]);
        let refused = jon.post("/cases/1/closing", &[("temperature", "calm")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(&["have not arrived yet"]);
        assert_eq!(jon.post("/cases/1/recap-taken", &[]).await.status, StatusCode::NO_CONTENT);

        app.clock.advance(SignedDuration::from_hours(72));
        jon.come_in().await;
        let kept = [("how", "spoke"), ("next_word_at", "2026-11-20T10:00"), ("entry", "k1")];
        keeps(&mut jon, "next-words/keeping", &kept).await;
        jon.get("/cases/1").await.shows(&["Next word kept in time, by phone", "Fri 20 Nov 10:00"]);

        let arrived = SLIPPED
            .replace("Expected date", "Expected date,Delivered date")
            .replace("2026-11-27\n", "2026-11-27,2026-11-12\n")
            .replace("2026-12-11\n", "2026-12-11,\n");
        app.import(&arrived).await;
        let page = jon.get("/cases/1").await;
        page.shows(&["Ask Anna Halvorsen whether all is well", "They know it arrived"]);
        keeps(&mut jon, "delivery-words", &[("line", "1"), ("entry", "d1")]).await;
        let refused = jon.post("/cases/1/closing", &[("what_we_changed", "Confirm pumps first")]).await;
        refused.shows(&["Say how they are now", "Confirm pumps first"]);
        let closing = [("temperature", "calm"), ("what_we_changed", "Confirm pumps first"), ("entry", "c1")];
        keeps(&mut jon, "closing", &closing).await;
        let page = jon.get("/cases/1").await;
        page.shows(&["back to business as usual", "Confirm pumps first", "Undo", "Next words"]);
        assert!(!page.body.contains("recap-words"), "nothing more is to be written to them");
    }
}

#[tokio::test]
async fn an_option_is_offered_once_a_leader_allows_it_and_only_while_its_day_lies_ahead() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
        app.import(SLIPPED).await;
        let air =
            [("kind", "expedite"), ("title", "20 pumps by air"), ("date", "2026-11-13"), ("entry", "o1")];
        jon.post("/cases/1/options", &air).await;
        let over =
            [("kind", "substitute"), ("title", "The larger pump"), ("date", "2026-11-02"), ("entry", "o2")];
        jon.post("/cases/1/options", &[&over[..], &[("approved", "yes")]].concat()).await;
        let page = jon.get("/cases/1").await;
        page.shows(&["not approved", "approved by jon", "its day is over"]);
        assert!(!page.body.contains("/options/1/approval"), "a rep can't allow it");
        assert_eq!(
            jon.post("/cases/1/options/1/approval", &[("entry", "o3")]).await.status,
            StatusCode::FORBIDDEN
        );

        mia.get("/cases/1").await.shows(&["/cases/1/options/1/approval"]);
        assert_eq!(mia.post("/cases/1/options/1/approval", &[("entry", "o4")]).await.leads_to(), "/cases/1");
        jon.get("/cases/1").await.shows(&["approved by mia", "Option 1 may be offered."]);
        let card = jon.get("/cases/1/talk/6").await;
        card.shows(&["20 pumps by air"]);
        assert!(!card.body.contains("The larger pump"), "its day is over: nobody is offered the past");
    }
}
