//! Holding the history against an export that somebody has put away.

use super::export::{FORM, Trailer};
use super::signing;
use anyhow::{Context as _, Result, bail};
use forewarn_domain::ids::CaseId;
use forewarn_store::Store;
use forewarn_store::history::StoredEvent;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

/// What the comparison has shown.
pub(super) struct Compared {
    /// How many events the export has.
    pub(super) events: u64,
    /// Whose signature it bears.
    pub(super) key: String,
    /// What is not the same, or wrong with the file; the first event only.
    pub(super) wrong: Vec<String>,
}

/// Compares every event of the export with what the database has now. Later events are no difference.
pub(super) async fn compare(store: &Store, file: &Path) -> Result<Compared> {
    let trailer = trailer(file)?;
    let mut wrong = Vec::new();
    if !signing::is_signed(&trailer.signed_text(), &trailer.signature, &trailer.key) {
        wrong.push(format!("{}: the signature is not that of its last line.", file.display()));
    }
    let (mut sum, mut events) = (Sha256::new(), 0);
    let mut page: std::vec::IntoIter<StoredEvent> = Vec::new().into_iter();
    let mut last = (CaseId(0), 0);
    let mut differs = None;
    for line in lines(file)? {
        let line = line? + "\n";
        if events == trailer.events {
            break;
        }
        sum.update(&line);
        events += 1;
        if differs.is_some() {
            continue;
        }
        let exported: StoredEvent =
            serde_json::from_str(&line).with_context(|| format!("{}, line {events}", file.display()))?;
        // The database may have later events of the same case in between.
        let mut found = page.next();
        loop {
            match found {
                None => {
                    let next = store.stored_events(last, 5_000).await?;
                    let Some(end) = next.last() else { break };
                    last = (CaseId(end.case), end.seq);
                    page = next.into_iter();
                    found = page.next();
                }
                Some(ref event) if (event.case, event.seq) < (exported.case, exported.seq) => {
                    found = page.next();
                }
                Some(_) => break,
            }
        }
        if !found.as_ref().is_some_and(|found| found.is_record_of(&exported)) {
            let StoredEvent { case, seq, .. } = exported;
            differs = Some(format!(
                "Case {case}, event {seq}: it is not what was exported at {}.",
                trailer.exported_at
            ));
        }
    }
    if events != trailer.events || signing::hex(&sum.finalize()) != trailer.head {
        wrong.push(format!("{}: its events are not those that were signed.", file.display()));
    }
    wrong.extend(differs);
    Ok(Compared { events, key: trailer.key, wrong })
}

fn lines(file: &Path) -> Result<impl Iterator<Item = std::io::Result<String>>> {
    let opened = File::open(file).with_context(|| format!("{} can't be read", file.display()))?;
    Ok(BufReader::new(opened).lines())
}

fn trailer(file: &Path) -> Result<Trailer> {
    let mut last = None;
    for line in lines(file)? {
        last = Some(line.with_context(|| format!("{} can't be read", file.display()))?);
    }
    let trailer: Option<Trailer> = last.and_then(|line| serde_json::from_str(&line).ok());
    match trailer {
        Some(trailer) if trailer.history == FORM => Ok(trailer),
        _ => bail!("{} is no export of `forewarn audit export`, or its end is missing.", file.display()),
    }
}
