//! Looks into a database with the database's own client: what the program says about itself is no evidence.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use forewarn_testing::ServerPrograms;
use serde_json::Value;

use crate::command::Named as _;

/// Where the rows are.
pub(super) enum Witness {
    Sqlite(PathBuf),
    Postgres(String),
}

/// A row, by the names of its columns.
pub(super) type Row = serde_json::Map<String, Value>;

impl Witness {
    /// The rows of a SELECT.
    pub(super) fn rows(&self, select: &str) -> Result<Vec<Row>> {
        let text = match self {
            Self::Sqlite(file) => {
                let mut sqlite = Command::new("sqlite3");
                sqlite.args(["-bail", "-json", "-cmd", ".timeout 20000"]).arg(file).arg(select);
                sqlite.must_succeed()?
            }
            Self::Postgres(url) => {
                let all = format!("SELECT COALESCE(json_agg(row_to_json(t)), '[]') FROM ({select}) t");
                let mut psql = Command::new(ServerPrograms::find()?.path("psql"));
                psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--dbname", url]);
                psql.args(["--command", &all]).must_succeed()?
            }
        };
        // sqlite3 writes nothing for no rows.
        if text.trim().is_empty() {
            return Ok(Vec::new());
        }
        serde_json::from_str(&text).with_context(|| format!("the answer to {select}"))
    }
}

/// A whole number of a row; `None` where there is none.
pub(super) fn number(row: &Row, column: &str) -> Option<i64> {
    row.get(column).and_then(Value::as_i64)
}

/// A text of a row; empty where there is none.
pub(super) fn text<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}
