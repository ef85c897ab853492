//! `forewarn audit export`: an event a line, then a daily head a line, then a person a line, and a signed last line
//! over all of them.

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
    /// How many events stand above: they come first.
    pub(super) events: u64,
    /// How many heads come after them; none in the first form.
    #[serde(default)]
    pub(super) heads: u64,
    /// How many people come after those; none in the first form.
    #[serde(default)]
    pub(super) people: u64,
    /// SHA-256 of all these lines, each with its line end.
    pub(super) head: String,
    /// The public key.
    pub(super) key: String,
    /// Its signature of [`Trailer::signed_text`].
    pub(super) signature: String,
}

/// The name of one of our people at the time of the export: events have their number only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Named {
    pub(super) person: i64,
    pub(super) name: String,
}

/// The form that is written here.
pub(super) const FORM: &str = "forewarn history 2";
/// The form before it, which had events only. What was put away in it is still read.
pub(super) const FIRST_FORM: &str = "forewarn history 1";

impl Trailer {
    /// What the signature is for.
    pub(super) fn signed_text(&self) -> String {
        let Self { history, exported_at, events, heads, people, head, .. } = self;
        if history == FIRST_FORM {
            return format!("{history}\n{exported_at}\n{events}\n{head}\n");
        }
        format!("{history}\n{exported_at}\n{events}\n{heads}\n{people}\n{head}\n")
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

async fn write(store: &Store, key: &ed25519_dalek::SigningKey, out: impl Write) -> Result<()> {
    // What is recorded while it is written may be in it or not: an export is of the moment at which it began.
    let exported_at = clock::now().to_string();
    let mut out = Summed { out, sum: Sha256::new() };
    let (mut events, mut last) = (0, (CaseId(0), 0));
    loop {
        let page = store.stored_events(last, 5_000).await?;
        let Some(end) = page.last() else { break };
        last = (CaseId(end.case), end.seq);
        page.iter().try_for_each(|event| out.line(event))?;
        events += page.len() as u64;
    }
    let heads = store.heads().await?;
    heads.iter().try_for_each(|head| out.line(head))?;
    let people = store.people().await?;
    for person in &people {
        out.line(&Named { person: person.id.0, name: person.name.clone() })?;
    }
    let Summed { mut out, sum } = out;
    let mut trailer = Trailer {
        history: FORM.to_owned(),
        exported_at,
        events,
        heads: heads.len() as u64,
        people: people.len() as u64,
        head: signing::hex(&sum.finalize()),
        key: signing::public(key),
        signature: String::new(),
    };
    trailer.signature = signing::sign(key, &trailer.signed_text());
    writeln!(out, "{}", serde_json::to_string(&trailer)?)?;
    out.flush()?;
    Ok(())
}

/// A file, and the hash of the lines that went into it.
struct Summed<W> {
    out: W,
    sum: Sha256,
}

impl<W: Write> Summed<W> {
    fn line(&mut self, what: &impl Serialize) -> Result<()> {
        let line = serde_json::to_string(what)? + "\n";
        self.sum.update(&line);
        self.out.write_all(line.as_bytes())?;
        Ok(())
    }
}
