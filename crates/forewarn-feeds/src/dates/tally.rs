//! Date order over a whole column: what the column's cells can be, counted.

use super::DateOrder;
use super::shape::Shape;
use serde::{Deserialize, Serialize};

/// What the cells of a date column say about the order of their parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DateOrderEvidence {
    /// Rows that read as dates in some order.
    pub dates: u64,
    /// Rows that can only be day first: `31/12/2026`.
    pub only_day_first: u64,
    /// Rows that can only be month first: `12/31/2026`.
    pub only_month_first: u64,
    /// Rows that can be both, with different dates: `05/11/2026`.
    pub either: u64,
    /// Rows that read in one way only: `2026-12-31`, `2-Jun-06`.
    pub fixed: u64,
}

/// What was found out about the order of a date column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFinding {
    /// The whole column is in this order.
    Settled(DateOrder),
    /// The whole column is in one of these orders; a person must say which.
    Ambiguous(Vec<DateOrder>),
}

impl DateFinding {
    /// The order, where it is settled.
    pub fn settled(&self) -> Option<DateOrder> {
        match self {
            DateFinding::Settled(order) => Some(*order),
            DateFinding::Ambiguous(_) => None,
        }
    }
}

/// Counts shapes over a column.
#[derive(Debug, Clone, Default)]
pub(crate) struct DateTally {
    evidence: DateOrderEvidence,
    /// `11/11/2026`: both orders agree.
    alike: u64,
    /// Two-digit years that only year first can read.
    only_year_first: u64,
    year_first: u64,
    short: u64,
    dotted: u64,
    parts: u64,
    compact: [u64; 3],
    compacts: u64,
    serials: u64,
    separators: u8,
    /// Which first and last numbers occur in dates with two-digit years, one bit each.
    firsts: u128,
    lasts: u128,
}

/// One wrong row in twenty doesn't change what a column is.
const TOLERATED: u64 = 20;

impl DateTally {
    pub(crate) fn add(&mut self, shape: Shape) {
        match shape {
            Shape::Fixed(_) => self.evidence.fixed += 1,
            Shape::Serial(_) => self.serials += 1,
            Shape::Compact(_) => {
                self.compacts += 1;
                for (count, order) in self.compact.iter_mut().zip(DateOrder::ALL) {
                    *count += u64::from(shape.read(order).is_some());
                }
            }
            Shape::Parts { a, b, c, short, separator } => {
                self.parts += 1;
                if short {
                    self.firsts |= 1 << (a & 127);
                    self.lasts |= 1 << (c % 100);
                }
                self.short += u64::from(short);
                self.dotted += u64::from(separator == b'.');
                self.separators |= separator_bit(separator);
                self.add_parts(shape, a == b);
            }
        }
    }

    fn add_parts(&mut self, shape: Shape, alike: bool) {
        let day = shape.read(DateOrder::DayFirst).is_some();
        let month = shape.read(DateOrder::MonthFirst).is_some();
        let year = shape.read(DateOrder::YearFirst).is_some();
        self.year_first += u64::from(year);
        match (day, month) {
            (true, true) if alike => self.alike += 1,
            (true, true) => self.evidence.either += 1,
            (true, false) => self.evidence.only_day_first += 1,
            (false, true) => self.evidence.only_month_first += 1,
            (false, false) => self.only_year_first += u64::from(year),
        }
    }

    /// Rows that are dates without any doubt that they are dates (not just numbers).
    pub(crate) fn written(&self) -> u64 {
        let e = &self.evidence;
        e.fixed + e.only_day_first + e.only_month_first + e.either + self.alike + self.only_year_first
    }

    /// Rows that are dates if the column is one: day numbers and eight digits too.
    pub(crate) fn dates(&self) -> u64 {
        self.written() + self.serials + self.compact.iter().max().copied().unwrap_or(0)
    }

    /// The counts to show.
    pub(crate) fn evidence(&self) -> DateOrderEvidence {
        DateOrderEvidence { dates: self.dates(), ..self.evidence }
    }

    /// What the column's order is.
    pub(crate) fn finding(&self) -> DateFinding {
        use DateOrder::{DayFirst, MonthFirst, YearFirst};
        let DateOrderEvidence { only_day_first: day, only_month_first: month, .. } = self.evidence;
        if self.serials > self.written() + self.compacts {
            return DateFinding::Settled(DateOrder::Serial);
        }
        if self.compacts > self.written() {
            return self.compact_finding();
        }
        if self.parts == 0 {
            return DateFinding::Settled(YearFirst);
        }
        let reads_year_first = self.year_first * TOLERATED >= self.parts * (TOLERATED - 1);
        if reads_year_first && self.only_year_first > day + month {
            return DateFinding::Settled(YearFirst);
        }
        if reads_year_first && self.looks_year_first() {
            return DateFinding::Ambiguous(vec![YearFirst, DayFirst]);
        }
        if day > 0 && month * TOLERATED <= day {
            return DateFinding::Settled(DayFirst);
        }
        if month > 0 && day * TOLERATED <= month {
            return DateFinding::Settled(MonthFirst);
        }
        if day == 0 && month == 0 && self.dotted == self.parts {
            return DateFinding::Settled(DayFirst);
        }
        DateFinding::Ambiguous(vec![DayFirst, MonthFirst])
    }

    /// `26-12-01`, `26-12-17`, `27-01-05`, …: hardly any company promises the 26th of many years.
    fn looks_year_first(&self) -> bool {
        self.firsts.count_ones() <= 3 && self.lasts.count_ones() >= 5
    }

    fn compact_finding(&self) -> DateFinding {
        let best = self.compact.iter().max().copied().unwrap_or(0);
        let fits = |i: usize| self.compact[i] == best;
        // Eight digits are written year first nearly everywhere (ISO 8601 basic, SAP): it wins a tie.
        match (fits(2), fits(0), fits(1)) {
            (true, _, _) => DateFinding::Settled(DateOrder::YearFirst),
            (_, true, true) => DateFinding::Ambiguous(vec![DateOrder::DayFirst, DateOrder::MonthFirst]),
            (_, true, false) => DateFinding::Settled(DateOrder::DayFirst),
            _ => DateFinding::Settled(DateOrder::MonthFirst),
        }
    }

    /// Are the dates of both columns written alike (same separators, same length of years)? Then one
    /// export wrote both in one order.
    pub(crate) fn written_like(&self, other: &Self) -> bool {
        self.parts > 0
            && self.separators == other.separators
            && self.short == self.parts * u64::from(self.short > 0)
            && other.short == other.parts * u64::from(other.short > 0)
            && (self.short > 0) == (other.short > 0)
    }
}

fn separator_bit(separator: u8) -> u8 {
    match separator {
        b'/' => 1,
        b'-' => 2,
        b'.' => 4,
        _ => 8,
    }
}
