//! Rejected rows as a file that a person can mend and import again.

use crate::row::Rejected;
use std::borrow::{Borrow, Cow};
use std::io::Write;

/// Writes rejected rows as CSV (UTF-8 with byte order mark, commas): the report's own columns as they
/// were, then the row number, what is wrong, and what to do.
///
/// Cells that a spreadsheet would take for a formula get a leading apostrophe (reliability: formula
/// injection); reading the file again takes it off.
pub fn write_rejected(
    mut out: impl Write,
    headings: &[String],
    rejected: impl IntoIterator<Item = impl Borrow<Rejected>>,
) -> csv::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let own = ["Row", "What is wrong", "What to do"].map(Cow::Borrowed);
    writer.write_record(headings.iter().map(|h| harmless(h)).chain(own).map(Cow::into_owned))?;
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
        let own = own.iter().map(|cell| harmless(cell).into_owned());
        writer.write_record(cells.map(|cell| harmless(cell).into_owned()).chain(own))?;
    }
    writer.flush()?;
    Ok(())
}

fn joined(row: &Rejected, say: impl Fn(&crate::row::RowError) -> String) -> String {
    row.errors.iter().map(say).collect::<Vec<_>>().join("; ")
}

/// `cell` so that no spreadsheet runs it.
fn harmless(cell: &str) -> Cow<'_, str> {
    match cell.trim_start_matches(' ').chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    }
}
