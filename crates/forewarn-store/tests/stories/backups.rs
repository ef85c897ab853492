//! What is taken out of one database and put into another is the same, row for row.

use crate::house::{House, december, late, nov, planned};
use forewarn_store::backup::{LEFT_OUT, RestoreFailed, Restoring, Snapshot};
use forewarn_store::sessions::Session;
use forewarn_store::settings::Company;
use forewarn_store::{Location, Store, StoreError};
use std::collections::BTreeMap;

/// Table, columns, counter, and the rows in no order.
type Taken = BTreeMap<String, (Vec<String>, Option<i64>, Vec<Vec<serde_json::Value>>)>;

async fn take(location: &Location) -> (Vec<String>, Taken) {
    let snapshot = Snapshot::take(location).await.unwrap();
    let mut taken = Taken::new();
    for table in snapshot.tables().await.unwrap() {
        let mut rows = Vec::new();
        let each = snapshot.each_row(&table.name, |row| {
            rows.push(serde_json::from_str(row).unwrap());
            Ok::<(), StoreError>(())
        });
        assert_eq!(each.await.unwrap(), rows.len() as u64);
        rows.sort_by_key(|row: &Vec<serde_json::Value>| serde_json::to_string(row).unwrap());
        taken.insert(table.name, (table.columns, table.counter, rows));
    }
    (snapshot.migrations().to_vec(), taken)
}

async fn put(into: &Location, (migrations, taken): &(Vec<String>, Taken)) -> Result<u32, RestoreFailed> {
    let restoring = Restoring::begin(into, migrations, false).await?;
    for (table, (columns, counter, rows)) in taken {
        restoring.add(table, columns, rows.clone()).await?;
        if let Some(last) = counter {
            restoring.count_on(table, *last).await?;
        }
    }
    Ok(restoring.finish(nov(5), nov(6)).await?.letters_held)
}

async fn work(house: &House) {
    house.news(vec![late("Halvorsen", "4471"), planned("Müller \"Süd\" GmbH\n", "4472")]).await;
    let case = house.the_case(nov(3)).await.id;
    house.tell(house.rep, case, december(28), nov(4), "told").await;
    let company = Company { name: "Nordpumpe 🚚".to_owned(), ..house.store.company().await.unwrap() };
    house.store.save_company(&company).await.unwrap();
    house.store.make_head(nov(5)).await.unwrap().expect("a head");
    let session = Session {
        id_hash: "0123".to_owned(),
        person: house.rep.person(),
        data: "{}".to_owned(),
        created_at: nov(4),
        expires_at: nov(30),
    };
    assert!(house.store.add_session(&session).await.unwrap());
}

/// The four ways from one engine to another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_either_database_restores_into_either_the_same_row_for_row() {
    let folder = tempfile::tempdir().unwrap();
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    for from in [Location::Folder(folder.path().join("from")), Location::Postgres(database.url().to_owned())]
    {
        let house = House::open(&from).await;
        work(&house).await;
        let taken = take(&from).await;
        assert!(taken.1["case_event"].2.len() > 3 && !taken.1["evidence"].2.is_empty());
        let other = forewarn_testing::Postgres::fresh_database().unwrap();
        let into = folder.path().join(format!("of-{:?}", house.store.engine()));
        for into in [Location::Folder(into), Location::Postgres(other.url().to_owned())] {
            assert_eq!(put(&into, &taken).await.unwrap(), 0);
            assert_eq!(take(&into).await, taken, "{from:?} into {into:?}");
            let restored = Store::open(&into).await.unwrap();
            let verified = restored.verify_history().await.unwrap();
            assert!(verified.broken.is_empty() && verified.events > 3 && verified.heads == 1, "{verified:?}");
            assert!(restored.session("0123", nov(4)).await.unwrap().is_none(), "somebody is still signed in");
            let refused = restored.add_team_under("North", None, None).await;
            assert!(refused.is_err_and(|error| error.is_duplicate()), "what must be unique is so again");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_restores_over_data_by_mistake_nor_from_a_version_to_come() {
    let folder = tempfile::tempdir().unwrap();
    let from = Location::Folder(folder.path().join("from"));
    let house = House::open(&from).await;
    work(&house).await;
    let mut taken = take(&from).await;
    let refused = put(&from, &taken).await.unwrap_err().to_string();
    assert!(
        refused.contains("is not empty: it holds 5 people, 2 customers, 2 promises, 1 case"),
        "{refused}"
    );

    taken.0.push("9999_from_the_future".to_owned());
    let fresh = Location::Folder(folder.path().join("fresh"));
    let refused = put(&fresh, &taken).await.unwrap_err().to_string();
    assert!(refused.contains("9999_from_the_future") && refused.contains("newer"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_that_does_not_end_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let from = Location::Folder(folder.path().join("from"));
    work(&House::open(&from).await).await;
    let (migrations, mut taken) = take(&from).await;
    // Events of a case that is not there.
    taken.get_mut("cases").unwrap().2.clear();
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    for into in [Location::Folder(folder.path().join("into")), Location::Postgres(database.url().to_owned())]
    {
        let broken = (migrations.clone(), taken.clone());
        assert!(put(&into, &broken).await.is_err(), "a case is missing");
        assert!(Snapshot::take(&into).await.is_err(), "there is still no data in {into:?}");
    }
}

#[tokio::test]
async fn every_table_is_in_a_backup_or_left_out_for_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::Folder(folder.path().to_owned());
    drop(Store::open(&location).await.unwrap());
    let snapshot = Snapshot::take(&location).await.unwrap();
    let tables: Vec<String> = snapshot.tables().await.unwrap().into_iter().map(|table| table.name).collect();
    for table in ["person", "setting", "promise", "evidence", "cases", "case_event", "letter", "reply"] {
        assert!(tables.iter().any(|known| known == table), "{table} is missing in {tables:?}");
    }
    assert!(LEFT_OUT.iter().all(|left| !tables.iter().any(|known| known == left.table)));
}
