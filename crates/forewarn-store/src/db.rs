//! The connection: read anywhere, write in one explicit transaction.
//!
//! Statements are written once, with `?` for their values; see [`engine`] for what differs.

mod beginning;
mod bind;
pub(crate) mod catalog;
mod changes;
mod connecting;
mod engine;
mod moment;
mod row;
mod table;
mod writable;

pub(crate) use bind::{Bind, Json, Value, Word, binds, json, word};
pub use engine::Engine;
pub(crate) use moment::Snapshotting;
pub(crate) use row::{FromRow, Row};
pub(crate) use table::{Holds, table_value};
pub use writable::NotWritable;
use writable::Writable;

use crate::calls::{Call, Receipt};
use crate::error::Result;
use crate::location::Location;
use crate::migrations;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, Statement,
    TransactionOptions,
};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use tokio::sync::watch;

/// The door to everything that Forewarn keeps. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Engine,
    write: DatabaseConnection,
    read: DatabaseConnection,
    changes: Arc<watch::Sender<u64>>,
    statements: Arc<AtomicU64>,
    /// The call that writes through this door, if it is one that is answered once.
    call: Option<Arc<Call>>,
    writable: Writable,
}

impl Store {
    /// Connects, and brings the tables up to date.
    ///
    /// # Errors
    /// When the folder can't be used, or the database can't be reached or migrated.
    pub async fn open(location: &Location) -> Result<Self> {
        let connecting::Connections { engine, write, read } = connecting::connect(location).await?;
        migrations::run(engine, &write).await?;
        Ok(Self::over(engine, write, read))
    }

    /// One connection of its own, which can't write: for whoever watches over the others and must not wait for
    /// them.
    pub(crate) async fn open_to_read(location: &Location) -> Result<Self> {
        let (engine, read) = connecting::connect_to_read(location).await?;
        Ok(Self::over(engine, read.clone(), read))
    }

    /// One connection that writes, on which rows may come in any order: nothing asks whether those that they name
    /// are there yet. Nothing is brought up to date.
    pub(crate) async fn open_to_restore(location: &Location) -> Result<Self> {
        let (engine, write) = connecting::connect_to_restore(location).await?;
        Ok(Self::over(engine, write.clone(), write))
    }

    fn over(engine: Engine, write: DatabaseConnection, read: DatabaseConnection) -> Self {
        let changes = Arc::new(watch::Sender::new(0));
        let writable = Writable::new(&changes);
        Self { engine, write, read, changes, statements: Arc::default(), call: None, writable }
    }

    /// The same door for one call: what it changes first carries what it has led to.
    #[must_use]
    pub fn within(&self, call: &Arc<Call>) -> Self {
        Self { call: Some(Arc::clone(call)), ..self.clone() }
    }

    /// The same door for what only prepares the effect of a call.
    #[must_use]
    pub fn outside_of_calls(&self) -> Self {
        Self { call: None, ..self.clone() }
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
        self.must_be_writable()?;
        self.begin_anyway().await
    }

    async fn begin_anyway(&self) -> Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = self.writable.note(beginning::begin(&self.write, options).await)?;
        let (changes, writable) = (Arc::clone(&self.changes), self.writable.clone());
        let (call, receipt) = (self.call.clone(), OnceLock::new());
        Ok(Tx { engine: self.engine, inner, changes, call, receipt, writable })
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

    /// Moves what was written from the log beside the database into its file, where it has such a log.
    pub(crate) async fn checkpoint(&self) -> Result<()> {
        if let Some(sql) = self.engine.checkpoint() {
            self.write.execute_unprepared(sql).await?;
        }
        Ok(())
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// When it gives none.
    pub async fn ping(&self) -> Result<()> {
        self.reads().one::<(i64,)>("SELECT CAST(1 AS BIGINT)", Vec::new()).await?;
        Ok(())
    }

    /// Tries whether the database still takes new sessions: those that are open may work on when it does not.
    ///
    /// # Errors
    /// When it takes none.
    pub async fn try_a_session(location: &Location) -> Result<()> {
        let store = Self::open_to_read(location).await?;
        store.ping().await?;
        Ok(store.read.close().await?)
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
    call: Option<Arc<Call>>,
    receipt: OnceLock<Receipt>,
    writable: Writable,
}

impl Tx {
    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    /// The transaction itself, for migrations.
    pub(crate) fn connection(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Reads that see what this transaction has written.
    pub(crate) fn reads(&self) -> Reads<'_> {
        Reads { engine: self.engine, on: On::Tx(&self.inner) }
    }

    /// All rows of an answer.
    pub(crate) async fn all<T: FromRow>(&self, sql: &str, values: Vec<Value>) -> Result<Vec<T>> {
        self.writable.note(self.reads().all(sql, values).await)
    }

    /// The first row of an answer. Also runs an INSERT … RETURNING of one row.
    pub(crate) async fn one<T: FromRow>(&self, sql: &str, values: Vec<Value>) -> Result<Option<T>> {
        self.writable.note(self.reads().one(sql, values).await)
    }

    /// Runs a statement; gives the number of rows that it touched.
    pub(crate) async fn execute(&self, sql: &str, values: Vec<Value>) -> Result<u64> {
        self.run(self.engine.statement(sql, values)).await
    }

    async fn run(&self, statement: Statement) -> Result<u64> {
        let done = self.inner.execute_raw(statement).await;
        Ok(self.writable.note(done.map_err(Into::into))?.rows_affected())
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
            inserted += self.run(statement).await?;
        }
        Ok(inserted)
    }

    /// Says what the call that writes this has led to. The first word holds.
    pub(crate) fn receipt(&self, receipt: impl FnOnce() -> Receipt) {
        if self.call.is_some() {
            self.receipt.get_or_init(receipt);
        }
    }

    /// Makes it so, and tells whoever waits for changes.
    pub(crate) async fn commit(mut self) -> Result<()> {
        self.engine_notify().await?;
        let (call, receipt) = (self.call.take(), self.receipt.take().unwrap_or(Receipt::Done));
        if let Some(call) = &call {
            call.keep(&self, &receipt).await?;
        }
        let changes = Arc::clone(&self.changes);
        self.commit_quietly().await?;
        changes.send_modify(|count| *count += 1);
        if let Some(call) = call {
            call.settle(receipt);
        }
        Ok(())
    }

    /// Makes it so without a word to anybody: for what no page shows, such as sessions.
    pub(crate) async fn commit_quietly(self) -> Result<()> {
        let Self { inner, writable, .. } = self;
        writable.note(inner.commit().await.map_err(Into::into))
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
    /// Which database is read.
    pub(crate) fn engine(self) -> Engine {
        self.engine
    }

    /// All rows of an answer.
    pub(crate) async fn all<T: FromRow>(self, sql: &str, values: Vec<Value>) -> Result<Vec<T>> {
        self.rows(sql, values).await?.iter().map(T::from_row).collect()
    }

    /// The same, for whoever learns only now which columns there are.
    pub(crate) async fn rows(self, sql: &str, values: Vec<Value>) -> Result<Vec<Row>> {
        let statement = self.engine.statement(sql, values);
        let rows = match self.on {
            On::Pool(pool, count) => {
                count.fetch_add(1, Ordering::Relaxed);
                pool.query_all_raw(statement).await?
            }
            On::Tx(tx) => tx.query_all_raw(statement).await?,
        };
        Ok(rows.into_iter().map(Row).collect())
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
