//! What a report looks like, found in one pass over it, before anything is read into facts.

use crate::column_tally::ColumnTally;
use crate::dates::{DateFinding, DateOrderEvidence};
use crate::encoding::TextEncoding;
use crate::keys::{KeySearch, Keys};
use crate::numbers::{DecimalFinding, DecimalSign};
use crate::profile::WordMeaning;
use crate::sniff;
use crate::source::Source;
use crate::suggest::{Suggestion, suggest};
use crate::table::Table;
use crate::unreadable::Unreadable;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// What tells the rows apart.
    pub keys: Keys,
    /// What a person should know before importing, as full sentences.
    pub problems: Vec<String>,
}

/// Looks through the whole report once, in memory that doesn't grow with it.
pub fn survey(source: &Source) -> Result<Survey, Unreadable> {
    survey_with_headings_in(source, None)
}

/// The same with the headings in a row that a person named, counted from 1, if it is one of the first rows.
pub fn survey_with_headings_in(source: &Source, heading_row: Option<u32>) -> Result<Survey, Unreadable> {
    let mut table = Table::open(source, |head| {
        let wanted = heading_row.map(u64::from);
        let named = head.iter().position(|(number, _)| Some(*number) == wanted);
        let rows = || head.iter().map(|(_, cells)| cells.clone()).collect::<Vec<_>>();
        named.or_else(|| sniff::heading_row(&rows()))
    })?;
    let mut tallies: Vec<ColumnTally> = table.headings.iter().map(|h| ColumnTally::new(h)).collect();
    let mut keys = KeySearch::new(&table.headings);
    let (mut rows, mut wide) = (0, 0);
    while let Some(record) = table.next()? {
        rows += 1;
        wide += u64::from((tallies.len()..record.len()).any(|index| !record.get(index).trim().is_empty()));
        keys.add(&record);
        for (index, tally) in tallies.iter_mut().enumerate() {
            tally.add(record.get(index));
        }
    }
    let columns = columns(tallies, table.format);
    let keys = keys.found();
    let suggestion = suggest(&columns, &keys, &BTreeMap::new());
    let mut problems = problems(&columns, rows, wide, table.format);
    let format = match &source.workbook {
        Some(workbook) => {
            problems.extend(workbook.notes.iter().cloned());
            Format::Xlsx { sheets: workbook.sheets.clone(), sheet: workbook.sheet.clone() }
        }
        None => Format::Csv(table.format),
    };
    let heading_row = u32::try_from(table.heading_row).unwrap_or(u32::MAX);
    Ok(Survey { format, heading_row, columns, rows, suggestion, keys, problems })
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
    /// Are quotes taken as enclosing cells? Not where that would tear rows apart (unquoted exports of 5" pipes).
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

/// The columns, after what the file as a whole says about columns that leave something open.
fn columns(tallies: Vec<ColumnTally>, format: CsvFormat) -> Vec<Column> {
    let file = file_decimal(&tallies, format);
    let orders = orders_by_neighbours(&tallies);
    let columns = tallies.into_iter().zip(orders).enumerate();
    columns
        .map(|(index, (tally, neighbour))| {
            let mut column = tally.column(index, file);
            if let (ColumnKind::Dates { order, .. }, Some(neighbour)) = (&mut column.kind, neighbour) {
                *order = neighbour;
            }
            column
        })
        .collect()
}

/// The order of ambiguous date columns by other columns that are written alike: one export writes all its
/// dates of one manner in one order.
fn orders_by_neighbours(tallies: &[ColumnTally]) -> Vec<Option<DateFinding>> {
    let ambiguous = |tally: &ColumnTally| tally.is_dates() && tally.dates.finding().settled().is_none();
    let by_neighbours = |tally: &ColumnTally| {
        let alike = tallies.iter().filter(|other| other.is_dates() && tally.dates.written_like(&other.dates));
        let mut settled: Vec<_> = alike.filter_map(|other| other.dates.finding().settled()).collect();
        settled.dedup();
        match settled[..] {
            [order] => Some(DateFinding::Settled(order)),
            _ => None,
        }
    };
    tallies.iter().map(|tally| if ambiguous(tally) { by_neighbours(tally) } else { None }).collect()
}

/// The decimal sign of columns that don't show it: that of the other columns, or else the one that goes
/// with the separator (a spreadsheet that writes decimal commas separates by semicolons).
fn file_decimal(tallies: &[ColumnTally], format: CsvFormat) -> DecimalSign {
    let shown = tallies.iter().filter(|tally| tally.is_numbers()).filter_map(|tally| tally.numbers.shown());
    let (points, commas): (Vec<_>, Vec<_>) = shown.partition(|sign| *sign == DecimalSign::Point);
    match points.len().cmp(&commas.len()) {
        std::cmp::Ordering::Greater => DecimalSign::Point,
        std::cmp::Ordering::Less => DecimalSign::Comma,
        std::cmp::Ordering::Equal if format.separator == ';' => DecimalSign::Comma,
        std::cmp::Ordering::Equal => DecimalSign::Point,
    }
}

fn problems(columns: &[Column], rows: u64, wide: u64, format: CsvFormat) -> Vec<String> {
    let mut problems = Vec::new();
    if rows == 0 {
        problems.push("There are no rows below the headings.".to_owned());
    }
    if columns.len() == 1 {
        problems.push(
            "Only one column was found. Check that the cells are separated by comma, semicolon, tab or |."
                .to_owned(),
        );
    }
    if wide > 0 {
        problems.push(format!(
            "{wide} rows have more cells than there are headings: a text in them probably holds a “{}” without quotes round it.",
            format.separator.escape_debug()
        ));
    }
    problems
}
