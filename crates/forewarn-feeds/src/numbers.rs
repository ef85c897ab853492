//! Numbers as reports write them, and the decimal sign found over a whole column.

mod tally;

pub use tally::DecimalFinding;
pub(crate) use tally::NumberTally;

use forewarn_domain::amount::Amount;
use serde::{Deserialize, Serialize};

/// The sign between whole and fraction. The other one groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecimalSign {
    /// `1,284.50`
    Point,
    /// `1.284,50`
    Comma,
}

impl DecimalSign {
    /// A number in this manner, to show what is meant.
    pub const fn example(self) -> &'static str {
        match self {
            DecimalSign::Point => "1,284.50",
            DecimalSign::Comma => "1.284,50",
        }
    }

    const fn signs(self) -> (u8, u8) {
        match self {
            DecimalSign::Point => (b'.', b','),
            DecimalSign::Comma => (b',', b'.'),
        }
    }
}

/// Reads `cell` as a number: `1.284,50`, `€ 12`, `(5)`, `5-`, `1 284,5`, `12'000.00`, `40 pcs` (the unit is
/// left out). `None` when it isn't one, or is beyond what an [`Amount`] holds.
pub fn read_number(cell: &str, sign: DecimalSign) -> Option<Amount> {
    let bytes = cell.as_bytes();
    if !bytes.is_empty() && bytes.len() <= 14 && bytes.iter().all(u8::is_ascii_digit) {
        return Some(Amount::whole(bytes.iter().fold(0, |n, b| n * 10 + i64::from(b - b'0'))));
    }
    let bare = Bare::of(cell)?;
    let (decimal, group) = sign.signs();
    let digits = bare.digits.as_bytes();
    let whole_len = digits.iter().position(|b| *b == decimal).unwrap_or(digits.len());
    let (whole, fraction) = digits.split_at(whole_len);
    if !well_grouped(whole, group) || !fraction.iter().skip(1).all(u8::is_ascii_digit) {
        return None;
    }
    let mut plain = String::with_capacity(digits.len() + 1);
    if bare.negative {
        plain.push('-');
    }
    plain.extend(whole.iter().filter(|b| b.is_ascii_digit()).map(|b| char::from(*b)));
    if fraction.len() > 1 {
        plain.push('.');
        plain.extend(fraction.iter().skip(1).map(|b| char::from(*b)));
    }
    plain.parse().ok()
}

/// A number without sign, currency, unit and spaces: digits, points and commas.
pub(crate) struct Bare {
    digits: String,
    negative: bool,
}

impl Bare {
    /// Strips `cell`; `None` when something is left that is no number.
    fn of(cell: &str) -> Option<Self> {
        let mut rest = cell.trim();
        if rest.len() > 60 {
            return None;
        }
        let mut negative = false;
        if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
            (negative, rest) = (true, inner);
        }
        rest = rest.trim_matches(is_unit);
        if let Some(inner) = rest.strip_prefix(['-', '−']).or_else(|| rest.strip_suffix('-')) {
            (negative, rest) = (!negative, inner);
        }
        rest = rest.strip_prefix('+').unwrap_or(rest).trim_matches(is_unit);
        if !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') {
            return None;
        }
        let mut digits = String::with_capacity(rest.len());
        for c in rest.chars() {
            match c {
                '0'..='9' | '.' | ',' => digits.push(c),
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' => {}
                _ => return None,
            }
        }
        digits.bytes().any(|b| b.is_ascii_digit()).then_some(Self { digits, negative })
    }
}

/// May `c` stand before or after a number: a space, a currency sign or code, a unit?
fn is_unit(c: char) -> bool {
    c.is_whitespace() || c.is_alphabetic() || matches!(c, '€' | '$' | '£' | '¥' | '₹' | '²' | '³')
}

/// Do the grouping signs in `whole` stand where thousands (or lakhs) end?
fn well_grouped(whole: &[u8], group: u8) -> bool {
    if !whole.contains(&group) {
        return whole.iter().all(u8::is_ascii_digit);
    }
    let groups: Vec<&[u8]> = whole.split(|b| *b == group).collect();
    let last = groups.len() - 1;
    groups.iter().enumerate().all(|(i, digits)| {
        digits.iter().all(u8::is_ascii_digit)
            && match i {
                0 => (1..=3).contains(&digits.len()),
                _ if i == last => digits.len() == 3,
                _ => (2..=3).contains(&digits.len()),
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_and_systems_write_them() {
        let (point, comma) = (DecimalSign::Point, DecimalSign::Comma);
        for (cell, sign, shown) in [
            ("1,284.50", point, "1284.5"),
            ("1.284,50", comma, "1284.5"),
            ("1.284.000", comma, "1284000"),
            ("1 284,5", comma, "1284.5"),
            ("12'000.00", point, "12000"),
            ("12,34,567.5", point, "1234567.5"),
            ("€ 12", point, "12"),
            ("12.50 USD", point, "12.5"),
            ("(5)", point, "-5"),
            ("5-", comma, "-5"),
            ("-0,5", comma, "-0.5"),
            (",5", comma, "0.5"),
            ("40 pcs", point, "40"),
            ("10324", comma, "10324"),
            ("5.", point, "5"),
        ] {
            assert_eq!(read_number(cell, sign).map(|a| a.to_string()).as_deref(), Some(shown), "{cell}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_bent_into_one() {
        for cell in [
            "",
            "ten",
            "1,5",
            "1.2.3",
            "NaN",
            "inf",
            "1e5",
            "12-5",
            "1,2345",
            "12 / 5",
            "99999999999999999999",
        ] {
            assert_eq!(read_number(cell, DecimalSign::Point), None, "{cell}");
        }
    }
}
