//! The decimal sign over a whole column.

use super::{Bare, DecimalSign};
use serde::{Deserialize, Serialize};

/// What was found out about the decimal sign of a number column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecimalFinding {
    /// The sign.
    pub sign: DecimalSign,
    /// Rows that can only be read with this sign; 0 where it makes no difference or follows from the
    /// other columns of the file.
    pub rows: u64,
    /// Rows such as `1.234`, which would be another number with the other sign.
    pub either: u64,
}

/// Counts numbers over a column.
#[derive(Debug, Clone, Default)]
pub(crate) struct NumberTally {
    pub(crate) numbers: u64,
    point: u64,
    comma: u64,
    either: u64,
}

impl NumberTally {
    /// Counts `cell`; says whether it is a number.
    pub(crate) fn add(&mut self, cell: &str) -> bool {
        if cell.bytes().all(|b| b.is_ascii_digit()) && !cell.is_empty() {
            self.numbers += 1;
            return true;
        }
        let Some(bare) = Bare::of(cell) else { return false };
        self.numbers += 1;
        match sign_of(bare.digits.as_bytes()) {
            Some(DecimalSign::Point) => self.point += 1,
            Some(DecimalSign::Comma) => self.comma += 1,
            None if bare.digits.contains(['.', ',']) => self.either += 1,
            None => {}
        }
        true
    }

    /// The sign that this column's own cells show.
    pub(crate) fn shown(&self) -> Option<DecimalSign> {
        match self.point.cmp(&self.comma) {
            std::cmp::Ordering::Greater => Some(DecimalSign::Point),
            std::cmp::Ordering::Less => Some(DecimalSign::Comma),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// The finding, with what the rest of the file says where this column is silent.
    pub(crate) fn finding(&self, file: DecimalSign) -> DecimalFinding {
        let sign = self.shown().unwrap_or(file);
        let rows = match sign {
            DecimalSign::Point => self.point,
            DecimalSign::Comma => self.comma,
        };
        DecimalFinding { sign, rows, either: self.either }
    }
}

/// The decimal sign that `digits` shows by itself: the last of two different signs, a sign that isn't
/// followed by three digits, or the one that doesn't repeat. `None` for `1.234`, which can be both.
fn sign_of(digits: &[u8]) -> Option<DecimalSign> {
    let signs = || digits.iter().enumerate().filter(|(_, b)| !b.is_ascii_digit());
    let (last_at, last) = signs().next_back()?;
    let sign = |b: u8| if b == b'.' { DecimalSign::Point } else { DecimalSign::Comma };
    let other = |b: u8| if b == b'.' { DecimalSign::Comma } else { DecimalSign::Point };
    let count = signs().count();
    if signs().any(|(_, b)| b != last) {
        return Some(sign(*last));
    }
    if count > 1 {
        return Some(other(*last));
    }
    let after = digits.len() - last_at - 1;
    let before = &digits[..last_at];
    let decimal = after != 3 || before.is_empty() || before.len() > 3 || before == b"0";
    decimal.then(|| sign(*last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_column_says_which_sign_is_the_decimal_one() {
        for (cells, sign, rows) in [
            (&["1.234", "5.000", "12,5"][..], DecimalSign::Comma, 1),
            (&["1,234", "12.50", "1,234.5"], DecimalSign::Point, 2),
            (&["1.234.567", "1.000"], DecimalSign::Comma, 1),
            (&["0.125", "1"], DecimalSign::Point, 1),
        ] {
            let mut tally = NumberTally::default();
            for cell in cells {
                assert!(tally.add(cell));
            }
            let finding = tally.finding(DecimalSign::Point);
            assert_eq!((finding.sign, finding.rows), (sign, rows), "{cells:?}");
        }
    }
}
