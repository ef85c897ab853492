//! Pages hear of changes that another process makes.

use crate::house::{late, nov, story};
use forewarn_store::{Engine, Store};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_by_another_process_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    for location in [
        forewarn_store::Location::Folder(folder.path().to_owned()),
        forewarn_store::Location::Postgres(database.url().to_owned()),
    ] {
        let server = Store::open(&location).await.unwrap();
        let changes = server.changes();
        let watching = tokio::spawn(async move { server.watch_others().await });
        let other = Store::open(&location).await.unwrap();
        // The watcher needs a moment to begin; whoever comes before it is not waited for.
        let heard = async {
            let mut n = 0;
            while !changes.has_changed().unwrap() {
                n += 1;
                other.save_profile(&format!("profile {n}"), &n, nov(2)).await.unwrap();
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), heard).await.unwrap();
        watching.abort();
    }
}

story!(a_change_of_our_own_is_heard_at_once, |house| {
    let changes = house.store.changes();
    house.import(nov(2), vec![late("Halvorsen", "4471")]).await;
    assert!(changes.has_changed().unwrap());
    assert!(matches!(house.store.engine(), Engine::Sqlite | Engine::Postgres));
});
