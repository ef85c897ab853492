//! The layout of a text with separators, found in its first rows.

use crate::encoding::{TextEncoding, Utf8Input};
use crate::records::Records;
use crate::survey::{CsvFormat, LineEnd};
use crate::synonyms;
use std::collections::HashMap;
use std::io::{self, Read};

/// The heading row is looked for in this many rows.
pub(crate) const HEADING_ROWS: u64 = 30;
/// How much text is looked at for separator, quotes and line ends.
const HEAD: usize = 256 * 1024;
/// How many rows of it.
const ROWS: usize = 400;

/// Separator, quotes and line ends of the text in `input`.
pub(crate) fn format(input: impl Read, encoding: TextEncoding) -> io::Result<CsvFormat> {
    let mut head = Vec::new();
    let mut text = Utf8Input::new(input, encoding);
    while head.len() < HEAD && text.append(&mut head)? {}
    let mut layouts = [b'\t', b';', b'|', b','].map(|separator| Layout::of(&head, separator));
    layouts.sort_by(|a, b| b.score.total_cmp(&a.score));
    let best = &layouts[0];
    let separator = if best.score > 0.0 { best.separator } else { b',' };
    Ok(CsvFormat { encoding, separator: separator.into(), quoted: best.quoted, line_end: line_end(&head) })
}

/// The first rows, cut at one separator.
struct Layout {
    separator: u8,
    score: f64,
    quoted: bool,
}

impl Layout {
    fn of(head: &[u8], separator: u8) -> Self {
        let reading =
            |quoted: bool| Self { separator, quoted, score: score(&first_rows(head, separator, quoted)) };
        if !head.contains(&b'"') {
            return Self { quoted: true, ..reading(false) };
        }
        // Without quotes only where that is plainly the better reading: 5" pipes in an unquoted export.
        let (with, without) = (reading(true), reading(false));
        if with.score >= without.score { with } else { without }
    }
}

fn first_rows(head: &[u8], separator: u8, quoting: bool) -> Vec<Vec<String>> {
    let mut records = Records::new(head, TextEncoding::Utf8, separator, quoting);
    let mut rows = Vec::new();
    while rows.len() < ROWS {
        match records.next() {
            Ok(Some(record)) => rows.push(record.iter().map(|cell| cell.trim().to_owned()).collect()),
            Ok(None) | Err(_) => break,
        }
    }
    if head.len() >= HEAD && rows.len() > 1 && rows.len() < ROWS {
        rows.pop();
    }
    rows
}

/// How much `rows` look like a table: many columns, equally many in most rows, headings that are known.
fn score(rows: &[Vec<String>]) -> f64 {
    let mut widths: HashMap<usize, usize> = HashMap::new();
    for row in rows.iter().filter(|row| row.len() > 1) {
        *widths.entry(row.len()).or_default() += 1;
    }
    let Some((width, count)) = widths.into_iter().max_by_key(|(width, count)| (*count, *width)) else {
        return 0.0;
    };
    let alike = count as f64 / rows.len() as f64;
    let known =
        rows.iter().take(30).map(|row| row.iter().filter(|cell| synonyms::is_known(cell)).count()).max();
    alike * (width.min(40) - 1) as f64 + 5.0 * known.unwrap_or(0) as f64
}

fn line_end(head: &[u8]) -> LineEnd {
    let feeds = head.iter().filter(|b| **b == b'\n').count();
    let returns = head.iter().filter(|b| **b == b'\r').count();
    let both = head.windows(2).filter(|pair| pair == b"\r\n").count();
    if both * 2 > feeds {
        LineEnd::CrLf
    } else if returns > feeds {
        LineEnd::Cr
    } else {
        LineEnd::Lf
    }
}

/// Which of the first rows holds the headings: the one with the most known names, or else the first with
/// as many texts as the table is wide. An index into `rows`.
pub(crate) fn heading_row(rows: &[Vec<String>]) -> Option<usize> {
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let width = rows.iter().map(filled).max()?;
    let score = |row: &Vec<String>| {
        let known = row.iter().filter(|cell| synonyms::is_known(cell)).count();
        let values = row.iter().filter(|cell| is_value(cell)).count();
        (4 * known + filled(row)) as i64 - 4 * values as i64 - if filled(row) * 2 < width { 100 } else { 0 }
    };
    let best = rows.iter().map(score).max()?;
    rows.iter().position(|row| score(row) == best)
}

/// Is `cell` a number or a date? Headings aren't.
fn is_value(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && (crate::dates::shape(cell).is_some()
            || cell.bytes().all(|b| b.is_ascii_digit() || b".,- ".contains(&b)))
}
