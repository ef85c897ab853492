//! Where sentences begin and end, and how a browser counts there: looked up for many places in one walk over the text.

use std::ops::Range;

/// The sentences of a text as one reads them, in bytes.
pub(super) struct Sentences {
    /// Where one begins: behind a line break, or behind a stop and white space.
    begins: Vec<usize>,
    /// Where one ends: before a line break, behind a stop.
    ends: Vec<usize>,
    length: usize,
}

impl Sentences {
    pub(super) fn of(text: &str) -> Self {
        let (mut begins, mut ends) = (Vec::new(), Vec::new());
        let mut begin = true;
        let mut stopped = false;
        for (at, c) in text.char_indices() {
            let space = c.is_whitespace();
            if stopped && space {
                ends.push(at);
            }
            begin |= stopped && space;
            if c == '\n' {
                ends.push(at);
                begin = true;
            } else if begin && !space {
                begins.push(at);
                begin = false;
            }
            stopped = is_stop(c);
        }
        ends.push(text.len());
        Self { begins, ends, length: text.len() }
    }

    /// From the start of the sentence that some words stand in to its end.
    pub(super) fn around(&self, words: Range<usize>) -> Range<usize> {
        let begin = self.begins.partition_point(|begin| *begin <= words.start);
        let begin = begin.checked_sub(1).map_or(words.start, |at| self.begins[at]);
        let end = self.ends.partition_point(|end| *end < words.end);
        begin..self.ends.get(end).copied().unwrap_or(self.length)
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?')
}

/// Bytes to units of UTF-16, from a place in the text on. Asked from left to right.
pub(super) struct Units<'t> {
    text: &'t str,
    /// Up to where it has been counted.
    byte: usize,
    units: usize,
}

impl<'t> Units<'t> {
    pub(super) fn from(text: &'t str, byte: usize) -> Self {
        Self { text, byte, units: 0 }
    }

    /// `None` for what stands before it.
    pub(super) fn place(&mut self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let start = self.at(bytes.start)?;
        Some(start..self.at(bytes.end)?)
    }

    fn at(&mut self, byte: usize) -> Option<usize> {
        self.units += self.text.get(self.byte..byte)?.encode_utf16().count();
        self.byte = byte;
        Some(self.units)
    }
}

#[cfg(test)]
mod tests {
    use super::{Sentences, Units};

    #[test]
    fn a_sentence_ends_at_its_full_stop_or_line() {
        let check = |text: &str, words: &str, sentence: &str| {
            let at = text.find(words).unwrap();
            assert_eq!(&text[Sentences::of(text).around(at..at + words.len())], sentence);
        };
        check("Hello. It ships soon. Bye.", "soon", "It ships soon.");
        check("Dear Ana,\n\nit ships soon\nJon", "ships", "it ships soon");
        check("It costs 2.5 more, soon.", "more", "It costs 2.5 more, soon.");
        check("Soon!", "Soon!", "Soon!");
        check("Größe: soon. Übel.", "soon", "Größe: soon.");
    }

    #[test]
    fn units_are_counted_from_a_place_on() {
        let text = "Größe 😀: soon";
        let mut units = Units::from(text, 2);
        let (face, soon) = (text.find('😀').unwrap(), text.find("soon").unwrap());
        assert_eq!(units.place(&(0..soon)), None);
        assert_eq!(units.place(&(face..soon)), Some(4..8));
        assert_eq!(units.place(&(soon..text.len())), Some(8..12));
    }
}
