//! One sheet of a workbook as CSV, cell by cell: never as a grid.

mod choice;
mod merged;
mod value;

use super::{BadWorkbook, Converted, Limits};
use calamine::{Reader, Xlsx, XlsxError};
use merged::Merged;
use std::io::{BufWriter, Read, Seek, Write};

/// Writes the sheet called `wanted`, or the one that looks most like orders, to `out`.
pub(super) fn write<R: Read + Seek>(
    file: R,
    wanted: Option<&str>,
    limits: &Limits,
    out: impl Write,
) -> Result<Converted, BadWorkbook> {
    let mut workbook = Xlsx::new(file).map_err(|error| unreadable(&error))?;
    let (sheets, sheet) = choice::choose(&mut workbook, wanted, limits)?;
    let merged = Merged::of(&mut workbook, &sheet).map_err(|error| unreadable(&error))?;
    let mut notes = Vec::new();
    if sheets.len() > 1 && wanted.is_none() {
        notes.push(format!(
            "The workbook has {} sheets ({}); “{sheet}” was read, because it looks most like orders.",
            sheets.len(),
            sheets.join(", ")
        ));
    }
    notes.extend(merged.note());
    let mut rows = Rows::new(out, merged, limits.unpacked_bytes);
    copy(&mut workbook, &sheet, limits, &mut rows)?;
    rows.finish()?;
    if rows.written == 0 {
        return Err(BadWorkbook::new(
            format!("The sheet “{sheet}” is empty."),
            "Choose another sheet, or export again.",
        ));
    }
    Ok(Converted { sheets, sheet, notes })
}

fn copy<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    sheet: &str,
    limits: &Limits,
    rows: &mut Rows<impl Write>,
) -> Result<(), BadWorkbook> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| unreadable(&error))?;
    let mut count = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| unreadable(&error))? {
        let (row, column) = cell.pos;
        let text = value::text(&cell.value);
        if text.is_empty() {
            if cell.formula.is_some() && cell.value == calamine::DataRef::Empty {
                return Err(BadWorkbook::new(
                    format!("Cell {} is a formula without a stored result.", value::name(row, column)),
                    "Open the workbook in Excel or LibreOffice, save it, and try again.",
                ));
            }
            continue;
        }
        count += 1;
        if count > limits.cells {
            return Err(BadWorkbook::new(
                format!("The sheet “{sheet}” has more than {} cells with a value.", limits.cells),
                "Export fewer columns or rows, or save the sheet as CSV.",
            ));
        }
        if row >= MOST_ROWS {
            return Err(BadWorkbook::new(
                format!("Cell {} stands below the last row that there is.", value::name(row, column)),
                "Open the workbook in Excel or LibreOffice, save it, and try again.",
            ));
        }
        if column >= limits.columns {
            return Err(BadWorkbook::new(
                format!("Cell {} stands far outside of any table.", value::name(row, column)),
                format!(
                    "Delete everything to the right of column {}, and try again.",
                    value::letters(limits.columns - 1)
                ),
            ));
        }
        rows.put(row, column, text)?;
    }
    Ok(())
}

/// As many as a sheet of Excel has.
const MOST_ROWS: u32 = 1_048_576;

/// Rows of CSV under way: the row of the sheet is the row of the file.
struct Rows<W: Write> {
    out: csv::Writer<BufWriter<W>>,
    merged: Merged,
    at: u32,
    cells: Vec<String>,
    /// Rows with a value in them.
    written: u64,
    bytes: u64,
    most_bytes: u64,
}

impl<W: Write> Rows<W> {
    fn new(out: W, merged: Merged, most_bytes: u64) -> Self {
        let out = csv::WriterBuilder::new().flexible(true).from_writer(BufWriter::new(out));
        Self { out, merged, at: 0, cells: Vec::new(), written: 0, bytes: 0, most_bytes }
    }

    fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), BadWorkbook> {
        if row < self.at {
            return Err(BadWorkbook::new(
                "The rows of the sheet are not in order.",
                "Open the workbook in Excel or LibreOffice, save it, and try again.",
            ));
        }
        while self.at < row {
            self.end_row()?;
        }
        let column = column as usize;
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        self.cells[column] = text;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), BadWorkbook> {
        self.merged.fill(self.at, &mut self.cells);
        self.written += u64::from(!self.cells.is_empty());
        if self.cells.is_empty() {
            self.cells.push(String::new());
        }
        self.bytes += self.cells.iter().map(|cell| cell.len() as u64 + LONGEST_AROUND).sum::<u64>();
        if self.bytes > self.most_bytes {
            return Err(BadWorkbook::new(
                "The texts of the sheet are longer than any report's.",
                "Export fewer columns, or save the sheet as CSV.",
            ));
        }
        self.out.write_record(&self.cells).map_err(|error| not_written(&error))?;
        self.cells.clear();
        self.at += 1;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), BadWorkbook> {
        if !self.cells.is_empty() {
            self.end_row()?;
        }
        self.out.flush().map_err(|error| not_written(&error))
    }
}

/// Bytes around a cell: quotes, and a comma or the end of the row.
const LONGEST_AROUND: u64 = 3;

fn not_written(error: &dyn std::error::Error) -> BadWorkbook {
    BadWorkbook::new(format!("The sheet can't be written down: {error}."), "Check that the disk isn't full.")
}

/// What calamine's errors mean for a person.
fn unreadable(error: &XlsxError) -> BadWorkbook {
    match error {
        XlsxError::Password => BadWorkbook::new(
            "The workbook has a password.",
            "Open it in Excel, take the password off (File, Info, Protect Workbook), save it, and try again.",
        ),
        other => BadWorkbook::new(
            format!("The workbook can't be read ({other})."),
            "Open it in Excel or LibreOffice, save it as a new .xlsx or as CSV, and try again.",
        ),
    }
}
