//! One cell as a date, before the order of its parts is known.

use super::DateOrder;
use super::months;
use crate::headings::fold;
use jiff::civil::Date;

/// What a cell is as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// It reads the same in any order.
    Fixed(Date),
    /// Three numbers, the year last (or all of two digits).
    Parts { a: i8, b: i8, c: i16, short: bool, separator: u8 },
    /// Eight digits.
    Compact(i32),
    /// A day number of Excel's.
    Serial(i32),
}

/// Excel's day numbers of 1950 to 2200: beyond, a number is no date.
const SERIALS: std::ops::RangeInclusive<i32> = 18_264..=109_939;

impl Shape {
    /// The date under `order`.
    pub(crate) fn read(self, order: DateOrder) -> Option<Date> {
        match (self, order) {
            (Shape::Fixed(date), _) => Some(date),
            (Shape::Parts { a, b, c, .. }, DateOrder::DayFirst) => Date::new(c, b, a).ok(),
            (Shape::Parts { a, b, c, .. }, DateOrder::MonthFirst) => Date::new(c, a, b).ok(),
            (Shape::Parts { a, b, c, short: true, .. }, DateOrder::YearFirst) => {
                Date::new(full_year(i16::from(a)), b, i8::try_from(c % 100).ok()?).ok()
            }
            (Shape::Compact(n), DateOrder::YearFirst) => compact(n / 10_000, n / 100 % 100, n % 100),
            (Shape::Compact(n), DateOrder::DayFirst) => compact(n % 10_000, n / 10_000 % 100, n / 1_000_000),
            (Shape::Compact(n), DateOrder::MonthFirst) => {
                compact(n % 10_000, n / 1_000_000, n / 10_000 % 100)
            }
            (Shape::Serial(days), DateOrder::Serial) => {
                jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
            }
            _ => None,
        }
    }
}

