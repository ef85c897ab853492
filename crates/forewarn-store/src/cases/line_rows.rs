//! What cases change in the rows of their promises, kept until it can go out many rows to a statement.

use crate::columns::{promised_values, slip_values};
use crate::db::{Holds, Tx, Value, binds, table_value};
use crate::error::Result;
use forewarn_domain::case::{Case, CaseLine, LineEnd, Stage};
use forewarn_domain::ids::{CaseId, PromiseId};
use forewarn_domain::slip::Slip;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Rows of promises that will change; of several changes of one row, the last counts.
#[derive(Default)]
pub(super) struct LineRows {
    slips: BTreeMap<PromiseId, Vec<Value>>,
    cases: BTreeMap<PromiseId, Vec<Value>>,
    promised: BTreeMap<PromiseId, Vec<Value>>,
    arrived: BTreeMap<PromiseId, Vec<Value>>,
}

/// How many rows one statement changes.
const AT_ONCE: usize = 2_000;

impl LineRows {
    /// Notes what differs between two states of a case.
    pub(super) fn note(&mut self, id: CaseId, before: Option<&Case>, after: &Case) {
        let closed = |case: &Case| case.stage() == Stage::Closed;
        let turned = before.is_some_and(|before| closed(before) != closed(after));
        for (promise, line) in &after.lines {
            let was = before.and_then(|before| before.lines.get(promise));
            if was == Some(line) && !turned {
                continue;
            }
            if was.is_none_or(|was| slip_of(was) != slip_of(line)) {
                let (known_at, firm_at) = (Some(line.known_at), line.firm_at);
                let counts = line.slip.counts();
                let mut row = binds![*promise];
                row.extend(slip_values(line.slip));
                row.extend(binds![known_at.filter(|_| counts), firm_at.filter(|_| counts)]);
                self.slips.insert(*promise, row);
            }
            if was.is_some_and(|was| was.promised != line.promised) {
                let mut row = binds![*promise];
                row.extend(promised_values(line.promised));
                self.promised.insert(*promise, row);
            }
            if let Some(LineEnd::Delivered { on, .. }) = line.end {
                self.arrived.insert(*promise, binds![*promise, on]);
            }
            let joins = belongs(line) && !closed(after);
            self.cases.insert(*promise, binds![*promise, id, if joins { "joins" } else { "leaves" }]);
        }
    }

    pub(super) async fn write(self, tx: &Tx) -> Result<()> {
        let (text, number) = (Holds::Text, Holds::Number);
        // The one statement that changes what was promised (rule 1): the customer has heard it.
        let promised = "UPDATE promise SET promised_is = t.a, promised_from = t.b, promised_to = t.c \
                        FROM {table} AS t WHERE promise.id = t.id";
        let columns = [("id", number), ("a", text), ("b", text), ("c", text)];
        update(tx, promised, &columns, self.promised).await?;
        let slips = "UPDATE promise SET slip = t.slip, slip_days = t.days, known_at = t.known, \
                     firm_at = t.firm FROM {table} AS t WHERE promise.id = t.id";
        let columns = [("id", number), ("slip", text), ("days", number), ("known", number), ("firm", number)];
        update(tx, slips, &columns, self.slips).await?;
        // A person may know it before a report does; what a report has said stays.
        let arrived = "UPDATE promise SET delivered = t.on_day FROM {table} AS t \
                       WHERE promise.id = t.id AND promise.delivered IS NULL";
        update(tx, arrived, &[("id", number), ("on_day", text)], self.arrived).await?;
        // A line that is in a case stays there; one that leaves, leaves only its own.
        let cases = "UPDATE promise SET case_id = CASE WHEN t.does = 'joins' THEN \
                     COALESCE(promise.case_id, t.of_case) WHEN promise.case_id = t.of_case THEN NULL \
                     ELSE promise.case_id END FROM {table} AS t WHERE promise.id = t.id";
        update(tx, cases, &[("id", number), ("of_case", number), ("does", text)], self.cases).await
    }
}

async fn update(
    tx: &Tx,
    sql: &str,
    columns: &[(&str, Holds)],
    rows: BTreeMap<PromiseId, Vec<Value>>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let sql = sql.replace("{table}", &tx.engine().table(columns));
    let rows: Vec<_> = rows.into_values().collect();
    for rows in rows.chunks(AT_ONCE) {
        tx.execute(&sql, vec![table_value(rows)]).await?;
    }
    Ok(())
}

/// All of a line that its promise's row keeps about the slip.
fn slip_of(line: &CaseLine) -> (Slip, Timestamp, Option<Timestamp>) {
    (line.slip, line.known_at, line.firm_at)
}

fn belongs(line: &CaseLine) -> bool {
    matches!(line.end, None | Some(LineEnd::Delivered { .. }))
}
