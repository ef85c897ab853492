//! What comes into our mailbox, through Postfix and Dovecot.

use super::*;
use anyhow::{Context as _, Result, ensure};
use forewarn_domain::ids::{CaseId, LetterId};
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::people::Scope;
use forewarn_outreach::mime::{self, Mailbox};
use forewarn_outreach::smtp::{Connection, Envelope, HandOver, Security, Server};
use forewarn_store::settings::mail::{MailSecurity, MailServer, Mailboxes, Secret};
use forewarn_testing::{Deed, FakeSmtp, MailServers, Moment, Script};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_proves_a_reply_wakes_and_a_bounce_alarms() -> Result<()> {
    if !MailServers::can_start() {
        eprintln!("Left out: Postfix starts for root only.");
        return Ok(());
    }
    let elsewhere = FakeSmtp::start()?;
    let ours = MailServers::start(elsewhere.port())?;
    for on in both()? {
        // The first letter is taken, and nobody is told so.
        let silent = Script::accepts().at(Moment::Dot, Deed::TakeAndDrop);
        let office =
            Office::open(on, FakeSmtp::scripted(vec![silent])?, &["Müller", "Bergen", "Halvorsen"]).await?;
        let served = office.serve()?;
        let mut letters: Vec<(CaseId, LetterId)> = Vec::new();
        for (number, case) in office.cases().await?.into_iter().enumerate() {
            let id = office.approve(case).await?;
            let end = if number == 0 { LetterState::Unknown } else { LetterState::Accepted };
            office.until(id, end).await?;
            letters.push((case, id));
        }
        drop(served);
        let [unknown, answered, gone] = letters.try_into().ok().context("three cases")?;

        let into_our_mailbox = |mime: String| put(&ours, mime);
        into_our_mailbox(mail_of(&office, unknown.1).await?).await?;
        into_our_mailbox(reply(&office, answered.1).await?).await?;
        into_our_mailbox(report(&office, gone.1).await?).await?;
        let mut settings = office.store.mail_settings().await?.context("mail settings")?;
        settings.imap = Some(mailboxes(&ours));
        office.store.save_mail_settings(&settings).await?;
        let _served = office.serve()?;

        office.until(unknown.1, LetterState::Accepted).await?;
        ensure!(office.tellings(unknown.0).await? == 1, "told when it left");
        let started = Instant::now();
        loop {
            let replies = office.store.replies_of(Scope::Program, answered.0, office::now()).await?;
            let bounced = office.letter(gone.1).await?.bounced;
            if let ([reply], Some((bounce, _))) = (replies.as_slice(), bounced) {
                ensure!(reply.words.for_our_people() == "Thank you, we plan anew.");
                ensure!(bounce.status.as_deref() == Some("5.1.1"));
                break;
            }
            ensure!(started.elapsed() < Duration::from_secs(60), "neither reply nor bounce\n{}", ours.log());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        ensure!(office.tellings(gone.0).await? == 0, "a first word that came back has told nobody");
        ensure!(office.subjects(NoticeKind::Reply).await?.len() == 1);
        ensure!(
            office.subjects(NoticeKind::Letter).await?.len() == 1,
            "the bounce is open, the unknown is settled"
        );
    }
    Ok(())
}

fn mailboxes(ours: &MailServers) -> Mailboxes {
    let server = MailServer {
        host: "127.0.0.1".to_owned(),
        port: ours.imap_port(),
        security: MailSecurity::Plain,
        user: Some(MailServers::USER.to_owned()),
        password: Secret::new(MailServers::PASSWORD),
    };
    Mailboxes { server, inbox: "INBOX".to_owned(), sent: None }
}

/// Through Postfix, as anybody on the internet would.
async fn put(ours: &MailServers, mime: String) -> Result<()> {
    let from = Mailbox::new(None, "anna@customer.example")?;
    let envelope = Envelope { from, to: Mailbox::new(None, MailServers::ADDRESS)?, copy: None };
    let server = Server::new("127.0.0.1", ours.smtp_port(), Security::Plain);
    let mut connection = Connection::open(&server).await?;
    let end = connection.hand_over(&envelope, mime.as_bytes(), async || true).await;
    ensure!(matches!(end, HandOver::Accepted { .. }), "{end:?}");
    Ok(())
}

/// The mail as the mail server had it: what a copy for ourselves would be.
async fn mail_of(office: &Office, id: LetterId) -> Result<String> {
    let message_id = office.letter(id).await?.message_id;
    let taken = office.mails.taken().into_iter().find(|mail| mail.message_id == message_id);
    Ok(taken.context("the mail server took it")?.mime)
}

async fn reply(office: &Office, to: LetterId) -> Result<String> {
    let answered = office.letter(to).await?.message_id.context("a Message-ID")?;
    let (anna, kari) =
        (Mailbox::new(Some("Anna"), "anna@customer.example")?, Mailbox::new(None, MailServers::ADDRESS)?);
    let letter = mime::Letter {
        from: &anna,
        to: &kari,
        subject: "Re: Order delayed",
        body: "Thank you, we plan anew.\n\nOn Sunday Jon wrote:\n> your order comes on 1 April.\n",
        message_id: &format!("<reply-to-{}", answered.trim_start_matches('<')),
        in_reply_to: Some(&answered),
        references: &[],
        date: office::now(),
    };
    Ok(mime::compose(&letter)?)
}

/// As Exchange and Postfix write them (RFC 3464).
async fn report(office: &Office, about: LetterId) -> Result<String> {
    let letter = office.letter(about).await?;
    let message_id = letter.message_id.context("a Message-ID")?;
    let to = letter.address;
    Ok(format!(
        "From: Mail Delivery System <MAILER-DAEMON@customer.example>\r\nTo: {}\r\nSubject: Undelivered Mail\r\n\
         Message-ID: <report-{}\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; customer.example\r\n\r\n\
         Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nTo: {to}\r\n\r\n--b--\r\n",
        MailServers::ADDRESS,
        message_id.trim_start_matches('<'),
    ))
}
