//! Putting the rows of a backup into a database, all in one transaction: killed at any moment, what was there
//! before is still there.

use super::left_out::is_left_out;
use crate::db::catalog::{self, Kind, Table};
use crate::db::{FromRow, Row, Store, Tx, Value, binds};
use crate::error::{Result, StoreError};
use crate::letters;
use crate::location::Location;
use crate::migrations;
use jiff::Timestamp;
use std::time::Duration;

/// A restore under way. Dropped before [`Restoring::finish`], it leaves nothing behind.
pub struct Restoring {
    tx: Tx,
    tables: Vec<Table>,
    ties: Vec<Tie>,
}

/// What was restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Letters that the backup knows as not yet sent. Whether they were sent afterwards nobody can tell: they are
    /// *unknown*, and the owners of their cases know.
    pub letters_held: u32,
}

/// Why a backup can't be restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreFailed {
    /// There is data already.
    #[error(
        "{place} is not empty: it holds {holds}. Name another place with --data or --database, or say --replace: then all that is there is deleted first."
    )]
    NotEmpty {
        /// Where.
        place: String,
        /// What is there: "3 people, 12 cases".
        holds: String,
    },
    /// Others work on the database.
    #[error(
        "{0} other connections to this database are open. Stop every Forewarn that works on it (and whatever else is connected), then try again."
    )]
    InUse(i64),
    /// It comes from a version that this one doesn't know.
    #[error(
        "This backup was made by a version of Forewarn that knows more than this one (it has the step {0}). Install that version, or a newer one, and restore with it."
    )]
    FromTheFuture(String),
    /// What the archive says about a table doesn't fit its version.
    #[error("The backup can't be restored: {0}. Use another one.")]
    DoesNotFit(String),
    /// The database said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Restoring {
    /// Makes an empty database of the version that the backup was made with. `migrations` are the steps that had
    /// run there. With `replace`, what is there is deleted.
    ///
    /// # Errors
    /// [`RestoreFailed`]; nothing has changed then.
    pub async fn begin(
        location: &Location,
        migrations: &[String],
        replace: bool,
    ) -> Result<Self, RestoreFailed> {
        let steps = migrations::first_steps(migrations).map_err(RestoreFailed::FromTheFuture)?;
        let store = Store::open_to_restore(location).await?;
        alone(&store).await?;
        let tx = store.begin().await?;
        let there = catalog::tables(tx.reads(), tx.engine()).await?;
        let holds = what_it_holds(&tx, &there).await?;
        if !holds.is_empty() && !replace {
            return Err(RestoreFailed::NotEmpty { place: location.shown(), holds: holds.join(", ") });
        }
        for (drop,) in tx.all::<(String,)>(tx.engine().drops(), binds![]).await? {
            tx.execute(&drop, binds![]).await?;
        }
        migrations::up(tx.connection(), Some(steps)).await?;
        let tables = catalog::tables(tx.reads(), tx.engine()).await?;
        let ties = tx.all(tx.engine().ties(), binds![]).await?;
        let restoring = Self { tx, tables, ties };
        restoring.untie().await?;
        Ok(restoring)
    }

    /// Adds rows to a table. Each is a JSON value for every one of `columns`.
    ///
    /// # Errors
    /// When the table has no such columns, a value is of another kind, or the database fails.
    pub async fn add(
        &self,
        table: &str,
        columns: &[String],
        rows: Vec<Vec<serde_json::Value>>,
    ) -> Result<(), RestoreFailed> {
        let unfit = |what: String| RestoreFailed::DoesNotFit(what);
        let known = self.tables.iter().find(|known| known.name == table && !is_left_out(table));
        let known = known.ok_or_else(|| unfit(format!("its version has no table {table}")))?;
        let mut kinds = Vec::new();
        for column in columns {
            let found = known.columns.iter().find(|known| known.name == *column);
            kinds.push(found.ok_or_else(|| unfit(format!("{table} has no column {column}")))?.holds);
        }
        let mut typed = Vec::with_capacity(rows.len());
        for row in rows {
            if row.len() != kinds.len() {
                return Err(unfit(format!("a row of {table} has {} values", row.len())));
            }
            let values = row.into_iter().zip(&kinds).map(|(cell, kind)| value(cell, *kind));
            let values: Option<Vec<Value>> = values.collect();
            typed.push(values.ok_or_else(|| unfit(format!("a row of {table} can't be read")))?);
        }
        let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
        let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
        self.tx.insert_rows(&format!("\"{table}\""), &quoted, typed).await?;
        Ok(())
    }

    /// Lets the table's own counter go on behind the last number that it has given.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_on(&self, table: &str, last: i64) -> Result<(), RestoreFailed> {
        if self.tables.iter().any(|known| known.name == table) {
            for sql in self.tx.engine().count_on(table, last) {
                self.tx.execute(&sql, binds![]).await?;
            }
        }
        Ok(())
    }

    /// Ties the tables together again, brings them up to date, holds the letters that may have left since
    /// `taken_at`, the moment of the backup, and makes it so.
    ///
    /// # Errors
    /// When a row names another one that is not there, or the database fails.
    pub async fn finish(self, taken_at: Timestamp, now: Timestamp) -> Result<Restored, RestoreFailed> {
        self.tie().await?;
        if let Some(sql) = self.tx.engine().loose_ends()
            && let Some((table,)) = self.tx.one::<(String,)>(sql, binds![]).await?
        {
            return Err(RestoreFailed::DoesNotFit(format!("a row of {table} names one that is missing")));
        }
        migrations::up(self.tx.connection(), None).await?;
        let letters_held = letters::hold_after_restore(&self.tx, taken_at, now).await?;
        self.tx.commit().await?;
        Ok(Restored { letters_held })
    }

    /// Rows come in no order: nothing may ask yet whether the others are there, nor refuse a change.
    async fn untie(&self) -> Result<()> {
        for tie in &self.ties {
            let sql = self.tx.engine().untie(&tie.name, &tie.table);
            self.tx.execute(&sql, binds![]).await?;
        }
        for Table { name, .. } in &self.tables {
            if let Some(sql) = self.tx.engine().triggers(name, false) {
                self.tx.execute(&sql, binds![]).await?;
            }
            self.tx.execute(&format!("DELETE FROM \"{name}\""), binds![]).await?;
        }
        Ok(())
    }

    async fn tie(&self) -> Result<()> {
        for tie in &self.ties {
            let sql = self.tx.engine().tie(&tie.name, &tie.table, &tie.again);
            self.tx.execute(&sql, binds![]).await?;
        }
        for Table { name, .. } in &self.tables {
            if let Some(sql) = self.tx.engine().triggers(name, true) {
                self.tx.execute(&sql, binds![]).await?;
            }
        }
        Ok(())
    }
}

