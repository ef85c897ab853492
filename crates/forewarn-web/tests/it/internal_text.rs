//! Rule 12: whatever our own people write for themselves, none of it is ever in a mail to a customer.

use crate::app::{Answer, App, Visitor};
use crate::cases::TOLD;
use crate::letters::{accepted, handed_over, set_up_mail};
use crate::today::SLIPPED;
use forewarn_domain::people::Role;
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Every place where our own people write for themselves.
const PLACES: usize = 7;

/// Letters of this kind, as they are composed, sent as they are.
async fn send(jon: &mut Visitor<'_>, app: &App, page: &str, form: &[(&str, &str)]) -> String {
    let composed = words(&jon.get(page).await);
    let mut fields = vec![
        ("address", "anna@halvorsen.example"),
        ("subject", "Order 4471"),
        ("text", composed.as_str()),
        ("entry", page),
    ];
    fields.extend_from_slice(form);
    jon.post("/cases/1/letters", &fields).await.leads_to();
    handed_over(app, accepted()).await.mime
}

/// The words of the letter that a page offers.
fn words(page: &Answer) -> String {
    let text = page.body.split("name=\"text\"").nth(1).unwrap_or_else(|| panic!("no letter: {}", page.body));
    let text = text.split_once('>').unwrap().1.split("</textarea").next().unwrap();
    let entities =
        [("&#34;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&#38;", "&"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

/// What a mail says, its soft line ends undone.
fn read(mime: &str) -> String {
    mime.replace("=\r\n", "")
}

/// Writes each of these where only our own people read it.
async fn write_everywhere(app: &App, jon: &mut Visitor<'_>, secrets: &[String]) {
    let [cause, owner, cost, need, concern, question, ..] = secrets else { panic!("{PLACES} places") };
    let written: [(&str, Vec<(&str, &str)>); 5] = [
        ("cause", vec![("internal", cause), ("customer_safe", "A test has to be repeated")]),
        ("actions", vec![("what", "We repeat the test"), ("owner", owner)]),
        (
            "options",
            vec![("kind", "expedite"), ("title", "20 pumps by air"), ("cost", cost), ("approved", "yes")],
        ),
        ("leader-requests", vec![("note", need)]),
        ("steps", vec![("step", "listen"), ("words", concern)]),
    ];
    for (place, fields) in written {
        jon.post(&format!("/cases/1/{place}"), &fields).await.leads_to();
    }
    let mut lea = app.visitor("lea@norpump.example", Role::Leader).await;
    lea.post("/cases/1/asks", &[("words", question.as_str())]).await.leads_to();
    lea.get("/cases/1").await.shows(&[cause, need, concern, question]);
}

async fn nothing_internal(secrets: Vec<String>) {
    let app = App::new().await;
    set_up_mail(&app).await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    write_everywhere(&app, &mut jon, &secrets).await;

    let because = [("email_reason", "no-other-way"), ("email_why", secrets[PLACES - 1].as_str())];
    let first_word =
        [("kind", "first-word"), ("how", "e-mail"), ("contact", "Anna Halvorsen"), ("line", "1")];
    let said = [
        ("line", "2"),
        ("expectation", "date"),
        ("date", "2026-11-27"),
        ("next_word_at", "2026-11-12T10:00"),
    ];
    let first_word = [first_word.as_slice(), &said, &because].concat();
    let mut mails = vec![send(&mut jon, &app, "/cases/1/talk/after/e-mail", &first_word).await];
    jon.post("/cases/1/tellings", &TOLD).await;
    mails.push(send(&mut jon, &app, "/cases/1", &[("kind", "recap")]).await);
    let update = [("kind", "update"), ("then", "2026-11-17T11:30")];
    mails.push(send(&mut jon, &app, "/cases/1/letters/new?kind=update&then=2026-11-17T11:30", &update).await);
    app.clock.advance(SignedDuration::from_hours(1));
    let arrived = [("line", "1"), ("delivered_on", "2026-11-09"), ("entry", "a1")];
    jon.post("/cases/1/deliveries", &arrived).await.leads_to();
    let delivered = [("kind", "delivered"), ("line", "1")];
    mails.push(send(&mut jon, &app, "/cases/1/letters/new?kind=delivered", &delivered).await);

    assert!(
        read(&mails[0]).contains("A test has to be repeated"),
        "what they may read is there: {}",
        mails[0]
    );
    for (mail, secret) in mails.iter().flat_map(|mail| secrets.iter().map(move |secret| (mail, secret))) {
        assert!(!read(mail).contains(secret.as_str()), "“{secret}” is in a mail: {mail}");
    }
}

#[test]
fn rule_12_no_internal_text_is_in_any_mail() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = ProptestConfig {
        cases: 4,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let secrets = proptest::collection::vec("[A-Z][a-z]{3,9} [a-z0-9]{9,14} [a-z]{2,8}", PLACES);
    let ran = TestRunner::new(config).run(&secrets, |secrets| {
        runtime.block_on(nothing_internal(secrets));
        Ok(())
    });
    ran.unwrap();
}
