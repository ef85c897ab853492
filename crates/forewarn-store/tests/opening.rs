//! Opening the store: twice, on both databases.

use forewarn_store::{Location, Store};

#[tokio::test]
async fn a_folder_is_made_and_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::Folder(folder.path().join("new/data"));
    Store::open(&location).await.unwrap();
    Store::open(&location).await.unwrap();
}

#[tokio::test]
async fn two_servers_may_open_one_postgres_at_once() {
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    let location = Location::Postgres(database.url().to_owned());
    let (one, two) = tokio::join!(Store::open(&location), Store::open(&location));
    one.unwrap();
    two.unwrap();
}
