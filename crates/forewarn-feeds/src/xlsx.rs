//! Workbooks: bounded before they are parsed, parsed in a child process, handed on as CSV.

use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
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
    /// Bytes of all files in the zip, unpacked.
    pub unpacked_bytes: u64,
    /// Unpacked over packed size of one file in the zip.
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

/// What came of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    /// All its sheets.
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
    /// What is wrong with it.
    pub what: String,
    /// What to do.
    pub fix: String,
}

impl Workbooks {
    /// Writes the sheet of the workbook at `path` to `csv`, in a child process with these limits.
    pub fn convert(&self, path: &Path, sheet: Option<&str>, csv: &Path) -> Result<Converted, BadWorkbook> {
        let _ = (path, sheet, csv);
        Err(BadWorkbook { what: String::new(), fix: String::new() })
    }
}

/// The child process: what the binary's hidden subcommand [`SUBCOMMAND`] calls with the arguments that
/// follow it, before it starts any thread.
pub fn child_main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let _ = arguments.into_iter();
    ExitCode::FAILURE
}
