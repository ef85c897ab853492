//! Quantities and values as fixed-point numbers, so that no sum ever drifts.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A number with four decimals, held as ten-thousandths: quantities (12.5 kg) and values (1,284.50 EUR).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(i64);

/// Why a text is not an [`Amount`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a number with at most 4 decimals")]
pub struct NotAnAmount(String);

const SCALE: i64 = 10_000;

impl Amount {
    /// `n` whole units.
    pub const fn whole(n: i64) -> Self {
        Self(n.saturating_mul(SCALE))
    }

    /// From ten-thousandths, as stored.
    pub const fn from_raw(raw: i64) -> Self {
        Self(raw)
    }

    /// Ten-thousandths, to store.
    pub const fn raw(self) -> i64 {
        self.0
    }

    /// For formulas that weigh, never for sums.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }
}

impl FromStr for Amount {
    type Err = NotAnAmount;

    /// Reads `-1284.5`: a point as decimal sign, no grouping. More than four decimals are rounded half up.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || NotAnAmount(text.to_owned());
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty() {
            return Err(fail());
        }
        if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return Err(fail());
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| fail())? };
        let mut part = 0;
        for place in 0..4 {
            part = part * 10 + fraction.as_bytes().get(place).map_or(0, |b| i64::from(b - b'0'));
        }
        if fraction.as_bytes().get(4).is_some_and(|b| *b >= b'5') {
            part += 1;
        }
        let raw = whole.checked_mul(SCALE).and_then(|w| w.checked_add(part)).ok_or_else(fail)?;
        Ok(Self(if negative { -raw } else { raw }))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let raw = self.0.unsigned_abs();
        let (whole, part) = (raw / SCALE as u64, raw % SCALE as u64);
        if part == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{}", format!("{part:04}").trim_end_matches('0'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_shows_what_was_written() {
        for (text, shown) in
            [("12.5", "12.5"), ("-0.05", "-0.05"), ("1284", "1284"), ("0.00005", "0.0001"), (".5", "0.5")]
        {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), shown);
        }
        for text in ["", ".", "1,5", "1.2.3", "ten", "99999999999999999999"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }
}
