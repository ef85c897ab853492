//! A connection of its own that only reads.

use super::{Engine, On, Reads, engine};
use crate::error::Result;
use crate::location::Location;
use jiff::Timestamp;
use sea_orm::DatabaseConnection;
use std::sync::atomic::AtomicU64;

/// For whoever watches over the others: it waits for none of their connections.
#[derive(Debug)]
pub(crate) struct Reader {
    engine: Engine,
    connection: DatabaseConnection,
    statements: AtomicU64,
}

impl Reader {
    pub(crate) async fn open(location: &Location) -> Result<Self> {
        let (engine, connection) = engine::connect_to_read(location).await?;
        Ok(Self { engine, connection, statements: AtomicU64::new(0) })
    }

    /// The clock of the database, where it has one that counts; else `own`.
    pub(crate) async fn time(&self, own: Timestamp) -> Result<Timestamp> {
        let Some(sql) = self.engine.clock() else { return Ok(own) };
        Ok(self.reads().one::<(Timestamp,)>(sql, Vec::new()).await?.map_or(own, |(now,)| now))
    }

    pub(crate) fn reads(&self) -> Reads<'_> {
        Reads { engine: self.engine, on: On::Pool(&self.connection, &self.statements) }
    }
}
