//! Erasing one contact: what in a text gives them away, and what the text is without it.
//!
//! Their full name, numbers and addresses count wherever they stand. In what belongs to their own customer a first or
//! last name alone counts, too, as far as it is not also a word of the customer's name or the name of one of us.

mod phone;
mod words;

use std::ops::Range;

/// What stands where something was erased.
pub const ERASED: &str = "[erased]";

/// One person at a customer, as our records name them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// Their full name, or all there is.
    pub name: String,
    /// Their numbers, as written.
    pub phones: Vec<String>,
    /// Their e-mail addresses.
    pub emails: Vec<String>,
}

/// What gives a person away in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traces {
    name: Vec<String>,
    parts: Vec<String>,
    emails: Vec<String>,
    phones: Vec<String>,
}

/// How a text stands to the person who is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// It belongs to their own customer: a first name alone means them.
    Own,
    /// It belongs to nobody in particular.
    Anywhere,
    /// It belongs to a customer who has a contact of the same name: only number and address mean them.
    Namesake,
}

impl Traces {
    /// Of this person; `others` are names that stay: that of the customer, and those of our own people.
    pub fn of(person: &Named, others: &[&str]) -> Self {
        let written = words::of(&person.name);
        let kept: Vec<String> = others.iter().flat_map(|name| words::of(name)).map(words::folded).collect();
        let ends = [written.first(), written.last()];
        let mut parts: Vec<String> = ends.into_iter().flatten().map(|word| (*word).to_owned()).collect();
        parts.dedup();
        // A word in lower case may be any word, even one of ours for something else.
        parts.retain(|word| !word.starts_with(char::is_lowercase) && word.chars().nth(1).is_some());
        parts.retain(|word| !kept.contains(&words::folded(word)));
        Self {
            name: written.iter().map(words::folded).collect(),
            parts,
            emails: person.emails.iter().map(|email| email.trim().to_ascii_lowercase()).collect(),
            phones: person.phones.iter().flat_map(|phone| phone::spellings(phone)).collect(),
        }
    }

    /// Pieces of which at least one stands in every text that gives the person away, each as letters and digits in
    /// their order: a database can look for them before anybody reads the text.
    pub fn pieces(&self) -> Vec<Vec<String>> {
        let mut pieces: Vec<Vec<String>> = Vec::new();
        if self.name.len() > 1 {
            pieces.push(self.name.clone());
            pieces.push(self.name.iter().rev().cloned().collect());
        }
        pieces.extend(self.emails.iter().map(|email| words::of(email).iter().map(words::folded).collect()));
        let digits = |phone: &String| phone.chars().map(String::from).collect();
        pieces.extend(self.phones.iter().map(digits));
        pieces
    }

    /// The text without them; `None` if they are not in it.
    pub fn erased_from(&self, text: &str, near: Nearness) -> Option<String> {
        let mut spans = self.spans(text, near);
        if spans.is_empty() {
            return None;
        }
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let (mut out, mut at) = (String::with_capacity(text.len()), 0);
        for span in spans {
            if span.start >= at {
                out.push_str(&text[at..span.start]);
                out.push_str(ERASED);
            }
            at = at.max(span.end);
        }
        out.push_str(&text[at..]);
        Some(out)
    }

    fn spans(&self, text: &str, near: Nearness) -> Vec<Range<usize>> {
        let mut spans: Vec<Range<usize>> =
            self.emails.iter().flat_map(|email| words::addresses(text, email)).collect();
        spans.extend(phone::spans(text, &self.phones));
        if near != Nearness::Namesake && self.name.len() > 1 {
            let backwards: Vec<String> = self.name.iter().rev().cloned().collect();
            spans.extend(words::sequences(text, &self.name));
            spans.extend(words::sequences(text, &backwards));
        }
        if near == Nearness::Own {
            if words::of(text).iter().map(words::folded).eq(self.name.iter().cloned()) {
                return std::iter::once(0..text.len()).collect();
            }
            let found = words::places(text).into_iter().filter(|place| {
                let word = &text[place.clone()];
                self.parts.iter().any(|part| part == word)
            });
            spans.extend(found);
        }
        spans
    }
}

#[cfg(test)]
mod tests;
