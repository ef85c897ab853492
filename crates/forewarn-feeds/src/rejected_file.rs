//! Rejected rows as a file that a person can mend and import again.

use crate::row::Rejected;
use crate::sheet_writer::SheetWriter;
use std::borrow::Borrow;
use std::io::Write;

/// Writes rejected rows: the report's own columns as they were, then the row number, what is wrong, and what to
/// do. Reading the file again takes off what keeps a spreadsheet from running a cell.
///
/// # Errors
/// When `out` can't be written.
pub fn write_rejected(
    out: impl Write,
    headings: &[String],
    rejected: impl IntoIterator<Item = impl Borrow<Rejected>>,
) -> csv::Result<()> {
    let mut sheet = SheetWriter::new(out)?;
    let own = ["Row", "What is wrong", "What to do"];
    sheet.row(headings.iter().map(String::as_str).chain(own))?;
    for row in rejected {
        let row: &Rejected = row.borrow();
        let width = headings.len().max(row.cells.len());
        let cells = (0..width).map(|index| row.cells.get(index).map_or("", String::as_str));
        let wrong = joined(row, |error| {
            let column = if error.column.is_empty() { String::new() } else { format!("{}: ", error.column) };
            format!("{column}found “{}”, expected {}", error.found, error.expected)
        });
        let fix = joined(row, |error| error.fix.clone());
        let own = [row.number.to_string(), wrong, fix];
        sheet.row(cells.chain(own.iter().map(String::as_str)))?;
    }
    sheet.finish()
}

fn joined(row: &Rejected, say: impl Fn(&crate::row::RowError) -> String) -> String {
    row.errors.iter().map(say).collect::<Vec<_>>().join("; ")
}
