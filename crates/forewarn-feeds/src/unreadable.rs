//! Why a file as a whole can't be read, in words for the person who has it.

use std::path::PathBuf;

/// Why a file as a whole can't be read. The message says what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The file can't be opened or read.
    #[error("“{}” can't be read: {source}. Check the path and that you may open the file.", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Nothing in it.
    #[error("The file is empty. Export the report again.")]
    Empty,
    /// It is something else than a CSV or XLSX.
    #[error("The file is {what}, not a CSV or XLSX. {fix}")]
    NotAReport {
        /// What it is: "an old Excel workbook (.xls)".
        what: &'static str,
        /// What to do.
        fix: &'static str,
    },
    /// A workbook that can't, or mustn't, be read.
    #[error("{0}")]
    Workbook(#[from] crate::xlsx::BadWorkbook),
    /// A row without an end: not a table.
    #[error(
        "Row {row} is longer than 1 MB. This is not a table of order lines, or its line ends are lost: export it again as CSV or XLSX."
    )]
    EndlessRow {
        /// The row as a person sees it in the spreadsheet, from 1.
        row: u64,
    },
    /// More columns than any report of order lines has.
    #[error(
        "Row {row} has {columns} columns, more than the {most} that are read. Export the report with the columns that are needed."
    )]
    TooWide {
        /// The row of the headings, from 1.
        row: u64,
        /// How many it has.
        columns: usize,
        /// How many it may have.
        most: usize,
    },
    /// The profile's columns aren't all there.
    #[error(
        "The report has no column “{missing}”, which is mapped to {field}. Its columns are: {}. Map the column that took its place, or check that this is the right report.",
        known.join(", ")
    )]
    ColumnMissing {
        /// The mapped heading.
        missing: String,
        /// The field it is mapped to.
        field: crate::Field,
        /// The headings that are there.
        known: Vec<String>,
    },
    /// The profile maps too little.
    #[error("The mapping has no column for {field}. Add --map \"Column={field}\".")]
    FieldMissing {
        /// The field without a column.
        field: crate::Field,
    },
}
