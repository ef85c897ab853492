//! `/cases/{id}/letters`: what is written to a customer leaves once, and says what became of it.

mod kinds;

use crate::app::{Answer, App, Visitor};
use crate::cases::TOLD;
use crate::today::SLIPPED;
use axum::http::StatusCode;
use forewarn_domain::case::{LetterEnd, Standing};
use forewarn_domain::ids::CaseId;
use forewarn_domain::letter::LetterState;
use forewarn_domain::people::Role;
use forewarn_domain::text::InternalText;
use forewarn_store::letters::{CLAIM_LEASE, ClaimedLetter, Letter};
use forewarn_store::replies::{NewReply, Taken};
use forewarn_store::settings::mail::{MailSecurity, MailServer, MailSettings};
use jiff::SignedDuration;

const ADDRESS: &str = "anna@halvorsen.example";

pub(crate) async fn set_up_mail(app: &App) {
    let smtp = MailServer {
        host: "localhost".into(),
        port: 25,
        security: MailSecurity::Plain,
        user: None,
        password: None,
    };
    let settings = MailSettings {
        from_address: "orders@norpump.example".into(),
        from_name: Some("Norpump".into()),
        smtp,
        imap: None,
        self_copy: None,
    };
    app.store.save_mail_settings(&settings).await.unwrap();
}

/// Jon, who has told Halvorsen Marine, where mail is set up.
async fn jon_has_told(app: &App) -> Visitor<'_> {
    set_up_mail(app).await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    assert_eq!(jon.post("/cases/1/tellings", &TOLD).await.status, StatusCode::SEE_OTHER);
    jon
}

fn recap<'a>(entry: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("kind", "recap"),
        ("address", ADDRESS),
        ("subject", "Order 4471: delayed until Friday 27 November"),
        ("text", text),
        ("entry", entry),
    ]
}

const WORDS: &str = "Dear Anna,\r\n\r\nThe date is now Friday 27 November.";

async fn letters(app: &App, who: &str) -> Vec<Letter> {
    let person = app.store.person_by_email(who).await.unwrap().unwrap();
    let all = app.store.letters_of(person.scope(), CaseId(1), app.now()).await.unwrap();
    all.into_iter().filter(|letter| letter.state != LetterState::Draft).collect()
}

/// A sender takes what is to leave, ten seconds later.
async fn claimed(app: &App) -> Vec<ClaimedLetter> {
    app.clock.advance(SignedDuration::from_secs(11));
    app.store.claim_letters("sender", app.now(), CLAIM_LEASE, 10).await.unwrap()
}

/// The same, and how the mail server ends it.
pub(crate) async fn handed_over(app: &App, end: LetterEnd) -> ClaimedLetter {
    let letter = claimed(app).await.pop().unwrap();
    let refused = matches!(end, LetterEnd::Refused { .. });
    assert!(refused || app.store.mark_dot(letter.id, "sender", app.now()).await.unwrap());
    assert!(app.store.end_letter(letter.id, "sender", &end, app.now()).await.unwrap());
    letter
}

pub(crate) fn accepted() -> LetterEnd {
    LetterEnd::Accepted { answer: internal("250 queued") }
}

fn internal(text: &str) -> InternalText {
    InternalText::new(text).unwrap()
}

