//! Writing a backup, table after table, as they come out of the database.

use super::manifest::{self, FORMAT, FORMAT_VERSION, Manifest, TableInside};
use super::seal::{self, Sealing};
use anyhow::{Context as _, Result};
use forewarn_store::backup::{LEFT_OUT, Snapshot, SnapshotTable};
use forewarn_store::{Engine, StoreError};
use jiff::Timestamp;
use std::io::{self, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A backup that was written.
pub(crate) struct Written<W> {
    pub(crate) manifest: Manifest,
    /// SHA-256 over all of the file but its last 64 bytes, which are this digest.
    pub(crate) digest: String,
    /// What was written to.
    pub(crate) to: W,
}

/// Writes all that the snapshot holds.
pub(crate) async fn write<W: Write>(snapshot: &Snapshot, taken_at: Timestamp, to: W) -> Result<Written<W>> {
    let mut zip = ZipWriter::new_stream(Sealing::new(to));
    zip.set_comment(seal::BLANK).context("The digest has no place in the file")?;
    let mut tables = Vec::new();
    for SnapshotTable { name, columns, counter } in snapshot.tables().await? {
        zip.start_file(manifest::path(&name), options()).map_err(io::Error::from)?;
        let rows = snapshot.each_row(&name, |row| writeln!(zip, "{row}").map_err(Stopped::from)).await?;
        tables.push(TableInside { name, columns, rows, counter });
    }
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        made_by: env!("CARGO_PKG_VERSION").to_owned(),
        engine: match snapshot.engine() {
            Engine::Sqlite => "sqlite".to_owned(),
            Engine::Postgres => "postgres".to_owned(),
        },
        taken_at,
        schema: snapshot.migrations().to_vec(),
        tables,
        left_out: LEFT_OUT.iter().map(|left| format!("{}: {}", left.table, left.why)).collect(),
    };
    zip.start_file(manifest::NAME, options()).map_err(io::Error::from)?;
    serde_json::to_writer_pretty(&mut zip, &manifest)?;
    let sealing = zip.finish().map_err(io::Error::from)?.into_inner();
    let (digest, to) = sealing.seal()?;
    Ok(Written { manifest, digest, to })
}

/// A table may be larger than 4 GB.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().large_file(true)
}

/// Why the rows of a table could not be written.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("The backup can't be written: {0}")]
    File(#[from] io::Error),
}
