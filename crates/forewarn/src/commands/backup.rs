//! `forewarn backup`.

use super::{say, tell};
use crate::archive::{self, Manifest, Written};
use crate::cli::{Backup, Common};
use crate::clock;
use crate::settings::Settings;
use anyhow::{Context as _, Result, ensure};
use forewarn_store::backup::Snapshot;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _};
use std::path::Path;
use std::process::ExitCode;
use tempfile::NamedTempFile;

/// Writes all data to a file, or to standard output, as it is at one moment; whoever works goes on working.
pub(crate) async fn run(common: &Common, backup: &Backup) -> Result<ExitCode> {
    let location = Settings::read(common)?.location(common)?;
    let snapshot = Snapshot::take(&location)
        .await
        .with_context(|| format!("The data in {} can't be read", location.shown()))?;
    let taken_at = clock::now();
    if backup.file == Path::new("-") {
        ensure!(
            !io::stdout().is_terminal(),
            "A backup is nothing to look at: name a file, or pass it on with |."
        );
        let Written { manifest, .. } = archive::write(&snapshot, taken_at, io::stdout().lock()).await?;
        tell(&sentence(&manifest));
        return Ok(ExitCode::SUCCESS);
    }
    let folder = backup.file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    // Only its owner may read it. It gets its name when it is whole, so that a name never stands for half of one.
    let file = NamedTempFile::new_in(folder)
        .with_context(|| format!("The backup can't be written to {}", folder.display()))?;
    let Written { manifest, digest, to } = archive::write(&snapshot, taken_at, BufWriter::new(file)).await?;
    let file = to.into_inner().map_err(io::IntoInnerError::into_error)?;
    keep(file, &backup.file, folder)
        .with_context(|| format!("The backup can't be written to {}", backup.file.display()))?;
    if backup.json {
        let done = serde_json::json!({
            "file": backup.file, "sha256": digest, "taken_at": manifest.taken_at, "engine": manifest.engine,
            "bytes": std::fs::metadata(&backup.file)?.len(),
            "rows": manifest.tables.iter().map(|table| table.rows).sum::<u64>(),
        });
        say(&done.to_string());
    } else {
        say(&format!("{} {}", backup.file.display(), sentence(&manifest)));
        tell(
            "It holds hashes of passwords, and the passwords and addresses that are saved in Settings: keep it as safe \
             as the data. The key history.key and the settings of the machine are not in it; see docs/operating.md.",
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// On the disk for good, and under its name.
fn keep(file: NamedTempFile, name: &Path, folder: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(name).map_err(io::Error::from)?;
    File::open(folder)?.sync_all()
}

/// What is in it.
fn sentence(manifest: &Manifest) -> String {
    let Manifest { taken_at, engine, .. } = manifest;
    format!(
        "holds the data of {} ({engine}): people {}, customers {}, promises {}, cases {}, events {}.",
        taken_at.strftime("%Y-%m-%d %H:%M:%S UTC"),
        manifest.rows_of("person"),
        manifest.rows_of("customer"),
        manifest.rows_of("promise"),
        manifest.rows_of("cases"),
        manifest.rows_of("case_event"),
    )
}