/// The version of the case that a page shows.
fn seen(page: &Answer) -> String {
    let from = page.body.split("name=\"seen\" value=\"").nth(1).unwrap();
    from.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_recap_is_read_changed_and_sent_with_one_press_and_can_be_taken_back() {
    for app in App::on_both().await {
        let mut jon = jon_has_told(&app).await;
        let page = jon.get("/cases/1").await;
        page.shows(&["Recap for them", "From Norpump", ADDRESS, "Send"]);
        page.shows(&["nothing leaves before you press Send"]);
        assert!(!page.body.contains("mailto:"), "one way out, not two");
        let sent = jon.post("/cases/1/letters", &recap("r1", WORDS)).await;
        assert_eq!(sent.leads_to(), "/cases/1#letters");
        let page = jon.get("/cases/1").await;
        page.shows(&["It leaves in 10 seconds, to anna@halvorsen.example.", "leaves in a moment", "Undo"]);
        page.shows(&["Recap to Anna Halvorsen approved"]);
        let undo = page.body.split("action=\"").find(|rest| rest.contains("/cancelling\"")).unwrap();
        let undo = undo.split('"').next().unwrap();
        let back = jon.post(undo, &[("entry", "u1")]).await.leads_to().to_owned();
        let words = jon.open(&back).await;
        words.shows(&["Taken back. Nothing has left.", "The date is now Friday 27 November."]);
        assert!(claimed(&app).await.is_empty(), "nothing to hand over");
        jon.get("/cases/1").await.shows(&["taken back", "Change and send"]);
    }
}

#[tokio::test]
async fn where_mail_is_not_set_up_it_is_copied_and_the_admin_is_told_what_to_do() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    app.import(SLIPPED).await;
    jon.post("/cases/1/tellings", &TOLD).await;
    let page = jon.get("/cases/1").await;
    page.shows(&["mailto:anna@halvorsen.example", "Copy", "once an admin has set up mail"]);
    assert!(!page.body.contains("data-send"), "nothing to press");
    ada.get("/cases/1").await.shows(&["href=\"/settings/mail\""]);
    let refused = jon.post("/cases/1/letters", &recap("r1", WORDS)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["Mail is not set up", "Nothing has left", "The date is now Friday 27 November."]);
    assert_eq!(letters(&app, "jon@norpump.example").await, []);
}

#[tokio::test]
async fn the_same_form_twice_is_one_letter_whatever_was_changed_in_between() {
    for app in App::on_both().await {
        let mut jon = jon_has_told(&app).await;
        for _ in 0..2 {
            jon.post("/cases/1/letters", &recap("r1", WORDS)).await.leads_to();
        }
        jon.get("/cases/1").await;
        let changed = jon.post("/cases/1/letters", &recap("r1", "Dear Anna, other words.")).await;
        jon.open(changed.leads_to())
            .await
            .shows(&["was sent already", "What you changed since was not sent"]);
        let letters = letters(&app, "jon@norpump.example").await;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].body.as_str().contains("27 November"));
        assert_eq!(claimed(&app).await.len(), 1);
    }
}

#[tokio::test]
async fn a_page_that_is_out_of_date_sends_no_second_letter() {
    for app in App::on_both().await {
        let mut jon = jon_has_told(&app).await;
        let mut lea = app.visitor("lea@norpump.example", Role::Leader).await;
        let version = seen(&lea.get("/cases/1").await);
        jon.post("/cases/1/letters", &recap("r1", WORDS)).await.leads_to();
        let both = [recap("r2", WORDS), vec![("seen", version.as_str())]].concat();
        let late = lea.post("/cases/1/letters", &both).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        late.shows(&["jon sent this customer a letter like this (recap)", "This one was not sent"]);
        // A program that does not say what it has seen is held back by the case itself.
        let at_once = lea.post("/cases/1/letters", &recap("r3", WORDS)).await;
        assert_eq!(at_once.status, StatusCode::UNPROCESSABLE_ENTITY);
        at_once.shows(&["on its way already"]);
        handed_over(&app, accepted()).await;
        let late = lea.post("/cases/1/letters", &both).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "also when it has long left");
        assert_eq!(letters(&app, "jon@norpump.example").await.len(), 1);
    }
}

#[tokio::test]
async fn what_became_of_a_letter_stands_beside_it_in_plain_words() {
    for app in App::on_both().await {
        let mut jon = jon_has_told(&app).await;
        jon.post("/cases/1/letters", &recap("r1", WORDS)).await.leads_to();
        let letter = claimed(&app).await.pop().unwrap();
        jon.get("/cases/1").await.shows(&["It is being handed to our mail server"]);
        let (later, next) = (internal("451 greylisted"), app.now() + SignedDuration::from_mins(10));
        assert!(app.store.letter_try_later(letter.id, "sender", &later, next, app.now()).await.unwrap());
        jon.get("/cases/1").await.shows(&[
            "waiting",
            "try later (451 greylisted)",
            "The next try is today 08:10",
        ]);
        app.clock.advance(SignedDuration::from_mins(10));
        handed_over(&app, accepted()).await;
        let page = jon.get("/cases/1").await;
        page.shows(&[
            "Our mail server took it today 08:10",
            "Sent to Anna Halvorsen today 08:10",
            "Write another",
        ]);
        page.shows(&["The recap has left: our mail server took it."]);
        let letter = jon.get("/cases/1/letters/1").await;
        letter.shows(&[
            "The date is now Friday 27 November.",
            "anna@halvorsen.example",
            "today 08:00 by jon",
        ]);
    }
}

