//! All data as it was at one moment, while others go on writing.

use super::left_out::is_left_out;
use crate::db::catalog::{self, Table};
use crate::db::{Reads, Snapshotting};
use crate::error::{Result, StoreError};
use crate::examined::look_at;
use crate::location::Location;

/// All data as it was at one moment.
pub struct Snapshot {
    at: Snapshotting,
    tables: Vec<Table>,
    migrations: Vec<String>,
}

/// A table of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotTable {
    /// Its name.
    pub name: String,
    /// Its columns, in the order in which a row gives them.
    pub columns: Vec<String>,
    /// The last number that its own counter has given, if it has one.
    pub counter: Option<i64>,
}

impl Snapshot {
    /// Looks at the data as it is now. What is written from here on is not in it, and nobody who writes waits for
    /// it. It needs no right to write, and brings nothing up to date.
    ///
    /// # Errors
    /// When there is no data, or it can't be read.
    pub async fn take(location: &Location) -> Result<Self> {
        let at = look_at(location).await?.at_one_moment().await?;
        let tables = catalog::tables(at.reads(), at.engine()).await?;
        let migrations = catalog::migrations(at.reads(), at.engine()).await?;
        if migrations.is_empty() {
            return Err(StoreError::NoData(location.shown()));
        }
        Ok(Self { at, tables, migrations })
    }

    /// Which database it is of.
    pub fn engine(&self) -> crate::Engine {
        self.at.engine()
    }

    /// The migrations that had run, by name.
    pub fn migrations(&self) -> &[String] {
        &self.migrations
    }

    /// Its tables, by name, without those whose rows [stay behind](super::LEFT_OUT).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tables(&self) -> Result<Vec<SnapshotTable>> {
        let mut tables = Vec::new();
        for table in self.tables.iter().filter(|table| !is_left_out(&table.name)) {
            tables.push(SnapshotTable {
                name: table.name.clone(),
                columns: table.columns.iter().map(|column| column.name.clone()).collect(),
                counter: self.counter(table).await?,
            });
        }
        Ok(tables)
    }

    async fn counter(&self, table: &Table) -> Result<Option<i64>> {
        let counts = table.columns.iter().any(|column| column.name == "id");
        if !counts {
            return Ok(None);
        }
        let last: Option<(i64,)> = self.reads().one(&self.engine().counter(&table.name), Vec::new()).await?;
        Ok(last.map(|(last,)| last).filter(|last| *last > 0))
    }

    /// Hands every row of a table to `take`, as the text of a JSON array, one after another as they come out of the
    /// database; gives how many there were.
    ///
    /// # Errors
    /// When the database fails, or `take` does.
    pub async fn each_row<E: From<StoreError>>(
        &self,
        table: &str,
        take: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<u64, E> {
        match self.tables.iter().find(|known| known.name == table) {
            Some(table) => self.at.each_line(&self.engine().row_as_json(table), take).await,
            None => Ok(0),
        }
    }

    fn reads(&self) -> Reads<'_> {
        self.at.reads()
    }
}
