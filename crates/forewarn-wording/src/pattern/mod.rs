//! Small patterns over typed words, written as data: `<party> ..2 <fault-verb>`.
//!
//! An element is a `<category>`, a plain word (`_` for a space inside a phrase), or several of them with `|`.
//! `?` makes it optional, `*` allows up to four. `..3` skips up to three words but no comma, `,,3` also commas,
//! `...3` anything in the sentence; `..3-<negation>` skips no such word. `!x` means that x doesn't come next,
//! `~x` that x doesn't stand just before, `^` and `$` are the ends of the sentence, and `{ }` marks the words to
//! point at when that isn't the whole.

mod parse;
mod run;

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
    pub(crate) fn new(mut tokens: Vec<Typed>, words: usize) -> Self {
        tokens.sort_unstable_by(|a, b| (a.word, b.len, a.category).cmp(&(b.word, a.len, b.category)));
        tokens.dedup();
        let mut first = vec![0_u32; words + 1];
        let mut masks = vec![0_u64; words];
        for token in &tokens {
            masks[token.word as usize] |= bit(token.category);
            first[token.word as usize + 1] += 1;
        }
        for word in 0..words {
            first[word + 1] += first[word];
        }
        Self { tokens, first, masks }
    }

    /// What starts at a word.
    pub(crate) fn at(&self, word: usize) -> &[Typed] {
        match (self.first.get(word), self.first.get(word + 1)) {
            (Some(&from), Some(&to)) => &self.tokens[from as usize..to as usize],
            _ => &[],
        }
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

    /// Gives the tokens back, to add some and sort again.
    pub(crate) fn into_tokens(self) -> Vec<Typed> {
        self.tokens
    }
}
