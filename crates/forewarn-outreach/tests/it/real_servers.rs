//! Against Postfix and Dovecot, as Debian has them.

use std::time::{Duration, Instant};

use forewarn_outreach::imap::{ImapServer, ImapTrouble, Incoming, Position, Session};
use forewarn_outreach::mime::{Letter, compose};
use forewarn_outreach::smtp::{Connection, Envelope, HandOver, Login, Patience, Phase, Security, Server};
use forewarn_testing::{Deed, FakeSmtp, MailServers, Moment, Script};
use jiff::Timestamp;

use crate::mails::{envelope, mailbox, mime};

/// Ours, and the customer's. None, and a word about it, where this account can't start them.
fn servers(customer: Vec<Script>) -> Option<(MailServers, FakeSmtp)> {
    if !MailServers::can_start() {
        eprintln!("Left out: Postfix starts for root only.");
        return None;
    }
    let customer = FakeSmtp::scripted(customer).unwrap();
    Some((MailServers::start(customer.port()).unwrap(), customer))
}

fn login(password: &str) -> Login {
    Login { user: MailServers::USER.to_owned(), password: password.to_owned() }
}

/// A server that says nothing fails its test before anybody wonders.
fn patience() -> Patience {
    let time = Duration::from_secs(20);
    Patience { connect: time, answer: time, after_dot: time }
}

fn out(ours: &MailServers) -> Server {
    let trust = vec![ours.certificate().der().to_vec()];
    let login = Some(login(MailServers::PASSWORD));
    Server {
        login,
        trust,
        patience: patience(),
        ..Server::new("localhost", ours.smtp_port(), Security::StartTls)
    }
}

fn inbox(ours: &MailServers, security: Security) -> ImapServer {
    let port = if security == Security::Tls { ours.imaps_port() } else { ours.imap_port() };
    let trust = vec![ours.certificate().der().to_vec()];
    ImapServer {
        trust,
        patience: patience().answer,
        ..ImapServer::new("localhost", port, security, login(MailServers::PASSWORD))
    }
}

async fn send(server: &Server, envelope: &Envelope, mime: &str) -> HandOver {
    let mut connection = Connection::open(server).await.unwrap();
    let end = connection.hand_over(envelope, mime.as_bytes(), || async { true }).await;
    connection.quit().await;
    end
}