/// Whoever has just been stopped needs a moment to go.
async fn alone(store: &Store) -> Result<(), RestoreFailed> {
    let Some(sql) = store.engine().others() else { return Ok(()) };
    let mut looks = 0;
    loop {
        let others = store.reads().one::<(i64,)>(sql, binds![]).await?.map_or(0, |(others,)| others);
        looks += 1;
        match others {
            0 => return Ok(()),
            others if looks == LOOKS => return Err(RestoreFailed::InUse(others)),
            _ => tokio::time::sleep(BETWEEN_LOOKS).await,
        }
    }
}

const LOOKS: u32 = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(150);

/// What a person would miss, in words; empty where nobody has begun to work.
async fn what_it_holds(tx: &Tx, tables: &[Table]) -> Result<Vec<String>> {
    let mut holds = Vec::new();
    for (table, one, many) in COUNTED {
        if tables.iter().any(|known| known.name == table) {
            let sql = format!("SELECT COUNT(*) FROM \"{table}\"");
            match tx.one::<(i64,)>(&sql, binds![]).await? {
                Some((1,)) => holds.push(format!("1 {one}")),
                Some((count,)) if count > 1 => holds.push(format!("{count} {many}")),
                _ => {}
            }
        }
    }
    Ok(holds)
}

const COUNTED: [(&str, &str, &str); 5] = [
    ("person", "person", "people"),
    ("customer", "customer", "customers"),
    ("promise", "promise", "promises"),
    ("cases", "case", "cases"),
    ("import", "import", "imports"),
];

fn value(cell: serde_json::Value, kind: Kind) -> Option<Value> {
    use serde_json::Value as Cell;
    Some(match (kind, cell) {
        (Kind::Whole, Cell::Null) => Value::BigInt(None),
        (Kind::Whole, Cell::Number(number)) => Value::BigInt(Some(number.as_i64()?)),
        (Kind::Truth, Cell::Null) => Value::Bool(None),
        (Kind::Truth, Cell::Bool(truth)) => Value::Bool(Some(truth)),
        (Kind::Text, Cell::Null) => Value::String(None),
        (Kind::Text, Cell::String(text)) => Value::String(Some(text)),
        (Kind::Fraction, Cell::Null) => Value::Double(None),
        (Kind::Fraction, Cell::Number(number)) => Value::Double(Some(number.as_f64()?)),
        _ => return None,
    })
}

/// A trigger, or what ties two tables to each other.
struct Tie {
    name: String,
    table: String,
    again: String,
}

impl FromRow for Tie {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { name: row.get("name")?, table: row.get("table_name")?, again: row.get("again")? })
    }
}
