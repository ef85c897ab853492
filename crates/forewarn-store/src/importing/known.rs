//! Lines that were known before the report.

use crate::columns;
use crate::db::{FromRow, Holds, Row, Tx, Word, binds, table_value};
use crate::error::{Result, StoreError};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::fact::{LineStatus, OrderLine};
use forewarn_domain::ids::{CaseId, CustomerId, PromiseId};
use forewarn_domain::report::{KnownLine, Reported};
use forewarn_domain::slip::Slip;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// A line as the database has it.
#[derive(Debug, Clone)]
pub(super) struct KnownRow {
    /// Which of the rows that were looked up.
    pub(super) at: i64,
    pub(super) promise: PromiseId,
    pub(super) customer: CustomerId,
    pub(super) line: KnownLine,
    pub(super) case: Option<CaseId>,
    pub(super) firm_at: Option<Timestamp>,
    pub(super) state: LineState,
    pub(super) particulars: i64,
}

/// The columns that an import may change, as they were or will be. Kept as JSON, so that an import can be
/// undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LineState {
    pub(super) outlook: Option<Outlook>,
    pub(super) reported: String,
    pub(super) observed_at: i64,
    pub(super) slip: Slip,
    pub(super) known_at: Option<i64>,
    pub(super) delivered: Option<Date>,
    pub(super) status: String,
    pub(super) missing_since: Option<i64>,
}

/// The lines of a batch that are known, in the order of the batch.
pub(super) async fn look_up(tx: &Tx, lines: &[(u64, OrderLine)]) -> Result<Vec<KnownRow>> {
    let keys: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(at, (_, line))| binds![at as i64, &line.key.order, &line.key.line, &line.key.schedule])
        .collect();
    let table = tx.engine().table(&[
        ("at", Holds::Number),
        ("order_no", Holds::Text),
        ("line_no", Holds::Text),
        ("schedule_no", Holds::Text),
    ]);
    // CROSS JOIN: the few keys lead, and the index on the many lines follows.
    let sql = format!(
        "SELECT t.at, p.* FROM {table} AS t CROSS JOIN promise AS p \
         WHERE p.order_no = t.order_no AND p.line_no = t.line_no AND p.schedule_no = t.schedule_no \
         AND p.withdrawn_at IS NULL ORDER BY t.at"
    );
    tx.all(&sql, vec![table_value(&keys)]).await
}

/// Marks the open lines that a full report doesn't show; gives their number.
pub(super) async fn note_missing(tx: &Tx, seen: &HashSet<PromiseId>, as_of: Timestamp) -> Result<u64> {
    const AT_ONCE: usize = 5_000;
    let (mut last, mut missing) = (0, 0);
    loop {
        let sql = format!(
            "SELECT id, missing_since FROM promise WHERE id > ? AND delivered IS NULL AND status = 'open' \
             AND withdrawn_at IS NULL AND observed_at < ? ORDER BY id LIMIT {AT_ONCE}"
        );
        let open: Vec<(PromiseId, Option<Timestamp>)> = tx.all(&sql, binds![last, as_of]).await?;
        let absent = || open.iter().filter(|(promise, _)| !seen.contains(promise));
        missing += absent().count() as u64;
        let newly: Vec<_> =
            absent().filter(|(_, since)| since.is_none()).map(|(promise, _)| binds![*promise]).collect();
        if !newly.is_empty() {
            let table = tx.engine().table(&[("id", Holds::Number)]);
            let sql =
                format!("UPDATE promise SET missing_since = ? WHERE id IN (SELECT t.id FROM {table} AS t)");
            tx.execute(&sql, vec![crate::db::Bind::bind(as_of), table_value(&newly)]).await?;
        }
        match open.last() {
            Some((promise, _)) if open.len() == AT_ONCE => last = promise.0,
            _ => return Ok(missing),
        }
    }
}

impl KnownRow {
    /// What the row becomes when the report says nothing new: seen again, with the words it used.
    pub(super) fn after(&self, reported: Reported) -> LineState {
        LineState { reported: reported.to_string(), missing_since: None, ..self.state.clone() }
    }

    /// Whether the same words, said again, may turn a slip into news: it is known, not fit to tell, and it is
    /// the report that says so.
    pub(super) fn may_stand_through(&self, reported: Reported) -> bool {
        let says = reported.stated() == Some(self.line.outlook.and_then(Outlook::latest));
        self.state.slip.counts()
            && says
            && self.firm_at.is_none()
            && self.case.is_some()
            && self.line.delivered.is_none()
    }
}

impl LineState {
    pub(super) fn moved(&mut self, outlook: Outlook, slip: Slip, observed_at: Timestamp) {
        let known_before = self.known_at.filter(|_| self.slip.counts());
        self.outlook = Some(outlook);
        self.observed_at = observed_at.as_microsecond();
        self.slip = slip;
        self.known_at = slip.counts().then(|| known_before.unwrap_or(self.observed_at));
    }

    pub(super) fn delivered(&mut self, on: Date) {
        self.delivered = Some(on);
        self.slip = Slip::None;
    }

    pub(super) fn cancelled(&mut self) {
        self.status = crate::db::word(&LineStatus::Cancelled);
        self.slip = Slip::None;
    }
}

impl FromRow for KnownRow {
    fn from_row(row: &Row) -> Result<Self> {
        let reported: Option<String> = row.get("reported")?;
        let reported = reported.unwrap_or_default();
        let observed_at: Timestamp = row.get("observed_at")?;
        let Word(status) = row.get::<Word<LineStatus>>("status")?;
        let state = LineState {
            outlook: columns::outlook(row)?,
            observed_at: observed_at.as_microsecond(),
            slip: columns::slip(row)?,
            known_at: row.get("known_at")?,
            delivered: row.get("delivered")?,
            status: crate::db::word(&status),
            missing_since: row.get("missing_since")?,
            reported,
        };
        let unreadable =
            || StoreError::Unreadable { column: "reported".to_owned(), found: state.reported.clone() };
        Ok(Self {
            at: row.get("at")?,
            promise: row.get("id")?,
            customer: row.get("customer_id")?,
            line: KnownLine {
                promised: columns::promised(row)?,
                outlook: state.outlook,
                reported: state.reported.parse().map_err(|_| unreadable())?,
                observed_at,
                delivered: state.delivered,
                cancelled: status == LineStatus::Cancelled,
            },
            case: row.get("case_id")?,
            firm_at: row.get("firm_at")?,
            particulars: row.get("particulars")?,
            state,
        })
    }
}
