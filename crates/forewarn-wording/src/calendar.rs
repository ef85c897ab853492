//! Dates as people write them, to dates one can compare.

use std::ops::Range;

use jiff::civil::Weekday;

use crate::reading::Reading;

/// A day as it stands in a draft; the year is often left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) day: i8,
    pub(crate) month: i8,
    pub(crate) year: Option<i16>,
    pub(crate) weekday: Option<Weekday>,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// The day that some words name, when they name one with day and month without doubt.
pub(crate) fn read(reading: &Reading<'_>, words: Range<usize>) -> Option<Written> {
    let (mut day, mut month, mut year, mut weekday) = (None, None, None, None);
    for word in words {
        let plain = reading.draft.plain(word);
        if let Some((y, m, d)) = in_figures(plain) {
            (year, month, day) = (y, Some(m), Some(d));
        } else if plain.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            let number: i16 = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
            if number >= 1900 {
                year = Some(number);
            } else if day.is_some() {
                return None;
            } else {
                day = i8::try_from(number).ok();
            }
        } else if let Some(at) = MONTHS.iter().position(|name| plain.starts_with(name)) {
            if month.is_some() {
                return None;
            }
            month = i8::try_from(at + 1).ok();
        } else if let Some((_, found)) = WEEKDAYS.iter().find(|(name, _)| plain.starts_with(name)) {
            weekday = Some(*found);
        }
    }
    Some(Written { day: day.filter(|d| (1..=31).contains(d))?, month: month?, year, weekday })
}

/// "2026-11-30", "30.11.2026", "30.11.": never "5/12/2026", which is another day on each side of an ocean.
fn in_figures(plain: &str) -> Option<(Option<i16>, i8, i8)> {
    let parts: Vec<&str> = plain.split(['-', '.', '/']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<i16>().ok();
    let (first, second, third) = (number(a)?, number(b)?, number(c)?);
    let small = |n: i16| i8::try_from(n).ok();
    if a.len() == 4 {
        return Some((Some(first), small(second).filter(|m| *m <= 12)?, small(third)?));
    }
    let year = if third < 100 { third + 2000 } else { third };
    match (plain.contains('/'), first > 12, second > 12) {
        (false, _, false) | (true, true, false) => Some((Some(year), small(second)?, small(first)?)),
        (true, false, true) => Some((Some(year), small(first)?, small(second)?)),
        _ if first == second => Some((Some(year), small(first)?, small(second)?)),
        _ => None,
    }
}
