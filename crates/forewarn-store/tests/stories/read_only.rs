//! When the database takes no writes, none is acknowledged, reading goes on, and so does everything else once there is
//! room. The same with a disk that is really full: see the tests of the program.

use crate::house::{House, late, nov};
use forewarn_domain::people::Scope;
use forewarn_store::settings::Company;
use forewarn_store::{Location, NotWritable, Store, StoreError};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};

async fn rename(store: &Store, name: &str) -> Result<(), StoreError> {
    let company = Company { name: name.to_owned(), ..store.company().await.unwrap() };
    store.save_company(&company).await
}

/// What goes wrong, the SQL that makes it so, and that ends it.
fn troubles(database: &str) -> [(NotWritable, String, String); 3] {
    let raise = |code: &str| {
        format!(
            "CREATE OR REPLACE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '{code}'; END $$; \
             CREATE TRIGGER trouble BEFORE INSERT OR UPDATE ON setting FOR EACH ROW EXECUTE FUNCTION trouble(); \
             CREATE TRIGGER trouble BEFORE INSERT OR UPDATE ON write_trial FOR EACH ROW EXECUTE FUNCTION trouble();"
        )
    };
    let end = "DROP TRIGGER trouble ON setting; DROP TRIGGER trouble ON write_trial;".to_owned();
    let cut_off = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let only = |act: &str| format!("ALTER DATABASE {database} {act}|{cut_off}");
    [
        (NotWritable::DiskFull, raise("53100"), end.clone()),
        (NotWritable::DiskFails, raise("58030"), end),
        (
            NotWritable::ReadOnly,
            only("SET default_transaction_read_only = on"),
            only("RESET default_transaction_read_only"),
        ),
    ]
}

async fn run(on: &DatabaseConnection, sql: &str) {
    on.execute_unprepared("SET default_transaction_read_only = off").await.unwrap();
    // ALTER DATABASE stands alone.
    for statement in sql.split("|") {
        on.execute_unprepared(statement).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_takes_no_writes_is_read_on_and_written_again_when_it_takes_them() {
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    let house = House::open(&Location::Postgres(database.url().to_owned())).await;
    house.news(vec![late("Halvorsen", "4471")]).await;
    rename(&house.store, "before").await.unwrap();
    let mut options = sea_orm::ConnectOptions::new(database.url());
    options.max_connections(1);
    let admin = Database::connect(options).await.unwrap();
    let name = database.url().rsplit('/').next().unwrap().split('?').next().unwrap();
    for (why, begins, ends) in troubles(name) {
        run(&admin, &begins).await;
        let changes = house.store.changes();
        let refused = rename(&house.store, "lost").await.unwrap_err();
        assert!(matches!(refused, StoreError::NotWritable(found) if found == why), "{why:?}: {refused}");
        assert_eq!(house.store.not_writable(), Some(why));
        assert!(changes.has_changed().unwrap(), "open pages show it");
        assert_eq!(house.store.company().await.unwrap().name, "before");
        assert_eq!(house.today(Scope::Program, nov(4)).await.len(), 1, "reading goes on");
        assert!(house.store.try_writing().await.is_err());
        assert_eq!(house.store.not_writable(), Some(why), "it is still so");

        run(&admin, &ends).await;
        let refused = rename(&house.store, "too early").await;
        assert!(matches!(refused, Err(StoreError::NotWritable(_))), "nobody has tried yet");
        house.store.try_writing().await.unwrap();
        assert_eq!(house.store.not_writable(), None);
        rename(&house.store, "after").await.unwrap();
        rename(&house.store, "before").await.unwrap();
    }
}
