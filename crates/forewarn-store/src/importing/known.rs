//! Lines that were known before the report.

use crate::columns;
use crate::db::{Holds, Json, Tx, binds, table_value};
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
    let rows = tx.engine().rows_as_json(FOUND);
    let sql = format!(
        "SELECT {rows} FROM {table} AS t CROSS JOIN promise AS p \
         WHERE p.order_no = t.order_no AND p.line_no = t.line_no AND p.schedule_no = t.schedule_no \
         AND p.withdrawn_at IS NULL"
    );
    let found: Option<(Json<Vec<Found>>,)> = tx.one(&sql, vec![table_value(&keys)]).await?;
    let found = found.map(|(Json(found),)| found).unwrap_or_default();
    let mut known = found.into_iter().map(KnownRow::try_from).collect::<Result<Vec<_>>>()?;
    known.sort_unstable_by_key(|known| known.at);
    Ok(known)
}

/// What [`Found`] is made of, in its order.
const FOUND: &str = "t.at, p.id, p.customer_id, p.promised_is, p.promised_from, p.promised_to, p.outlook_is, \
                     p.outlook_from, p.outlook_to, p.reported, p.observed_at, p.slip, p.slip_days, p.known_at, \
                     p.firm_at, p.delivered, p.status, p.case_id, p.missing_since, p.particulars";

#[derive(Deserialize)]
struct Found {
    at: i64,
    promise: PromiseId,
    customer: CustomerId,
    promised_is: String,
    promised_from: Option<Date>,
    promised_to: Option<Date>,
    outlook_is: Option<String>,
    outlook_from: Option<Date>,
    outlook_to: Option<Date>,
    reported: Option<String>,
    observed_at: i64,
    slip: String,
    slip_days: Option<i32>,
    known_at: Option<i64>,
    firm_at: Option<i64>,
    delivered: Option<Date>,
    status: String,
    case: Option<CaseId>,
    missing_since: Option<i64>,
    particulars: i64,
}

/// An open line, and since when it is missing.
type OpenLine = (PromiseId, Option<i64>);

/// Marks the open lines that a full report doesn't show; gives their number.
pub(super) async fn note_missing(tx: &Tx, seen: &HashSet<PromiseId>, as_of: Timestamp) -> Result<u64> {
    const AT_ONCE: usize = 20_000;
    let rows = tx.engine().rows_as_json("o.id, o.missing_since");
    let sql = format!(
        "SELECT {rows} FROM (SELECT id, missing_since FROM promise WHERE id > ? AND delivered IS NULL \
         AND status = 'open' AND withdrawn_at IS NULL AND observed_at < ? ORDER BY id LIMIT {AT_ONCE}) AS o"
    );
    let (mut last, mut missing) = (PromiseId(0), 0);
    loop {
        let open: Option<(Json<Vec<OpenLine>>,)> = tx.one(&sql, binds![last, as_of]).await?;
        let open = open.map(|(Json(open),)| open).unwrap_or_default();
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
        match open.iter().map(|(promise, _)| *promise).max() {
            Some(promise) if open.len() == AT_ONCE => last = promise,
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

impl TryFrom<Found> for KnownRow {
    type Error = StoreError;

    fn try_from(found: Found) -> Result<Self> {
        let reported = found.reported.unwrap_or_default();
        let state = LineState {
            outlook: columns::outlook_of(found.outlook_is, (found.outlook_from, found.outlook_to))?,
            observed_at: found.observed_at,
            slip: columns::slip_of(found.slip, found.slip_days)?,
            known_at: found.known_at,
            delivered: found.delivered,
            status: found.status,
            missing_since: found.missing_since,
            reported,
        };
        let line = KnownLine {
            promised: columns::promised_of(found.promised_is, (found.promised_from, found.promised_to))?,
            outlook: state.outlook,
            reported: state.reported.parse().map_err(|_| unreadable("reported", &state.reported))?,
            observed_at: instant(state.observed_at)?,
            delivered: state.delivered,
            cancelled: state.status == crate::db::word(&LineStatus::Cancelled),
        };
        Ok(Self {
            at: found.at,
            promise: found.promise,
            customer: found.customer,
            line,
            case: found.case,
            firm_at: found.firm_at.map(instant).transpose()?,
            particulars: found.particulars,
            state,
        })
    }
}

fn instant(microseconds: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(microseconds).map_err(|_| unreadable("an instant", &microseconds.to_string()))
}

fn unreadable(column: &str, found: &str) -> StoreError {
    StoreError::Unreadable { column: column.to_owned(), found: found.to_owned() }
}
