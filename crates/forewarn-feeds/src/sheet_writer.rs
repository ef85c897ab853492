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

/// Where a spreadsheet that is set to something else than commas begins another cell.
const ENDS: [char; 4] = [';', '\t', '\r', '\n'];

/// `cell` so that no spreadsheet runs it, nor what it would take for a cell within it.
fn harmless(cell: &str) -> Cow<'_, str> {
    let runs = cell.starts_with(['\t', '\r', '\n', '\0']) || cell.trim_start().starts_with(FORMULA);
    let within = |(at, _): &(usize, &str)| cell.get(at + 1..).is_some_and(begins_formula);
    let marks: Vec<usize> = cell.match_indices(ENDS).filter(within).map(|(at, _)| at + 1).collect();
    if !runs && marks.is_empty() {
        return Cow::Borrowed(cell);
    }
    let mut marked = String::with_capacity(cell.len() + marks.len() + 1);
    if runs {
        marked.push('\'');
    }
    let mut from = 0;
    for mark in marks {
        marked.push_str(cell.get(from..mark).unwrap_or_default());
        marked.push('\'');
        from = mark;
    }
    marked.push_str(cell.get(from..).unwrap_or_default());
    Cow::Owned(marked)
}

/// Whether this is a formula; "; -20 °C" in a description is none.
fn begins_formula(text: &str) -> bool {
    let mut letters = text.trim_start_matches([' ', '\u{a0}']).chars();
    match letters.next() {
        Some('=' | '@' | '＝' | '＠') => true,
        Some('+' | '-' | '＋' | '－') => {
            letters.next().is_some_and(|next| !next.is_ascii_digit() && next != ' ')
        }
        _ => false,
    }
}