fn compact(year: i32, month: i32, day: i32) -> Option<Date> {
    if !(1900..=9999).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Two-digit years are 1969 to 2068, as POSIX has it.
fn full_year(short: i16) -> i16 {
    short + if short < 69 { 2000 } else { 1900 }
}

/// What `cell` is as a date; `None` when it can't be one in any order.
pub(crate) fn shape(cell: &str) -> Option<Shape> {
    let cell = cell.trim();
    let first = *cell.as_bytes().first()?;
    if cell.len() < 5 || cell.len() > 48 {
        return None;
    }
    if first.is_ascii_digit() {
        if let Some(shape) = numeric(cell.as_bytes()) {
            return Some(shape);
        }
    } else if let Some(rest) = cell.strip_prefix("/Date(") {
        return odata(rest);
    } else if first.is_ascii() && !first.is_ascii_alphabetic() {
        return None;
    }
    if may_be_named(cell.as_bytes()) { named(cell) } else { None }
}

/// `31/12/2026 00:00`, `2026-12-31T00:00:00Z`, `20261231`, `46387`.
fn numeric(text: &[u8]) -> Option<Shape> {
    let (a, a_len, rest) = number(text)?;
    let Some((&separator, after)) = rest.split_first() else { return digits_only(a, a_len) };
    if a_len <= 6 && matches!(separator, b'.' | b',') && after.iter().all(u8::is_ascii_digit) {
        return digits_only(a, a_len);
    }
    if a_len == 8 && is_time(rest) {
        return digits_only(a, a_len);
    }
    if !matches!(separator, b'/' | b'-' | b'.' | b' ') {
        return None;
    }
    let (b, b_len, rest) = number(skip_space(after))?;
    let rest = rest.strip_prefix(&[separator])?;
    let (c, c_len, rest) = number(skip_space(rest))?;
    if !is_time(rest) {
        return None;
    }
    match (a_len, b_len, c_len) {
        (4, 1..=2, 1..=2) => Date::new(i16::try_from(a).ok()?, i8::try_from(b).ok()?, i8::try_from(c).ok()?)
            .ok()
            .map(Shape::Fixed),
        (1..=2, 1..=2, 4 | 2) => {
            let c = i16::try_from(c).ok()?;
            let year = if c_len == 2 { full_year(c) } else { c };
            let (a, b) = (i8::try_from(a).ok()?, i8::try_from(b).ok()?);
            Some(Shape::Parts { a, b, c: year, short: c_len == 2, separator })
        }
        _ => None,
    }
}

fn digits_only(n: i32, len: usize) -> Option<Shape> {
    match len {
        8 => Some(Shape::Compact(n)),
        5 | 6 if SERIALS.contains(&n) => Some(Shape::Serial(n)),
        _ => None,
    }
}

/// Leading digits (at most nine), how many there are, and what follows.
fn number(text: &[u8]) -> Option<(i32, usize, &[u8])> {
    let len = text.iter().take(10).take_while(|b| b.is_ascii_digit()).count();
    if len == 0 || len > 9 {
        return None;
    }
    let n = text[..len].iter().fold(0, |n, b| n * 10 + i32::from(b - b'0'));
    Some((n, len, &text[len..]))
}

fn skip_space(text: &[u8]) -> &[u8] {
    text.strip_prefix(b" ").unwrap_or(text)
}

/// Is `rest` nothing, or a time of day with or without a zone?
fn is_time(rest: &[u8]) -> bool {
    match rest {
        [] | [b'.' | b'Z' | b'z'] => true,
        [b'T' | b't' | b' ' | b',', more @ ..] => {
            more.iter().any(u8::is_ascii_digit)
                && more.iter().all(|b| b.is_ascii_digit() || b" :.,+-TZtzAPMapmUCGhH".contains(b))
        }
        [b'+' | b'-', more @ ..] => more.len() == 5 && more[2] == b':',
        _ => false,
    }
}

/// OData's `/Date(1798675200000)/`: milliseconds since 1970, in UTC.
fn odata(rest: &str) -> Option<Shape> {
    let inner = rest.strip_suffix(")/")?;
    let millis = inner.split_once('+').map_or(inner, |(millis, _)| millis).parse().ok()?;
    let instant = jiff::Timestamp::from_millisecond(millis).ok()?;
    Some(Shape::Fixed(instant.to_zoned(jiff::tz::TimeZone::UTC).date()))
}

/// A quick look before the slow one: a named date has digits and letters, and starts with a number, a month
/// or a weekday, none of which is long.
fn may_be_named(cell: &[u8]) -> bool {
    let first_word = cell.iter().take_while(|b| b.is_ascii_alphabetic() || **b >= 0x80).count();
    let digits = cell.iter().filter(|b| b.is_ascii_digit()).count();
    first_word <= 12
        && (3..=14).contains(&digits)
        && cell.iter().any(|b| b.is_ascii_alphabetic())
        && cell.get(first_word).is_some_and(|b| b.is_ascii_digit() || b" .,-/".contains(b))
}

/// `2-Jun-06`, `Dec 31, 2026`, `31. Dezember 2026`, `jueves 31 de diciembre de 2026`.
fn named(cell: &str) -> Option<Shape> {
    let folded = fold(cell);
    let mut numbers: [(i32, usize); 2] = [(0, 0); 2];
    let mut count = 0;
    let mut found_month = None;
    let mut rest = folded.as_str();
    while let Some(first) = rest.bytes().next() {
        let digits = first.is_ascii_digit();
        let end = rest
            .find(|c: char| c.is_ascii_digit() != digits || !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        if end == 0 {
            rest = rest.get(rest.chars().next()?.len_utf8()..)?;
            continue;
        }
        let (token, after) = rest.split_at(end);
        if digits {
            if count == 2 || after.starts_with(':') {
                break;
            }
            numbers[count] = (token.parse().ok()?, token.len());
            count += 1;
        } else if count == 2 && found_month.is_some() {
            break;
        } else if let Some(month) = months::month(token) {
            found_month = Some(month);
        } else if !months::is_filler(token) {
            return None;
        }
        rest = after;
    }
    let month = found_month.filter(|_| count == 2 && is_time_after(rest))?;
    let [(a, a_len), (b, b_len)] = numbers;
    let (year, year_len, day) = if a_len == 4 { (a, a_len, b) } else { (b, b_len, a) };
    let year = match year_len {
        4 => i16::try_from(year).ok()?,
        2 => full_year(i16::try_from(year).ok()?),
        _ => return None,
    };
    Date::new(year, month, i8::try_from(day).ok()?).ok().map(Shape::Fixed)
}

/// Is what follows a named date nothing, or a time? (`rest` is folded: lower case.)
fn is_time_after(rest: &str) -> bool {
    rest.bytes().all(|b| b.is_ascii_digit() || b" :.,+-tzapmucgh".contains(&b))
}
