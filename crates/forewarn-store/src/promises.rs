//! Promises: finding them, and everything that was ever said about one.

use crate::columns;
use crate::db::{FromRow, Json, Row, Store, Value, Word, binds, marks};
use crate::error::Result;
use crate::page::{Page, like};
use crate::scope;
use forewarn_domain::case::Case;
use forewarn_domain::evidence::{Cause, Evidence, Outlook, Source};
use forewarn_domain::fact::{LineKey, LineStatus};
use forewarn_domain::ids::{CaseId, CustomerId, PersonId, PromiseId};
use forewarn_domain::people::Scope;
use forewarn_domain::promise::Promise;
use forewarn_domain::slip::Slip;
use forewarn_domain::text::{CustomerText, InternalText};
use jiff::Timestamp;

/// A promise, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseRow {
    /// The promise.
    pub promise: Promise,
    /// The customer's name.
    pub customer_name: String,
    /// How the newest evidence stands against what the customer was last told.
    pub slip: Slip,
    /// First evidence of that slip, while it counts.
    pub known_at: Option<Timestamp>,
    /// What the last report said of the line's state.
    pub status: LineStatus,
    /// The open case that it is part of.
    pub case: Option<CaseId>,
    /// Since when full reports don't show it any more.
    pub missing_since: Option<Timestamp>,
}

/// Which promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// All.
    All,
    /// Not arrived, not cancelled.
    #[default]
    Open,
    /// Open, and later than the customer puts up with.
    Late,
    /// Open, and later, but inside the customer's tolerance.
    Quiet,
    /// Open, and there is no date any more.
    NoDate,
    /// Arrived.
    Delivered,
    /// Open, and not in the last full report.
    Missing,
}

/// What to look for.
#[derive(Debug, Clone, Default)]
pub struct PromiseSearch {
    /// In order number, item, its description and the customer's name; empty for all.
    pub text: String,
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Only those of accounts that this person owns.
    pub owner: Option<PersonId>,
    /// How they stand.
    pub standing: Standing,
    /// The page before's `next`.
    pub after: Option<String>,
}

/// Something that was said about a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// What was said, by whom, when.
    pub evidence: Evidence,
    /// The name of the person who said it, if it was one.
    pub person_name: Option<String>,
    /// When it reached us.
    pub recorded_at: Timestamp,
}

impl Store {
    /// Promises in the order of their promised dates, those without a date last, a page at a time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn promises(
        &self,
        scope: Scope,
        search: &PromiseSearch,
        limit: u32,
        now: Timestamp,
    ) -> Result<Page<PromiseRow>> {
        let visible = scope::customers(scope, now);
        let (mut conditions, mut values) = (vec![visible.sql], visible.values);
        conditions.push(standing(search.standing).to_owned());
        if let Some(customer) = search.customer {
            conditions.push("p.customer_id = ?".to_owned());
            values.extend(binds![customer]);
        }
        if let Some(owner) = search.owner {
            conditions.push("c.owner_id = ?".to_owned());
            values.extend(binds![owner]);
        }
        if !search.text.trim().is_empty() {
            let text = search.text.trim();
            if self.is_a_number_of_ours(text).await? {
                conditions.push(EXACT.to_owned());
                values.extend(exact(text));
            } else {
                conditions.push(SEARCH.to_owned());
                let pattern = like(&crate::terms::name_key(text));
                values.extend(binds![&pattern, &pattern, &pattern, &pattern]);
            }
        }
        if let Some((day, id)) = search.after.as_deref().and_then(|after| after.split_once(' ')) {
            conditions.push(format!("({DAY} > ? OR ({DAY} = ? AND p.id > ?))"));
            values.extend(binds![day, day, id.parse::<i64>().unwrap_or(0)]);
        }
        let sql = format!(
            "{SELECT} WHERE {} ORDER BY {DAY}, p.id LIMIT {}",
            conditions.join(" AND "),
            u64::from(limit) + 1
        );
        let rows: Vec<PromiseRow> = self.reads().all(&sql, values).await?;
        Ok(Page::cut(rows, limit, |last| {
            let day = last.promise.promised.latest().map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
            format!("{day} {}", last.promise.id)
        }))
    }

    /// Whether somebody who types this means an order or an item: then an index finds it, however many
    /// promises there are.
    async fn is_a_number_of_ours(&self, text: &str) -> Result<bool> {
        let sql = format!("SELECT p.id FROM promise p WHERE p.withdrawn_at IS NULL AND {EXACT} LIMIT 1");
        Ok(self.reads().one::<(PromiseId,)>(&sql, exact(text)).await?.is_some())
    }

    /// One promise, if this person may see it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn promise(&self, scope: Scope, id: PromiseId, now: Timestamp) -> Result<Option<PromiseRow>> {
        Ok(self.promises_numbered(scope, &[id], now).await?.pop())
    }

    /// Everything that was said about a promise, oldest first. Whoever sees no conversations still sees facts
    /// and both texts of a cause.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn evidence(&self, scope: Scope, id: PromiseId, now: Timestamp) -> Result<Vec<EvidenceRow>> {
        let visible = scope::customers(scope, now);
        let sql = format!(
            "SELECT e.*, o.name AS person_name FROM evidence e JOIN promise p ON p.id = e.promise_id \
             JOIN customer c ON c.id = p.customer_id LEFT JOIN person o ON o.id = e.person_id \
             WHERE e.promise_id = ? AND {} ORDER BY e.observed_at, e.id",
            visible.sql
        );
        self.reads().all(&sql, [binds![id], visible.values].concat()).await
    }

    /// The promises behind the lines of a case, ended ones too, by promised date.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lines_of(&self, scope: Scope, case: &Case, now: Timestamp) -> Result<Vec<PromiseRow>> {
        let ids: Vec<PromiseId> = case.lines.keys().copied().collect();
        self.promises_numbered(scope, &ids, now).await
    }

    /// The lines that moved less than their customer's tolerance: listed, never news. Those with the longest
    /// way come first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn quiet_changes(&self, scope: Scope, limit: u32, now: Timestamp) -> Result<Vec<PromiseRow>> {
        let visible = scope::customers(scope, now);
        let sql = format!(
            "{SELECT} WHERE {} AND {} ORDER BY p.slip_days DESC, p.id LIMIT {limit}",
            visible.sql,
            standing(Standing::Quiet),
        );
        self.reads().all(&sql, visible.values).await
    }

    async fn promises_numbered(
        &self,
        scope: Scope,
        ids: &[PromiseId],
        now: Timestamp,
    ) -> Result<Vec<PromiseRow>> {
        let visible = scope::customers(scope, now);
        let mut rows = Vec::with_capacity(ids.len());
        for ids in ids.chunks(500) {
            let sql = format!(
                "{SELECT} WHERE {} AND p.id IN ({}) ORDER BY {DAY}, p.id",
                visible.sql,
                marks(ids.len())
            );
            let numbers: Vec<Value> = ids.iter().flat_map(|id| binds![*id]).collect();
            rows.extend(
                self.reads().all::<PromiseRow>(&sql, [visible.values.clone(), numbers].concat()).await?,
            );
        }
        Ok(rows)
    }
}

