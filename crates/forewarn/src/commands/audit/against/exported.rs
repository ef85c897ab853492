//! An export, line by line.

use super::super::export::{FIRST_FORM, FORM, Trailer};
use super::super::signing;
use anyhow::{Context as _, Result, bail};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Lines};
use std::path::{Path, PathBuf};

/// The lines of an export, and the hash of those that were read.
pub(super) struct Exported {
    pub(super) trailer: Trailer,
    file: PathBuf,
    lines: Lines<BufReader<File>>,
    read: u64,
    sum: Sha256,
}

impl Exported {
    /// Opens a file and reads its last line.
    pub(super) fn open(file: &Path) -> Result<Self> {
        let trailer = trailer(file)?;
        Ok(Self { trailer, file: file.to_owned(), lines: lines(file)?, read: 0, sum: Sha256::new() })
    }

    /// The next line above the last; `None` after those of which the last line speaks.
    pub(super) fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>> {
        if self.read == self.due() {
            return Ok(None);
        }
        let Some(line) = self.lines.next() else { return Ok(None) };
        let line = line? + "\n";
        self.sum.update(&line);
        self.read += 1;
        let read = serde_json::from_str(&line);
        Ok(Some(read.with_context(|| format!("{}, line {}", self.file.display(), self.read))?))
    }

    /// Whether all lines were read and are those that were signed.
    pub(super) fn is_what_was_signed(&self) -> bool {
        self.read == self.due() && signing::hex(&self.sum.clone().finalize()) == self.trailer.head
    }

    fn due(&self) -> u64 {
        let Trailer { events, heads, people, .. } = self.trailer;
        events.saturating_add(heads).saturating_add(people)
    }
}

fn lines(file: &Path) -> Result<Lines<BufReader<File>>> {
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
        // In the first form the last line signs for events only.
        Some(trailer) if trailer.history == FIRST_FORM => Ok(Trailer { heads: 0, people: 0, ..trailer }),
        Some(trailer) if trailer.history == FORM => Ok(trailer),
        _ => bail!("{} is no export of `forewarn audit export`, or its end is missing.", file.display()),
    }
}
