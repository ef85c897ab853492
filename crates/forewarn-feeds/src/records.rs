//! Rows of cells out of text with separators, as a person would see them in a spreadsheet.
//!
//! The state machine is that of the `csv` crate (`csv-core`). Around it: rows are counted as people count
//! them, a row can't grow without bounds, and a stray quote costs one row instead of the rest of the file.

use crate::encoding::{TextEncoding, Utf8Input};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{self, Read};

/// The longest row in bytes. What is longer is a stray quote, or no table.
const LONGEST_ROW: usize = 1 << 20;

/// Rows of cells, one after another.
pub(crate) struct Records<R> {
    input: Utf8Input<R>,
    ended: bool,
    /// Text that is read but not yet cut; the current row starts at `start`.
    text: Vec<u8>,
    start: usize,
    at: usize,
    separator: u8,
    machine: Reader,
    /// For rows with a stray quote; made when the first one comes.
    plain: Option<Reader>,
    use_quotes: bool,
    cells: Vec<u8>,
    cells_len: usize,
    ends: Vec<usize>,
    ends_len: usize,
    number: u64,
    after_cr: bool,
    /// How many cells the headings have, once they are known.
    pub(crate) width: Option<usize>,
}

/// One row that isn't blank.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    /// The row in the spreadsheet, from 1.
    pub(crate) number: u64,
    cells: &'a str,
    ends: &'a [usize],
}

/// Why there is no next row.
#[derive(Debug)]
pub(crate) enum Stopped {
    /// The file can't be read.
    Io(io::Error),
    /// This row never ends.
    Endless(u64),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Stopped::Io(error)
    }
}

impl<'a> Record<'a> {
    /// How many cells there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cell at `index`; empty beyond the last one.
    pub(crate) fn get(&self, index: usize) -> &'a str {
        let Some(&end) = self.ends.get(index) else { return "" };
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.cells.get(start..end).unwrap_or("")
    }

    /// All cells.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a str> + use<'_, 'a> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// Is there nothing in any cell?
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.trim().is_empty()
    }
}

fn machine(separator: u8, quoting: bool) -> Reader {
    ReaderBuilder::new().delimiter(separator).quoting(quoting).build()
}

impl<R: Read> Records<R> {
    pub(crate) fn new(input: R, encoding: TextEncoding, separator: u8, use_quotes: bool) -> Self {
        Self {
            input: Utf8Input::new(input, encoding),
            ended: false,
            text: Vec::new(),
            start: 0,
            at: 0,
            separator,
            machine: machine(separator, use_quotes),
            plain: None,
            use_quotes,
            cells: vec![0; 4096],
            cells_len: 0,
            ends: vec![0; 64],
            ends_len: 0,
            number: 0,
            after_cr: false,
            width: None,
        }
    }

