//! Whoever stops waiting in the middle of it, as a page does whose reader has gone, leaves nothing behind. Only
//! PostgreSQL can show it: it says which connections are in a transaction.

use crate::house::House;
use forewarn_store::Location;
use futures_util::future::poll_immediate;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement};
use std::pin::pin;
use std::time::Duration;

/// As far as `steps` answers of the database lead.
async fn given_up_after(steps: usize, work: impl Future) {
    let mut work = pin!(work);
    for _ in 0..steps {
        if poll_immediate(work.as_mut()).await.is_some() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// How many transactions of this database are open while nobody does anything in them, once there was time to end them.
async fn left_open(other: &DatabaseConnection) -> i64 {
    let open = "SELECT COUNT(*) AS open FROM pg_stat_activity WHERE datname = current_database() \
                AND state LIKE 'idle in transaction%'";
    let mut left = 0;
    for _ in 0..50 {
        let statement = Statement::from_string(DbBackend::Postgres, open);
        left = other.query_one_raw(statement).await.unwrap().unwrap().try_get("", "open").unwrap();
        if left == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    left
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_who_stops_waiting_leaves_no_transaction_open() {
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    let house = House::open(&Location::Postgres(database.url().to_owned())).await;
    let other = Database::connect(database.url()).await.unwrap();
    for steps in 1..12 {
        for round in 0..3 {
            given_up_after(steps, house.store.add_team(&format!("Team {steps} {round}"))).await;
            // The connection goes back to the others, so that the next one is given it.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(left_open(&other).await, 0, "given up after {steps} steps");
    }
    house.store.add_team("Last").await.unwrap();
    assert!(house.store.teams().await.unwrap().iter().any(|team| team.name == "Last"));
}
