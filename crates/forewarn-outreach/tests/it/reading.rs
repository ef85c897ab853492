//! Mails of any make, as they come into a mailbox.

use forewarn_outreach::imap::Incoming;
use proptest::prelude::*;

fn read(mail: &str) -> Incoming {
    Incoming::read(7, None, mail.trim_start().replace('\n', "\r\n").as_bytes())
}

#[test]
fn a_reply_names_what_it_answers_nearest_first() {
    let mail = read(
        "
From: =?utf-8?q?=C3=85sa?= <Asa@Halvorsen.example>
Subject: Re: =?utf-8?q?Bestellung_4711_=E2=80=93_sp=C3=A4ter?=
Message-ID: <r1@halvorsen.example>
In-Reply-To: <c@example.com>
References: <a@example.com> <b@example.com>
 <c@example.com>
Date: Fri, 20 Nov 2026 16:30:00 +0100
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gut, gr=FCn.
> alt
--b
Content-Type: text/html

<p>Gut, <b>html</b></p>
--b--
",
    );
    assert_eq!(mail.answers, ["<c@example.com>", "<b@example.com>", "<a@example.com>"]);
    assert_eq!(
        (mail.from.as_deref(), mail.from_name.as_deref()),
        (Some("asa@halvorsen.example"), Some("Åsa"))
    );
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("Re: Bestellung 4711 – später", "Gut, grün."));
    assert_eq!(mail.received.unwrap().to_string(), "2026-11-20T15:30:00Z");
    assert!(!mail.auto && mail.bounce.is_none());
}

#[test]
fn a_mail_in_html_alone_is_read_as_text() {
    let mail = read(
        "Subject: x\nContent-Type: text/html\n\n<p>Yes,</p><script>alert(1)</script><p>that works &amp; thanks</p>",
    );
    assert!(mail.text.contains("that works & thanks") && !mail.text.contains("<p>"), "{}", mail.text);
}

#[test]
fn what_programs_write_is_told_from_what_people_write() {
    for header in [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner-email=\"a@b\"",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "List-Id: <news.example.com>",
        "Return-Path: <>",
    ] {
        assert!(read(&format!("{header}\nSubject: I am away\n\nBack on Monday")).auto, "{header}");
    }
    for header in ["Auto-Submitted: no", "Precedence: first-class", "Return-Path: <anna@example.com>"] {
        assert!(!read(&format!("{header}\nSubject: Re: x\n\nYes")).auto, "{header}");
    }
}

fn report(action: &str, original: &str) -> Incoming {
    read(&format!(
        "
From: MAILER-DAEMON@mail.example.com
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

I'm sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.com

Final-Recipient: rfc822; Anna@Halvorsen.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <anna@halvorsen.example>:
    no such user
--b
Content-Type: {original}

Subject: Your order
Message-ID: <one@example.com>

The text
--b--
"
    ))
}

#[test]
fn a_bounce_says_which_mail_whom_and_why() {
    for original in ["message/rfc822", "text/rfc822-headers"] {
        let bounce = report("failed", original).bounce.unwrap();
        assert_eq!(bounce.of.as_deref(), Some("<one@example.com>"), "{original}");
        assert_eq!(bounce.recipient.as_deref(), Some("anna@halvorsen.example"));
        assert_eq!(bounce.status.as_deref(), Some("5.1.1"));
        assert_eq!(bounce.answer, "550 5.1.1 <anna@halvorsen.example>: no such user");
    }
}

#[test]
fn a_mail_that_is_late_or_has_arrived_is_no_bounce() {
    for action in ["delayed", "delivered", "relayed", "expanded"] {
        let mail = report(action, "message/rfc822");
        assert!(mail.bounce.is_none() && mail.auto, "{action}");
    }
}

