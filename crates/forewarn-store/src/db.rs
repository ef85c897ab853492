//! The connection: read anywhere, write in one explicit transaction.
//!
//! Statements are written once, with `?` for their values; see [`engine`] for what differs.

mod bind;
mod changes;
mod engine;
mod row;
mod table;

pub(crate) use bind::{Bind, Json, Value, Word, binds, json, word};
pub use engine::Engine;
pub(crate) use row::{FromRow, Row};
pub(crate) use table::{Holds, table_value};

use crate::error::Result;
use crate::location::Location;
use crate::migrations;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait as _,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::watch;

/// The door to everything that Forewarn keeps. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Engine,
    write: DatabaseConnection,
    read: DatabaseConnection,
    changes: Arc<watch::Sender<u64>>,
    statements: Arc<AtomicU64>,
}

impl Store {
    /// Connects, and brings the tables up to date.
    ///
    /// # Errors
    /// When the folder can't be used, or the database can't be reached or migrated.
    pub async fn open(location: &Location) -> Result<Self> {
        let engine::Connections { engine, write, read } = engine::connect(location).await?;
        migrations::run(engine, &write).await?;
        Ok(Self { engine, write, read, changes: Arc::new(watch::Sender::new(0)), statements: Arc::default() })
    }

    /// One connection of its own, which can't write: for whoever watches over the others and must not wait for
    /// them.
    pub(crate) async fn open_to_read(location: &Location) -> Result<Self> {
        let (engine, read) = engine::connect_to_read(location).await?;
        let (changes, statements) = (Arc::new(watch::Sender::new(0)), Arc::default());
        Ok(Self { engine, write: read.clone(), read, changes, statements })
    }

    /// Which database is behind it.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Where to read outside of a transaction.
    pub(crate) fn reads(&self) -> Reads<'_> {
        Reads { engine: self.engine, on: On::Pool(&self.read, &self.statements) }
    }

    /// Begins a transaction that writes. On SQLite it waits for the one before it to end. Dropped without
    /// [`Tx::commit`], it leaves nothing behind.
    pub(crate) async fn begin(&self) -> Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = self.write.begin_with_options(options).await?;
        Ok(Tx { engine: self.engine, inner, changes: Arc::clone(&self.changes) })
    }

    /// Begins a transaction that gives way to longer ones: when it has to wait for them, it fails with an error
    /// that [may be tried again](crate::StoreError::may_be_tried_again).
    pub(crate) async fn begin_briefly(&self) -> Result<Tx> {
        let tx = self.begin().await?;
        if let Some(sql) = self.engine.give_way() {
            tx.execute(sql, Vec::new()).await?;
        }
        Ok(tx)
    }

    /// The connection that writes, as a migration has it.
    #[cfg(test)]
    pub(crate) fn connection(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// When it gives none.
    pub async fn ping(&self) -> Result<()> {
        self.reads().one::<(i64,)>("SELECT CAST(1 AS BIGINT)", Vec::new()).await?;
        Ok(())
    }

    /// Statements sent to read, since it was opened. A page sends as many for ten cases as for ten thousand.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }
}

/// A transaction that writes.
pub(crate) struct Tx {
    engine: Engine,
    inner: DatabaseTransaction,
    changes: Arc<watch::Sender<u64>>,
}

