//! Bringing the tables up to date, once, whoever starts first.

use crate::db::Engine;
use crate::error::Result;
use crate::history;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait as _,
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
    Step { name: "0009_sign_in", sql: include_str!("migrations/0009_sign_in.sql") },
    Step { name: "0012_erasure", sql: include_str!("migrations/0012_erasure.sql") },
    Step { name: "0010_api", sql: include_str!("migrations/0010_api.sql") },
    Step { name: "0014_upload_entries", sql: include_str!("migrations/0014_upload_entries.sql") },
    Step { name: "0015_write_trial", sql: include_str!("migrations/0015_write_trial.sql") },
    Step { name: "0011_webhooks", sql: include_str!("migrations/0011_webhooks.sql") },
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
    up(&tx, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Runs the next `steps` that have not run yet, or all of them, inside of a transaction.
pub(crate) async fn up(tx: &DatabaseTransaction, steps: Option<u32>) -> Result<()> {
    Ok(Migrator::up(tx, steps).await?)
}

/// How many of the first steps these are, by their names; in an error, the name of one that is not among ours, or
/// comes after one that is missing.
pub(crate) fn first_steps(names: &[String]) -> Result<u32, String> {
    let first = STEPS.get(..names.len()).unwrap_or(STEPS);
    match names.iter().find(|name| !first.iter().any(|step| step.name == name.as_str())) {
        Some(unknown) => Err(unknown.clone()),
        None => Ok(u32::try_from(names.len()).unwrap_or(u32::MAX)),
    }
}

/// Which steps have not run among those that have, by name; and which of those that have are none of ours.
pub(crate) fn compared(ran: &[String]) -> (Vec<String>, Vec<String>) {
    let ours = |name: &String| STEPS.iter().any(|step| step.name == name.as_str());
    let names = STEPS.iter().map(|step| step.name.to_owned());
    let pending = names.filter(|name| !ran.contains(name)).collect();
    (pending, ran.iter().filter(|name| !ours(name)).cloned().collect())
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
            } else if let Some(named) = line.strip_prefix("-- only grows but for erasure: ") {
                let mut names = named.split(' ');
                let table = names.next().unwrap_or_default();
                schema.push_str(&engine.only_grows_but_for_erasure(table, names));
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
