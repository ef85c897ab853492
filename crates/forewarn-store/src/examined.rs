//! What a database says of itself, for whoever looks after it. Nothing is changed, and nothing brought up to date.

use crate::db::{Engine, FromRow, Row, Store, binds, catalog};
use crate::error::{Result, StoreError};
use crate::location::Location;
use crate::migrations;
use jiff::Timestamp;
use std::path::Path;

/// What a database says of itself.
#[derive(Debug)]
pub struct Examined {
    /// A connection that can't write, to ask more.
    pub store: Store,
    /// Which one and which version: "SQLite 3.50.2", "PostgreSQL 15.18".
    pub version: String,
    /// Steps that this program would run at its start.
    pub pending: Vec<String>,
    /// Steps that this program doesn't know: a newer one has run them.
    pub unknown: Vec<String>,
    /// Bytes of all data.
    pub bytes: u64,
    /// Bytes of the log of changes that are not yet in the main file; `None` where that can't be seen from here.
    pub log_bytes: Option<u64>,
    /// What is damaged in the file, in the words of SQLite; empty if nothing is.
    pub damaged: Vec<String>,
    /// About a server that several programs share.
    pub server: Option<ServerExamined>,
}

/// What a PostgreSQL server says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerExamined {
    /// Its clock.
    pub clock: Timestamp,
    /// Whether it only lets itself be read: a standby, or set so.
    pub read_only: bool,
    /// Sessions that hold a transaction open and have done nothing for more than a minute.
    pub idle_in_transaction: u32,
    /// Connections that may still be made before it refuses.
    pub free_connections: i64,
}

impl Examined {
    /// Asks the database at `location`.
    ///
    /// # Errors
    /// [`StoreError::NoData`] where there is none yet; when it can't be reached or read.
    pub async fn of(location: &Location) -> Result<Self> {
        let store = look_at(location).await?;
        let engine = store.engine();
        let ran = catalog::migrations(store.reads(), engine).await?;
        let (pending, unknown) = migrations::compared(&ran);
        let (version,): (String,) = one(&store, engine.version()).await?;
        let (bytes,): (i64,) = one(&store, engine.size()).await?;
        let log_bytes = match location {
            Location::Folder(folder) => Some(length(&folder.join("forewarn.db-wal"))),
            Location::Postgres(_) => None,
        };
        let damaged = match engine.check() {
            Some(sql) => {
                let said: Vec<(String,)> = store.reads().all(sql, binds![]).await?;
                said.into_iter().map(|(said,)| said).filter(|said| said != "ok").collect()
            }
            None => Vec::new(),
        };
        let server = match engine.server() {
            Some(sql) => store.reads().one(sql, binds![]).await?,
            None => None,
        };
        let bytes = bytes.unsigned_abs();
        Ok(Self { store, version, pending, unknown, bytes, log_bytes, damaged, server })
    }
}

/// A connection that can't write, to the data as it is.
///
/// # Errors
/// [`StoreError::NoData`] where there is none yet; when it can't be reached.
pub async fn look_at(location: &Location) -> Result<Store> {
    if let Location::Folder(folder) = location
        && !folder.join("forewarn.db").exists()
    {
        return Err(StoreError::NoData(location.shown()));
    }
    Store::open_to_read(location).await
}

async fn one<T: FromRow + Default>(store: &Store, sql: &str) -> Result<T> {
    Ok(store.reads().one(sql, binds![]).await?.unwrap_or_default())
}

fn length(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |found| found.len())
}

impl Engine {
    fn version(self) -> &'static str {
        match self {
            Engine::Sqlite => "SELECT 'SQLite ' || sqlite_version()",
            Engine::Postgres => {
                "SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1)"
            }
        }
    }

    fn size(self) -> &'static str {
        match self {
            Engine::Sqlite => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            Engine::Postgres => "SELECT pg_database_size(current_database())",
        }
    }

    /// Goes through all pages of the file. A server looks after its own.
    fn check(self) -> Option<&'static str> {
        match self {
            Engine::Sqlite => Some("PRAGMA quick_check(3)"),
            Engine::Postgres => None,
        }
    }

    fn server(self) -> Option<&'static str> {
        match self {
            Engine::Sqlite => None,
            // What we are connected with is read-only by our own wish: the default of the role and the database counts.
            Engine::Postgres => Some(
                "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS clock, \
                 (pg_is_in_recovery() OR COALESCE((SELECT bool_or(c = 'default_transaction_read_only=on') \
                     FROM pg_db_role_setting s, unnest(s.setconfig) AS c WHERE s.setdatabase = \
                     (SELECT oid FROM pg_database WHERE datname = current_database())), FALSE)) AS read_only, \
                 (SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
                     AND state LIKE 'idle in transaction%' \
                     AND state_change < clock_timestamp() - INTERVAL '1 minute') AS idle, \
                 CAST(current_setting('max_connections') AS BIGINT) \
                     - CAST(current_setting('superuser_reserved_connections') AS BIGINT) \
                     - (SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS free",
            ),
        }
    }
}

impl FromRow for ServerExamined {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            clock: row.get("clock")?,
            read_only: row.get("read_only")?,
            idle_in_transaction: row.get("idle")?,
            free_connections: row.get("free")?,
        })
    }
}
