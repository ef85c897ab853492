//! Dates as reports write them, and the order of their parts found over a whole column.

mod months;
mod shape;
mod tally;
mod words;

pub(crate) use shape::{Shape, shape};
pub(crate) use tally::DateTally;
pub use tally::{DateFinding, DateOrderEvidence};
pub use words::known_word;
pub(crate) use words::{is_null_date, stand_in};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// In which order the parts of a date column stand. Settled once for a column, never guessed per row.
///
/// Dates that can be read in one way only (`2026-12-31`, `2-Jun-06`, `31 décembre 2026`) are read under
/// every order. A time of day or zone behind the date is ignored: the date counts as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// `31/12/2026`, `31.12.26`.
    DayFirst,
    /// `12/31/2026`.
    MonthFirst,
    /// `2026-12-31`, `20261231`, `26-12-31`.
    YearFirst,
    /// Excel's day numbers: `46387` is 2026-12-31.
    Serial,
}

impl DateOrder {
    /// All orders, in the order in which they are offered.
    pub const ALL: [DateOrder; 4] =
        [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst, DateOrder::Serial];

    /// 31 December 2026 in this order, to show what is meant.
    pub const fn example(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "31/12/2026",
            DateOrder::MonthFirst => "12/31/2026",
            DateOrder::YearFirst => "2026-12-31",
            DateOrder::Serial => "46387",
        }
    }

    /// "day first".
    pub const fn label(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "day first",
            DateOrder::MonthFirst => "month first",
            DateOrder::YearFirst => "year first",
            DateOrder::Serial => "Excel day numbers",
        }
    }

    /// The name on the command line and in profiles: `day-first`.
    pub const fn name(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "day-first",
            DateOrder::MonthFirst => "month-first",
            DateOrder::YearFirst => "year-first",
            DateOrder::Serial => "serial",
        }
    }
}

/// A text that names no date order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a date order; the orders are: day-first, month-first, year-first, serial")]
pub struct UnknownOrder(String);

impl FromStr for DateOrder {
    type Err = UnknownOrder;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.trim().to_ascii_lowercase().replace([' ', '_'], "-");
        DateOrder::ALL
            .into_iter()
            .find(|order| order.name() == wanted)
            .ok_or_else(|| UnknownOrder(text.trim().to_owned()))
    }
}

/// Reads `cell` as a date in `order`; `None` when it isn't one. Two-digit years are 1969 to 2068 (POSIX).
pub fn read_date(cell: &str, order: DateOrder) -> Option<Date> {
    shape(cell)?.read(order)
}

#[cfg(test)]
mod tests;