    /// Bytes of the file read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.input.read
    }

    /// The next row that isn't blank.
    pub(crate) fn next(&mut self) -> Result<Option<Record<'_>>, Stopped> {
        loop {
            if !self.skip_blank_lines()? {
                return Ok(None);
            }
            self.number += 1;
            let whole = self.cut(self.use_quotes)?;
            if self.use_quotes && (!whole || self.swallowed_rows()) {
                self.at = self.start;
                if !self.cut(false)? {
                    return Err(Stopped::Endless(self.number));
                }
            } else if !whole {
                return Err(Stopped::Endless(self.number));
            }
            self.after_cr = self.text[..self.at].last() == Some(&b'\r');
            if !self.record()?.is_blank() {
                break;
            }
        }
        self.record().map(Some)
    }

    fn record(&self) -> Result<Record<'_>, Stopped> {
        let cells = std::str::from_utf8(&self.cells[..self.cells_len])
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        Ok(Record { number: self.number, cells, ends: &self.ends[..self.ends_len] })
    }

    /// Goes to the beginning of the next line that has something in it; `false` at the end.
    fn skip_blank_lines(&mut self) -> io::Result<bool> {
        loop {
            if self.at == self.text.len() {
                self.start = self.at;
                if !self.more()? {
                    return Ok(false);
                }
                continue;
            }
            match self.text[self.at] {
                b'\n' if self.after_cr => self.after_cr = false,
                end @ (b'\r' | b'\n') => {
                    self.number += 1;
                    self.after_cr = end == b'\r';
                }
                _ => {
                    self.start = self.at;
                    return Ok(true);
                }
            }
            self.at += 1;
        }
    }

    /// Cuts one row from `start` on; `false` when it grew too long, or ended inside quotes.
    fn cut(&mut self, quoting: bool) -> io::Result<bool> {
        (self.cells_len, self.ends_len) = (0, 0);
        let separator = self.separator;
        let plain = self.use_quotes && !quoting;
        let mut fresh = true;
        loop {
            let machine = match &mut self.plain {
                _ if !plain => &mut self.machine,
                made => made.get_or_insert_with(|| machine(separator, false)),
            };
            if std::mem::take(&mut fresh) {
                machine.reset();
            }
            let (result, used, written, ends) = machine.read_record(
                &self.text[self.at..],
                &mut self.cells[self.cells_len..],
                &mut self.ends[self.ends_len..],
            );
            self.at += used;
            self.cells_len += written;
            self.ends_len += ends;
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => {
                    let ended_inside =
                        self.at == self.text.len() && self.ended && quoting && self.open_quote();
                    return Ok(!ended_inside);
                }
                ReadRecordResult::InputEmpty => {
                    if self.at - self.start > LONGEST_ROW {
                        return Ok(false);
                    }
                    self.more()?;
                }
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
            }
        }
    }

    /// Reads on, and forgets the rows before `start`.
    fn more(&mut self) -> io::Result<bool> {
        if self.start > 0 {
            self.text.drain(..self.start);
            self.at -= self.start;
            self.start = 0;
        }
        let before = self.text.len();
        while self.text.len() == before && !self.ended {
            self.ended = !self.input.append(&mut self.text)?;
        }
        Ok(self.text.len() > before)
    }

    /// Did the last row of the file end without its closing quote?
    fn open_quote(&self) -> bool {
        let row = &self.text[self.start..self.at];
        row.iter().filter(|b| **b == b'"').count() % 2 == 1 && row.iter().any(|b| matches!(b, b'\r' | b'\n'))
    }

    /// Has a stray quote swallowed the rows that follow? Then one cell holds line ends and as many
    /// separators as a whole row, or there are more cells than headings.
    fn swallowed_rows(&self) -> bool {
        let Some(width) = self.width.filter(|width| *width > 1) else { return false };
        let cells = &self.cells[..self.cells_len];
        if !cells.iter().any(|b| matches!(b, b'\r' | b'\n')) {
            return false;
        }
        let mut start = 0;
        let whole_row_inside = self.ends[..self.ends_len].iter().any(|end| {
            let cell = &cells[start..*end];
            start = *end;
            cell.iter().any(|b| matches!(b, b'\r' | b'\n'))
                && cell.iter().filter(|b| **b == self.separator).count() + 1 >= width
        });
        whole_row_inside || self.ends_len > width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, width: usize) -> Vec<(u64, Vec<String>)> {
        let mut records = Records::new(text.as_bytes(), TextEncoding::Utf8, b';', true);
        records.width = Some(width);
        let mut rows = Vec::new();
        while let Some(record) = records.next().unwrap() {
            rows.push((record.number, record.iter().map(str::to_owned).collect()));
        }
        rows
    }

    fn row(number: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn rows_are_numbered_as_a_person_sees_them_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a;b", "", "1;2", ";", "", "\"x\";y", "3;4"].join(end);
            let expected =
                [row(1, &["a", "b"]), row(3, &["1", "2"]), row(6, &["x", "y"]), row(7, &["3", "4"])];
            let read: Vec<_> = rows(&text, 2).into_iter().collect();
            assert_eq!(read, expected, "{end:?}");
        }
    }

    #[test]
    fn a_line_end_inside_quotes_belongs_to_the_cell() {
        assert_eq!(
            rows("1;\"two\nlines\";3\n4;5;6", 3),
            [row(1, &["1", "two\nlines", "3"]), row(2, &["4", "5", "6"])]
        );
    }

    #[test]
    fn a_stray_quote_costs_one_row_and_not_the_rest_of_the_file() {
        let text = "1;\"stray;x\n2;\"legit; text\";y\n3;c;z\n";
        assert_eq!(
            rows(text, 3),
            [row(1, &["1", "\"stray", "x"]), row(2, &["2", "legit; text", "y"]), row(3, &["3", "c", "z"])]
        );
        let text = "1;\"5 bar;x\n2;b;y\n";
        assert_eq!(rows(text, 3), [row(1, &["1", "\"5 bar", "x"]), row(2, &["2", "b", "y"])]);
    }

    #[test]
    fn quotes_and_apostrophes_inside_cells_are_text() {
        assert_eq!(
            rows("5\" pipe;Côte d'Ivoire;'s-Hertogenbosch\n", 3),
            [row(1, &["5\" pipe", "Côte d'Ivoire", "'s-Hertogenbosch"])]
        );
    }

    #[test]
    fn a_row_without_an_end_is_refused_in_bounded_memory() {
        let mut records = Records::new(std::io::repeat(b'x'), TextEncoding::Utf8, b';', true);
        assert!(matches!(records.next(), Err(Stopped::Endless(1))));
        assert!(records.text.capacity() < 8 << 20);
    }
}
