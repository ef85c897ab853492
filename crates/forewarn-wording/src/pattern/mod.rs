//! Small patterns over typed words, written as data: `<party> ..2 <fault-verb>`.
//!
//! An element is a `<category>`, a plain word (`_` for a space inside a phrase), or several of them with `|`.
//! `?` makes it optional, `*` allows up to four. `..3` skips up to three words but no comma, `,,3` also commas,
//! `...3` anything in the sentence; `..3-<negation>` skips no such word. `!x` means that x doesn't come next,
//! `~x` that x doesn't stand just before, `^` and `$` are the ends of the sentence, and `{ }` marks the words to
//! point at when that isn't the whole.

mod parse;
mod run;

use std::ops::Range;

use crate::lexicon::{Category, Typed};
pub(crate) use parse::compile;
pub(crate) use run::Matcher;

/// Which pattern section a match came from.
pub(crate) type Group = u16;

/// One compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    group: Group,
    elements: Vec<Element>,
}

#[derive(Clone, Debug)]
enum Element {
    One(Set),
    Many(Set),
    Gap { most: u8, over: Over, never: Set },
    NotNext(Set),
    NotBefore(Set),
    First,
    Last,
    MarkFrom,
    MarkTo,
}

/// Some categories, any of which will do.
#[derive(Clone, Debug, Default)]
struct Set {
    categories: Vec<Category>,
    /// A bit for each of them; many share one, so it can only rule out.
    mask: u64,
}

impl Set {
    fn new(categories: Vec<Category>) -> Self {
        let mask = categories.iter().fold(0, |mask, category| mask | bit(*category));
        Self { categories, mask }
    }

    fn has(&self, category: Category) -> bool {
        self.mask & bit(category) != 0 && self.categories.contains(&category)
    }
}

fn bit(category: Category) -> u64 {
    1 << (category % 64)
}

/// What a gap may step over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Words,
    Commas,
    Anything,
}

/// Where a pattern matched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// The sentence it is in.
    pub(crate) sentence: usize,
    /// First word.
    pub(crate) from: usize,
    /// Word after the last.
    pub(crate) to: usize,
    /// First word to point at.
    pub(crate) mark_from: usize,
    /// Word after the last to point at.
    pub(crate) mark_to: usize,
}

/// Typed words by place: for every word, what starts there, longest first.
pub(crate) struct Index {
    tokens: Vec<Typed>,
    first: Vec<u32>,
    /// For every word, the bits of the categories that start there.
    masks: Vec<u64>,
}

impl Index {
    /// Sorts tokens by place.
    pub(crate) fn new(tokens: &[Typed], words: usize) -> Self {
        // Counted into place: a sort by comparisons would take longer than all that is done with the tokens.
        let mut first = vec![0_u32; words + 1];
        let mut masks = vec![0_u64; words];
        for token in tokens {
            masks[token.word as usize] |= bit(token.category);
            first[token.word as usize + 1] += 1;
        }
        for word in 0..words {
            first[word + 1] += first[word];
        }
        let mut next = first.clone();
        let mut placed = vec![Typed { word: 0, category: 0, len: 0 }; tokens.len()];
        for token in tokens {
            let place = &mut next[token.word as usize];
            placed[*place as usize] = *token;
            *place += 1;
        }
        let mut index = Self { tokens: placed, first, masks };
        for word in 0..words {
            index.sort(word);
        }
        index
    }

    /// Puts more tokens in their places; one that is there already changes nothing.
    pub(crate) fn add(&mut self, mut more: Vec<Typed>) {
        if more.is_empty() {
            return;
        }
        more.sort_unstable();
        more.dedup();
        let mut more = more.into_iter().peekable();
        let old = std::mem::take(&mut self.tokens);
        self.tokens.reserve_exact(old.len() + more.len());
        for word in 0..self.masks.len() {
            let here = self.first[word] as usize..self.first[word + 1] as usize;
            self.first[word] = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
            self.tokens.extend_from_slice(&old[here.clone()]);
            let mut added = false;
            while let Some(token) = more.next_if(|token| token.word as usize == word) {
                if !old[here.clone()].contains(&token) {
                    self.masks[word] |= bit(token.category);
                    self.tokens.push(token);
                    added = true;
                }
            }
            if added {
                let from = self.first[word] as usize;
                self.tokens[from..].sort_by_key(|token| std::cmp::Reverse(token.len));
            }
        }
        if let Some(end) = self.first.last_mut() {
            *end = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        }
    }

    fn sort(&mut self, word: usize) {
        let here = self.first[word] as usize..self.first[word + 1] as usize;
        self.tokens[here].sort_by_key(|token| std::cmp::Reverse(token.len));
    }

    /// What starts at a word.
    pub(crate) fn at(&self, word: usize) -> &[Typed] {
        match (self.first.get(word), self.first.get(word + 1)) {
            (Some(&from), Some(&to)) => &self.tokens[from as usize..to as usize],
            _ => &[],
        }
    }

    /// What starts at any of some words.
    fn within(&self, words: Range<usize>) -> &[Typed] {
        &self.tokens[self.first[words.start] as usize..self.first[words.end] as usize]
    }

    /// Whether any of some categories may start at a word.
    fn may(&self, word: usize, set: &Set) -> bool {
        self.masks[word] & set.mask != 0
    }

    /// The length of the longest run of a category that starts at a word.
    pub(crate) fn len_at(&self, word: usize, category: Category) -> Option<usize> {
        if self.masks.get(word).is_none_or(|mask| mask & bit(category) == 0) {
            return None;
        }
        self.at(word).iter().find(|token| token.category == category).map(|token| usize::from(token.len))
    }
}
