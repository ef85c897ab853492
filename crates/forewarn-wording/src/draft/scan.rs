//! Text to words, in one walk over its characters.

use super::contractions::{Opened, open};
use super::{Break, Word};

/// Why a sentence may end after a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A full stop, exclamation mark or ellipsis, followed by white space.
    Stop,
    /// A question mark.
    Question,
    /// A single line break.
    Line,
    /// An empty line.
    Paragraph,
}

/// The words, and after which of them something may end.
pub(super) struct Scanned {
    pub(super) plain: String,
    pub(super) words: Vec<Word>,
    /// (number of words before, byte after the mark, why), in order.
    pub(super) ends: Vec<(usize, usize, End)>,
}

pub(super) fn scan(text: &str) -> Scanned {
    let mut out = Scanned {
        plain: String::with_capacity(text.len() + text.len() / 8 + 8),
        words: Vec::with_capacity(text.len() / 5),
        ends: Vec::new(),
    };
    out.plain.push(' ');
    let mut before = Break::None;
    let mut marks = Marks::default();
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if c.is_alphanumeric() {
            let mut end = at + c.len_utf8();
            let mut digits = c.is_ascii_digit();
            while let Some(&(next, d)) = rest.peek() {
                if !continues(text, next, d, digits) {
                    break;
                }
                digits = d.is_ascii_digit();
                end = next + d.len_utf8();
                rest.next();
            }
            push_word(&mut out, text, at..end, before);
            before = Break::None;
            continue;
        }
        match c {
            '%' => push_symbol(&mut out, "percent", at..at + 1, before),
            '$' | '€' | '£' | '¥' => push_symbol(&mut out, "currency", at..at + c.len_utf8(), before),
            ',' => before = before.max(Break::Comma),
            ';' | ':' | '(' | ')' | '[' | ']' | '–' | '—' => before = Break::Clause,
            '-' if spaced(text, at) => before = Break::Clause,
            '.' | '!' | '…' | '?' => {
                let end = at + c.len_utf8();
                if marks.close(text, end) {
                    let why = if c == '?' { End::Question } else { End::Stop };
                    out.ends.push((out.words.len(), end, why));
                }
            }
            '\n' => {
                let empty = text[at + 1..].chars().take_while(|d| d.is_whitespace()).any(|d| d == '\n');
                let why = if empty { End::Paragraph } else { End::Line };
                out.ends.push((out.words.len(), at, why));
            }
            _ => {}
        }
        if matches!(c, '%' | '$' | '€' | '£' | '¥') {
            before = Break::None;
        }
    }
    out
}

/// Whether a character goes on with the word before it.
fn continues(text: &str, at: usize, c: char, after_digit: bool) -> bool {
    let next_is = |test: fn(char) -> bool| text[at + c.len_utf8()..].chars().next().is_some_and(test);
    match c {
        '\'' | '’' | 'ʼ' => !after_digit && next_is(char::is_alphabetic),
        '.' | ',' | ':' | '-' | '/' => after_digit && next_is(|d| d.is_ascii_digit()),
        // Combining marks and joiners never start a word of their own.
        '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe0f}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// Whether a hyphen stands between spaces, as a dash.
fn spaced(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(char::is_whitespace)
        && text[at + 1..].chars().next().is_none_or(char::is_whitespace)
}

/// The last run of stops and closing marks: each stop of a row of dots would otherwise look through all that follow.
#[derive(Default)]
struct Marks {
    /// Byte after the run.
    end: usize,
    /// Whether white space follows it, or nothing.
    spaced: bool,
}

impl Marks {
    /// Whether a stop that ends here can end a sentence: only closing marks and white space may follow. Asked from left
    /// to right.
    fn close(&mut self, text: &str, stop: usize) -> bool {
        if stop > self.end {
            let rest = text[stop..].trim_start_matches(['"', '”', '\'', '’', ')', ']', '»', '.', '!', '?']);
            self.end = text.len() - rest.len();
            self.spaced = rest.chars().next().is_none_or(char::is_whitespace);
        }
        self.spaced
    }
}

fn push_symbol(out: &mut Scanned, plain: &str, bytes: std::ops::Range<usize>, before: Break) {
    out.words.push(Word {
        start: bytes.start,
        end: bytes.end,
        plain: out.plain.len(),
        before,
        capital: false,
        masked: false,
    });
    out.plain.push_str(plain);
    out.plain.push(' ');
}

/// Adds a word, opened where it is a contraction ("didn't" is two words).
fn push_word(out: &mut Scanned, text: &str, bytes: std::ops::Range<usize>, before: Break) {
    let raw = &text[bytes.clone()];
    let capital = raw.chars().next().is_some_and(char::is_uppercase);
    let from = out.plain.len();
    for c in raw.chars() {
        match c {
            '’' | 'ʼ' => out.plain.push('\''),
            _ if c.is_ascii() => out.plain.push(c.to_ascii_lowercase()),
            _ => out.plain.extend(c.to_lowercase()),
        }
    }
    let mut word = Word { start: bytes.start, end: bytes.end, plain: from, before, capital, masked: false };
    match open(&out.plain[from..]) {
        None => {
            out.plain.push(' ');
            out.words.push(word);
        }
        Some(Opened { first, second, tail }) => {
            // The tail is made of ASCII letters and an apostrophe, which may have been a wide one.
            let cut = raw.char_indices().rev().nth(tail - 1).map_or(raw.len(), |(at, _)| at);
            out.plain.truncate(from);
            out.plain.push_str(&first);
            out.plain.push(' ');
            word.end = bytes.start + cut;
            out.words.push(word);
            out.words.push(Word {
                start: bytes.start + cut,
                end: bytes.end,
                plain: out.plain.len(),
                before: Break::None,
                capital: false,
                masked: false,
            });
            out.plain.push_str(second);
            out.plain.push(' ');
        }
    }
}
