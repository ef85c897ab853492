//! What reading yields: order lines, and rows that could not be read with the repair of each.

use forewarn_domain::fact::OrderLine;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// One row of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "nearly all rows are lines, and one is held at a time")]
pub enum Row {
    /// A row that could be read.
    Line {
        /// The row as a person sees it in the spreadsheet, from 1.
        number: u64,
        /// What it says.
        line: OrderLine,
    },
    /// A row that could not.
    Rejected(Rejected),
}

/// A row that could not be read, as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// The row as a person sees it in the spreadsheet, from 1.
    pub number: u64,
    /// Its cells, as they were.
    pub cells: Vec<String>,
    /// What is wrong with it; never empty.
    pub errors: Vec<RowError>,
}

/// One thing that is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("Row {row}, column “{column}”: found “{found}”, expected {expected}. {fix}.")]
pub struct RowError {
    /// The row as a person sees it in the spreadsheet, from 1.
    pub row: u64,
    /// The column's heading; empty where the row as a whole is wrong.
    pub column: String,
    /// What stands there, shortened.
    pub found: String,
    /// What should stand there: "a date like 31/12/2026".
    pub expected: String,
    /// What to do about it, as a sentence without its full stop.
    pub fix: String,
}

/// Errors with the same repair: one line of the check screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// The column's heading.
    pub column: String,
    /// What should stand there.
    pub expected: String,
    /// What to do.
    pub fix: String,
    /// How many errors it would mend.
    pub count: u64,
    /// The first few of them.
    pub examples: Vec<RowError>,
}

/// How many errors a [`Repair`] shows.
const EXAMPLES: usize = 3;

/// Gathers errors by repair, the most frequent first.
pub fn group_by_repair<'a>(errors: impl IntoIterator<Item = &'a RowError>) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = Vec::new();
    for error in errors {
        let same =
            |r: &&mut Repair| r.column == error.column && r.fix == error.fix && r.expected == error.expected;
        match repairs.iter_mut().find(same) {
            Some(repair) => {
                repair.count += 1;
                if repair.examples.len() < EXAMPLES {
                    repair.examples.push(error.clone());
                }
            }
            None => repairs.push(Repair {
                column: error.column.clone(),
                expected: error.expected.clone(),
                fix: error.fix.clone(),
                count: 1,
                examples: vec![error.clone()],
            }),
        }
    }
    repairs.sort_by_key(|repair| Reverse(repair.count));
    repairs
}
