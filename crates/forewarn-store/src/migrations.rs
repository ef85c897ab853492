//! Bringing the tables up to date, once, whoever starts first.

use crate::db::Engine;
use crate::error::Result;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager};

/// The steps, oldest first. A step that has been released is never edited.
const STEPS: &[Step] =
    &[Step { name: "0001_promises_and_cases", sql: include_str!("migrations/0001_promises_and_cases.sql") }];

/// Runs what has not run yet, all in one transaction.
pub(crate) async fn run(engine: Engine, on: &DatabaseConnection) -> Result<()> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = on.begin_with_options(options).await?;
    if let Some(lock) = engine.migration_lock() {
        tx.execute_unprepared(lock).await?;
    }
    Migrator::up(&tx, None).await?;
    tx.commit().await?;
    Ok(())
}

#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    sql: &'static str,
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS.iter().map(|step| Box::new(*step) as Box<dyn MigrationTrait>).collect()
    }
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = match manager.get_database_backend() {
            sea_orm::DbBackend::Sqlite => Engine::Sqlite,
            _ => Engine::Postgres,
        };
        let on = manager.get_connection();
        on.execute_unprepared(&engine.schema(self.sql)).await?;
        for table in self.sql.lines().filter_map(|line| line.strip_prefix("-- only grows: ")) {
            on.execute_unprepared(&engine.only_grows(table)).await?;
        }
        Ok(())
    }
}
