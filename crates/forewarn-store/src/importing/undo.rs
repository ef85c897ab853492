//! Taking an import back, for a day: what it added is withdrawn, what it changed is as before. The history
//! keeps both.

use super::known::LineState;
use crate::cases::{Heard, take_in};
use crate::columns::{outlook_values, slip_values};
use crate::db::{FromRow, Holds, Json, Row, Store, Tx, Value, binds, table_value};
use crate::error::{Result, StoreError};
use crate::terms::TermsBook;
use forewarn_domain::amount::Amount;
use forewarn_domain::case::{LineFacts, Observation, Observed};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::fact::LineKey;
use forewarn_domain::ids::{CaseId, CustomerId, ImportId, PersonId, PromiseId};
use forewarn_domain::promise::Promised;
use jiff::{SignedDuration, Timestamp};

/// Why an import can't be undone.
#[derive(Debug, thiserror::Error)]
pub enum UndoRefused {
    /// There is none with this number, or it never came to an end.
    #[error("There is no finished import with this number.")]
    NotImported,
    /// It was undone before.
    #[error("This import has been undone already.")]
    AlreadyUndone,
    /// More than a day has passed.
    #[error(
        "An import can be undone for 24 hours. Import a corrected report instead: it moves the dates back."
    )]
    TooLate,
    /// Another import came after it and built on it.
    #[error("“{0}” was imported after this one. Undo that one first.")]
    NotTheLast(String),
    /// A customer has been told of what it brought.
    #[error(
        "{0} has been told of a slip that this import brought, and can't be untold. Import a corrected report instead."
    )]
    Told(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Undoes an import: lines that it added are withdrawn, lines that it changed are as before, and their
    /// cases hear of it.
    ///
    /// # Errors
    /// [`UndoRefused`] says why not; then nothing has changed.
    pub async fn undo_import(
        &self,
        import: ImportId,
        by: Option<PersonId>,
        now: Timestamp,
    ) -> Result<(), UndoRefused> {
        let tx = self.begin().await?;
        super::write::one_import_at_a_time(&tx).await?;
        let as_of = may_be_undone(&tx, import, now).await?;
        let book = TermsBook::load(tx.reads(), now).await?;
        let mut heard = withdraw(&tx, import, now).await?;
        heard.extend(restore(&tx, import, now).await?);
        take_in(&tx, &book, heard, by, now, now).await?;
        let sql = "UPDATE promise SET missing_since = NULL WHERE missing_since = ?";
        tx.execute(sql, binds![as_of]).await?;
        let sql = "UPDATE import SET state = 'undone', undone_at = ? WHERE id = ?";
        tx.execute(sql, binds![now, import]).await?;
        Ok(tx.commit().await?)
    }
}

async fn may_be_undone(tx: &Tx, import: ImportId, now: Timestamp) -> Result<Timestamp, UndoRefused> {
    let sql = "SELECT as_of, imported_at, undone_at FROM import WHERE id = ?";
    let row: Option<(Timestamp, Option<Timestamp>, Option<Timestamp>)> = tx.one(sql, binds![import]).await?;
    let (as_of, imported_at) = match row {
        None | Some((_, None, _)) => return Err(UndoRefused::NotImported),
        Some((.., Some(_))) => return Err(UndoRefused::AlreadyUndone),
        Some((as_of, Some(imported_at), None)) => (as_of, imported_at),
    };
    if now.duration_since(imported_at) > SignedDuration::from_hours(24) {
        return Err(UndoRefused::TooLate);
    }
    let sql = "SELECT file_name FROM import WHERE state = 'imported' AND id > ? ORDER BY id DESC";
    if let Some((file,)) = tx.one::<(String,)>(sql, binds![import]).await? {
        return Err(UndoRefused::NotTheLast(file));
    }
    let sql = "SELECT c.name FROM promise p JOIN case_event e ON e.case_id = p.case_id \
               JOIN customer c ON c.id = p.customer_id \
               WHERE e.kind IN ('told', 'good-news-told') AND e.recorded_at >= ? AND (p.added_import_id = ? \
               OR p.id IN (SELECT promise_id FROM import_before WHERE import_id = ?)) ORDER BY c.name";
    match tx.one::<(String,)>(sql, binds![imported_at, import, import]).await? {
        Some((customer,)) => Err(UndoRefused::Told(customer)),
        None => Ok(as_of),
    }
}

