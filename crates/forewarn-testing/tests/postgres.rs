//! The throw-away PostgreSQL, started for real.

#![expect(clippy::unwrap_used, reason = "this is a test from top to bottom")]

use std::process::Command;

use forewarn_testing::{Cluster, Durability, FreshDatabase, Postgres, ServerPrograms};

fn ask(url: &str, statement: &str) -> String {
    let psql = ServerPrograms::find().unwrap().path("psql");
    let output = Command::new(psql).args(["-qAtX", "-c", statement, url]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn each_test_gets_an_empty_database_of_its_own() {
    let (first, second) = (Postgres::fresh_database().unwrap(), Postgres::fresh_database().unwrap());
    assert_ne!(first.url(), second.url());
    ask(&first, "CREATE TABLE promise (id int)");
    let tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'";
    assert_eq!(ask(&first, tables), "1");
    assert_eq!(ask(&second, tables), "0");
}

#[test]
fn a_dropped_database_is_gone() {
    let database = Postgres::fresh_database().unwrap();
    let url = database.url().to_owned();
    assert_eq!(ask(&url, "SELECT 1"), "1");
    drop(database);
    assert_eq!(ask(&url, "SELECT 1"), "");
}

#[test]
fn a_cluster_of_our_own_ends_with_its_holder() {
    let cluster = Cluster::start(Durability::None).unwrap();
    let url = cluster.url().to_owned();
    assert_eq!(ask(&url, "SHOW fsync"), "off");
    let database = FreshDatabase::on(&url).unwrap();
    assert_eq!(ask(&database, "SHOW server_encoding"), "UTF8");
    drop(database);
    drop(cluster);
    assert_eq!(ask(&url, "SELECT 1"), "");
}
