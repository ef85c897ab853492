//! The statements that write a batch of rows.

use super::known::{KnownRow, LineState};
use super::outcome::ImportOutcome;
use super::{ImportRequest, RowProblem};
use crate::columns::{outlook_values, promised_values, slip_values};
use crate::db::{Bind as _, Holds, Tx, Value, Word, binds, json, table_value};
use crate::error::Result;
use forewarn_domain::evidence::{Outlook, Source};
use forewarn_domain::fact::{LineStatus, OrderLine};
use forewarn_domain::ids::{CustomerId, ImportId, PromiseId};
use forewarn_domain::promise::Promised;
use forewarn_domain::report::NewLine;
use forewarn_domain::slip::Slip;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// What a batch of rows will write.
pub(super) struct Batch {
    import: ImportId,
    promises: Vec<Vec<Value>>,
    evidence: Vec<Vec<Value>>,
    changes: Vec<Vec<Value>>,
    before: Vec<Vec<Value>>,
    particulars: Vec<Vec<Value>>,
    errors: Vec<Vec<Value>>,
}

const PROMISE: [&str; 29] = [
    "id",
    "customer_id",
    "order_no",
    "line_no",
    "schedule_no",
    "item",
    "description",
    "quantity",
    "unit",
    "value",
    "currency",
    "requested",
    "first_promised",
    "promised_is",
    "promised_from",
    "promised_to",
    "outlook_is",
    "outlook_from",
    "outlook_to",
    "reported",
    "observed_at",
    "slip",
    "slip_days",
    "known_at",
    "delivered",
    "status",
    "particulars",
    "added_import_id",
    "last_import_id",
];

impl Batch {
    pub(super) fn new(import: ImportId) -> Self {
        Self {
            import,
            promises: Vec::new(),
            evidence: Vec::new(),
            changes: Vec::new(),
            before: Vec::new(),
            particulars: Vec::new(),
            errors: Vec::new(),
        }
    }

    pub(super) fn reject(&mut self, outcome: &mut ImportOutcome, problems: Vec<RowProblem>) {
        outcome.reject(&problems);
        for RowProblem { row, column, found, expected, fix } in problems {
            let row = i64::try_from(row).unwrap_or(i64::MAX);
            self.errors.push(binds![self.import, row, column, found, expected, fix]);
        }
    }

    pub(super) fn promise(
        &mut self,
        promise: PromiseId,
        customer: CustomerId,
        line: &OrderLine,
        new: &NewLine,
        slip: Slip,
        request: &ImportRequest,
    ) {
        let status = if new.cancelled { LineStatus::Cancelled } else { LineStatus::Open };
        let mut row = binds![
            promise,
            customer,
            &line.key.order,
            &line.key.line,
            &line.key.schedule,
            line.item.as_ref(),
            line.description.as_ref(),
            line.quantity,
            line.unit.as_ref(),
            line.value,
            line.currency.as_ref(),
            line.requested.date(),
            new.first_promised,
        ];
        row.extend(promised_values(Promised::Date { on: new.first_promised }));
        row.extend(outlook_values(new.outlook));
        row.extend(binds![new.reported.to_string(), request.as_of]);
        row.extend(slip_values(slip));
        row.extend(binds![
            slip.counts().then_some(request.as_of),
            new.delivered,
            Word(status),
            particulars(line),
            self.import,
            self.import,
        ]);
        self.promises.push(row);
    }

    pub(super) fn evidence(&mut self, promise: PromiseId, outlook: Outlook, request: &ImportRequest) {
        let source = Source::Report { file: request.file_name.clone() };
        let mut row = binds![promise];
        row.extend(outlook_values(Some(outlook)));
        row.extend(binds![json(&source), request.as_of, request.now, self.import]);
        self.evidence.push(row);
    }

    /// Writes what differs from before; nothing, for most rows.
    pub(super) fn change(&mut self, known: &KnownRow, after: LineState, line: &OrderLine) {
        let particulars = particulars(line);
        if after == known.state && particulars == known.particulars {
            return;
        }
        if after != known.state {
            self.before.push(binds![self.import, known.promise, json(&known.state)]);
        }
        let LineState { reported, observed_at, known_at, delivered, status, .. } = after;
        let mut row = binds![known.promise];
        row.extend(outlook_values(after.outlook));
        row.extend(binds![reported, observed_at]);
        row.extend(slip_values(after.slip));
        row.extend(binds![known_at, delivered, status]);
        self.changes.push(row);
        if particulars != known.particulars {
            self.particulars.push(binds![
                known.promise,
                line.item.as_ref(),
                line.description.as_ref(),
                line.quantity,
                line.unit.as_ref(),
                line.value,
                line.currency.as_ref(),
                line.requested.date(),
                particulars,
            ]);
        }
    }