/// Withdraws the lines that the import added.
async fn withdraw(tx: &Tx, import: ImportId, now: Timestamp) -> Result<Vec<Heard>> {
    let sql = "SELECT id, customer_id, case_id FROM promise \
               WHERE added_import_id = ? AND withdrawn_at IS NULL AND case_id IS NOT NULL";
    let added: Vec<(PromiseId, CustomerId, Option<CaseId>)> = tx.all(sql, binds![import]).await?;
    let sql = "UPDATE promise SET withdrawn_at = ?, slip = 'none', slip_days = NULL, known_at = NULL \
               WHERE added_import_id = ? AND withdrawn_at IS NULL";
    tx.execute(sql, binds![now, import]).await?;
    let heard = added.into_iter().map(|(promise, customer, case)| {
        let observation = Observation { promise, observed: Observed::Withdrawn { import } };
        Heard { customer, case, observation }
    });
    Ok(heard.collect())
}

/// Puts the lines that the import changed back to what they were.
async fn restore(tx: &Tx, import: ImportId, now: Timestamp) -> Result<Vec<Heard>> {
    let sql = "SELECT p.id, p.customer_id, p.case_id, p.order_no, p.line_no, p.schedule_no, p.value, \
               p.promised_is, p.promised_from, p.promised_to, p.delivered, p.status, b.before \
               FROM import_before b JOIN promise p ON p.id = b.promise_id WHERE b.import_id = ? ORDER BY p.id";
    let changed: Vec<Changed> = tx.all(sql, binds![import]).await?;
    let rows: Vec<Vec<Value>> = changed
        .iter()
        .map(|Changed { promise, before, .. }| {
            let mut row = binds![*promise];
            row.extend(outlook_values(before.outlook));
            row.extend(binds![&before.reported, before.observed_at]);
            row.extend(slip_values(before.slip));
            row.extend(binds![before.known_at, before.delivered, &before.status, before.missing_since]);
            row
        })
        .collect();
    let (text, number) = (Holds::Text, Holds::Number);
    let table = tx.engine().table(&[
        ("id", number),
        ("outlook_is", text),
        ("outlook_from", text),
        ("outlook_to", text),
        ("reported", text),
        ("observed_at", number),
        ("slip", text),
        ("slip_days", number),
        ("known_at", number),
        ("delivered", text),
        ("status", text),
        ("missing_since", number),
    ]);
    let sql = format!(
        "UPDATE promise SET outlook_is = t.outlook_is, outlook_from = t.outlook_from, \
         outlook_to = t.outlook_to, reported = t.reported, observed_at = t.observed_at, slip = t.slip, \
         slip_days = t.slip_days, known_at = t.known_at, delivered = t.delivered, status = t.status, \
         missing_since = t.missing_since FROM {table} AS t WHERE promise.id = t.id"
    );
    tx.execute(&sql, vec![table_value(&rows)]).await?;
    Ok(changed.into_iter().flat_map(|changed| changed.observations(import, now)).collect())
}

/// A line that the import changed, as it is and as it was.
struct Changed {
    promise: PromiseId,
    customer: CustomerId,
    case: Option<CaseId>,
    key: LineKey,
    value: Option<Amount>,
    promised: Promised,
    ended: bool,
    before: LineState,
}

impl Changed {
    /// What its case hears: it is open again, and the old date holds again. A line whose case has ended
    /// meanwhile slips anew, known since it was first known.
    fn observations(self, import: ImportId, now: Timestamp) -> Vec<Heard> {
        let Self { promise, customer, case, before, promised, .. } = self;
        let outlook = before.outlook.or_else(|| promised.latest().map(|on| Outlook::Likely { on }));
        let (Some(outlook), false) = (outlook, before.delivered.is_some()) else { return Vec::new() };
        let source = "an import that was undone".to_owned();
        let mut observed = Vec::new();
        if case.is_some() {
            if self.ended {
                observed.push(Observed::Reopened { import });
            }
            observed.push(Observed::Outlook { outlook, observed_at: now, source, confirmed: false });
        } else if before.slip.counts() {
            let known_at = before.known_at.and_then(|at| Timestamp::from_microsecond(at).ok()).unwrap_or(now);
            let line = LineFacts {
                promise,
                key: self.key,
                promised,
                outlook,
                slip: before.slip,
                value: self.value.unwrap_or_default(),
                known_at,
                observed_at: now,
                source,
            };
            observed.push(Observed::Slipped { line, confirmed: false });
        }
        let heard = |observed| Heard { customer, case, observation: Observation { promise, observed } };
        observed.into_iter().map(heard).collect()
    }
}

impl FromRow for Changed {
    fn from_row(row: &Row) -> Result<Self> {
        let Json(before) = row.get::<Json<LineState>>("before")?;
        let delivered: Option<String> = row.get("delivered")?;
        let status: String = row.get("status")?;
        Ok(Self {
            promise: row.get("id")?,
            customer: row.get("customer_id")?,
            case: row.get("case_id")?,
            key: LineKey {
                order: row.get("order_no")?,
                line: row.get("line_no")?,
                schedule: row.get("schedule_no")?,
            },
            value: row.get("value")?,
            promised: crate::columns::promised(row)?,
            ended: delivered.is_some() || status == "cancelled",
            before,
        })
    }
}
