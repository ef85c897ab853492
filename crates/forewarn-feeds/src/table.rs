//! A report opened: its layout found, its heading row found, its rows ready to come.

use crate::cell;
use crate::encoding::{self, TextEncoding};
use crate::headings::comparable;
use crate::records::{Records, Stopped};
use crate::sniff;
use crate::source::Source;
use crate::survey::{CsvFormat, LineEnd};
use crate::unreadable::Unreadable;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};

/// A report whose next row is the one below the headings.
pub(crate) struct Table {
    pub(crate) format: CsvFormat,
    pub(crate) heading_row: u64,
    pub(crate) headings: Vec<String>,
    pub(crate) bytes: u64,
    records: Records<File>,
    path: PathBuf,
}

/// The longest heading that is kept, in characters.
const LONGEST_HEADING: usize = 120;

impl Table {
    /// Opens the report at its heading row, which `choose` picks from the first rows (row number, cells).
    pub(crate) fn open(
        source: &Source,
        choose: impl FnOnce(&[(u64, Vec<String>)]) -> Option<usize>,
    ) -> Result<Self, Unreadable> {
        let path = source.csv.as_path();
        let format = if source.workbook.is_some() { WRITTEN_BY_US } else { layout(path)? };
        let (file, bytes) = open(path)?;
        let separator = u8::try_from(format.separator).unwrap_or(b',');
        let mut records = Records::new(file, format.encoding, separator, format.quoted);
        let mut head = Vec::new();
        while let Some(record) = records.next().map_err(|stopped| unreadable(path, stopped))? {
            if record.number > sniff::HEADING_ROWS {
                break;
            }
            head.push((record.number, record.iter().map(|c| cell::shorten(c, LONGEST_HEADING)).collect()));
        }
        if head.is_empty() {
            return Err(Unreadable::Empty);
        }
        let (heading_row, cells) =
            head.swap_remove(choose(&head).filter(|row| *row < head.len()).unwrap_or(0));
        if cells.len() > MOST_COLUMNS {
            return Err(Unreadable::TooWide { row: heading_row, columns: cells.len(), most: MOST_COLUMNS });
        }
        let headings = unique(cells);

        let mut records = Records::new(open(path)?.0, format.encoding, separator, format.quoted);
        while let Some(record) = records.next().map_err(|stopped| unreadable(path, stopped))? {
            if record.number >= heading_row {
                break;
            }
        }
        records.width = Some(headings.len());
        Ok(Self { format, heading_row, headings, bytes, records, path: path.to_owned() })
    }

    /// The next row that isn't blank.
    pub(crate) fn next(&mut self) -> Result<Option<crate::records::Record<'_>>, Unreadable> {
        self.records.next().map_err(|stopped| unreadable(&self.path, stopped))
    }

    /// Bytes of the file read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }
}

/// As many as of a workbook are read. What is compared with every heading stays cheap.
const MOST_COLUMNS: usize = 1_000;

/// The layout of the CSV into which a workbook is turned.
const WRITTEN_BY_US: CsvFormat =
    CsvFormat { encoding: TextEncoding::Utf8, separator: ',', quoted: true, line_end: LineEnd::Lf };

fn layout(path: &Path) -> Result<CsvFormat, Unreadable> {
    let failed = |source| Unreadable::File { path: path.to_owned(), source };
    let encoding = encoding::detect(open(path)?.0).map_err(failed)?;
    sniff::format(open(path)?.0, encoding).map_err(failed)
}

fn open(path: &Path) -> Result<(File, u64), Unreadable> {
    let failed = |source| Unreadable::File { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    Ok((file, bytes))
}

fn unreadable(path: &Path, stopped: Stopped) -> Unreadable {
    match stopped {
        Stopped::Io(source) => Unreadable::File { path: path.to_owned(), source },
        Stopped::Endless(row) => Unreadable::EndlessRow { row },
    }
}

/// Headings by which every column can be named: "Column C" for a blank one, "Name (2)" for a repeated one.
fn unique(cells: Vec<String>) -> Vec<String> {
    let mut taken = HashSet::with_capacity(cells.len());
    // Where the numbers of a name go on: a thousand columns of one name are counted once, not each from 2.
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let number = |(index, cell): (usize, String)| {
        let name = if cell.is_empty() { format!("Column {}", letters(index)) } else { cell };
        let key = comparable(&name);
        if taken.insert(key.clone()) {
            return name;
        }
        let number = numbers.entry(key).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{name} ({number})");
            if taken.insert(comparable(&numbered)) {
                return numbered;
            }
        }
    };
    cells.into_iter().enumerate().map(number).collect()
}

/// The letters over a column in a spreadsheet: A, B, … Z, AA.
pub(crate) fn letters(index: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    match index / 26 {
        0 => letter(index).to_string(),
        more => letters(more - 1) + &letter(index).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_can_be_named() {
        let cells = ["Date", "", "date", "Date", "Date (4)", "DATE"].map(str::to_owned).to_vec();
        let names = ["Date", "Column B", "date (2)", "Date (3)", "Date (4)", "DATE (5)"];
        assert_eq!(unique(cells), names);
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