impl Tx {
    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    /// Reads that see what this transaction has written.
    pub(crate) fn reads(&self) -> Reads<'_> {
        Reads { engine: self.engine, on: On::Tx(&self.inner) }
    }

    /// All rows of an answer.
    pub(crate) async fn all<T: FromRow>(&self, sql: &str, values: Vec<Value>) -> Result<Vec<T>> {
        self.reads().all(sql, values).await
    }

    /// The first row of an answer. Also runs an INSERT … RETURNING of one row.
    pub(crate) async fn one<T: FromRow>(&self, sql: &str, values: Vec<Value>) -> Result<Option<T>> {
        self.reads().one(sql, values).await
    }

    /// Runs a statement; gives the number of rows that it touched.
    pub(crate) async fn execute(&self, sql: &str, values: Vec<Value>) -> Result<u64> {
        Ok(self.inner.execute_raw(self.engine.statement(sql, values)).await?.rows_affected())
    }

    /// The next `count` numbers of a table's own counter, for rows that are written later.
    pub(crate) async fn numbers_for(&self, table: &str, count: usize) -> Result<Vec<i64>> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let next = self.engine.next_numbers(table);
        let numbers: Vec<(i64,)> = self.all(&next, vec![Bind::bind(count)]).await?;
        Ok(numbers.into_iter().map(|(number,)| number).collect())
    }

    /// Inserts rows, many to a statement. Each has a value for every column.
    pub(crate) async fn insert_rows(
        &self,
        table: &str,
        columns: &[&str],
        rows: impl IntoIterator<Item = Vec<Value>> + Send,
    ) -> Result<u64> {
        let at_once = (engine::MOST_BINDS / columns.len().max(1)).clamp(1, 500);
        let head = format!("INSERT INTO {table} ({}) VALUES ", columns.join(","));
        let one = format!("({})", vec!["?"; columns.len()].join(","));
        let full =
            self.engine.placeholders(&(head.clone() + &vec![one.as_str(); at_once].join(","))).into_owned();
        let mut inserted = 0;
        // Collected first: an iterator that isn't Send must not be held over an await.
        let mut rows: Vec<Vec<Value>> = rows.into_iter().collect();
        let from_table = rows.first().and_then(|first| self.engine.insert_from_table(table, columns, first));
        if let Some(sql) = from_table {
            for chunk in rows.chunks(2_000) {
                inserted += self.execute(&sql, vec![table_value(chunk)]).await?;
            }
            return Ok(inserted);
        }
        for chunk in rows.chunks_mut(at_once) {
            let sql = if chunk.len() == at_once {
                full.clone()
            } else {
                self.engine
                    .placeholders(&(head.clone() + &vec![one.as_str(); chunk.len()].join(",")))
                    .into_owned()
            };
            let values = chunk.iter_mut().flat_map(std::mem::take);
            let statement = Statement::from_sql_and_values(self.engine.backend(), sql, values);
            inserted += self.inner.execute_raw(statement).await?.rows_affected();
        }
        Ok(inserted)
    }

    /// Makes it so, and tells whoever waits for changes.
    pub(crate) async fn commit(self) -> Result<()> {
        self.engine_notify().await?;
        self.inner.commit().await?;
        self.changes.send_modify(|count| *count += 1);
        Ok(())
    }

    /// Makes it so without a word to anybody: for what no page shows, such as sessions.
    pub(crate) async fn commit_quietly(self) -> Result<()> {
        Ok(self.inner.commit().await?)
    }

    /// Leaves nothing behind. Dropping does the same, a little later.
    pub(crate) async fn rollback(self) -> Result<()> {
        Ok(self.inner.rollback().await?)
    }

    async fn engine_notify(&self) -> Result<()> {
        if let Some(sql) = self.engine.announcement() {
            self.execute(sql, Vec::new()).await?;
        }
        Ok(())
    }
}

/// `?` so many times, for an IN list.
pub(crate) fn marks(count: usize) -> String {
    vec!["?"; count].join(",")
}

/// Something to read from: the pool, or a transaction under way.
#[derive(Clone, Copy)]
pub(crate) struct Reads<'a> {
    engine: Engine,
    on: On<'a>,
}

#[derive(Clone, Copy)]
enum On<'a> {
    Pool(&'a DatabaseConnection, &'a AtomicU64),
    Tx(&'a DatabaseTransaction),
}

impl Reads<'_> {
    /// All rows of an answer.
    pub(crate) async fn all<T: FromRow>(self, sql: &str, values: Vec<Value>) -> Result<Vec<T>> {
        let statement = self.engine.statement(sql, values);
        let rows = match self.on {
            On::Pool(pool, count) => {
                count.fetch_add(1, Ordering::Relaxed);
                pool.query_all_raw(statement).await?
            }
            On::Tx(tx) => tx.query_all_raw(statement).await?,
        };
        rows.into_iter().map(|row| T::from_row(&Row(row))).collect()
    }

    /// The first row of an answer.
    pub(crate) async fn one<T: FromRow>(self, sql: &str, values: Vec<Value>) -> Result<Option<T>> {
        let statement = self.engine.statement(sql, values);
        let row = match self.on {
            On::Pool(pool, count) => {
                count.fetch_add(1, Ordering::Relaxed);
                pool.query_one_raw(statement).await?
            }
            On::Tx(tx) => tx.query_one_raw(statement).await?,
        };
        row.map(|row| T::from_row(&Row(row))).transpose()
    }

    /// Appended to a SELECT, keeps the rows of this table from changing until the transaction ends; outside
    /// of a transaction, nothing.
    pub(crate) fn for_update(self, alias: &str) -> String {
        match self.on {
            On::Pool(..) => String::new(),
            On::Tx(_) => self.engine.for_update(alias),
        }
    }
}
