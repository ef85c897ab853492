//! What the cells of one column are, counted over all rows.

use crate::cell;
use crate::dates::{self, DateTally};
use crate::numbers::{DecimalSign, NumberTally};
use crate::survey::{Column, ColumnKind, Word};
use crate::synonyms;
use std::cmp::Reverse;

/// Counts the cells of one column.
pub(crate) struct ColumnTally {
    heading: String,
    /// Only under a heading that speaks of dates are plain numbers taken for them.
    speaks_of_dates: bool,
    /// Under a heading that names a number, a few cells that aren't one are errors to report.
    speaks_of_numbers: bool,
    samples: Vec<String>,
    blank: u64,
    filled: u64,
    pub(crate) dates: DateTally,
    pub(crate) numbers: NumberTally,
    words: Vec<(String, u64)>,
    /// More different words than a date column has.
    many_words: bool,
}

/// How many different words a date column may have.
const WORDS: usize = 20;
/// How many values are shown of a column, and how long.
const SAMPLES: usize = 3;
const SAMPLE_LENGTH: usize = 60;

impl ColumnTally {
    pub(crate) fn new(heading: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            speaks_of_dates: synonyms::speaks_of_dates(heading),
            speaks_of_numbers: synonyms::candidates(heading).iter().any(|(field, _)| field.is_number()),
            samples: Vec::new(),
            blank: 0,
            filled: 0,
            dates: DateTally::default(),
            numbers: NumberTally::default(),
            words: Vec::new(),
            many_words: false,
        }
    }

    pub(crate) fn add(&mut self, raw: &str) {
        let cell = cell::clean(raw);
        if cell.is_empty() || (self.speaks_of_dates && dates::is_null_date(&cell)) {
            self.blank += 1;
            return;
        }
        self.filled += 1;
        if self.samples.len() < SAMPLES {
            let sample = cell::shorten(&cell, SAMPLE_LENGTH);
            if !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
        let shape = dates::shape(&cell);
        if let Some(shape) = shape {
            self.dates.add(shape);
        }
        let number = !self.speaks_of_dates && self.numbers.add(&cell);
        if shape.is_none() && !number {
            self.add_word(&cell);
        }
    }

    fn add_word(&mut self, cell: &str) {
        if self.many_words {
        } else if let Some((_, rows)) = self.words.iter_mut().find(|(word, _)| word == cell) {
            *rows += 1;
        } else if self.words.len() < WORDS {
            self.words.push((cell.to_owned(), 1));
        } else {
            self.many_words = true;
        }
    }

    /// Is it a column of dates? Four in five cells that aren't one of few words are (half of them, where the
    /// heading speaks of dates); or all of its cells are words that stand for dates everywhere.
    pub(crate) fn is_dates(&self) -> bool {
        if self.speaks_of_dates && self.filled > 0 && self.dates.dates() == 0 {
            return !self.many_words && self.words.iter().all(|(word, _)| dates::known_word(word).is_some());
        }
        let dates = if self.speaks_of_dates { self.dates.dates() } else { self.dates.written() };
        let words: u64 = if self.many_words { 0 } else { self.words.iter().map(|(_, rows)| rows).sum() };
        let (tenths, share) = if self.speaks_of_dates { (5, 50) } else { (8, 5) };
        dates > 0 && dates * 10 >= self.filled.saturating_sub(words) * tenths && dates * share >= self.filled
    }

    /// Is it a column of numbers? Nine in ten cells are; half of them, where the heading names a number.
    pub(crate) fn is_numbers(&self) -> bool {
        let tenths = if self.speaks_of_numbers { 5 } else { 9 };
        !self.is_dates() && self.numbers.numbers > 0 && self.numbers.numbers * 10 >= self.filled * tenths
    }

    /// The column, where `file` is the decimal sign that the rest of the file shows.
    pub(crate) fn column(self, index: usize, file: DecimalSign) -> Column {
        let is_dates = self.is_dates();
        let kind = if self.filled == 0 {
            ColumnKind::Empty
        } else if is_dates {
            ColumnKind::Dates { order: self.dates.finding(), evidence: self.dates.evidence() }
        } else if self.is_numbers() {
            ColumnKind::Numbers(self.numbers.finding(file))
        } else {
            ColumnKind::Text
        };
        let mut words: Vec<Word> = Vec::new();
        if is_dates {
            words.extend(self.words.into_iter().map(|(text, rows)| {
                let meaning = dates::known_word(&text);
                Word { text: cell::shorten(&text, SAMPLE_LENGTH), rows, meaning }
            }));
            words.sort_by_key(|word| Reverse(word.rows));
        }
        Column { index, heading: self.heading, samples: self.samples, kind, blank: self.blank, words }
    }
}
