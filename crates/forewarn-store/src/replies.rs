//! What customers answer to letters. A reply joins the case of the letter it answers and wakes whoever has it;
//! it closes nothing and stops no clock.

mod mailboxes;
mod taking;

pub use mailboxes::MailboxPosition;
pub use taking::{NewReply, Taken};

use crate::db::{FromRow, Row, Store, binds};
use crate::error::Result;
use crate::scope;
use forewarn_domain::ids::{CaseId, LetterId, ReplyId};
use forewarn_domain::people::Scope;
use forewarn_domain::text::InternalText;
use jiff::Timestamp;

/// A reply, as a person of ours sees it. Everything in it was written outside, the sender's address too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its number.
    pub id: ReplyId,
    /// The case it has joined.
    pub case: CaseId,
    /// The letter it answers.
    pub letter: LetterId,
    /// Who says to have written it.
    pub from_address: String,
    /// Their name.
    pub from_name: Option<String>,
    /// One line.
    pub subject: InternalText,
    /// What they wrote, without what they quote.
    pub words: InternalText,
    /// Written by a program: an absence note, as a rule.
    pub automatic: bool,
    /// When it came in.
    pub received_at: Timestamp,
}

const REPLY: &str = "r.id, r.case_id, r.letter_id, r.from_address, r.from_name, r.subject, r.words, r.automatic, \
    r.received_at";

impl Store {
    /// What came in about a case, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn replies_of(&self, scope: Scope, case: CaseId, now: Timestamp) -> Result<Vec<Reply>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT {REPLY} FROM reply r JOIN cases k ON k.id = r.case_id \
             WHERE r.case_id = ? AND {} ORDER BY r.id DESC",
            visible.sql
        );
        self.reads().all(&sql, [binds![case], visible.values].concat()).await
    }

    /// One reply; `None` if there is none that this person may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reply(&self, scope: Scope, id: ReplyId, now: Timestamp) -> Result<Option<Reply>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT {REPLY} FROM reply r JOIN cases k ON k.id = r.case_id WHERE r.id = ? AND {}",
            visible.sql
        );
        self.reads().one(&sql, [binds![id], visible.values].concat()).await
    }
}

impl FromRow for Reply {
    fn from_row(row: &Row) -> Result<Self> {
        let (subject, words): (String, String) = (row.get("subject")?, row.get("words")?);
        Ok(Self {
            id: row.get("id")?,
            case: row.get("case_id")?,
            letter: row.get("letter_id")?,
            from_address: row.get("from_address")?,
            from_name: row.get("from_name")?,
            subject: InternalText::new(&subject).unwrap_or_default(),
            words: InternalText::new(&words).unwrap_or_default(),
            automatic: row.get("automatic")?,
            received_at: row.get("received_at")?,
        })
    }
}
