//! What a report looks like, found in one pass over it, before anything is read into facts.

use crate::dates::{DateFinding, DateOrderEvidence};
use crate::encoding::TextEncoding;
use crate::numbers::DecimalFinding;
use crate::profile::WordMeaning;
use crate::suggest::Suggestion;
use serde::{Deserialize, Serialize};

/// What a report looks like. Nothing is saved by looking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// How its bytes are laid out.
    pub format: Format,
    /// The row of the headings as a person sees it, from 1. Rows above are titles and are skipped.
    pub heading_row: u32,
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// Rows below the headings that aren't blank.
    pub rows: u64,
    /// What each column probably is.
    pub suggestion: Suggestion,
    /// What a person should know before importing, as full sentences.
    pub problems: Vec<String>,
}

/// How the bytes of a report are laid out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Text with separators.
    Csv(CsvFormat),
    /// A workbook.
    Xlsx {
        /// All its sheets.
        sheets: Vec<String>,
        /// The one that is read.
        sheet: String,
    },
}

/// How a text with separators is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvFormat {
    /// How characters are written.
    pub encoding: TextEncoding,
    /// What stands between cells: `,` `;` tab or `|`.
    pub separator: char,
    /// Do quotes enclose cells?
    pub quoted: bool,
    /// What ends a row.
    pub line_end: LineEnd,
}

/// What ends a row of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineEnd {
    /// Carriage return and line feed (Windows).
    CrLf,
    /// Line feed (Unix).
    Lf,
    /// Carriage return (old Mac).
    Cr,
}

/// One column of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Where it stands, from 0.
    pub index: usize,
    /// Its heading; "Column C" where that is blank, "Name (2)" where it comes twice.
    pub heading: String,
    /// Up to three different values, shortened.
    pub samples: Vec<String>,
    /// What its cells are.
    pub kind: ColumnKind,
    /// Rows without a value.
    pub blank: u64,
    /// Words in a date column, the most frequent first.
    pub words: Vec<Word>,
}

/// What the cells of a column are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// Nothing in it.
    Empty,
    /// Dates, perhaps with words among them.
    Dates {
        /// The order of their parts.
        order: DateFinding,
        /// What says so.
        evidence: DateOrderEvidence,
    },
    /// Numbers.
    Numbers(DecimalFinding),
    /// Anything else.
    Text,
}

/// A word in a date column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// As written.
    pub text: String,
    /// In how many rows.
    pub rows: u64,
    /// What it means, where everybody knows; otherwise a person says it once per profile.
    pub meaning: Option<WordMeaning>,
}

/// Looks through the whole report once, in memory that doesn't grow with it.
pub fn survey(source: &crate::source::Source) -> Result<Survey, crate::unreadable::Unreadable> {
    let _ = source;
    Err(crate::unreadable::Unreadable::Empty)
}

impl Survey {
    /// The profile that the suggestion and a person's answers make, or what is left to answer.
    pub fn profile(
        &self,
        answers: &crate::answers::Answers,
    ) -> Result<crate::profile::Profile, crate::answers::Unsettled> {
        let _ = answers;
        Err(crate::answers::Unsettled::Questions(Vec::new()))
    }
}