#[test]
fn an_old_fashioned_bounce_counts_when_it_names_a_mail() {
    let plain = "From: Mailer-Daemon@example.net\nSubject: Mail delivery failed\nX-Failed-Recipients: anna@halvorsen.example\n";
    let bounce = read(&format!("{plain}In-Reply-To: <one@example.com>\n\nuser unknown")).bounce.unwrap();
    assert_eq!(bounce.of.as_deref(), Some("<one@example.com>"));
    assert_eq!(bounce.recipient.as_deref(), Some("anna@halvorsen.example"));
    assert_eq!(bounce.answer, "Mail delivery failed");
    assert!(read(&format!("{plain}\nuser unknown")).bounce.is_none(), "of which mail?");
    assert!(read("From: anna@example.net\nIn-Reply-To: <one@example.com>\n\nyes").bounce.is_none());
}

/// As much as is read of a mail, of what costs the most.
#[test]
fn mails_that_are_made_to_hurt_do_not() {
    let fill = |piece: &dyn Fn(usize) -> String| {
        let mut mail = String::new();
        for number in 0.. {
            if mail.len() > 256 * 1024 {
                break;
            }
            mail.push_str(&piece(number));
        }
        mail
    };
    let nested_mails = fill(&|_| "Content-Type: message/rfc822\r\n\r\n".to_owned());
    let nested_parts =
        fill(&|n| format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\r\n\r\n--b{n}\r\n"));
    let alternating = fill(&|n| {
        format!(
            "Content-Type: multipart/digest; boundary=b{n}\r\n\r\n--b{n}\r\nContent-Type: message/rfc822\r\n\r\n"
        )
    });
    let references = format!("References: {}\r\n\r\n", fill(&|n| format!("<{n}@b>\r\n ")));
    let encoded = format!("Subject: {}\r\n\r\n", fill(&|_| "=?utf-8?b?////?= ".to_owned()));
    let comments = format!("From: {}\r\n\r\n", fill(&|_| "(".to_owned()));
    let markup = format!("Content-Type: text/html\r\n\r\n{}", fill(&|_| "<p ".to_owned()));
    let lines = format!("Subject: x\r\n\r\n{}", fill(&|_| ":\r\n".to_owned()));
    for mail in [nested_mails, nested_parts, alternating, references, encoded, comments, markup, lines] {
        let read = Incoming::read(1, None, mail.as_bytes());
        assert!(read.text.chars().count() <= 20_000);
    }
}

/// What mails are made of, and what breaks those who read them.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "Content-Type: multipart/mixed; boundary=b\r\n",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n",
        "Content-Type: message/delivery-status\r\n",
        "Content-Type: message/rfc822\r\n",
        "Content-Type: text/rfc822-headers\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "Message-ID: <a@b>\r\n",
        "In-Reply-To: <a@b> <c@d>\r\n",
        "References: \r\n <a@b>\r\n",
        "From: =?utf-8?b?////?= <>\r\n",
        "Subject: =?x?q?=?=\r\n",
        "Date: Fri, 99 Nov 0000 99:99:99 +9999\r\n",
        "Auto-Submitted:",
        "Action: failed\r\n",
        "Diagnostic-Code:;\r\n",
        "\r\n--b\r\n",
        "\r\n--b--\r\n",
        "\r\n\r\n",
        "> quoted\r\n",
        "-----",
        ":",
        ";",
        "<",
        ">",
        "\"",
        "\r",
        "\n",
        "\0",
        "é",
        "𝒳",
        "\u{202e}",
    ]);
    let piece = prop_oneof![
        4 => known.prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_are_read_into_bounded_lines(bytes in pieces()) {
        let mail = Incoming::read(1, None, &bytes);
        prop_assert!(!mail.subject.chars().any(char::is_control));
        prop_assert!(!mail.text.chars().any(|letter| letter.is_control() && letter != '\n' && letter != '\t'));
        prop_assert!(mail.text.chars().count() <= 20_000 && mail.answers.len() <= 50);
        let bounced = mail.bounce.iter().flat_map(|bounce| &bounce.of);
        for id in mail.message_id.iter().chain(&mail.answers).chain(bounced) {
            prop_assert!(id.starts_with('<') && id.ends_with('>') && id.bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }
}
