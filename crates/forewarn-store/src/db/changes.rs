//! Hearing of changes that another process has made to the same database, so that pages refresh themselves.

use super::{Engine, Store};
use crate::error::{Result, StoreError};
use sea_orm::sqlx::postgres::PgListener;
use sea_orm::sqlx::{self, Sqlite};
use sea_orm::{DbErr, RuntimeErr};
use std::time::Duration;
use tokio::sync::watch;

impl Store {
    /// Counts changes, for pages that refresh themselves. Those of other processes are counted while
    /// [`Store::watch_others`] runs.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Passes changes of other processes on to [`Store::changes`]: the command line beside a server, or
    /// other servers on one PostgreSQL. Runs until the database fails; start it again then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn watch_others(&self) -> Result<()> {
        match self.engine {
            Engine::Sqlite => self.look_every_second().await,
            Engine::Postgres => self.listen().await,
        }
    }

    /// SQLite tells each connection a number that changes when another one has committed.
    async fn look_every_second(&self) -> Result<()> {
        let mut connection = self.read.get_sqlite_connection_pool().acquire().await.map_err(failed)?;
        let mut seen = None;
        let mut second = tokio::time::interval(Duration::from_secs(1));
        loop {
            second.tick().await;
            let version = sqlx::query_scalar::<Sqlite, i64>("PRAGMA data_version");
            let version = version.fetch_one(&mut *connection).await.map_err(failed)?;
            if seen.replace(version).is_some_and(|before| before != version) {
                self.announce();
            }
        }
    }

    async fn listen(&self) -> Result<()> {
        let pool = self.read.get_postgres_connection_pool();
        let mut listener = PgListener::connect_with(pool).await.map_err(failed)?;
        listener.listen("forewarn_changed").await.map_err(failed)?;
        loop {
            listener.recv().await.map_err(failed)?;
            self.announce();
        }
    }

    fn announce(&self) {
        self.changes.send_modify(|count| *count += 1);
    }
}

fn failed(error: sqlx::Error) -> StoreError {
    StoreError::Database(DbErr::Conn(RuntimeErr::SqlxError(error.into())))
}
