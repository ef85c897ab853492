//! Words to sentences, and sentences to the parts of a letter.

use std::ops::Range;

use super::scan::End;
use super::{Draft, Place, Sentence};

/// A sentence longer than this is cut, so that no rule ever meets a sentence of a million words.
const LONGEST: usize = 160;

/// A full stop after one of these ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "st", "no", "nos", "inc", "ltd", "co", "corp", "approx", "e", "i",
    "g", "vs", "jr", "sr", "dept", "ref", "art", "fig", "tel", "ext", "attn", "qty", "pcs", "incl", "excl",
    "ca", "sra", "hon", "messrs", "rev", "capt", "gen", "col", "lt", "est", "p", "pp",
];

const GREETINGS: &[&str] = &[
    "dear",
    "hi",
    "hello",
    "hey",
    "greetings",
    "morning",
    "afternoon",
    "evening",
    "good",
    "to",
    "hiya",
    "attention",
    "attn",
];

const CLOSINGS: &[&str] = &[
    "regards",
    "sincerely",
    "yours",
    "best",
    "cheers",
    "respectfully",
    "faithfully",
    "cordially",
    "warmly",
    "truly",
    "wishes",
    "signed",
];

pub(super) fn split(draft: &Draft<'_>, ends: &[(usize, usize, End)]) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::new();
    let (mut from, mut paragraph) = (0, 0);
    let mut close = |from: &mut usize, to: usize, byte: usize, question: bool, paragraph: usize| {
        while *from < to {
            let cut = to.min(*from + LONGEST);
            let start = draft.words[*from].start;
            let end = if cut == to { byte.max(draft.words[cut - 1].end) } else { draft.words[cut - 1].end };
            out.push(Sentence {
                bytes: start..end,
                words: *from..cut,
                place: Place::Body,
                question,
                paragraph,
                lead: None,
            });
            *from = cut;
        }
    };
    for &(to, byte, why) in ends {
        let ended = match why {
            End::Paragraph => true,
            End::Question => true,
            End::Stop => !abbreviated(draft, to, byte),
            End::Line => line_ends(draft, from..to, byte),
        };
        if ended {
            close(&mut from, to, byte, why == End::Question, paragraph);
        }
        if why == End::Paragraph {
            paragraph += 1;
        }
    }
    let all = draft.words.len();
    close(&mut from, all, draft.text.trim_end().len(), false, paragraph);
    place(draft, &mut out);
    out
}

/// Whether the stop before `byte` belongs to an abbreviation, an initial, or is followed by a small letter.
fn abbreviated(draft: &Draft<'_>, to: usize, byte: usize) -> bool {
    if !draft.text[..byte].ends_with('.') {
        return false;
    }
    let Some(last) = to.checked_sub(1) else { return false };
    if draft.words[last].end + 1 != byte {
        return false;
    }
    let next = draft.text[byte..].chars().find(|c| c.is_alphanumeric());
    let plain = draft.plain(last);
    let initial = plain.len() == 1 && draft.words[last].capital && plain != "i";
    initial
        || (ABBREVIATIONS.contains(&plain)
            && next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c.is_lowercase()))
            && !(plain == "no" && next.is_none_or(|c| !c.is_ascii_digit()))
            && !(matches!(plain, "i" | "est" | "co" | "p")
                && next.is_some_and(char::is_uppercase)
                && plain != "co")
        || (matches!(plain, "m" | "etc") && next.is_some_and(char::is_lowercase))
}

/// Whether a single line break ends what stands on the line.
fn line_ends(draft: &Draft<'_>, words: Range<usize>, byte: usize) -> bool {
    if words.is_empty() {
        return false;
    }
    let after = draft.text[byte..].trim_start();
    let mut next = after.chars();
    let bullet = match next.next() {
        Some('-' | '*' | '•' | '·' | '>' | '–') => true,
        Some(c) if c.is_ascii_digit() => {
            let digits = after.trim_start_matches(|c: char| c.is_ascii_digit());
            digits.starts_with(". ") || digits.starts_with(") ")
        }
        _ => false,
    };
    let line = draft.text[..byte].rsplit('\n').next().unwrap_or("").trim();
    let short = line.len() < 60 && after.chars().next().is_some_and(char::is_uppercase);
    let first = draft.plain(words.start);
    bullet
        || short
        || line.ends_with(':')
        || matches!(first, "subject" | "re")
        || (GREETINGS.contains(&first) && words.len() < 7)
}

