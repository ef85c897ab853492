//! Setting clocks anew, for what changed since the last tick: a calendar, the policy, an absence.
//!
//! What was asked for waits in a table until it is done, some cases to a transaction, so that neither a crash nor
//! fifty thousand open cases lose any of it or keep anybody waiting.

use super::Ticked;
use crate::cases::{CaseFile, Ledger, load_files, stands};
use crate::db::{FromRow, Json, Row, Store, Tx, Value, binds};
use crate::error::Result;
use crate::scope::{STANDS_IN_FOR, stands_in};
use crate::terms::TermsBook;
use forewarn_domain::escalation::Because;
use forewarn_domain::ids::{CaseId, PersonId};
use jiff::Timestamp;

/// Cases to a transaction.
const AT_ONCE: usize = 40;
/// Transactions to a tick: the steps that are due must not wait for more.
const ROUNDS: usize = 5;

/// Sets some of the clocks anew that wait for it.
pub(super) async fn some(store: &Store, now: Timestamp) -> Result<Ticked> {
    let mut ticked = Ticked::default();
    for _ in 0..ROUNDS {
        let waiting = "SELECT id FROM recompute ORDER BY id LIMIT 1";
        if store.reads().one::<(i64,)>(waiting, Vec::new()).await?.is_none() {
            return Ok(ticked);
        }
        match round(store, now).await {
            Ok(set_anew) => ticked.set_anew += set_anew,
            // Somebody works on one of these cases: the next tick tries again.
            Err(error) if error.may_be_tried_again() => break,
            Err(error) => return Err(error),
        }
    }
    ticked.more = true;
    Ok(ticked)
}

async fn round(store: &Store, now: Timestamp) -> Result<u32> {
    let tx = store.begin_briefly().await?;
    let sql = format!(
        "SELECT id, whose, of_id, because, after_case FROM recompute ORDER BY id LIMIT 1{}",
        tx.engine().skip_locked()
    );
    let Some(asked) = tx.one::<Asked>(&sql, Vec::new()).await? else { return Ok(0) };
    let cases = concerned(&tx, &asked, now).await?;
    let book = TermsBook::load(tx.reads(), now).await?;
    let mut ledger = Ledger::new(&tx, now);
    let mut set_anew = 0;
    for file in &mut readable(&tx, &book, &cases).await? {
        let moved = |case: &_| !stands(file, case);
        let events = file.case.reschedule(asked.because, moved, now, &file.terms);
        if !events.is_empty() {
            set_anew += 1;
            ledger.append(file, events, None, now, None).await?;
        }
    }
    ledger.write().await?;
    match cases.last().filter(|_| cases.len() == AT_ONCE) {
        Some(last) => {
            tx.execute("UPDATE recompute SET after_case = ? WHERE id = ?", binds![*last, asked.id]).await?
        }
        None => tx.execute("DELETE FROM recompute WHERE id = ?", binds![asked.id]).await?,
    };
    tx.commit().await?;
    Ok(set_anew)
}

/// These cases, locked. One that can't be read must not keep the others waiting.
async fn readable(tx: &Tx, book: &TermsBook, cases: &[CaseId]) -> Result<Vec<CaseFile>> {
    match load_files(tx.reads(), book, cases).await {
        Err(error) if error.is_about_one_case() && cases.len() == 1 => {
            tracing::error!(?cases, %error, "the clocks of a case are not set anew: it can't be read");
            Ok(Vec::new())
        }
        Err(error) if error.is_about_one_case() => {
            let mut files = Vec::new();
            for case in cases {
                files.extend(Box::pin(readable(tx, book, &[*case])).await?);
            }
            Ok(files)
        }
        files => files,
    }
}

/// The next open cases that it concerns.
async fn concerned(tx: &Tx, asked: &Asked, now: Timestamp) -> Result<Vec<CaseId>> {
    let of = asked.of.unwrap_or_default();
    let (whose, values): (String, Vec<Value>) = match asked.whose.as_str() {
        "person" => (
            format!("(owner_id = ? OR owner_id IN ({STANDS_IN_FOR}))"),
            [binds![of], stands_in(PersonId(of), now)].concat(),
        ),
        "team" => ("team_id = ?".to_owned(), binds![of]),
        "customer" => ("customer_id = ?".to_owned(), binds![of]),
        _ => ("1 = 1".to_owned(), Vec::new()),
    };
    let sql = format!(
        "SELECT id FROM cases WHERE closed_at IS NULL AND id > ? AND {whose} ORDER BY id LIMIT {AT_ONCE}"
    );
    let cases: Vec<(CaseId,)> = tx.all(&sql, [binds![asked.after], values].concat()).await?;
    Ok(cases.into_iter().map(|(case,)| case).collect())
}

struct Asked {
    id: i64,
    whose: String,
    of: Option<i64>,
    because: Because,
    after: CaseId,
}

impl FromRow for Asked {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            whose: row.get("whose")?,
            of: row.get("of_id")?,
            because: row.get::<Json<Because>>("because")?.0,
            after: row.get("after_case")?,
        })
    }
}
