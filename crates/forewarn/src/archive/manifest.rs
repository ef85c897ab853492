//! What a backup says about itself.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Always [`FORMAT`].
    pub(crate) format: String,
    /// Grows when an older program could misread it.
    pub(crate) format_version: u32,
    /// The version of Forewarn that made it.
    pub(crate) made_by: String,
    /// The database it was made of: sqlite or postgres. It can be restored into either.
    pub(crate) engine: String,
    /// When it was taken.
    pub(crate) taken_at: Timestamp,
    /// The migrations that had run.
    pub(crate) schema: Vec<String>,
    pub(crate) tables: Vec<TableInside>,
    /// Tables whose rows are not in it, and what that means.
    pub(crate) left_out: Vec<String>,
}

/// A table in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TableInside {
    /// Its name: its rows are in `tables/NAME.jsonl`, each a JSON array.
    pub(crate) name: String,
    /// What the values of a row are.
    pub(crate) columns: Vec<String>,
    /// How many rows.
    pub(crate) rows: u64,
    /// The last number that its own counter has given.
    pub(crate) counter: Option<i64>,
}

/// The mark of our backups.
pub(super) const FORMAT: &str = "forewarn-backup";
/// The version of the format that this program writes, and the newest that it reads.
pub(super) const FORMAT_VERSION: u32 = 1;
/// The name of the manifest in the zip.
pub(super) const NAME: &str = "manifest.json";

impl Manifest {
    /// How many rows there are of this table.
    pub(crate) fn rows_of(&self, table: &str) -> u64 {
        self.tables.iter().filter(|inside| inside.name == table).map(|inside| inside.rows).sum()
    }
}

/// Where the rows of a table are in the zip.
pub(super) fn path(table: &str) -> String {
    format!("tables/{table}.jsonl")
}
