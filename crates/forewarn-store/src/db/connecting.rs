//! How either database is connected to, and for what.

use super::engine::Engine;
use crate::error::Result;
use crate::location::{Location, make_folder};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{Connection as _, PgConnection};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr, RuntimeErr};
use std::path::Path;
use std::time::Duration;

/// One connection that writes, or a pool of them, and where to read.
pub(super) struct Connections {
    pub(super) engine: Engine,
    pub(super) write: DatabaseConnection,
    pub(super) read: DatabaseConnection,
}

pub(super) async fn connect(location: &Location) -> Result<Connections> {
    match location {
        Location::Folder(folder) => {
            make_folder(folder)?;
            let file = folder.join("forewarn.db");
            let write = sqlite(&file, 1, Access::Write).await?;
            let read = sqlite(&file, 5, Access::Read).await?;
            Ok(Connections { engine: Engine::Sqlite, write, read })
        }
        Location::Postgres(url) => {
            let pool = postgres(url, 8, Access::Write).await?;
            Ok(Connections { engine: Engine::Postgres, write: pool.clone(), read: pool })
        }
    }
}

/// One connection that can't write, apart from all others.
pub(super) async fn connect_to_read(location: &Location) -> Result<(Engine, DatabaseConnection)> {
    match location {
        Location::Folder(folder) => {
            Ok((Engine::Sqlite, sqlite(&folder.join("forewarn.db"), 1, Access::Read).await?))
        }
        Location::Postgres(url) => Ok((Engine::Postgres, postgres(url, 1, Access::Read).await?)),
    }
}

/// One connection that writes and doesn't ask, row by row, whether those are there that a row names.
pub(super) async fn connect_to_restore(location: &Location) -> Result<(Engine, DatabaseConnection)> {
    match location {
        Location::Folder(folder) => {
            make_folder(folder)?;
            Ok((Engine::Sqlite, sqlite(&folder.join("forewarn.db"), 1, Access::Restore).await?))
        }
        Location::Postgres(url) => Ok((Engine::Postgres, postgres(url, 1, Access::Restore).await?)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
    /// Writes rows in any order.
    Restore,
}

/// How long a server may take to let us in.
const PATIENCE: Duration = Duration::from_secs(10);

async fn postgres(url: &str, connections: u32, access: Access) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).connect_timeout(PATIENCE).sqlx_logging(false);
    if access == Access::Read {
        options.map_sqlx_postgres_opts(|options| options.options([("default_transaction_read_only", "on")]));
    }
    match Database::connect(options).await {
        Ok(pool) => Ok(pool),
        // A pool only says that it had to wait too long; a connection says for what.
        Err(error) => match tokio::time::timeout(PATIENCE, PgConnection::connect(url)).await {
            Ok(Err(reason)) => Err(DbErr::Conn(RuntimeErr::SqlxError(reason.into())).into()),
            _ => Err(error.into()),
        },
    }
}

async fn sqlite(file: &Path, connections: u32, access: Access) -> Result<DatabaseConnection> {
    let file = file.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(connections).min_connections(1).sqlx_logging(false);
    // Whoever waits for the one writer waits for a whole import.
    options.acquire_timeout(Duration::from_secs(120));
    // After a commit that failed, as on a full disk, SQLite may have ended the transaction while the driver believes it
    // open, and take whatever comes next for a part of it: never to be committed. Such a connection is thrown away.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.before_acquire(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
    });
    options.map_sqlx_sqlite_opts(move |_| {
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(access != Access::Read)
            .foreign_keys(access != Access::Restore)
            .busy_timeout(Duration::from_secs(10))
            .synchronous(SqliteSynchronous::Full);
        let options = match access {
            Access::Write | Access::Restore => {
                // What is overwritten or deleted leaves no trace in the file: a contact may be erased tomorrow.
                let options = options.pragma("secure_delete", "ON");
                options.journal_mode(SqliteJournalMode::Wal).pragma("cache_size", "-32000")
            }
            Access::Read => options.pragma("cache_size", "-8000").pragma("query_only", "1"),
        };
        sea_orm::sqlx::ConnectOptions::disable_statement_logging(options)
    });
    Ok(Database::connect(options).await?)
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn what_is_overwritten_leaves_no_trace_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let store = crate::Store::open(&crate::Location::Folder(folder.path().to_owned())).await.unwrap();
        let tx = store.begin().await.unwrap();
        let on: Option<(i64,)> = tx.one("PRAGMA secure_delete", crate::db::binds![]).await.unwrap();
        assert_eq!(on, Some((1,)));
    }
}
