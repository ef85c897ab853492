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
    /// So many have come about one letter that it stays in the mailbox: programs that answer each other, or a flood.
    TooMany,
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
        let before = lately(&tx, letter, now).await?;
        if before.all >= MOST_A_DAY || (new.automatic && before.automatic >= MOST_AUTOMATIC_A_DAY) {
            return Ok(Taken::TooMany);
        }
        let Some(reply) = insert(&tx, new, letter, case, now).await? else { return Ok(Taken::Known) };
        let events = file.case.receive_reply(reply, Some(letter));
        let mut ledger = Ledger::new(&tx, now);
        ledger.append(&mut file, events, None, new.received_at.min(now), None).await?;
        ledger.write().await?;
        // One note that they are away is worth looking up for.
        if !new.automatic || before.automatic == 0 {
            wake_owner(&tx, &file, reply, new, now).await?;
        }
        tx.commit().await?;
        Ok(Taken::Joined(case, reply))
    }
}

/// More in a day about one letter are no conversation.
const MOST_A_DAY: i64 = 50;
/// Programs say the same again and again.
const MOST_AUTOMATIC_A_DAY: i64 = 3;

/// How many have come about a letter in a day, and how many of these were written by programs.
struct Lately {
    all: i64,
    automatic: i64,
}

async fn lately(tx: &Tx, letter: LetterId, now: Timestamp) -> Result<Lately> {
    let since = now.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN);
    let sql = "SELECT COUNT(*), COUNT(CASE WHEN automatic THEN 1 END) FROM reply \
               WHERE letter_id = ? AND recorded_at > ?";
    let counted: Option<(i64, i64)> = tx.one(sql, binds![letter, since]).await?;
    let (all, automatic) = counted.unwrap_or_default();
    Ok(Lately { all, automatic })
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

async fn wake_owner(tx: &Tx, file: &CaseFile, reply: ReplyId, new: &NewReply, now: Timestamp) -> Result<()> {
    let book = TermsBook::load(tx.reads(), now).await?;
    let Some(person) = book.roster().acting(file.case.owner, now) else { return Ok(()) };
    let sql = "SELECT name FROM customer WHERE id = ?";
    let customer = tx.one::<(String,)>(sql, binds![file.customer]).await?;
    let customer = customer.map_or(String::new(), |(name,)| name);
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
    let notice = NewNotice {
        key: format!("reply-{reply}"),
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
