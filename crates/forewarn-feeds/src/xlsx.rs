//! Workbooks: bounded before they are parsed, parsed in a child process, handed on as CSV.
//!
//! A workbook of 1.6 KB can ask its reader for 6 GB (two cells at opposite corners), and one of 1 MB can
//! unpack to a terabyte. So the package is measured first, cells are streamed and never laid out as a
//! grid, and all of it happens in a child process that may only take so much memory and time.

mod child;
mod package;
mod sheet;

pub use child::{child_main, limit_memory};

use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::BufReader;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How workbooks are read: which program to start for it, and within which limits.
#[derive(Debug, Clone)]
pub struct Workbooks {
    /// The program whose hidden subcommand [`SUBCOMMAND`] calls [`child_main`]: usually this very one.
    pub program: PathBuf,
    /// What a workbook may cost.
    pub limits: Limits,
}

/// The hidden subcommand that the binary hands to [`child_main`].
pub const SUBCOMMAND: &str = "read-xlsx";

/// What a workbook may cost. Checked before parsing where the file says so, and while reading where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Files in the zip.
    pub entries: usize,
    /// Bytes of all files in the zip, unpacked; also the most that is written as CSV.
    pub unpacked_bytes: u64,
    /// Unpacked over packed size of one file in the zip (of those that unpack to more than a megabyte).
    pub ratio: u64,
    /// Cells with a value.
    pub cells: u64,
    /// Columns: a cell further to the right is refused.
    pub columns: u32,
    /// Memory of the child process in bytes of address space.
    pub memory_bytes: u64,
    /// Time the child process may take.
    pub time: Duration,
}

impl Default for Limits {
    /// A million rows of a dozen columns pass; both kinds of bomb don't.
    fn default() -> Self {
        Self {
            file_bytes: 100 << 20,
            entries: 2_000,
            unpacked_bytes: 1 << 30,
            ratio: 200,
            cells: 30_000_000,
            columns: 1_000,
            memory_bytes: 512 << 20,
            time: Duration::from_secs(120),
        }
    }
}

/// What came of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    /// All its sheets that a person can see.
    pub sheets: Vec<String>,
    /// The one that was read.
    pub sheet: String,
    /// What a person should know, as full sentences.
    pub notes: Vec<String>,
}

/// Why a workbook can't, or mustn't, be read. The message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{what} {fix}")]
pub struct BadWorkbook {
    /// What is wrong with it, as a sentence.
    pub what: String,
    /// What to do, as a sentence.
    pub fix: String,
}

impl BadWorkbook {
    fn new(what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { what: what.into(), fix: fix.into() }
    }
}

impl Workbooks {
    /// Workbooks read by `program` within the usual limits.
    pub fn with(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), limits: Limits::default() }
    }

    /// Writes the sheet of the workbook at `path` to `csv`, in a child process with these limits.
    pub fn convert(&self, path: &Path, sheet: Option<&str>, csv: &Path) -> Result<Converted, BadWorkbook> {
        child::convert(self, path, sheet, csv)
    }
}

/// Writes a sheet of the workbook at `path` to `csv`: UTF-8, commas, dates as ISO text, a row of the sheet a
/// row of the file. Measures the package first. Call it in a process of its own; [`Workbooks::convert`] does.
pub fn to_csv(
    path: &Path,
    sheet: Option<&str>,
    limits: &Limits,
    csv: &Path,
) -> Result<Converted, BadWorkbook> {
    let unreadable = |error: std::io::Error| {
        BadWorkbook::new(format!("The workbook can't be read: {error}."), "Check that the file is complete.")
    };
    let open = || File::open(path).map(BufReader::new).map_err(unreadable);
    package::measure(open()?, limits)?;
    let out = File::create(csv).map_err(|error| {
        BadWorkbook::new(
            format!("{} can't be written: {error}.", csv.display()),
            "Check the disk and the folder.",
        )
    })?;
    // The library that parses it has met workbooks at which it panics; to a person such a one is damaged.
    let file = open()?;
    std::panic::catch_unwind(AssertUnwindSafe(|| sheet::write(file, sheet, limits, out)))
        .unwrap_or_else(|_| Err(package::damaged()))
}
