use forewarn_outreach::mime::{BadAddress, BadLetter, Letter, Mailbox, compose, compose_notice, message_id};
use jiff::Timestamp;
use mail_parser::MessageParser;
use proptest::prelude::*;

fn date() -> Timestamp {
    "2026-11-20T15:30:00Z".parse().unwrap()
}

fn letter<'a>(from: &'a Mailbox, to: &'a Mailbox, subject: &'a str, body: &'a str) -> Letter<'a> {
    let (message_id, date) = ("<one@example.com>", date());
    Letter { from, to, subject, body, message_id, in_reply_to: None, references: &[], date }
}

fn people() -> (Mailbox, Mailbox) {
    let kari = Mailbox::new(Some("Kari Nordmann"), "kari@example.com").unwrap();
    (kari, Mailbox::new(Some("Åsa \"Anna\" Ødegård, Einkauf"), "anna@halvorsen.example").unwrap())
}

#[test]
fn a_plain_letter_reads_plainly() {
    let (from, to) = (
        Mailbox::new(Some("Kari Nordmann"), "kari@example.com").unwrap(),
        Mailbox::new(None, "anna@halvorsen.example").unwrap(),
    );
    let references = ["<zero@example.com>".to_owned(), "<half@example.com>".to_owned()];
    let letter = Letter {
        in_reply_to: Some("half@example.com"),
        references: &references,
        ..letter(&from, &to, "Your order 4711", "Hello Anna,\n\nthe pump comes on 27 November.\n")
    };
    let expected = "\
From: \"Kari Nordmann\" <kari@example.com>\r
To: anna@halvorsen.example\r
Subject: Your order 4711\r
Message-ID: <one@example.com>\r
Date: Fri, 20 Nov 2026 15:30:00 +0000\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8\r
In-Reply-To: <half@example.com>\r
References: <zero@example.com> <half@example.com>\r
Content-Transfer-Encoding: 7bit\r
\r
Hello Anna,\r
\r
the pump comes on 27 November.\r
";
    assert_eq!(compose(&letter).unwrap(), expected);
}

#[test]
fn any_alphabet_travels_in_seven_bits() {
    let (from, to) = people();
    let (subject, body) =
        ("Lieferung Ω 遅れ: 27. November — größer", "Grüße 👋\n.\nFrom here on =3D\n  indented \n");
    let mime = compose(&letter(&from, &to, subject, body)).unwrap();
    assert!(mime.is_ascii());
    let read = MessageParser::default().parse(mime.as_bytes()).unwrap();
    assert_eq!(read.subject(), Some(subject));
    assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n"), body);
    assert_eq!(read.to().unwrap().first().unwrap().name(), to.name());
}

#[test]
fn what_could_forge_a_header_is_refused() {
    let (from, to) = people();
    let refused = |subject: &str, body: &str| compose(&letter(&from, &to, subject, body)).unwrap_err();
    for subject in ["a\r\nBcc: x@example.com", "a\nb", "a\rb", "a\0b", "a\u{85}b"] {
        assert_eq!(refused(subject, ""), BadLetter::Subject, "{subject:?}");
    }
    assert_eq!(refused("a", "b\0c"), BadLetter::Text);
    for id in ["<a b@c>", "<a@b>\r\nBcc: x", "a", "<@>", "<a@b> <c@d>", ""] {
        let letter = Letter { message_id: id, ..letter(&from, &to, "a", "b") };
        assert_eq!(compose(&letter), Err(BadLetter::MessageId(id.to_owned())));
        let letter = Letter { message_id: "<a@b>", references: &[id.to_owned()], ..letter };
        assert_eq!(compose(&letter), Err(BadLetter::MessageId(id.to_owned())));
    }
}

#[test]
fn an_address_is_one_address_or_none() {
    for bad in [
        "",
        "@",
        "a@",
        "@b",
        "a",
        "a@b c",
        "a b@c.example",
        "a@b.example>",
        "<a@b.example>",
        "a@b.example\r\nRCPT TO:<x@y>",
        "a@b.example, c@d.example",
        "\"a b\"@c.example",
        "a..b@c.example",
        ".a@c.example",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@b@c.example\0",
        "a\r@b.example",
    ] {
        assert_eq!(Mailbox::new(None, bad), Err(BadAddress::Form(bad.to_owned())), "{bad:?}");
    }
    assert!(matches!(Mailbox::new(None, "jürgen@example.com"), Err(BadAddress::Letters(_))));
    assert!(matches!(Mailbox::new(Some("a\r\nBcc: x@y"), "a@example.com"), Err(BadAddress::Name(_))));
    let check =
        |address: &str, expected: &str| assert_eq!(Mailbox::new(None, address).unwrap().address(), expected);
    check("o'neill+orders@sub.example.co.uk", "o'neill+orders@sub.example.co.uk");
    check(" kari@bücher.example ", "kari@xn--bcher-kva.example");
    check("kari@EXAMPLE.com", "kari@example.com");
}

#[test]
fn a_message_id_belongs_to_the_sender_s_domain() {
    let (from, _) = people();
    assert_eq!(message_id("0199-abc", &from), "<0199-abc@example.com>");
}

/// What somebody makes of it who is told to write one line.
fn line(typed: &str) -> String {
    typed.chars().filter(|letter| !letter.is_control()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_is_typed_makes_one_mail_with_exact_headers_or_none(
        name in ".{0,60}", local in ".{0,20}", subject in "(.|\r|\n){0,200}", body in "(.|\r|\n){0,400}", id in ".{0,30}",
    ) {
        let from = Mailbox::new(None, "kari@example.com").unwrap();
        let typed = Mailbox::new(Some(&name), &format!("{local}@halvorsen.example"));
        let to = typed.or_else(|_| Mailbox::new(Some(&line(&name)), "anna@halvorsen.example")).unwrap();
        let id = format!("<{id}@example.com>");
        let as_typed = Letter { message_id: &id, ..letter(&from, &to, &subject, &body) };
        let (subject, body) = (line(&subject), body.replace('\0', ""));
        let mime = compose(&as_typed).or_else(|_| compose(&letter(&from, &to, &subject, &body))).unwrap();
        prop_assert!(mime.is_ascii() && !mime.contains('\0'));
        prop_assert!(mime.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
        let (head, _) = mime.split_once("\r\n\r\n").unwrap();
        let mut names: Vec<&str> = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split_once(':').unwrap().0).collect();
        names.sort_unstable();
        let expected = ["Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"];
        prop_assert_eq!(names, expected);

        let read = MessageParser::default().parse(mime.as_bytes()).unwrap();
        let recipients: Vec<_> = read.to().unwrap().iter().filter_map(|one| one.address()).collect();
        prop_assert_eq!(recipients, [to.address()]);
        let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").trim_end_matches('\n').to_owned();
        prop_assert_eq!(lines(&read.body_text(0).unwrap_or_default()), lines(&body));
    }
}

#[test]
fn a_notice_says_that_a_program_wrote_it() {
    let (from, to) = people();
    let letter = letter(&from, &to, "Halvorsen: tell them by 14:00", "They can still act for 4 days.\n");
    let notice = compose_notice(&letter).unwrap();
    assert!(notice.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{notice}");
    assert!(!compose(&letter).unwrap().contains("Auto-Submitted"));
}
