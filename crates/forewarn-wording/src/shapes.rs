//! Words that are known by their shape, not from a list: numbers, clock times, dates in figures, names.

use crate::draft::Draft;
use crate::lexicon::{Builder, Category, Typed};

/// What the shape of a word says about it.
#[derive(Clone, Copy)]
enum Shape {
    Digits,
    Clock,
    IsoDate,
    OrdinalFigure,
    Year,
    Capital,
    Code,
    EdWord,
    LyWord,
    MisVerb,
    ItDepartment,
}

/// What pattern files call the shapes, in their order.
const NAMES: [&str; 11] = [
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

/// The category of each shape.
pub(crate) struct Shapes([Category; NAMES.len()]);

impl Shapes {
    /// Makes the categories known to pattern files.
    pub(crate) fn named_by(words: &mut Builder) -> Self {
        Self(NAMES.map(|name| words.category(name)))
    }

    pub(crate) fn categories(&self) -> [Category; NAMES.len()] {
        self.0
    }

    /// Types every word that has one of the shapes.
    pub(crate) fn tokens(&self, draft: &Draft<'_>, out: &mut Vec<Typed>) {
        each(draft, |word, shape| {
            let word = u32::try_from(word).unwrap_or(u32::MAX);
            out.push(Typed { word, category: self.0[shape as usize], len: 1 });
        });
    }
}

fn each(draft: &Draft<'_>, mut push: impl FnMut(usize, Shape)) {
    for (word, at) in draft.words.iter().enumerate() {
        if at.masked {
            continue;
        }
        let plain = draft.plain(word);
        if plain.len() > 4 && plain.ends_with("ed") && !plain.ends_with("eed") {
            push(word, Shape::EdWord);
            // "Misdeclared", "misfiled": whatever it was, it was done wrongly.
            if plain.len() > 7 && plain.starts_with("mis") && !plain.starts_with("miss") {
                push(word, Shape::MisVerb);
            }
        }
        if plain.len() > 6 && plain.ends_with("ly") {
            push(word, Shape::LyWord);
        }
        if draft.text.get(at.start..at.end) == Some("IT") {
            push(word, Shape::ItDepartment);
        }
        let first = plain.as_bytes().first().copied().unwrap_or(b' ');
        if first.is_ascii_digit() {
            for shape in figures(plain) {
                push(word, shape);
            }
        } else if at.capital {
            if plain.bytes().any(|b| b.is_ascii_digit()) {
                push(word, Shape::Code);
            } else if word > draft.sentence(word).words.start || plain.len() > 1 {
                push(word, Shape::Capital);
            }
        }
    }
}

/// What a word that begins with a digit can be.
fn figures(plain: &str) -> Vec<Shape> {
    let mut out = Vec::new();
    if plain.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') {
        out.push(Shape::Digits);
    }
    let parts: Vec<&str> = plain.split(['-', '/', '.']).collect();
    let number =
        |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() == 3 && parts.iter().all(number)
        || parts.len() == 2 && plain.contains('/') && parts.iter().all(number)
    {
        out.push(Shape::IsoDate);
    }
    let clock = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let hour = |h: &str| h.len() <= 2 && h.parse::<u8>().is_ok_and(|h| h < 25);
    let minute = |m: &str| m.len() == 2 && m.parse::<u8>().is_ok_and(|m| m < 60);
    let tail = &plain[clock.len()..];
    if let Some((h, m)) = clock.split_once([':', '.']).filter(|(h, m)| hour(h) && minute(m)) {
        let _ = (h, m);
        if plain.contains(':') || matches!(tail, "am" | "pm" | "h") {
            out.push(Shape::Clock);
        }
    } else if hour(clock) && matches!(tail, "am" | "pm" | "h" | "hrs")
        || clock.len() == 4 && matches!(tail, "h" | "hrs")
    {
        out.push(Shape::Clock);
    }
    if matches!(tail, "st" | "nd" | "rd" | "th") && clock.parse::<u8>().is_ok_and(|n| (1..=31).contains(&n)) {
        out.push(Shape::OrdinalFigure);
    }
    if plain.len() == 4 && plain.parse::<u16>().is_ok_and(|y| (1990..2100).contains(&y)) {
        out.push(Shape::Year);
    }
    if out.is_empty() {
        out.push(Shape::Code);
    }
    out
}
