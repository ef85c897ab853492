//! Messages to other programs: believed by an implementation that is not ours, and by nobody once anything is changed.

use std::io;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use forewarn_outreach::http::{Guard, Http, HttpTrouble};
use forewarn_outreach::webhook::{self, Message};
use forewarn_testing::{FakeChat, Posted, Reply};
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use standardwebhooks::Webhook;

const PAYLOAD: &str = r#"{"type":"customer.told","data":{"case":7,"customer":{"name":"Bröd & Sønn"}}}"#;

fn http(guard: Guard) -> Http {
    Http::new(guard, Duration::from_secs(2)).unwrap()
}

fn here() -> Guard {
    Guard::allowing(vec!["127.0.0.1".parse().unwrap()])
}

fn secret(byte: u8) -> String {
    webhook::secret([byte; 32])
}

/// Now: the other implementation asks the clock itself.
#[expect(clippy::disallowed_methods, reason = "a signature is only believed for five minutes")]
fn now() -> Timestamp {
    Timestamp::now()
}

async fn send(url: &str, guard: Guard, at: Timestamp, secrets: &[String]) -> Result<u16, HttpTrouble> {
    let message = Message { id: "evt_7_12", at, payload: PAYLOAD, secrets };
    webhook::post(&http(guard), url, &message).await.map(|answer| answer.status)
}

/// Whether whoever has this secret believes what came.
fn is_believed(secret: &str, posted: &Posted, body: &str) -> bool {
    let pair = |(name, value): &(String, String)| {
        (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap())
    };
    let headers: HeaderMap = posted.headers.iter().map(pair).collect();
    Webhook::new(secret).unwrap().verify(body.as_bytes(), &headers).is_ok()
}

#[tokio::test]
async fn what_we_sign_is_believed_by_others_as_long_as_nothing_is_changed() {
    let program = FakeChat::start(Vec::new()).unwrap();
    assert_eq!(send(&program.url("/hook"), here(), now(), &[secret(1)]).await, Ok(200));
    let posted = &program.posted()[0];
    assert_eq!((posted.to.as_str(), posted.body.as_str()), ("POST /hook", PAYLOAD));
    assert!(is_believed(&secret(1), posted, &posted.body));
    assert!(!is_believed(&secret(2), posted, &posted.body), "another secret");
    for at in 0..PAYLOAD.len() {
        let mut bytes = PAYLOAD.as_bytes().to_vec();
        bytes[at] ^= 1;
        if let Ok(flipped) = String::from_utf8(bytes) {
            assert!(!is_believed(&secret(1), posted, &flipped), "byte {at}");
        }
    }
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut changed = posted.clone();
        let (_, value) = changed.headers.iter_mut().find(|(header, _)| header == name).unwrap();
        let digit = if value.ends_with('1') { "2" } else { "1" };
        value.replace_range(value.len() - 1.., digit);
        assert!(!is_believed(&secret(1), &changed, PAYLOAD), "{name}");
    }
}

#[tokio::test]
async fn what_is_sent_again_later_by_somebody_else_is_not_believed() {
    let program = FakeChat::start(Vec::new()).unwrap();
    let old = now() - SignedDuration::from_mins(6);
    send(&program.url("/hook"), here(), old, &[secret(1)]).await.unwrap();
    let posted = &program.posted()[0];
    assert!(!is_believed(&secret(1), posted, &posted.body));
}

#[tokio::test]
async fn while_a_secret_is_changed_both_are_believed() {
    let program = FakeChat::start(Vec::new()).unwrap();
    send(&program.url("/hook"), here(), now(), &[secret(2), secret(1)]).await.unwrap();
    let posted = &program.posted()[0];
    for byte in [1, 2] {
        assert!(is_believed(&secret(byte), posted, &posted.body), "{byte}");
    }
    assert!(!is_believed(&secret(3), posted, &posted.body));
}

#[tokio::test]
async fn refusing_stalling_and_pointing_elsewhere_are_no_success() {
    let elsewhere = FakeChat::start(Vec::new()).unwrap();
    for reply in [
        Reply::Status(404, "no such hook".into()),
        Reply::Status(410, "gone".into()),
        Reply::Status(500, "oh".into()),
        Reply::Redirect(elsewhere.url("/there")),
        Reply::Stall(Duration::from_secs(4)),
        Reply::Drop,
    ] {
        let program = FakeChat::start(vec![reply.clone()]).unwrap();
        let sent = send(&program.url("/hook"), here(), now(), &[secret(1)]).await;
        let trouble = sent.expect_err("no success");
        match (&reply, &trouble) {
            (Reply::Status(status, _), HttpTrouble::Answered { status: said, .. }) => {
                assert_eq!(status, said);
            }
            (Reply::Redirect(_), HttpTrouble::Answered { status: 307, text }) => {
                assert!(text.contains("redirects are not followed"), "{text}");
            }
            (Reply::Stall(_) | Reply::Drop, HttpTrouble::Network(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(elsewhere.posted().is_empty(), "nothing is ever sent where an answer points");
}

#[tokio::test]
async fn a_private_address_is_not_reached_and_a_name_that_turns_private_neither() {
    let program = FakeChat::start(Vec::new()).unwrap();
    let sent = send(&program.url("/hook"), Guard::allowing(Vec::new()), now(), &[secret(1)]).await;
    assert!(matches!(sent, Err(HttpTrouble::Private(_))), "{sent:?}");
    let asked = AtomicUsize::new(0);
    let names = move |_: &str| -> io::Result<Vec<IpAddr>> {
        let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        Ok(vec![if first { [8, 8, 8, 8] } else { [127, 0, 0, 1] }.into()])
    };
    let guard = Guard::allowing(Vec::new()).with_names(names);
    let url = format!("http://rebinding.example:{}/hook", program.port());
    let _unreachable = send(&url, guard.clone(), now(), &[secret(1)]).await;
    let sent = send(&url, guard, now(), &[secret(1)]).await;
    assert!(matches!(sent, Err(HttpTrouble::Private(_))), "{sent:?}");
    assert!(program.posted().is_empty());
}