#[tokio::test]
async fn a_refused_letter_says_why_and_goes_again_to_the_right_address() {
    for app in App::on_both().await {
        let mut jon = jon_has_told(&app).await;
        jon.post("/cases/1/letters", &recap("r1", WORDS)).await.leads_to();
        handed_over(&app, LetterEnd::Refused { answer: internal("550 5.1.1 no such user") }).await;
        let page = jon.get("/cases/1").await;
        page.shows(&["refused it: 550 5.1.1 no such user", "They have not got it: phone them", "You decide"]);
        page.shows(&["tel:+4755550190", "Correct and send again", "/cases/1/letters/new?again=1"]);
        let again = jon.get("/cases/1/letters/new?again=1").await;
        again.shows(&[
            "The date is now Friday 27 November.",
            "Correct the address",
            "name=\"again\" value=\"1\"",
        ]);
        let version = seen(&again);
        let mut form = recap("r2", WORDS);
        form[1] = ("address", "anna.halvorsen@halvorsen.example");
        form.extend([("again", "1"), ("seen", version.as_str())]);
        jon.post("/cases/1/letters", &form).await.leads_to();
        let mail = handed_over(&app, accepted()).await;
        assert_eq!(mail.to, "anna.halvorsen@halvorsen.example");
        let page = jon.get("/cases/1").await;
        page.shows(&["A later one went out", "anna.halvorsen@halvorsen.example"]);
        assert!(!page.body.contains("Correct and send again"), "it is mended");
        assert_eq!(letters(&app, "jon@norpump.example").await[0].again.map(|id| id.0), Some(1));
    }
}

