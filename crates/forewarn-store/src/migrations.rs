//! Bringing the tables up to date, once, whoever starts first.

use crate::db::Engine;
use crate::error::Result;
use crate::history;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager};

/// The steps, oldest first. A step that has been released is never edited.
const STEPS: &[Step] = &[
    Step { name: "0001_promises_and_cases", sql: include_str!("migrations/0001_promises_and_cases.sql") },
    Step { name: "0002_wording_kept", sql: include_str!("migrations/0002_wording_kept.sql") },
    Step { name: "0006_team", sql: include_str!("migrations/0006_team.sql") },
    Step { name: "0003_clocks", sql: include_str!("migrations/0003_clocks.sql") },
    Step { name: "0004_letters", sql: include_str!("migrations/0004_letters.sql") },
    Step { name: "0005_replies", sql: include_str!("migrations/0005_replies.sql") },
    Step { name: "0008_history", sql: include_str!("migrations/0008_history.sql") },
];

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
        let mut schema = String::new();
        for line in self.sql.lines() {
            if let Some(table) = line.strip_prefix("-- may change: ") {
                schema.push_str(&engine.may_change(table));
            } else if let Some(table) = line.strip_prefix("-- only grows: ") {
                schema.push_str(&engine.only_grows(table));
            } else if line == "-- fill: chains" {
                on.execute_unprepared(&engine.schema(&std::mem::take(&mut schema))).await?;
                history::bind_what_is_there(engine, on).await?;
            } else {
                schema.push_str(line);
                schema.push('\n');
            }
        }
        on.execute_unprepared(&engine.schema(&schema)).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::db::binds;
    use crate::{Location, Store};

    #[tokio::test]
    async fn rule_2_what_was_recorded_can_be_neither_changed_nor_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let database = forewarn_testing::Postgres::fresh_database().unwrap();
        for location in
            [Location::Folder(folder.path().to_owned()), Location::Postgres(database.url().to_owned())]
        {
            let store = Store::open(&location).await.unwrap();
            let tx = store.begin().await.unwrap();
            for sql in [
                "INSERT INTO customer (name, name_key, team_id, created_at) VALUES ('A', 'a', 1, 0)",
                "INSERT INTO cases (customer_id, team_id, inbox_team_id, stage, round, version, known_at, opened_at) \
                 VALUES (1, 1, 1, 'to-tell', 1, 1, 0, 0)",
                "INSERT INTO promise (customer_id, order_no, line_no, first_promised, promised_is, observed_at) \
                 VALUES (1, '1', '1', '2026-12-18', 'date', 0)",
                "INSERT INTO case_event (case_id, seq, happened_at, recorded_at, kind, event) \
                 VALUES (1, 1, 0, 0, 'viewed', '{}')",
                "INSERT INTO evidence (promise_id, outlook_is, source, observed_at, recorded_at) \
                 VALUES (1, 'no-date', '{}', 0, 0)",
            ] {
                tx.execute(sql, binds![]).await.unwrap();
            }
            tx.commit().await.unwrap();
            for sql in [
                "UPDATE case_event SET happened_at = 1",
                "DELETE FROM case_event",
                "UPDATE evidence SET outlook_is = 'firm'",
                "DELETE FROM evidence",
            ] {
                let tx = store.begin().await.unwrap();
                let refused = tx.execute(sql, binds![]).await.unwrap_err().to_string();
                assert!(refused.contains("append-only"), "{sql}: {refused}");
            }
        }
    }
}
