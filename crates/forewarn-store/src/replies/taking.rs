//! Taking a reply into the case of the letter that it answers.

use crate::cases::{CaseFile, Ledger, locked};
use crate::db::{Reads, Store, Tx, binds, marks};
use crate::error::Result;
use crate::notices::{NewNotice, post};
use crate::terms::TermsBook;
use forewarn_domain::ids::{CaseId, LetterId, PersonId, ReplyId};
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::people::Scope;
use forewarn_domain::text::InternalText;
use jiff::{SignedDuration, Timestamp};

/// A mail that came in and names others that it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReply {
    /// Its Message-ID, in brackets.
    pub message_id: String,
    /// The Message-IDs that it answers, the nearest first.
    pub answers: Vec<String>,
    /// The sender's address.
    pub from_address: String,
    /// Their name.
    pub from_name: Option<String>,
    /// One line.
    pub subject: InternalText,
    /// What they wrote themselves.
    pub words: InternalText,
    /// Written by a program.
    pub automatic: bool,
    /// When it came in.
    pub received_at: Timestamp,
}

/// What became of a mail that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It has joined this case.
    Joined(CaseId, ReplyId),
    /// It is known already.
    Known,
    /// It answers nothing of ours, or one of our own people wrote it.
    NotOurs,
    /// So many have come about one letter of this case in a day that it stays in the mailbox, and its owner is told so:
    /// programs that answer each other, or a flood.
    TooMany(CaseId),
}

impl Store {
    /// Takes a reply: the case has it in its history, and whoever acts for its owner hears of it, in one
    /// transaction. The same mail twice does nothing the second time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_reply(&self, new: &NewReply, now: Timestamp) -> Result<Taken> {
        // A look that costs little: most mail in a mailbox is not for us.
        if answered(self.reads(), &new.answers).await?.is_none() {
            return Ok(Taken::NotOurs);
        }
        let tx = self.begin().await?;
        let Some((letter, case)) = answered(tx.reads(), &new.answers).await? else {
            return Ok(Taken::NotOurs);
        };
        if is_ours(&tx, &new.from_address).await? {
            return Ok(Taken::NotOurs);
        }
        let Some(mut file) = locked(&tx, Scope::Program, case, now).await? else {
            return Ok(Taken::NotOurs);
        };
        if lately(&tx, letter, now).await? >= MOST_A_DAY {
            say_that_more_lie_there(&tx, &file, letter, now).await?;
            tx.commit().await?;
            return Ok(Taken::TooMany(case));
        }
        let Some(reply) = insert(&tx, new, letter, case, now).await? else { return Ok(Taken::Known) };
        let events = file.case.receive_reply(reply, Some(letter));
        let mut ledger = Ledger::new(&tx, now);
        ledger.append(&mut file, events, None, new.received_at.min(now), None).await?;
        ledger.write().await?;
        wake_owner(&tx, &file, reply, new, now).await?;
        tx.commit().await?;
        Ok(Taken::Joined(case, reply))
    }
}

/// More in a day about one letter are no conversation.
const MOST_A_DAY: i64 = 50;

/// How many have come about a letter in a day.
async fn lately(tx: &Tx, letter: LetterId, now: Timestamp) -> Result<i64> {
    let since = now.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN);
    let sql = "SELECT COUNT(*) FROM reply WHERE letter_id = ? AND recorded_at > ?";
    Ok(tx.one::<(i64,)>(sql, binds![letter, since]).await?.map_or(0, |(count,)| count))
}

/// The letter of ours that the mail answers, the nearest that it names.
async fn answered(reads: Reads<'_>, answers: &[String]) -> Result<Option<(LetterId, CaseId)>> {
    let answers: Vec<&String> = answers.iter().take(100).collect();
    if answers.is_empty() {
        return Ok(None);
    }
    let sql =
        format!("SELECT message_id, id, case_id FROM letter WHERE message_id IN ({})", marks(answers.len()));
    let values = answers.iter().flat_map(|id| binds![*id]).collect();
    let letters: Vec<(String, LetterId, CaseId)> = reads.all(&sql, values).await?;
    let nearest = answers.iter().find_map(|wanted| letters.iter().find(|(id, ..)| id == *wanted));
    Ok(nearest.map(|(_, letter, case)| (*letter, *case)))
}

/// A colleague who writes to the customer with a copy to our mailbox is no customer.
async fn is_ours(tx: &Tx, address: &str) -> Result<bool> {
    let sql = "SELECT id FROM person WHERE email = ?";
    Ok(tx.one::<(PersonId,)>(sql, binds![address.trim().to_lowercase()]).await?.is_some())
}

async fn insert(
    tx: &Tx,
    new: &NewReply,
    letter: LetterId,
    case: CaseId,
    now: Timestamp,
) -> Result<Option<ReplyId>> {
    let sql = "INSERT INTO reply (message_id, case_id, letter_id, from_address, from_name, subject, words, \
               automatic, received_at, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
               ON CONFLICT (message_id) DO NOTHING RETURNING id";
    let values = binds![
        &new.message_id,
        case,
        letter,
        &new.from_address,
        new.from_name.as_deref(),
        new.subject.for_our_people(),
        new.words.for_our_people(),
        new.automatic,
        new.received_at,
        now
    ];
    Ok(tx.one::<(ReplyId,)>(sql, values).await?.map(|(id,)| id))
}

/// Once a day: among those that are left in the mailbox may be one that a person wrote.
async fn say_that_more_lie_there(tx: &Tx, file: &CaseFile, letter: LetterId, now: Timestamp) -> Result<()> {
    let day = now.as_second().div_euclid(24 * 3600);
    let what = "more mails than a case takes in";
    let words = "More than fifty mails about one letter came in a day. Those that came after lie in the mailbox, and are \
                 not in the case: look there whether a person wrote one of them.";
    wake(tx, file, format!("replies-left-{letter}-{day}"), what, words, now).await
}

async fn wake_owner(tx: &Tx, file: &CaseFile, reply: ReplyId, new: &NewReply, now: Timestamp) -> Result<()> {
    let (what, words) = if new.automatic {
        (
            "an automatic answer came",
            "A program answered the letter: an absence note, perhaps. It is in the case; nothing else has \
             changed.",
        )
    } else {
        (
            "they answered by mail",
            "Their answer is in the case. Nothing was closed by it, and no clock stopped.",
        )
    };
    wake(tx, file, format!("reply-{reply}"), what, words, now).await
}

/// Tells whoever acts for the owner of the case.
async fn wake(tx: &Tx, file: &CaseFile, key: String, what: &str, words: &str, now: Timestamp) -> Result<()> {
    let book = TermsBook::load(tx.reads(), now).await?;
    let Some(person) = book.roster().acting(file.case.owner, now) else { return Ok(()) };
    let sql = "SELECT name FROM customer WHERE id = ?";
    let customer = tx.one::<(String,)>(sql, binds![file.customer]).await?;
    let customer = customer.map_or(String::new(), |(name,)| name);
    let notice = NewNotice {
        key,
        person,
        case: Some(file.id),
        kind: NoticeKind::Reply,
        subject: format!("{customer}: {what}"),
        words: words.to_owned(),
        why: None,
        hot: file.case.is_hot(),
    };
    post(tx, &book, vec![notice], now).await?;
    Ok(())
}
