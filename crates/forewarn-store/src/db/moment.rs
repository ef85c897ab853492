//! Reading many things as they were at one moment, row by row, however many rows there are.

use super::beginning::begin;
use super::{Engine, On, Reads, Store};
use crate::error::{Result, StoreError};
use futures_util::TryStreamExt as _;
use sea_orm::{AccessMode, DatabaseTransaction, IsolationLevel, StreamTrait as _, TransactionOptions};

/// A transaction that only reads, and sees what was there at its first read.
pub(crate) struct Snapshotting {
    engine: Engine,
    inner: DatabaseTransaction,
}

impl Store {
    /// Begins to read as of now.
    pub(crate) async fn at_one_moment(&self) -> Result<Snapshotting> {
        let options = match self.engine {
            // A transaction of SQLite sees one moment anyway.
            Engine::Sqlite => TransactionOptions::default(),
            Engine::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        Ok(Snapshotting { engine: self.engine, inner: begin(&self.read, options).await? })
    }
}

impl Snapshotting {
    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    pub(crate) fn reads(&self) -> Reads<'_> {
        Reads { engine: self.engine, on: On::Tx(&self.inner) }
    }

    /// Hands the text in the column `line` of every row to `take`; gives how many there were.
    pub(crate) async fn each_line<E: From<StoreError>>(
        &self,
        sql: &str,
        mut take: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<u64, E> {
        let statement = self.engine.statement(sql, Vec::new());
        let mut rows = self.inner.stream_raw(statement).await.map_err(StoreError::from)?;
        let mut count = 0;
        while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
            let line: String = row.try_get("", "line").map_err(StoreError::from)?;
            take(&line)?;
            count += 1;
        }
        Ok(count)
    }
}