/// Says of each sentence which part of the letter it is in.
fn place(draft: &Draft<'_>, sentences: &mut [Sentence]) {
    let last_paragraph = sentences.last().map_or(0, |s| s.paragraph);
    let last_line = draft.text.rfind('\n').unwrap_or(0);
    let mut leads = Leads { text: draft.text, seen: 0, lead: None };
    let (mut signed, mut body_seen) = (false, false);
    for index in 0..sentences.len() {
        let (words, bytes) = (sentences[index].words.clone(), sentences[index].bytes.clone());
        let paragraph = sentences[index].paragraph;
        let first = draft.plain(words.start);
        let lead = leads.of(bytes.start);
        let bracket = draft.text[..bytes.start].ends_with('(');
        let whole_line = ends_line(&draft.text[bytes.end..]);
        let text = draft.text[bytes.clone()].trim_end();
        let place = if signed {
            Place::Signature
        } else if lead == Some('>') {
            Place::Quoted
        } else if matches!(first, "subject" | "re")
            && !body_seen
            && last_line >= bytes.end.min(bytes.start + 7)
        {
            Place::Subject
        } else if !body_seen
            && GREETINGS.contains(&first)
            && words.len() < 8
            && whole_line
            && !text.ends_with('.')
        {
            Place::Greeting
        } else if !body_seen && paragraph < last_paragraph && is_title(sentences, index, text) {
            Place::Subject
        } else if body_seen && words.len() < 6 && whole_line && closes_letter(draft, words) {
            signed = true;
            Place::Signature
        } else if bracket && (text.ends_with(".)") || closes_bracket(&draft.text[bytes.end..])) {
            Place::Aside
        } else {
            Place::Body
        };
        body_seen |= matches!(place, Place::Body);
        sentences[index].lead = lead;
        sentences[index].place =
            if paragraph == 0 && place == Place::Signature && !signed { Place::Body } else { place };
    }
}

/// What the lines of sentences begin with. A line is looked at once, however many sentences it has.
struct Leads<'t> {
    text: &'t str,
    /// Byte up to which lines have been looked for.
    seen: usize,
    /// The mark that the line begins with.
    lead: Option<char>,
}

impl Leads<'_> {
    /// What stands first on the line of the word that starts here. Asked from left to right.
    fn of(&mut self, start: usize) -> Option<char> {
        let line = self.text[self.seen..start].rfind('\n').map(|at| self.seen + at + 1);
        let line = line.or_else(|| (self.seen == 0).then_some(0));
        if let Some(line) = line {
            let first = self.text[line..start].chars().find(|c| !c.is_whitespace());
            self.lead = first.filter(|c| !c.is_alphanumeric());
        }
        self.seen = start;
        self.lead
    }
}

/// Whether nothing but marks follows on the line.
fn ends_line(rest: &str) -> bool {
    let marks = rest.trim_start_matches(space);
    let end = marks.trim_start_matches([',', '!', ':', '-', '"', '”']).trim_start_matches(space);
    end.is_empty() || end.starts_with('\n')
}

/// Whether a bracket is closed next, behind no more than a stop.
fn closes_bracket(rest: &str) -> bool {
    rest.trim_start_matches(space).trim_start_matches(['.', '!']).starts_with(')')
}

/// White space within a line.
fn space(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

/// A short paragraph of its own without a full stop, before anything else is said, is a title.
fn is_title(sentences: &[Sentence], index: usize, text: &str) -> bool {
    let alone = |other: Option<&Sentence>| other.is_none_or(|s| s.paragraph != sentences[index].paragraph);
    sentences[index].words.len() < 13
        && !text.ends_with(['.', '!', '?', ',', ':'])
        && alone(index.checked_sub(1).map(|before| &sentences[before]))
        && alone(sentences.get(index + 1))
}

fn closes_letter(draft: &Draft<'_>, mut words: Range<usize>) -> bool {
    let first = draft.plain(words.start);
    CLOSINGS.contains(&first)
        || words.any(|word| matches!(draft.plain(word), "regards" | "sincerely" | "faithfully" | "wishes"))
}