/// What has come in since; waits until at least one mail has.
async fn next_mail(session: &mut Session, since: Option<Position>) -> (Incoming, Position) {
    let started = Instant::now();
    loop {
        let new = session.new_mail("INBOX", since, 10).await.unwrap();
        if let Some(mail) = new.mails.into_iter().next() {
            return (mail, new.position);
        }
        assert!(started.elapsed() < Duration::from_secs(30), "nothing came");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_letter_goes_through_postfix_and_its_copy_is_found_through_dovecot() {
    let Some((ours, customer)) = servers(Vec::new()) else { return };
    let with_copy = Envelope { copy: Some(mailbox(MailServers::ADDRESS)), ..envelope() };
    let end = send(&out(&ours), &with_copy, &mime("proof")).await;
    assert!(
        matches!(&end, HandOver::Accepted { answer } if answer.text.contains("queued as")),
        "{end:?}\n{}",
        ours.log()
    );

    let taken = customer.wait_for(1, Duration::from_secs(30));
    assert_eq!(taken[0].to, ["anna@halvorsen.example"]);
    assert!(taken[0].mime.ends_with(&mime("proof")), "{}", taken[0].mime);

    let ids = ["<proof@example.com>".to_owned(), "<never@example.com>".to_owned()];
    for security in [Security::Tls, Security::StartTls] {
        let mut session = Session::open(&inbox(&ours, security)).await.unwrap();
        next_mail(&mut session, None).await;
        assert_eq!(session.find("INBOX", &ids).await.unwrap(), ids[..1], "{security:?}");
        assert_eq!(session.sent_mailbox().await.unwrap().as_deref(), Some("Sent"));
        assert!(session.find("Sent", &ids).await.unwrap().is_empty());
        assert!(matches!(session.find("No such", &ids).await, Err(ImapTrouble::Refused(_))));
        session.log_out().await;
    }
}

#[tokio::test]
async fn a_reply_is_read_once_with_its_own_words_and_stays_unread_for_people() {
    let Some((ours, _customer)) = servers(Vec::new()) else { return };
    let mut session = Session::open(&inbox(&ours, Security::Tls)).await.unwrap();
    let before = session.new_mail("INBOX", None, 10).await.unwrap();
    assert!(before.mails.is_empty() && !before.more);

    let (anna, kari) = (mailbox("Anna@halvorsen.example"), mailbox(MailServers::ADDRESS));
    let from_anna = Server::new("localhost", ours.smtp_port(), Security::Plain);
    // Postfix delivers in its own time and order: the second reply is sent once the first is here.
    let (mut here, mut since) = (Vec::new(), before.position);
    for (unique, words) in [("r1", "Then we re-plan. Grüße"), ("r2", "And the invoice?")] {
        let reply = Letter {
            from: &anna,
            to: &kari,
            subject: "Re: Your order 4711",
            body: &format!("{words}\n\nOn Fri, 20 Nov 2026 Kari wrote:\n> the pump comes later\n"),
            message_id: &format!("<{unique}@halvorsen.example>"),
            in_reply_to: Some("<one@example.com>"),
            references: &["<zero@example.com>".to_owned(), "<one@example.com>".to_owned()],
            date: Timestamp::from_second(1_795_000_000).unwrap(),
        };
        let envelope = Envelope { from: anna.clone(), to: kari.clone(), copy: None };
        let end = send(&from_anna, &envelope, &compose(&reply).unwrap()).await;
        assert!(matches!(end, HandOver::Accepted { .. }), "{end:?}");
        let (mail, position) = next_mail(&mut session, Some(since)).await;
        here.push(mail);
        since = position;
    }
    let first = &here[0];
    assert_eq!(first.message_id.as_deref(), Some("<r1@halvorsen.example>"));
    assert_eq!(first.answers, ["<one@example.com>", "<zero@example.com>"]);
    assert_eq!(
        (first.from.as_deref(), first.subject.as_str()),
        (Some("anna@halvorsen.example"), "Re: Your order 4711")
    );
    assert_eq!(first.text, "Then we re-plan. Grüße");
    assert!(first.received.is_some() && !first.auto && first.bounce.is_none());

    let one = session.new_mail("INBOX", Some(before.position), 1).await.unwrap();
    assert!(one.mails.len() == 1 && one.more);
    let two = session.new_mail("INBOX", Some(one.position), 1).await.unwrap();
    assert_eq!(two.mails[0].message_id.as_deref(), Some("<r2@halvorsen.example>"));
    let three = session.new_mail("INBOX", Some(two.position), 1).await.unwrap();
    assert!(three.mails.is_empty() && !three.more && three.position == two.position);

    let anew = Position { uid_validity: 1, next_uid: 1_000 };
    let again = session.new_mail("INBOX", Some(anew), 10).await.unwrap();
    assert_eq!(again.mails.len(), 2, "a mailbox that was made anew is read again");
}

#[tokio::test]
async fn a_mail_that_the_customer_s_server_refuses_comes_back_as_a_bounce() {
    let refusing = Script::accepts().at(Moment::Recipient, Deed::answer("550 5.1.1 Anna has left us"));
    let Some((ours, customer)) = servers(vec![refusing]) else { return };
    let end = send(&out(&ours), &envelope(), &mime("gone")).await;
    assert!(matches!(end, HandOver::Accepted { .. }), "our own server took it: {end:?}");
    let mut session = Session::open(&inbox(&ours, Security::Tls)).await.unwrap();
    let (report, _) = next_mail(&mut session, None).await;
    let bounce = report.bounce.unwrap();
    assert_eq!(bounce.of.as_deref(), Some("<gone@example.com>"));
    assert_eq!(bounce.recipient.as_deref(), Some("anna@halvorsen.example"));
    assert_eq!(bounce.status.as_deref(), Some("5.1.1"));
    assert!(bounce.answer.contains("550 5.1.1 Anna has left us"), "{}", bounce.answer);
    assert!(report.auto && customer.taken().is_empty());
}

#[tokio::test]
async fn what_postfix_and_dovecot_refuse_is_refused_at_the_right_step() {
    let Some((ours, _customer)) = servers(Vec::new()) else { return };
    let nobody = Envelope { to: mailbox("nobody@example.com"), ..envelope() };
    let end = send(&out(&ours), &nobody, &mime("a")).await;
    assert!(
        matches!(&end, HandOver::Refused { answer } if answer.code == 550 && answer.text.starts_with("5.1.1")),
        "{end:?}"
    );

    let stranger = Server::new("localhost", ours.smtp_port(), Security::Plain);
    let end = send(&stranger, &envelope(), &mime("a")).await;
    assert!(
        matches!(&end, HandOver::Refused { answer } if answer.phase == Phase::Recipient && answer.text.starts_with("5.7.1")),
        "{end:?}"
    );

    let wrong = Server { login: Some(login("wrong")), ..out(&ours) };
    assert_eq!(Connection::open(&wrong).await.err().unwrap().phase, Phase::Login);
    let wrong = ImapServer { login: login("wrong"), ..inbox(&ours, Security::Tls) };
    assert!(matches!(Session::open(&wrong).await.err().unwrap(), ImapTrouble::Login(_)));
    let untrusted = ImapServer { trust: Vec::new(), ..inbox(&ours, Security::Tls) };
    assert!(matches!(Session::open(&untrusted).await.err().unwrap(), ImapTrouble::Tls(_)));
}
