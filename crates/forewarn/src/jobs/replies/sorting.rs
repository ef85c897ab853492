//! What a mail in our mailbox means.

use anyhow::Result;
use forewarn_domain::case::Bounce;
use forewarn_domain::text::InternalText;
use forewarn_outreach::imap::{self, Incoming};
use forewarn_store::Store;
use forewarn_store::replies::{NewReply, Taken};
use jiff::Timestamp;

/// Takes it for what it is: our own letter, a letter that came back, an answer, or nothing of ours.
pub(super) async fn sort(store: &Store, mail: &Incoming, uid_validity: u32, now: Timestamp) -> Result<()> {
    if is_our_letter(store, mail, now).await? {
        return Ok(());
    }
    if let Some(bounce) = &mail.bounce {
        return came_back(store, bounce, now).await;
    }
    match store.take_reply(&reply(mail, uid_validity, now), now).await? {
        Taken::Joined(case, reply) => {
            tracing::info!(case = case.0, reply = reply.0, "a reply has joined its case");
        }
        Taken::TooMany(case) => {
            tracing::warn!(case = case.0, uid = mail.uid, "a reply stays in the mailbox: there are too many");
        }
        Taken::Known | Taken::NotOurs => {}
    }
    Ok(())
}

/// The copy for ourselves proves that a letter has left.
async fn is_our_letter(store: &Store, mail: &Incoming, now: Timestamp) -> Result<bool> {
    let ids: Vec<String> = mail.message_id.iter().cloned().collect();
    let Some((letter, _)) = store.letter_of_message(&ids).await? else { return Ok(false) };
    if store.letter_found(letter, now).await? {
        tracing::info!(letter = letter.0, "a letter of which nobody knew was found in our mailbox");
    }
    Ok(true)
}

async fn came_back(store: &Store, bounce: &imap::Bounce, now: Timestamp) -> Result<()> {
    let of: Vec<String> = bounce.of.iter().cloned().collect();
    if let Some((letter, _)) = store.letter_of_message(&of).await? {
        let said = Bounce { status: bounce.status.clone(), answer: InternalText::new(&bounce.answer) };
        if store.letter_bounced(letter, &said, now).await? {
            tracing::warn!(letter = letter.0, "a letter came back");
        }
        return Ok(());
    }
    for message_id in &of {
        if let Some(email) = store.recipient_of_notice_mail(message_id).await? {
            tracing::warn!("a notice to one of our own people came back");
            store.mail_came_back(&email, &bounce.answer, now).await?;
        }
    }
    Ok(())
}

fn reply(mail: &Incoming, uid_validity: u32, now: Timestamp) -> NewReply {
    // A mail without a name of its own is known by its place.
    let by_its_place = || format!("<{uid_validity}.{}@without-a-message-id>", mail.uid);
    NewReply {
        message_id: mail.message_id.clone().unwrap_or_else(by_its_place),
        answers: mail.answers.clone(),
        from_address: mail.from.clone().unwrap_or_default(),
        from_name: mail.from_name.clone(),
        subject: InternalText::new(&mail.subject).unwrap_or_default(),
        words: InternalText::new(&mail.text).unwrap_or_default(),
        automatic: mail.auto,
        received_at: mail.received.unwrap_or(now),
    }
}
