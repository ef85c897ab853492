//! `forewarn audit export`: an event a line, and a signed last line over all of them.

use super::signing;
use crate::cli::{Common, ExportHistory};
use crate::clock;
use crate::settings::Settings;
use anyhow::{Context as _, Result};
use forewarn_domain::ids::CaseId;
use forewarn_store::Store;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

/// The last line of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Trailer {
    /// Which form the file has.
    pub(super) history: String,
    /// When it was made.
    pub(super) exported_at: String,
    /// How many lines stand above.
    pub(super) events: u64,
    /// SHA-256 of those lines, each with its line end.
    pub(super) head: String,
    /// The public key.
    pub(super) key: String,
    /// Its signature of [`Trailer::signed_text`].
    pub(super) signature: String,
}

/// The form that is written here, and the only one that is read.
pub(super) const FORM: &str = "forewarn history 1";

impl Trailer {
    /// What the signature is for.
    pub(super) fn signed_text(&self) -> String {
        let Self { history, exported_at, events, head, .. } = self;
        format!("{history}\n{exported_at}\n{events}\n{head}\n")
    }
}

/// Writes the export to a file, or prints it.
pub(super) async fn run(common: &Common, export: &ExportHistory) -> Result<ExitCode> {
    let settings = Settings::read(common)?;
    let key = signing::key(&settings.data_folder(common))?;
    let store = super::super::open(common).await?;
    match &export.out {
        Some(path) => {
            let cant = || format!("{} can't be written", path.display());
            let folder =
                path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let mut file = tempfile::NamedTempFile::new_in(folder).with_context(cant)?;
            write(&store, &key, BufWriter::new(file.as_file_mut())).await.with_context(cant)?;
            File::sync_all(file.as_file()).with_context(cant)?;
            file.persist(path).with_context(cant)?;
        }
        None => write(&store, &key, BufWriter::new(std::io::stdout().lock())).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn write(store: &Store, key: &ed25519_dalek::SigningKey, mut out: impl Write) -> Result<()> {
    let (mut sum, mut events) = (Sha256::new(), 0);
    let mut last = (CaseId(0), 0);
    loop {
        let page = store.stored_events(last, 5_000).await?;
        let Some(end) = page.last() else { break };
        last = (CaseId(end.case), end.seq);
        for event in &page {
            let line = serde_json::to_string(event)? + "\n";
            sum.update(&line);
            out.write_all(line.as_bytes())?;
            events += 1;
        }
    }
    let mut trailer = Trailer {
        history: FORM.to_owned(),
        exported_at: clock::now().to_string(),
        events,
        head: signing::hex(&sum.finalize()),
        key: signing::public(key),
        signature: String::new(),
    };
    trailer.signature = signing::sign(key, &trailer.signed_text());
    writeln!(out, "{}", serde_json::to_string(&trailer)?)?;
    out.flush()?;
    Ok(())
}