#[tokio::test]
async fn of_a_letter_that_nobody_knows_of_a_person_says_what_became_of_it() {
    for app in App::on_both().await {
        let mut jon = jon_has_told(&app).await;
        let mut lea = app.visitor("lea@norpump.example", Role::Leader).await;
        jon.post("/cases/1/letters", &recap("r1", WORDS)).await.leads_to();
        let lost = || LetterEnd::Unknown { trouble: internal("the connection was lost after the dot") };
        handed_over(&app, lost()).await;
        let says = ["We can't tell whether it left: the connection was lost", "Phone them, or send again."];
        let page = lea.get("/cases/1").await;
        let plain = Answer { body: page.body.replace('’', "'"), ..page };
        plain.shows(&says);
        plain.shows(&["jon decides", "Call Anna", "Send again", "They have it", "They heard it otherwise"]);
        assert!(claimed(&app).await.is_empty(), "never by itself");
        let again = jon.get("/cases/1/letters/new?again=1").await;
        again.shows(&["they may get this twice", "name=\"again\" value=\"1\""]);
        let nothing = jon.post("/cases/1/letters/1/resolution", &[("entry", "x0")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let resolution = [("how", "arrived"), ("entry", "x1")];
        jon.post("/cases/1/letters/1/resolution", &resolution).await.leads_to();
        jon.get("/cases/1")
            .await
            .shows(&["They have it; we know since today 08:00", "They have got the recap"]);
        let twice = jon.post("/cases/1/letters/1/resolution", &[("how", "arrived"), ("entry", "x2")]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        twice.shows(&["known already"]);
    }
}

#[tokio::test]
async fn nothing_internal_is_in_a_mail_and_letters_hold_together() {
    for app in App::on_both().await {
        let mut jon = jon_has_told(&app).await;
        let cause = [("internal", "Voltex let us down"), ("customer_safe", "A test has to be repeated")];
        jon.post("/cases/1/cause", &cause).await.leads_to();
        let page = jon.get("/cases/1").await;
        let composed = page.body.split("id=\"recap-words\"").nth(1).unwrap();
        let words = composed.split('>').nth(1).unwrap().split("</textarea").next().unwrap();
        assert!(words.contains("test has to be repeated") && !words.contains("Voltex"));
        jon.post("/cases/1/letters", &recap("r1", words)).await.leads_to();
        let first = handed_over(&app, accepted()).await;
        assert!(!first.mime.contains("Voltex"));
        assert_eq!((first.from.as_str(), first.to.as_str()), ("orders@norpump.example", ADDRESS));
        let mut form = recap("u1", "Dear Anna,\n\nStill Friday 27 November.");
        form[0] = ("kind", "update");
        form.push(("then", "2026-11-17T11:30"));
        jon.post("/cases/1/letters", &form).await.leads_to();
        let second = handed_over(&app, accepted()).await;
        let id = &first.message_id;
        assert!(second.mime.contains(&format!("In-Reply-To: {id}\r\n")), "{}", second.mime);
        assert!(second.mime.contains(&format!("References: {id}\r\n")), "{}", second.mime);
    }
}

#[tokio::test]
async fn a_reply_stands_in_the_case_closes_nothing_and_the_next_letter_answers_it() {
    for app in App::on_both().await {
        let mut jon = jon_has_told(&app).await;
        jon.post("/cases/1/letters", &recap("r1", WORDS)).await.leads_to();
        let recap = handed_over(&app, accepted()).await;
        let version = seen(&jon.get("/cases/1").await);
        for (id, automatic) in [("<reply@halvorsen.example>", false), ("no Message-ID \u{1f600}", false)] {
            app.clock.advance(SignedDuration::from_mins(2));
            let new = NewReply {
                message_id: id.to_owned(),
                answers: vec![recap.message_id.clone()],
                from_address: ADDRESS.to_owned(),
                from_name: Some("Anna Halvorsen".to_owned()),
                subject: internal("Re: Order 4471"),
                words: internal("The yard slot is on the 12th.\n<script>alert(1)</script>"),
                automatic,
                received_at: app.now(),
            };
            assert!(matches!(app.store.take_reply(&new, app.now()).await.unwrap(), Taken::Joined(..)));
        }
        let page = jon.get("/cases/1").await;
        page.shows(&["Anna Halvorsen replied", "today 08:02", "The yard slot is on the 12th.", "bell-count"]);
        page.shows(&["Anna Halvorsen replied.", "Next words"]);
        assert!(!page.body.contains("<script>alert"), "their words are text");
        assert_ne!(seen(&page), version);
        jon.get("/cases/1/letters/1").await.shows(&["The yard slot is on the 12th."]);
        let mut form = self::recap("u1", "Dear Anna,\n\nStill Friday 27 November.");
        form[0] = ("kind", "update");
        form.push(("then", "2026-11-17T11:30"));
        jon.post("/cases/1/letters", &form).await.leads_to();
        let answer = handed_over(&app, accepted()).await;
        assert!(answer.mime.contains("In-Reply-To: <reply@halvorsen.example>\r\n"), "{}", answer.mime);
        assert!(answer.mime.contains(&recap.message_id), "{}", answer.mime);
    }
}

#[tokio::test]
async fn an_address_that_is_none_and_words_that_are_missing_are_said_with_what_was_typed() {
    let app = App::new().await;
    let mut jon = jon_has_told(&app).await;
    for address in ["anna", "anna@halvorsen.example\r\nBcc: all@halvorsen.example", ""] {
        let mut form = recap("r1", "Dear Anna, kept words.");
        form[1] = ("address", address);
        let refused = jon.post("/cases/1/letters", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{address:?}");
        refused.shows(&["Dear Anna, kept words.", "data-send"]);
    }
    let refused = jon.post("/cases/1/letters", &recap("r1", "")).await;
    refused.shows(&["There are no words in the letter."]);
    jon.post("/cases/1/letters", &recap("r1", "Dear Anna, kept words.")).await.leads_to();
    assert_eq!(letters(&app, "jon@norpump.example").await.len(), 1, "mended, it is sent");
}

#[tokio::test]
async fn a_rep_of_another_team_finds_no_letter() {
    let app = App::new().await;
    let mut jon = jon_has_told(&app).await;
    let mut mia = app.visitor("mia@norpump.example", Role::Rep).await;
    jon.post("/cases/1/letters", &recap("r1", WORDS)).await.leads_to();
    for path in ["/cases/1/letters/1", "/cases/1/letters/new?kind=recap", "/cases/1/letters/new?again=1"] {
        assert_eq!(mia.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for act in ["letters", "letters/1/cancelling", "letters/1/resolution"] {
        let answer = mia.post(&format!("/cases/1/{act}"), &recap("m1", WORDS)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act}");
    }
    assert_eq!(jon.get("/cases/2/letters/1").await.status, StatusCode::NOT_FOUND, "not of that case");
    let person = app.store.person_by_email("jon@norpump.example").await.unwrap().unwrap();
    let file = app.store.case(person.scope(), CaseId(1), app.now()).await.unwrap().unwrap();
    assert!(file.case.letters.values().all(|letter| letter.standing == Standing::UnderWay));
}
