//! Reading a backup: first whether it is whole, then what is in it.

use super::manifest::{self, FORMAT, FORMAT_VERSION, Manifest};
use super::seal;
use anyhow::{Context as _, Result, bail, ensure};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Seek as _};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// A backup that is whole.
pub(crate) struct Archive {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
    manifest: Manifest,
}

impl Archive {
    /// Opens it, and reads it through once to see that nothing is missing or changed.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let shown = path.display();
        let mut file = File::open(path).with_context(|| format!("The backup {shown} can't be opened"))?;
        let failed = || format!("The backup {shown} can't be read");
        let length = file.metadata().with_context(failed)?.len();
        ensure!(
            seal::is_whole(&mut file, length).with_context(failed)?,
            "{shown} is no whole backup of Forewarn: it was cut off, or has been changed, since its end does not fit \
             the rest. Nothing was restored. Copy it anew from where it was made, or use another one."
        );
        file.rewind().with_context(failed)?;
        let mut zip = ZipArchive::new(BufReader::new(file)).with_context(failed)?;
        let manifest = zip.by_name(manifest::NAME).with_context(failed)?;
        let manifest: serde_json::Value = serde_json::from_reader(manifest).with_context(failed)?;
        ensure!(manifest["format"] == FORMAT, "{shown} is no backup of Forewarn.");
        if manifest["format_version"].as_u64().is_none_or(|version| version > FORMAT_VERSION.into()) {
            bail!(
                "{shown} was made by Forewarn {}, in a form that this version does not know. Restore it with that \
                 version or a newer one.",
                manifest["made_by"].as_str().unwrap_or("of another version")
            );
        }
        Ok(Self {
            path: path.to_owned(),
            zip,
            manifest: serde_json::from_value(manifest).with_context(failed)?,
        })
    }

    /// What it says about itself.
    pub(crate) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The rows of a table, one after another.
    pub(crate) fn rows(&mut self, table: &str) -> Result<impl Iterator<Item = Result<Row>> + use<'_>> {
        let failed = format!("The table {table} in the backup {} can't be read", self.path.display());
        let inside = self.zip.by_name(&manifest::path(table)).with_context(|| failed.clone())?;
        Ok(BufReader::new(inside).lines().map(move |line| {
            let line = line.with_context(|| failed.clone())?;
            let cells = serde_json::from_str(&line).with_context(|| failed.clone())?;
            Ok(Row { cells, bytes: line.len() })
        }))
    }
}

/// A row as it is in the file.
pub(crate) struct Row {
    pub(crate) cells: Vec<serde_json::Value>,
    /// How long it is there.
    pub(crate) bytes: usize,
}
