//! A table that leaves for somebody's spreadsheet.

use std::borrow::Cow;
use std::io::Write;

/// Writes CSV as spreadsheets open it: UTF-8 with byte order mark, commas. The only way in which CSV leaves
/// Forewarn, so that no cell of it is ever run as a formula: one that would be gets a leading apostrophe.
#[derive(Debug)]
pub struct SheetWriter<W: Write>(csv::Writer<W>);

impl<W: Write> SheetWriter<W> {
    /// Begins a table in `out`.
    ///
    /// # Errors
    /// When `out` can't be written.
    pub fn new(mut out: W) -> csv::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        Ok(Self(csv::WriterBuilder::new().flexible(true).from_writer(out)))
    }

    /// One more row.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> csv::Result<()> {
        for cell in cells {
            self.0.write_field(harmless(cell).as_ref())?;
        }
        self.0.write_record(None::<&[u8]>)
    }

    /// Ends the table.
    ///
    /// # Errors
    /// When the rest can't be written.
    pub fn finish(mut self) -> csv::Result<()> {
        Ok(self.0.flush()?)
    }
}

/// What a spreadsheet takes for the beginning of a formula, wide signs too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// `cell` so that no spreadsheet runs it.
fn harmless(cell: &str) -> Cow<'_, str> {
    let runs = cell.starts_with(['\t', '\r', '\n', '\0']) || cell.trim_start().starts_with(FORMULA);
    if runs { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}
