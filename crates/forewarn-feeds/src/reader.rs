//! From rows to order lines.

use crate::cell;
use crate::headings::same_heading;
use crate::line::LineReader;
use crate::profile::Profile;
use crate::records::Record;
use crate::row::{Rejected, Row, RowError};
use crate::sniff;
use crate::source::Source;
use crate::table::Table;
use crate::unreadable::Unreadable;
use std::collections::BTreeMap;

/// Reads a report row by row in the way a profile says. Memory doesn't grow with the file.
pub struct Reader {
    table: Table,
    headings: Vec<String>,
    lines: LineReader,
    refused: BTreeMap<u64, Vec<RowError>>,
    failed: bool,
}

/// How much of a wrong cell is shown.
pub(crate) const SHOWN: usize = 60;

impl Reader {
    /// Finds encoding, separator and heading row of the report, and the profile's columns in it.
    pub fn open(source: &Source, profile: &Profile) -> Result<Self, Unreadable> {
        let table = Table::open(source, |head| heading_row(head, profile))?;
        let headings = table.headings.clone();
        let lines = LineReader::new(&headings, profile)?;
        Ok(Self { table, headings, lines, refused: BTreeMap::new(), failed: false })
    }

    /// Rejects rows that can be read, too: what is wrong with them showed only beside what was known before.
    #[must_use]
    pub fn refusing(mut self, errors: impl IntoIterator<Item = RowError>) -> Self {
        for error in errors {
            self.refused.entry(error.row).or_default().push(error);
        }
        self
    }

    /// The headings of the report, for the file of rejected rows.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// How far the file is read: bytes read, and bytes in all.
    pub fn progress(&self) -> (u64, u64) {
        (self.table.bytes_read().min(self.table.bytes), self.table.bytes)
    }

    fn next_row(&mut self) -> Result<Option<Row>, Unreadable> {
        let separator = self.table.format.separator;
        let Some(record) = self.table.next()? else { return Ok(None) };
        let number = record.number;
        let errors = match too_wide(&record, self.headings.len(), separator) {
            Some(error) => vec![error],
            None => match self.lines.read(&record) {
                Ok(line) => match self.refused.remove(&number) {
                    None => return Ok(Some(Row::Line { number, line })),
                    Some(errors) => errors,
                },
                Err(errors) => errors,
            },
        };
        let cells = record.iter().map(str::to_owned).collect();
        Ok(Some(Row::Rejected(Rejected { number, cells, errors })))
    }
}

impl Iterator for Reader {
    type Item = Result<Row, Unreadable>;

    /// The next row. After a file error there is none.
    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let row = self.next_row();
        self.failed = row.is_err();
        row.transpose()
    }
}

/// The row that the profile names, or the one that holds most of its headings.
fn heading_row(head: &[(u64, Vec<String>)], profile: &Profile) -> Option<usize> {
    if let Some(wanted) = profile.heading_row {
        return head.iter().position(|(number, _)| *number == u64::from(wanted));
    }
    let mapped = |cells: &[String]| {
        let holds = |heading: &&String| cells.iter().any(|cell| same_heading(cell, heading));
        profile.columns.values().filter(holds).count()
    };
    let most = head.iter().map(|(_, cells)| mapped(cells)).max().filter(|most| *most > 0);
    match most {
        Some(most) => head.iter().position(|(_, cells)| mapped(cells) == most),
        None => sniff::heading_row(&head.iter().map(|(_, cells)| cells.clone()).collect::<Vec<_>>()),
    }
}

/// A row with values beyond the last heading: its cells have moved, nothing in it can be trusted.
fn too_wide(record: &Record<'_>, width: usize, separator: char) -> Option<RowError> {
    let beyond = (width..record.len()).map(|index| record.get(index)).find(|cell| !cell.trim().is_empty())?;
    Some(RowError {
        row: record.number,
        column: String::new(),
        found: format!("{} cells, the last of them {}", record.len(), cell::shorten(beyond, SHOWN)),
        expected: format!("{width} cells, one for each heading"),
        fix: format!("Put quotes round the text that holds a “{}”, or take it out", separator.escape_debug()),
    })
}
