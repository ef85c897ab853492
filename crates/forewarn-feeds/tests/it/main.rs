//! What reading reports promises, through the crate's public door.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on fails")]

mod any_bytes;
mod erp;
mod formulas;
mod ics;
mod layouts;
mod reading;
mod scms;
mod seeds;
mod workbooks;

use forewarn_domain::fact::OrderLine;
use forewarn_feeds::{Answers, Map, Reader, Rejected, Row, Source, Survey, Unreadable, survey};
use std::path::PathBuf;

/// A report on disk for the length of a test.
struct Report {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Report {
    fn of(bytes: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.csv");
        std::fs::write(&path, bytes).unwrap();
        Self { _folder: folder, path }
    }

    fn source(&self) -> Source {
        Source::csv(&self.path)
    }

    fn survey(&self) -> Survey {
        survey(&self.source()).unwrap()
    }

    /// Reads the report with the suggestion and `answers`.
    fn read_with(&self, answers: &Answers) -> AllRows {
        let profile = self.survey().profile(answers).unwrap_or_else(|unsettled| panic!("{unsettled}"));
        all_rows(Reader::open(&self.source(), &profile).unwrap()).unwrap()
    }

    /// Reads the report as the suggestion has it.
    fn read(&self) -> AllRows {
        self.read_with(&Answers::default())
    }
}

/// Lines by row number, and rejected rows.
type AllRows = (Vec<(u64, OrderLine)>, Vec<Rejected>);

fn all_rows(reader: Reader) -> Result<AllRows, Unreadable> {
    let (mut lines, mut rejected) = (Vec::new(), Vec::new());
    for row in reader {
        match row? {
            Row::Line { number, line } => lines.push((number, line)),
            Row::Rejected(row) => rejected.push(row),
        }
    }
    Ok((lines, rejected))
}

fn maps(arguments: &[&str]) -> Answers {
    Answers { maps: arguments.iter().map(|a| Map::parse(a).unwrap()).collect(), ..Answers::default() }
}
