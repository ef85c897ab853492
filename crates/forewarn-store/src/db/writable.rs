//! Whether the database takes writes. When its disk is full or fails, nothing is acknowledged that might be lost:
//! everything that writes is refused, with the reason, until a trial shows that there is room again.

use super::{Store, binds};
use crate::error::{Result, StoreError};
use sea_orm::{DbErr, RuntimeErr};
use std::sync::Arc;
use tokio::sync::watch;

/// Why nothing can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NotWritable {
    /// There is no room left.
    #[error("The disk of the database is full. As soon as there is room, everything goes on by itself.")]
    DiskFull,
    /// The disk answers with errors.
    #[error(
        "The disk of the database fails. As soon as it takes writes again, everything goes on by itself."
    )]
    DiskFails,
    /// The database, or its file, may only be read.
    #[error(
        "The database only lets itself be read. As soon as it takes writes again, everything goes on by itself."
    )]
    ReadOnly,
}

/// Shared by all that use one store.
#[derive(Debug, Clone)]
pub(super) struct Writable {
    why_not: Arc<watch::Sender<Option<NotWritable>>>,
    changes: Arc<watch::Sender<u64>>,
}

impl Writable {
    pub(super) fn new(changes: &Arc<watch::Sender<u64>>) -> Self {
        Self { why_not: Arc::new(watch::Sender::new(None)), changes: Arc::clone(changes) }
    }

    /// Open pages look again, and show it.
    fn set(&self, why_not: Option<NotWritable>) {
        if self.why_not.send_replace(why_not) != why_not {
            self.changes.send_modify(|count| *count += 1);
        }
    }

    /// Turns a failed write that says so into the reason, and remembers it.
    pub(super) fn note<T>(&self, written: Result<T>) -> Result<T> {
        written.map_err(|error| match &error {
            StoreError::Database(cause) => match reason(cause) {
                Some(why) => {
                    self.set(Some(why));
                    StoreError::NotWritable(why)
                }
                None => error,
            },
            _ => error,
        })
    }
}

impl Store {
    /// Why nothing can be written at present; `None` while everything can.
    pub fn not_writable(&self) -> Option<NotWritable> {
        *self.writable.why_not.borrow()
    }

    /// While nothing can be written: tries to, with some weight. What succeeds opens the store for writing again.
    ///
    /// # Errors
    /// [`StoreError::NotWritable`] as long as it can't be; others when the database fails.
    pub async fn try_writing(&self) -> Result<()> {
        let Some(before) = self.not_writable() else { return Ok(()) };
        let tx = self.begin_anyway().await?;
        let sql = "INSERT INTO write_trial (id, tries, filler) VALUES (1, 1, ?) ON CONFLICT (id) DO UPDATE \
                   SET tries = write_trial.tries + 1, filler = excluded.filler";
        tx.execute(sql, binds!["-".repeat(WEIGHT)]).await?;
        tx.commit_quietly().await?;
        self.writable.set(None);
        tracing::info!(%before, "the database takes writes again");
        Ok(())
    }

    /// Refuses to begin what can't be kept.
    pub(super) fn must_be_writable(&self) -> Result<()> {
        self.not_writable().map_or(Ok(()), |why| Err(StoreError::NotWritable(why)))
    }
}

/// Bytes of a trial: more than fits into what a database has left over in its files.
const WEIGHT: usize = 64 * 1024;

/// What SQLite or PostgreSQL say when they can't write.
fn reason(error: &DbErr) -> Option<NotWritable> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))
    | DbErr::Conn(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    let code = error.as_database_error()?.code()?;
    match code.as_ref() {
        "53100" => return Some(NotWritable::DiskFull),
        "58030" => return Some(NotWritable::DiskFails),
        "25006" => return Some(NotWritable::ReadOnly),
        // All other codes of PostgreSQL have five characters, too.
        code if code.len() == 5 => return None,
        _ => {}
    }
    // SQLite: the low byte says what, the others say where.
    match code.parse::<u32>().ok()? & 0xff {
        13 => Some(NotWritable::DiskFull),
        10 => Some(NotWritable::DiskFails),
        8 => Some(NotWritable::ReadOnly),
        _ => None,
    }
}