const NO_DAY: &str = "9999-12-31";
/// As the index `promise_by_day` has it.
const DAY: &str = "COALESCE(p.promised_to, '9999-12-31')";

pub(crate) const SELECT: &str =
    "SELECT p.*, c.name AS customer_name FROM promise p JOIN customer c ON c.id = p.customer_id";

const EXACT: &str = "(p.order_no IN (?, ?) OR p.item IN (?, ?))";

fn exact(text: &str) -> Vec<crate::db::Value> {
    let upper = text.to_uppercase();
    binds![text, &upper, text, &upper]
}

const SEARCH: &str = "(LOWER(p.order_no) LIKE ? ESCAPE '\\' OR LOWER(p.item) LIKE ? ESCAPE '\\' \
                      OR LOWER(p.description) LIKE ? ESCAPE '\\' OR c.name_key LIKE ? ESCAPE '\\')";

macro_rules! open_and {
    ($condition:literal) => {
        concat!("p.withdrawn_at IS NULL AND p.delivered IS NULL AND p.status <> 'cancelled'", $condition)
    };
}

/// `slip <> 'none'` is said for SQLite, which finds the index on slips by this very term.
fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::All => "p.withdrawn_at IS NULL",
        Standing::Open => open_and!(""),
        Standing::Late => open_and!(" AND p.slip <> 'none' AND p.slip = 'late'"),
        Standing::Quiet => open_and!(" AND p.slip <> 'none' AND p.slip = 'quiet'"),
        Standing::NoDate => open_and!(" AND (p.slip = 'no-date' OR p.promised_is = 'no-date-yet')"),
        Standing::Delivered => "p.withdrawn_at IS NULL AND p.delivered IS NOT NULL",
        Standing::Missing => open_and!(" AND p.missing_since IS NOT NULL"),
    }
}

impl FromRow for PromiseRow {
    fn from_row(row: &Row) -> Result<Self> {
        let key = LineKey {
            order: row.get("order_no")?,
            line: row.get("line_no")?,
            schedule: row.get("schedule_no")?,
        };
        let promise = Promise {
            id: row.get("id")?,
            customer: row.get("customer_id")?,
            key,
            item: row.get("item")?,
            description: row.get("description")?,
            quantity: row.get("quantity")?,
            unit: row.get("unit")?,
            value: row.get("value")?,
            currency: row.get("currency")?,
            requested: row.get("requested")?,
            first_promised: row.get("first_promised")?,
            promised: columns::promised(row)?,
            outlook: columns::outlook(row)?,
            observed_at: row.get("observed_at")?,
            delivered: row.get("delivered")?,
        };
        Ok(Self {
            promise,
            customer_name: row.get("customer_name")?,
            slip: columns::slip(row)?,
            known_at: row.get("known_at")?,
            status: row.get::<Word<LineStatus>>("status")?.0,
            case: row.get("case_id")?,
            missing_since: row.get("missing_since")?,
        })
    }
}

impl FromRow for EvidenceRow {
    fn from_row(row: &Row) -> Result<Self> {
        let text = |column| row.get::<Option<String>>(column);
        let evidence = Evidence {
            promise: row.get("promise_id")?,
            outlook: columns::outlook(row)?.unwrap_or(Outlook::NoDate),
            source: row.get::<Json<Source>>("source")?.0,
            cause: Cause {
                internal: text("cause_internal")?.and_then(|text| InternalText::new(&text)),
                customer: text("cause_customer")?.and_then(|text| CustomerText::new(&text)),
            },
            observed_at: row.get("observed_at")?,
        };
        Ok(Self { evidence, person_name: row.get("person_name")?, recorded_at: row.get("recorded_at")? })
    }
}
