//! Notices to our own people: in the program at once, by mail and chat when they work.

mod acknowledging;
mod deliveries;
mod links;
mod posting;

pub use deliveries::{ClaimedDelivery, DeliveryChannel};
pub use posting::NewNotice;
pub(crate) use posting::{post, settle};

use crate::db::{FromRow, Row, Store, Word, binds};
use crate::error::Result;
use crate::page::Page;
use forewarn_domain::ids::{CaseId, NoticeId, PersonId};
use forewarn_domain::notice::NoticeKind;
use jiff::Timestamp;

/// A notice, as its recipient sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number.
    pub id: NoticeId,
    /// Whom it is for.
    pub person: PersonId,
    /// Which case it is about.
    pub case: Option<CaseId>,
    /// What it is about.
    pub kind: NoticeKind,
    /// One line: the customer, and what is due.
    pub subject: String,
    /// A few plain sentences.
    pub words: String,
    /// Why it comes to this person, where that needs saying.
    pub why: Option<String>,
    /// Before when it doesn't leave by mail or chat.
    pub not_before: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// When they saw it.
    pub seen_at: Option<Timestamp>,
    /// When they acted on it.
    pub acted_at: Option<Timestamp>,
    /// When there was nothing left to do about it.
    pub settled_at: Option<Timestamp>,
}

impl Store {
    /// Notices of a person, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notices_of(&self, person: PersonId, limit: u32) -> Result<Vec<Notice>> {
        let sql = format!("{SELECT} WHERE person_id = ? ORDER BY created_at DESC, id DESC LIMIT {limit}");
        self.reads().all(&sql, binds![person]).await
    }

    /// The same, a page at a time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notices_page(
        &self,
        person: PersonId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<Notice>> {
        let before = after.and_then(|after| after.parse().ok()).unwrap_or(i64::MAX);
        let sql = format!("{SELECT} WHERE person_id = ? AND id < ? ORDER BY id DESC LIMIT ?");
        let rows: Vec<Notice> = self.reads().all(&sql, binds![person, before, i64::from(limit) + 1]).await?;
        Ok(Page::cut(rows, limit, |last| last.id.to_string()))
    }

    /// One notice of a person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notice(&self, person: PersonId, id: NoticeId) -> Result<Option<Notice>> {
        self.reads().one(&format!("{SELECT} WHERE person_id = ? AND id = ?"), binds![person, id]).await
    }

    /// How many things a person has neither seen nor has become free of: what was said again of the same case
    /// counts once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_unseen(&self, person: PersonId) -> Result<u32> {
        let sql = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM notice WHERE person_id = ? AND seen_at IS NULL \
                   AND settled_at IS NULL GROUP BY COALESCE(case_id, -id), kind) AS unseen";
        Ok(self.reads().one::<(u32,)>(sql, binds![person]).await?.map_or(0, |(count,)| count))
    }

    /// A person has seen one of their notices; `None` for all of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notice_seen(&self, person: PersonId, id: Option<NoticeId>, now: Timestamp) -> Result<()> {
        let one = id.map_or(String::new(), |id| format!(" AND id = {id}"));
        let sql = format!("UPDATE notice SET seen_at = ? WHERE person_id = ? AND seen_at IS NULL{one}");
        let tx = self.begin().await?;
        tx.execute(&sql, binds![now, person]).await?;
        tx.commit().await
    }

    /// A person has acted on one of their notices.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notice_acted(&self, person: PersonId, id: NoticeId, now: Timestamp) -> Result<()> {
        let sql = "UPDATE notice SET seen_at = COALESCE(seen_at, ?), acted_at = COALESCE(acted_at, ?) \
                   WHERE person_id = ? AND id = ?";
        let tx = self.begin().await?;
        tx.execute(sql, binds![now, now, person, id]).await?;
        tx.commit().await
    }
}

const SELECT: &str = "SELECT id, person_id, case_id, kind, subject, words, why, not_before, created_at, seen_at, \
                      acted_at, settled_at FROM notice";

impl FromRow for Notice {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            person: row.get("person_id")?,
            case: row.get("case_id")?,
            kind: row.get::<Word<NoticeKind>>("kind")?.0,
            subject: row.get("subject")?,
            words: row.get("words")?,
            why: row.get("why")?,
            not_before: row.get("not_before")?,
            created_at: row.get("created_at")?,
            seen_at: row.get("seen_at")?,
            acted_at: row.get("acted_at")?,
            settled_at: row.get("settled_at")?,
        })
    }
}