    pub(super) async fn write(self, tx: &Tx) -> Result<()> {
        tx.insert_rows("promise", &PROMISE, self.promises).await?;
        let columns = [
            "promise_id",
            "outlook_is",
            "outlook_from",
            "outlook_to",
            "source",
            "observed_at",
            "recorded_at",
            "import_id",
        ];
        tx.insert_rows("evidence", &columns, self.evidence).await?;
        tx.insert_rows("import_before", &["import_id", "promise_id", "before"], self.before).await?;
        let columns = ["import_id", "row_no", "column_name", "found", "expected", "fix"];
        tx.insert_rows("import_error", &columns, self.errors).await?;
        write_changes(tx, self.import, self.changes).await?;
        write_particulars(tx, self.particulars).await
    }
}

async fn write_changes(tx: &Tx, import: ImportId, changes: Vec<Vec<Value>>) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let table = tx.engine().table(&[
        ("id", Holds::Number),
        ("outlook_is", Holds::Text),
        ("outlook_from", Holds::Text),
        ("outlook_to", Holds::Text),
        ("reported", Holds::Text),
        ("observed_at", Holds::Number),
        ("slip", Holds::Text),
        ("slip_days", Holds::Number),
        ("known_at", Holds::Number),
        ("delivered", Holds::Text),
        ("status", Holds::Text),
    ]);
    let sql = format!(
        "UPDATE promise SET last_import_id = ?, missing_since = NULL, outlook_is = t.outlook_is, \
         outlook_from = t.outlook_from, outlook_to = t.outlook_to, reported = t.reported, \
         observed_at = t.observed_at, slip = t.slip, slip_days = t.slip_days, known_at = t.known_at, \
         delivered = t.delivered, status = t.status FROM {table} AS t WHERE promise.id = t.id"
    );
    tx.execute(&sql, vec![import.bind(), table_value(&changes)]).await?;
    Ok(())
}

async fn write_particulars(tx: &Tx, changes: Vec<Vec<Value>>) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let table = tx.engine().table(&[
        ("id", Holds::Number),
        ("item", Holds::Text),
        ("description", Holds::Text),
        ("quantity", Holds::Number),
        ("unit", Holds::Text),
        ("value", Holds::Number),
        ("currency", Holds::Text),
        ("requested", Holds::Text),
        ("particulars", Holds::Number),
    ]);
    let sql = format!(
        "UPDATE promise SET item = t.item, description = t.description, quantity = t.quantity, unit = t.unit, \
         value = t.value, currency = t.currency, requested = t.requested, particulars = t.particulars \
         FROM {table} AS t WHERE promise.id = t.id"
    );
    tx.execute(&sql, vec![table_value(&changes)]).await?;
    Ok(())
}

/// Other imports wait until this one ends. SQLite has one writer at a time anyway.
pub(super) async fn one_import_at_a_time(tx: &Tx) -> Result<()> {
    if let Some(lock) = tx.engine().import_lock() {
        tx.execute(lock, binds![]).await?;
    }
    Ok(())
}

/// Numbers were given by hand: the database's own counter goes on behind them.
pub(super) async fn continue_numbers(tx: &Tx, tables: &[&str]) -> Result<()> {
    for table in tables {
        if let Some(sql) = tx.engine().continue_numbers(table) {
            tx.execute(&sql, binds![]).await?;
        }
    }
    Ok(())
}

pub(super) async fn imported(tx: &Tx, request: &ImportRequest, outcome: &ImportOutcome) -> Result<()> {
    let sql =
        "UPDATE import SET state = 'imported', progress_rows = ?, report = ?, imported_at = ? WHERE id = ?";
    let read = i64::try_from(outcome.read).unwrap_or(i64::MAX);
    tx.execute(sql, binds![read, json(outcome), request.now, request.import]).await?;
    Ok(())
}

/// All that a report says of a line beside its dates, in one number: another number, another text. A change
/// of the function only makes the next import write the particulars once more.
fn particulars(line: &OrderLine) -> i64 {
    let mut hash = DefaultHasher::new();
    (&line.item, &line.description, &line.unit, &line.currency).hash(&mut hash);
    (line.quantity, line.value, line.requested.date()).hash(&mut hash);
    hash.finish().cast_signed()
}
