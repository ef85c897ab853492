use std::io;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use forewarn_domain::notice::{ChatKind, ChatTarget};
use forewarn_outreach::chat::{ChatTrouble, Words, post};
use forewarn_outreach::http::{Guard, Http, HttpTrouble};
use forewarn_testing::{FakeChat, Reply};
use serde_json::json;

const WORDS: Words<'static> = Words {
    subject: "Halvorsen <Marine> & @all *Sons*: tell them by 14:00",
    body: "They can still act for 4 days.",
    link: Some("https://forewarn.example/n/abc"),
};

/// A client that may also reach this machine.
fn http() -> Http {
    through(Guard::allowing(vec!["127.0.0.1".parse().unwrap()]))
}

fn through(guard: Guard) -> Http {
    Http::new(guard, Duration::from_secs(5)).unwrap()
}

async fn say(http: &Http, kind: ChatKind, url: String) -> Result<(), ChatTrouble> {
    post(http, &ChatTarget { kind, url }, &WORDS).await
}

#[tokio::test]
async fn each_chat_hears_it_in_its_own_form_and_nothing_in_it_is_markup() {
    let chat = FakeChat::start(Vec::new()).unwrap();
    for kind in [ChatKind::Slack, ChatKind::Teams, ChatKind::Mattermost, ChatKind::Ntfy] {
        say(&http(), kind, chat.url("/hooks/one")).await.unwrap();
    }
    let posted = chat.posted();
    assert_eq!(
        posted.iter().map(|one| one.to.as_str()).collect::<Vec<_>>(),
        ["POST /hooks/one", "POST /hooks/one", "POST /hooks/one", "POST /hooks/"]
    );
    let text = "*Halvorsen &lt;Marine&gt; &amp; @all Sons: tell them by 14:00*\nThey can still act for 4 days.\n<https://forewarn.example/n/abc|Open in Forewarn>";
    assert_eq!(posted[0].json, json!({"text": text}));
    let card = &posted[1].json["attachments"][0]["content"];
    assert_eq!(card["body"][0]["inlines"][0]["text"], WORDS.subject);
    assert_eq!(card["actions"][0]["url"], "https://forewarn.example/n/abc");
    let text = "**Halvorsen \\<Marine\\> & @\u{200b}all \\*Sons\\*: tell them by 14:00**\nThey can still act for 4 days.\n[Open in Forewarn](https://forewarn.example/n/abc)";
    assert_eq!(posted[2].json, json!({"text": text}));
    let expected = json!({
        "topic": "one", "title": WORDS.subject, "message": WORDS.body, "click": "https://forewarn.example/n/abc",
    });
    assert_eq!(posted[3].json, expected);
}

#[tokio::test]
async fn what_may_pass_is_tried_again_and_what_somebody_must_mend_is_not() {
    let table = [
        (Reply::Status(200, "ok".into()), None),
        (Reply::Status(202, String::new()), None),
        (Reply::Status(404, "no_service".into()), Some(false)),
        (Reply::Status(403, "invalid_token".into()), Some(false)),
        (Reply::Status(429, "rate_limited".into()), Some(true)),
        (Reply::Status(503, "<html>down</html>".into()), Some(true)),
        (Reply::Redirect("http://127.0.0.1/elsewhere".into()), Some(false)),
        (Reply::Drop, Some(true)),
    ];
    for (reply, expected) in table {
        let chat = FakeChat::start(vec![reply.clone()]).unwrap();
        let retry = say(&http(), ChatKind::Slack, chat.url("/one")).await.err().map(|trouble| trouble.retry);
        assert_eq!(retry, expected, "{reply:?}");
        assert_eq!(chat.posted().len(), 1, "{reply:?}");
    }
}

#[tokio::test]
async fn a_private_address_is_not_reached_however_it_is_written() {
    let chat = FakeChat::start(Vec::new()).unwrap();
    let port = chat.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "0.0.0.0",
        "[::]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "LOCALHOST",
        "１２７.0.0.1",
    ] {
        let url = format!("http://{host}:{port}/hook");
        let trouble = say(&through(Guard::allowing(Vec::new())), ChatKind::Slack, url).await.unwrap_err();
        assert!(
            matches!(trouble, ChatTrouble { retry: false, what: HttpTrouble::Private(_) }),
            "{host}: {trouble:?}"
        );
    }
    assert!(chat.posted().is_empty());
}

#[tokio::test]
async fn an_address_that_is_none_says_so_at_once() {
    for url in ["", "hooks.example.com/one", "ftp://example.com/x", "file:///etc/passwd", "http://"] {
        let trouble = say(&http(), ChatKind::Slack, url.to_owned()).await.unwrap_err();
        assert_eq!(trouble, ChatTrouble { retry: false, what: HttpTrouble::Address(url.to_owned()) });
    }
    let no_topic = say(&http(), ChatKind::Ntfy, "https://ntfy.example/".to_owned()).await.unwrap_err();
    assert!(matches!(no_topic.what, HttpTrouble::Address(_)));
}

#[tokio::test]
async fn a_name_that_turns_private_is_refused_when_it_does() {
    let chat = FakeChat::start(Vec::new()).unwrap();
    let asked = AtomicUsize::new(0);
    // A name as an attacker owns it: allowed when somebody looks, private when it counts.
    let names = move |_: &str| -> io::Result<Vec<IpAddr>> {
        let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        Ok(vec![if first { "127.0.0.2" } else { "127.0.0.1" }.parse().unwrap()])
    };
    let guard = Guard::allowing(vec!["127.0.0.2".parse().unwrap()]).with_names(names);
    let http = through(guard);
    let url = format!("http://rebinding.example:{}/hook", chat.port());
    let first = say(&http, ChatKind::Slack, url.clone()).await.unwrap_err();
    assert!(
        matches!(first.what, HttpTrouble::Network(_)),
        "it went where it was allowed to, and nobody was there: {first:?}"
    );
    let second = say(&http, ChatKind::Slack, url).await.unwrap_err();
    assert_eq!(second.what, HttpTrouble::Private("rebinding.example".to_owned()));
    assert!(chat.posted().is_empty());
}

#[tokio::test]
async fn of_a_name_s_addresses_only_those_that_are_allowed_are_tried() {
    let chat = FakeChat::start(Vec::new()).unwrap();
    let both = |_: &str| Ok(vec!["10.0.0.1".parse().unwrap(), "127.0.0.1".parse().unwrap()]);
    let guard = Guard::allowing(vec!["127.0.0.0/8".parse().unwrap()]).with_names(both);
    say(&through(guard), ChatKind::Slack, format!("http://chat.example:{}/hook", chat.port())).await.unwrap();
    assert_eq!(chat.posted().len(), 1);
}

#[tokio::test]
async fn a_redirect_to_a_private_address_leads_nowhere() {
    let inside = FakeChat::start(Vec::new()).unwrap();
    let chat = FakeChat::start(vec![Reply::Redirect(inside.url("/latest/meta-data"))]).unwrap();
    let trouble = say(&http(), ChatKind::Slack, chat.url("/hook")).await.unwrap_err();
    assert!(trouble.to_string().contains("redirects are not followed"), "{trouble}");
    assert!(inside.posted().is_empty());
}

#[tokio::test]
async fn a_trouble_never_tells_the_secret_address() {
    let trouble = say(&http(), ChatKind::Slack, "http://127.0.0.1:1/services/T0/B0/secret".to_owned())
        .await
        .unwrap_err();
    assert!(!trouble.to_string().contains("secret"), "{trouble}");
}
