//! Words that are known by their shape, not from a list: numbers, clock times, dates in figures, names.

use crate::draft::Draft;
use crate::lexicon::{Builder, Category, Typed};

const SHAPES: &[&str] = &[
    "digits",
    "clock",
    "isodate",
    "ordinal-figure",
    "year",
    "capital",
    "code",
    "ed-word",
    "ly-word",
    "mis-verb",
    "it-department",
];

/// Makes the categories of this module known to pattern files.
pub(crate) fn name_categories(words: &mut Builder) -> Vec<Category> {
    let names = ["our-name", "outside-name", "person-name", "product-name"];
    SHAPES.iter().chain(&names).map(|shape| words.category(shape)).collect()
}

/// Types every word that has one of the shapes.
pub(crate) fn tokens(draft: &Draft<'_>, category: impl Fn(&str) -> Option<Category>) -> Vec<Typed> {
    let mut out = Vec::new();
    let ids: Vec<Option<Category>> = SHAPES.iter().map(|name| category(name)).collect();
    let mut push = |word: usize, shape: &str| {
        let id = SHAPES.iter().position(|known| *known == shape).and_then(|at| ids[at]);
        if let Some(category) = id {
            out.push(Typed { word: u32::try_from(word).unwrap_or(u32::MAX), category, len: 1 });
        }
    };
    for (word, at) in draft.words.iter().enumerate() {
        if at.masked {
            continue;
        }
        let plain = draft.plain(word);
        if plain.len() > 4 && plain.ends_with("ed") && !plain.ends_with("eed") {
            push(word, "ed-word");
            // "Misdeclared", "misfiled": whatever it was, it was done wrongly.
            if plain.len() > 7 && plain.starts_with("mis") && !plain.starts_with("miss") {
                push(word, "mis-verb");
            }
        }
        if plain.len() > 6 && plain.ends_with("ly") {
            push(word, "ly-word");
        }
        if draft.text.get(at.start..at.end) == Some("IT") {
            push(word, "it-department");
        }
        let first = plain.as_bytes().first().copied().unwrap_or(b' ');
        if first.is_ascii_digit() {
            for shape in figures(plain) {
                push(word, shape);
            }
        } else if at.capital {
            if plain.bytes().any(|b| b.is_ascii_digit()) {
                push(word, "code");
            } else if word > draft.sentence(word).words.start || plain.len() > 1 {
                push(word, "capital");
            }
        }
    }
    out
}

/// What a word that begins with a digit can be.
fn figures(plain: &str) -> Vec<&'static str> {
    let mut out = Vec::new();
    if plain.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') {
        out.push("digits");
    }
    let parts: Vec<&str> = plain.split(['-', '/', '.']).collect();
    let number =
        |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() == 3 && parts.iter().all(number)
        || parts.len() == 2 && plain.contains('/') && parts.iter().all(number)
    {
        out.push("isodate");
    }
    let clock = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let hour = |h: &str| h.len() <= 2 && h.parse::<u8>().is_ok_and(|h| h < 25);
    let minute = |m: &str| m.len() == 2 && m.parse::<u8>().is_ok_and(|m| m < 60);
    let tail = &plain[clock.len()..];
    if let Some((h, m)) = clock.split_once([':', '.']).filter(|(h, m)| hour(h) && minute(m)) {
        let _ = (h, m);
        if plain.contains(':') || matches!(tail, "am" | "pm" | "h") {
            out.push("clock");
        }
    } else if hour(clock) && matches!(tail, "am" | "pm" | "h" | "hrs")
        || clock.len() == 4 && matches!(tail, "h" | "hrs")
    {
        out.push("clock");
    }
    if matches!(tail, "st" | "nd" | "rd" | "th") && clock.parse::<u8>().is_ok_and(|n| (1..=31).contains(&n)) {
        out.push("ordinal-figure");
    }
    if plain.len() == 4 && plain.parse::<u16>().is_ok_and(|y| (1990..2100).contains(&y)) {
        out.push("year");
    }
    if out.is_empty() {
        out.push("code");
    }
    out
}
