//! Rows as the readers of files hand them over, and what can be wrong with one.

use forewarn_domain::fact::{LineKey, OrderLine};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// One row of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all rows are lines; boxing them would cost a million allocations"
)]
pub enum Incoming {
    /// A row that could be read.
    Line {
        /// The row as a person sees it in the spreadsheet, from 1.
        row: u64,
        /// What it says.
        line: OrderLine,
    },
    /// A row that could not.
    Rejected {
        /// What is wrong with it.
        problems: Vec<RowProblem>,
    },
}

/// One thing that is wrong with one row, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// The row as a person sees it in the spreadsheet, from 1.
    pub row: u64,
    /// The column's heading, or the field's name.
    pub column: String,
    /// What stands there.
    pub found: String,
    /// What should stand there.
    pub expected: String,
    /// What to do.
    pub fix: String,
}

/// The identity of a line in 16 bytes: enough to find a line that a file has twice.
pub(super) fn fingerprint(key: &LineKey) -> u128 {
    let mut hash = Sha256::new();
    for part in [&key.order, &key.line, &key.schedule] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    digest.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte))
}

pub(super) fn twice(row: u64, line: &OrderLine) -> RowProblem {
    RowProblem {
        row,
        column: "order, line".to_owned(),
        found: shown(&line.key),
        expected: "each order line once in a report".to_owned(),
        fix:
            "An earlier row has the same order and line, and was taken. If the line is split, map the column \
              that numbers the parts as “schedule”; else delete one of the rows"
                .to_owned(),
    }
}

pub(super) fn nothing_promised(row: u64, line: &OrderLine) -> RowProblem {
    RowProblem {
        row,
        column: "promised".to_owned(),
        found: format!("no date for {}", shown(&line.key)),
        expected: "the date that the customer was told".to_owned(),
        fix:
            "Fill in the promised date in the file, or leave the row out: it is taken in by the first report \
              that has one"
                .to_owned(),
    }
}

pub(super) fn other_customer(row: u64, line: &OrderLine, before: &str) -> RowProblem {
    RowProblem {
        row,
        column: "customer".to_owned(),
        found: line.customer.clone(),
        expected: format!("“{before}”, who was promised {} in an earlier report", shown(&line.key)),
        fix: "Check whose order it is. If the customer was renamed, rename it here first; if the number was \
              used again, map a column that makes it unique"
            .to_owned(),
    }
}

fn shown(key: &LineKey) -> String {
    let LineKey { order, line, schedule } = key;
    if schedule.is_empty() {
        format!("order {order}, line {line}")
    } else {
        format!("order {order}, line {line}, schedule {schedule}")
    }
}
