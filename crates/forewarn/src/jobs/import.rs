//! The import job, in which every door ends: a settled report in, an outcome out.
//!
//! The file is read on a thread of its own, a batch ahead of the database.

use anyhow::{Result, bail};
use forewarn_domain::fact::OrderLine;
use forewarn_feeds::{Profile, Reader, Row, RowError, Source, Unreadable};
use forewarn_store::Store;
use forewarn_store::importing::{ImportOutcome, ImportRequest, Incoming, RowProblem};
use tokio::sync::mpsc;

/// Rows read at once: enough to make statements worth their while, little enough to keep memory small.
const BATCH: usize = 2_000;

/// More rows than anybody mends, if they are most of the report.
const MANY_REJECTED: u64 = 20_000;
/// More rows than anybody mends, however large the report is.
const MOST_REJECTED: u64 = 100_000;

fn is_too_much(rejected: u64, read: u64) -> bool {
    rejected > MOST_REJECTED || (rejected > MANY_REJECTED && rejected > read / 2)
}

/// A report in which too little is as it should be.
#[derive(Debug, thiserror::Error)]
#[error(
    "Of the first {read} rows, {rejected} can’t be imported as they are. Look at some of them: what a column means, or the \
     order of day and month, is probably another. Nothing was imported."
)]
pub(crate) struct TooManyRejected {
    rejected: u64,
    read: u64,
}

/// Whether an import is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meant {
    /// Save it.
    Real,
    /// Count what it would do.
    Rehearsal,
}

/// Imports `source` as `profile` reads it. `progress` hears how many rows are in, now and then.
///
/// # Errors
/// When the file can't be read to its end, or the database fails. Then nothing has happened.
pub(crate) async fn run(
    store: &Store,
    source: Source,
    profile: Profile,
    request: ImportRequest,
    meant: Meant,
    mut progress: impl FnMut(u64),
) -> Result<ImportOutcome> {
    let mut importing = store.begin_import(request).await?;
    let (sender, mut batches) = mpsc::channel(2);
    let reading = tokio::task::spawn_blocking(move || read(&source, &profile, &sender));
    while let Some(batch) = batches.recv().await {
        importing.take(batch).await?;
        // What is wrong with a row is kept, to be mended: of so many nobody mends them one by one. A look at what an
        // import would do keeps the first ones only, and may go on.
        let (rejected, read) = (importing.rejected(), importing.read());
        if meant == Meant::Real && is_too_much(rejected, read) {
            bail!(TooManyRejected { rejected, read });
        }
        progress(importing.read());
    }
    reading.await??;
    Ok(match meant {
        Meant::Real => importing.finish().await?,
        Meant::Rehearsal => importing.rehearse().await?,
    })
}

fn read(source: &Source, profile: &Profile, batches: &mpsc::Sender<Vec<Incoming>>) -> Result<(), Unreadable> {
    let mut batch = Vec::with_capacity(BATCH);
    for row in Reader::open(source, profile)? {
        batch.push(incoming(row?));
        if batch.len() == BATCH {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
            if batches.blocking_send(full).is_err() {
                return Ok(()); // the import has failed, and says so itself
            }
        }
    }
    // Nobody listens any more only when the import has failed.
    let _sent = batches.blocking_send(batch);
    Ok(())
}

fn incoming(row: Row) -> Incoming {
    match row {
        Row::Line { number, line } => Incoming::Line { row: number, line: named(line) },
        Row::Rejected(rejected) => {
            Incoming::Rejected { problems: rejected.errors.into_iter().map(problem).collect() }
        }
    }
}

/// A line of a report that has no line numbers is the only line of its order.
fn named(mut line: OrderLine) -> OrderLine {
    if line.key.line.is_empty() {
        "1".clone_into(&mut line.key.line);
    }
    line
}

fn problem(error: RowError) -> RowProblem {
    let RowError { row, column, found, expected, fix } = error;
    RowProblem { row, column, found, expected, fix }
}
