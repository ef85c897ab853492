//! The least that anything could do with the same file: copy it into one table with the indexes that the
//! product needs for its pages (key, customer, owner, expected date, status).

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use forewarn_testing::{FreshDatabase, ServerPrograms};

use super::orders::COLUMNS;
use super::process::measure;
use crate::command::Named as _;

/// `sqlite3 .import` of the file into a new database in `folder`.
pub(super) fn into_sqlite(file: &Path, folder: &Path) -> Result<Duration> {
    let import = format!(".import --csv --skip 1 '{}' orders", file.display());
    let mut sqlite = Command::new("sqlite3");
    sqlite.arg("-bail").arg(folder.join(format!("reference-{}.db", file_stem(file))));
    sqlite.args(table().iter().map(String::as_str)).arg(import);
    Ok(measure(&mut sqlite, |code| code == 0)?.time)
}

/// `\copy` of the file into a new database on `server`.
pub(super) fn into_postgres(file: &Path, server: &str) -> Result<Duration> {
    let database = FreshDatabase::on(server)?;
    psql(&database)?.args(table().iter().flat_map(|statement| ["--command", statement])).must_succeed()?;
    let copy = format!("\\copy orders FROM '{}' WITH (FORMAT csv, HEADER true)", file.display());
    Ok(measure(psql(&database)?.args(["--command", &copy]), |code| code == 0)?.time)
}

fn psql(database: &FreshDatabase) -> Result<Command> {
    let mut psql = Command::new(ServerPrograms::find()?.path("psql"));
    psql.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname", database.url()]);
    Ok(psql)
}

fn table() -> Vec<String> {
    let columns = COLUMNS.map(|name| format!("\"{name}\" text")).join(", ");
    let mut statements = vec![format!("CREATE TABLE orders ({columns}, PRIMARY KEY (\"order\", \"line\"))")];
    for column in ["customer", "owner", "expected", "status"] {
        statements.push(format!("CREATE INDEX orders_by_{column} ON orders (\"{column}\")"));
    }
    statements
}

fn file_stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
