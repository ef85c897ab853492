use std::time::Duration;

use forewarn_outreach::smtp::{Cause, Connection, Envelope, HandOver, Phase};
use forewarn_testing::{Deed, FakeSmtp, Moment, Script};

use crate::mails::{envelope, hand_over, mailbox, mime, server};

#[tokio::test]
async fn a_mail_arrives_byte_for_byte_and_only_its_envelope_says_to_whom() {
    let fake = FakeSmtp::start().unwrap();
    let end = hand_over(&server(&fake)).await;
    assert!(matches!(end, HandOver::Accepted { ref answer } if answer.code == 250), "{end:?}");
    let taken = fake.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].mime, mime("one"));
    assert_eq!(
        (taken[0].from.as_str(), taken[0].to.as_slice()),
        ("kari@example.com", &["anna@halvorsen.example".to_owned()][..])
    );
    assert_eq!(taken[0].message_id.as_deref(), Some("<one@example.com>"));
}

#[tokio::test]
async fn before_the_dot_all_of_the_text_is_gone_and_nothing_is_taken() {
    let fake = FakeSmtp::start().unwrap();
    let mut connection = Connection::open(&server(&fake)).await.unwrap();
    let asked = || async {
        assert!(fake.taken().is_empty());
        true
    };
    assert!(matches!(
        connection.hand_over(&envelope(), mime("a").as_bytes(), asked).await,
        HandOver::Accepted { .. }
    ));
    assert_eq!(fake.taken().len(), 1);
}

#[tokio::test]
async fn a_no_before_the_dot_drops_the_connection_and_sends_nothing() {
    let fake = FakeSmtp::start().unwrap();
    let mut connection = Connection::open(&server(&fake)).await.unwrap();
    let end = connection.hand_over(&envelope(), mime("a").as_bytes(), || async { false }).await;
    assert_eq!(end, HandOver::Stopped);
    assert!(!connection.is_open());
    assert!(matches!(hand_over(&server(&fake)).await, HandOver::Accepted { .. }));
    assert_eq!(fake.taken().len(), 1, "only the second");
}

/// What each trouble at each moment becomes.
#[tokio::test]
async fn every_trouble_has_its_one_meaning() {
    use Moment::{Data, Dot, Recipient, Sender};
    let stall = || Deed::Stall(Duration::from_secs(60));
    let table = [
        (Sender, Deed::answer("451 4.7.1 greylisted"), "later"),
        (Sender, Deed::answer("550 5.7.1 not you"), "refused"),
        (Recipient, Deed::answer("550 5.1.1 no such user"), "refused"),
        (Recipient, Deed::answer("452 4.5.3 too many"), "later, reconnect"),
        (Recipient, Deed::answer("421 4.3.2 closing"), "later, reconnect"),
        (Recipient, Deed::Drop, "later, reconnect"),
        (Recipient, stall(), "later, reconnect"),
        (Data, Deed::answer("554 5.5.1 no"), "refused"),
        (Data, Deed::answer("451 4.3.0 full"), "later"),
        (Data, Deed::answer("250 odd"), "later, reconnect"),
        (Data, Deed::Drop, "later, reconnect"),
        (Dot, Deed::answer("451 4.3.0 try again"), "later, reconnect"),
        (Dot, Deed::answer("452 4.3.1 disk full"), "later, reconnect"),
        (Dot, Deed::answer("552 5.3.4 too big"), "refused"),
        (Dot, Deed::answer("354 odd"), "unknown"),
        (Dot, Deed::answer("hello?"), "unknown"),
        (Dot, Deed::Drop, "unknown"),
        (Dot, Deed::TakeAndDrop, "unknown"),
        (Dot, Deed::AnswerAndTake("451 4.3.0 about something else".to_owned()), "unknown"),
        (Dot, Deed::AnswerAndTake("554 5.7.1 about something else".to_owned()), "unknown"),
        (Dot, stall(), "unknown"),
        (Dot, Deed::TakeAndAnswerAfter(Duration::from_millis(50)), "accepted"),
    ];
    for (moment, deed, expected) in table {
        let fake = FakeSmtp::scripted(vec![Script::accepts().at(moment, deed.clone())]).unwrap();
        let mut connection = Connection::open(&server(&fake)).await.unwrap();
        // Long enough that the server has read, and answered, something before the dot.
        let wait = || async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            true
        };
        let end = connection.hand_over(&envelope(), mime("a").as_bytes(), wait).await;
        let meaning = match &end {
            HandOver::Accepted { .. } => "accepted",
            HandOver::Refused { .. } => "refused",
            HandOver::Later { reconnect: true, .. } => "later, reconnect",
            HandOver::Later { reconnect: false, .. } => "later",
            HandOver::Stopped => "stopped",
            HandOver::Unknown { .. } => "unknown",
        };
        assert_eq!(meaning, expected, "{moment:?} {deed:?}: {end:?}");
        let taken = usize::from(matches!(
            deed,
            Deed::TakeAndDrop | Deed::AnswerAndTake(_) | Deed::TakeAndAnswerAfter(_)
        ));
        assert_eq!(fake.taken().len(), taken, "{moment:?} {deed:?}");
    }
}

