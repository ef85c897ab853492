//! What is owed, and what time alone does to a case.
//!
//! Level-triggered: a tick looks for everything that is due by now, however long nobody looked, and settles
//! cases in short transactions. Two servers that tick at once do nothing twice.

mod absent;
mod anew;
mod settling;
mod steps;
mod supply;
mod unreachable;

pub(crate) use settling::DUE;
pub use settling::Ticked;
pub use supply::SupplyAsk;
pub use unreachable::{Unreachable, WhyUnreachable};

use crate::db::{FromRow, Row, Store, Word, binds};
use crate::error::Result;
use crate::page::Page;
use crate::scope;
use forewarn_domain::case::ObligationKind;
use forewarn_domain::ids::{CaseId, CustomerId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// Something owed to a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Its number.
    pub id: i64,
    /// In which case.
    pub case: CaseId,
    /// To whom.
    pub customer: CustomerId,
    /// That customer's name.
    pub customer_name: String,
    /// What.
    pub kind: ObligationKind,
    /// By when.
    pub due: Timestamp,
}

impl Store {
    /// Everything that is owed by `until`, the earliest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owed(&self, scope: Scope, until: Timestamp, now: Timestamp) -> Result<Vec<Owed>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT b.id, b.case_id, b.kind, b.due_at, k.customer_id, c.name AS customer_name FROM obligation b \
             JOIN cases k ON k.id = b.case_id JOIN customer c ON c.id = k.customer_id \
             WHERE b.done_at IS NULL AND b.due_at <= ? AND {} ORDER BY b.due_at, b.id",
            visible.sql
        );
        self.reads().all(&sql, [binds![until], visible.values].concat()).await
    }

    /// The same, a page at a time. What is owed meanwhile stands where its moment is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owed_page(
        &self,
        scope: Scope,
        until: Timestamp,
        after: Option<&str>,
        limit: u32,
        now: Timestamp,
    ) -> Result<Page<Owed>> {
        let visible = scope::cases(scope, now);
        let after = after.and_then(|after| after.split_once(' '));
        let (due, id): (i64, i64) = after
            .and_then(|(due, id)| Some((due.parse().ok()?, id.parse().ok()?)))
            .unwrap_or((i64::MIN, i64::MIN));
        let sql = format!(
            "SELECT b.id, b.case_id, b.kind, b.due_at, k.customer_id, c.name AS customer_name \
             FROM obligation b JOIN cases k ON k.id = b.case_id JOIN customer c ON c.id = k.customer_id \
             WHERE b.done_at IS NULL AND b.due_at <= ? AND (b.due_at > ? OR (b.due_at = ? AND b.id > ?)) \
             AND {} ORDER BY b.due_at, b.id LIMIT {}",
            visible.sql,
            u64::from(limit) + 1
        );
        let rows: Vec<Owed> =
            self.reads().all(&sql, [binds![until, due, due, id], visible.values].concat()).await?;
        Ok(Page::cut(rows, limit, |last| format!("{} {}", last.due.as_microsecond(), last.id)))
    }

    /// The moment by which everything is judged: the database's where several programs share one, `own` where
    /// there is only this one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn time(&self, own: Timestamp) -> Result<Timestamp> {
        match self.engine().clock() {
            None => Ok(own),
            Some(sql) => {
                Ok(self.reads().one::<(Timestamp,)>(sql, Vec::new()).await?.map_or(own, |(now,)| now))
            }
        }
    }
}

impl FromRow for Owed {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            case: row.get("case_id")?,
            customer: row.get("customer_id")?,
            customer_name: row.get("customer_name")?,
            kind: row.get::<Word<ObligationKind>>("kind")?.0,
            due: row.get("due_at")?,
        })
    }
}
