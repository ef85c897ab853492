//! One cell as text, without what spreadsheets and systems wrap around it.

use std::borrow::Cow;

/// The longest text of a cell, in characters.
pub(crate) const LONGEST: usize = 500;

/// `cell` without white space around it, without control and direction characters, and out of the
/// wrappings that keep spreadsheets from reading it as a number (`="00123"`, `'00123`).
pub(crate) fn clean(cell: &str) -> Cow<'_, str> {
    if is_clean(cell.as_bytes()) {
        return Cow::Borrowed(cell);
    }
    let bare = unwrap(cell.trim_matches(is_space));
    if bare.chars().all(|c| !is_forbidden(c)) {
        return Cow::Borrowed(bare);
    }
    let mut text = String::with_capacity(bare.len());
    for c in bare.chars() {
        match c {
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push(' '),
            c if is_forbidden(c) => {}
            c => text.push(c),
        }
    }
    Cow::Owned(text.trim_matches(is_space).to_owned())
}

/// The usual cell: printable ASCII, nothing around it.
fn is_clean(bytes: &[u8]) -> bool {
    let edge = |b: Option<&u8>| b.is_none_or(|b| !matches!(b, b' ' | b'=' | b'\''));
    edge(bytes.first()) && edge(bytes.last()) && bytes.iter().all(|b| (0x20..0x7F).contains(b))
}

fn unwrap(cell: &str) -> &str {
    if let Some(inner) = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return inner.trim_matches(is_space);
    }
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit() || "=+-@".contains(c)) => rest,
        _ => cell,
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Control characters, and those that turn the direction of writing around.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{feff}' | '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// `cell` shortened for a message or a sample.
pub(crate) fn shorten(cell: &str, longest: usize) -> String {
    let clean = clean(cell);
    if clean.chars().count() <= longest {
        return clean.into_owned();
    }
    let mut short: String = clean.chars().take(longest.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_what_a_person_sees_in_it() {
        for (cell, text) in [
            ("  4711 ", "4711"),
            ("=\"00123\"", "00123"),
            ("'00123", "00123"),
            ("'+49 170 1", "+49 170 1"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("two\nlines", "two lines"),
            ("nul\0l", "null"),
            ("\u{a0}x\u{feff}", "x"),
            ("abc\u{202e}cba", "abccba"),
            ("Müller", "Müller"),
        ] {
            assert_eq!(clean(cell), text);
        }
    }
}