#[tokio::test]
async fn what_happens_in_the_middle_of_the_text_is_not_taken_for_the_answer_to_the_dot() {
    let deeds = [Deed::answer("250 2.0.0 taken"), Deed::answer("421 4.3.2 closing"), Deed::Drop];
    for deed in deeds {
        let fake = FakeSmtp::scripted(vec![Script::accepts().at(Moment::Content, deed.clone())]).unwrap();
        let mut connection = Connection::open(&server(&fake)).await.unwrap();
        let long = format!("{}\r\n{}", mime("a"), "a line of text\r\n".repeat(400_000));
        let end = connection.hand_over(&envelope(), long.as_bytes(), || async { true }).await;
        let HandOver::Later { trouble, reconnect: true } = end else { panic!("{deed:?}: {end:?}") };
        assert_eq!(trouble.phase, Phase::Content, "{deed:?}");
        assert!(fake.taken().is_empty());
    }
}

#[tokio::test]
async fn after_a_refusal_the_same_connection_carries_the_next_mail() {
    let script = Script::accepts().at(Moment::Recipient, Deed::answer("451 4.7.1 greylisted")).after(1);
    let fake = FakeSmtp::scripted(vec![script]).unwrap();
    let mut connection = Connection::open(&server(&fake)).await.unwrap();
    let yes = || async { true };
    let first = connection.hand_over(&envelope(), mime("a").as_bytes(), yes).await;
    assert!(matches!(first, HandOver::Accepted { .. }), "{first:?}");
    for _ in 0..2 {
        let later = connection.hand_over(&envelope(), mime("b").as_bytes(), yes).await;
        assert!(matches!(later, HandOver::Later { reconnect: false, .. }), "{later:?}");
    }
    connection.quit().await;
    assert_eq!((fake.taken().len(), fake.connections()), (1, 1));
}

#[tokio::test]
async fn a_full_session_is_continued_on_a_new_connection() {
    let fake = FakeSmtp::deciding(|_| {
        Script::accepts().at(Moment::Recipient, Deed::answer("452 4.5.3 Too many recipients")).after(3)
    })
    .unwrap();
    let server = server(&fake);
    let mut connection = Connection::open(&server).await.unwrap();
    let mut left: Vec<String> = (0..8).map(|number| format!("mail-{number}")).collect();
    while let Some(unique) = left.pop() {
        match connection.hand_over(&envelope(), mime(&unique).as_bytes(), || async { true }).await {
            HandOver::Accepted { .. } => {}
            HandOver::Later { reconnect: true, .. } => {
                left.push(unique);
                connection = Connection::open(&server).await.unwrap();
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((fake.taken().len(), fake.connections()), (8, 3));
}

#[tokio::test]
async fn a_copy_for_ourselves_is_in_the_envelope_alone_and_its_refusal_stops_nothing() {
    let refused = Script::accepts().at(Moment::FurtherRecipient, Deed::answer("550 5.1.1 no such user"));
    let fake = FakeSmtp::scripted(vec![Script::accepts(), refused]).unwrap();
    let with_copy = Envelope { copy: Some(mailbox("sent@example.com")), ..envelope() };
    for _ in 0..2 {
        let mut connection = Connection::open(&server(&fake)).await.unwrap();
        let end = connection.hand_over(&with_copy, mime("a").as_bytes(), || async { true }).await;
        assert!(matches!(end, HandOver::Accepted { .. }), "{end:?}");
    }
    let taken = fake.taken();
    assert_eq!(taken[0].to, ["anna@halvorsen.example", "sent@example.com"]);
    assert_eq!(taken[1].to, ["anna@halvorsen.example"]);
    assert!(!taken[0].mime.contains("sent@example.com"));
}

#[tokio::test]
async fn a_probe_asks_and_sends_nothing() {
    let scripts = vec![
        Script::accepts(),
        Script::accepts().at(Moment::Recipient, Deed::answer("550 5.1.1 no such user")),
    ];
    let fake = FakeSmtp::scripted(scripts).unwrap();
    Connection::open(&server(&fake)).await.unwrap().probe(&envelope()).await.unwrap();
    let trouble = Connection::open(&server(&fake)).await.unwrap().probe(&envelope()).await.unwrap_err();
    assert_eq!(trouble.phase, Phase::Recipient);
    assert!(matches!(&trouble.cause, Cause::Answered(answer) if answer.text == "5.1.1 no such user"));
    assert!(
        trouble.to_string().contains("at the recipient: it said \"550 5.1.1 no such user\""),
        "{trouble}"
    );
    assert!(fake.taken().is_empty());
}

#[tokio::test]
async fn a_hand_over_can_run_on_another_thread() {
    let fake = FakeSmtp::start().unwrap();
    let server = server(&fake);
    let end = tokio::spawn(async move { hand_over(&server).await }).await.unwrap();
    assert!(matches!(end, HandOver::Accepted { .. }));
}
