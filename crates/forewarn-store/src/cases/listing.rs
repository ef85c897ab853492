//! The list of all cases, newest first, a page at a time.

use super::CaseSummary;
use crate::db::{Bind, FromRow, Row, Store, Word};
use crate::error::Result;
use crate::page::Page;
use crate::scope;
use forewarn_domain::case::Stage;
use forewarn_domain::ids::{CustomerId, PersonId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// A case of the list, with the names that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub summary: CaseSummary,
    /// Whose.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Who has to tell them; `None` while it lies in an inbox.
    pub owner: Option<(PersonId, String)>,
    /// First evidence.
    pub known_at: Timestamp,
    /// When it became news.
    pub firm_at: Option<Timestamp>,
    /// The deadline for telling.
    pub tell_by: Option<Timestamp>,
}

/// Which cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseSearch {
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Only those that this person has to tell.
    pub owner: Option<PersonId>,
    /// Only those that stand here.
    pub stage: Option<Stage>,
    /// Only those that have not ended.
    pub open: bool,
    /// The page before's `next`.
    pub after: Option<String>,
}

impl Store {
    /// Cases, newest first, a page at a time. What is opened meanwhile stands on no later page.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cases(
        &self,
        scope: Scope,
        search: &CaseSearch,
        limit: u32,
        now: Timestamp,
    ) -> Result<Page<CaseRow>> {
        let visible = scope::cases(scope, now);
        let (mut conditions, mut values) = (vec![visible.sql], visible.values);
        let mut only = |condition: &str, value| {
            conditions.push(condition.to_owned());
            values.push(value);
        };
        if let Some(customer) = search.customer {
            only("k.customer_id = ?", Bind::bind(customer));
        }
        if let Some(owner) = search.owner {
            only("k.owner_id = ?", Bind::bind(owner));
        }
        if let Some(stage) = search.stage {
            only("k.stage = ?", Bind::bind(Word(stage)));
        }
        if let Some(before) = search.after.as_deref().and_then(|after| after.parse::<i64>().ok()) {
            only("k.id < ?", Bind::bind(before));
        }
        if search.open {
            conditions.push("k.closed_at IS NULL".to_owned());
        }
        let sql = format!(
            "SELECT k.id, k.stage, k.round, k.severity, k.lines, k.orders, k.worst_slip_days, k.no_date, \
             k.opened_at, k.first_told_at, k.closed_at, k.customer_id, k.owner_id, k.known_at, k.firm_at, \
             k.tell_by, c.name AS customer_name, o.name AS owner_name \
             FROM cases k JOIN customer c ON c.id = k.customer_id LEFT JOIN person o ON o.id = k.owner_id \
             WHERE {} ORDER BY k.id DESC LIMIT {}",
            conditions.join(" AND "),
            u64::from(limit) + 1
        );
        let rows: Vec<CaseRow> = self.reads().all(&sql, values).await?;
        Ok(Page::cut(rows, limit, |last| last.summary.id.to_string()))
    }
}

impl FromRow for CaseRow {
    fn from_row(row: &Row) -> Result<Self> {
        let owner: Option<PersonId> = row.get("owner_id")?;
        let owner_name: Option<String> = row.get("owner_name")?;
        Ok(Self {
            summary: CaseSummary::from_row(row)?,
            customer: row.get("customer_id")?,
            customer_name: row.get("customer_name")?,
            owner: owner.map(|id| (id, owner_name.unwrap_or_default())),
            known_at: row.get("known_at")?,
            firm_at: row.get("firm_at")?,
            tell_by: row.get("tell_by")?,
        })
    }
}
