//! Patterns over a draft: each is tried only where its first words stand.

use std::ops::Range;

use super::{Element, Group, Hit, Index, Over, Pattern, Set};
use crate::draft::{Break, Draft};
use crate::lexicon::Category;

/// Patterns, found by the category they begin with.
pub(crate) struct Matcher {
    patterns: Vec<Pattern>,
    by_first: Vec<Vec<u32>>,
}

impl Matcher {
    /// Sorts patterns by their first element.
    pub(crate) fn new(patterns: Vec<Pattern>, categories: usize) -> Self {
        let mut by_first = vec![Vec::new(); categories];
        for (index, pattern) in patterns.iter().enumerate() {
            let first = pattern.elements.iter().find_map(|element| match element {
                Element::One(set) => Some(set),
                _ => None,
            });
            for &category in first.into_iter().flat_map(|set| &set.categories) {
                by_first[usize::from(category)].push(u32::try_from(index).unwrap_or(u32::MAX));
            }
        }
        Self { patterns, by_first }
    }

    /// Every match, with the group it belongs to.
    pub(crate) fn run(&self, draft: &Draft<'_>, index: &Index, mut each: impl FnMut(Group, Hit)) {
        let mut present = Present::new(self.by_first.len());
        let mut sentence = u32::MAX;
        for word in 0..draft.words.len() {
            if draft.sentence_of[word] != sentence {
                sentence = draft.sentence_of[word];
                present.fill(index, draft.sentences[sentence as usize].words.clone());
            }
            let mut last = Category::MAX;
            for token in index.at(word) {
                if token.category == last {
                    continue;
                }
                last = token.category;
                for &pattern in &self.by_first[usize::from(token.category)] {
                    let pattern = &self.patterns[pattern as usize];
                    if !present.all(&pattern.elements) {
                        continue;
                    }
                    if let Some(hit) = attempt(pattern, draft, index, word) {
                        each(pattern.group, hit);
                    }
                }
            }
        }
    }
}

/// The categories that occur in a sentence: most patterns are ruled out by what isn't there at all.
struct Present {
    bits: Vec<u64>,
}

impl Present {
    fn new(categories: usize) -> Self {
        Self { bits: vec![0; categories / 64 + 1] }
    }

    fn fill(&mut self, index: &Index, words: Range<usize>) {
        self.bits.fill(0);
        for token in words.flat_map(|word| index.at(word)) {
            self.bits[usize::from(token.category / 64)] |= 1 << (token.category % 64);
        }
    }

    fn all(&self, elements: &[Element]) -> bool {
        let has = |category: &Category| self.bits[usize::from(category / 64)] & (1 << (category % 64)) != 0;
        elements.iter().all(|element| match element {
            Element::One(set) => set.categories.iter().any(has),
            _ => true,
        })
    }
}

fn attempt(pattern: &Pattern, draft: &Draft<'_>, index: &Index, from: usize) -> Option<Hit> {
    let sentence = draft.sentence_of[from] as usize;
    let words = &draft.sentences[sentence].words;
    let mut walk = Walk { draft, index, first: words.start, end: words.end, mark: (None, None) };
    let to = walk.go(&pattern.elements, from, Over::Anything)?;
    let mark_from = walk.mark.0.unwrap_or(from);
    let mark_to = walk.mark.1.unwrap_or(to).max(mark_from + 1).min(words.end);
    Some(Hit { sentence, from, to, mark_from, mark_to })
}

struct Walk<'a, 't> {
    draft: &'a Draft<'t>,
    index: &'a Index,
    first: usize,
    end: usize,
    mark: (Option<usize>, Option<usize>),
}

impl Walk<'_, '_> {
    /// Matches the rest of a pattern at a word; `over` is what may stand before that word.
    fn go(&mut self, elements: &[Element], at: usize, over: Over) -> Option<usize> {
        let Some((element, rest)) = elements.split_first() else { return Some(at) };
        match element {
            Element::First => (at == self.first).then(|| self.go(rest, at, over))?,
            Element::Last => (at == self.end).then(|| self.go(rest, at, over))?,
            Element::MarkFrom => {
                let old = self.mark.0.replace(at);
                self.go(rest, at, over).or_else(|| {
                    self.mark.0 = old;
                    None
                })
            }
            Element::MarkTo => {
                let old = self.mark.1.replace(at);
                self.go(rest, at, over).or_else(|| {
                    self.mark.1 = old;
                    None
                })
            }
            Element::NotNext(set) => {
                (at >= self.end || !self.is(at, set)).then(|| self.go(rest, at, over))?
            }
            Element::NotBefore(set) => (!self.ends_before(at, set)).then(|| self.go(rest, at, over))?,
            Element::One(set) => self.one(set, at, over).find_map(|next| self.go(rest, next, Over::Commas)),
            Element::Many(set) => self.many(set, rest, at, over, 4),
            Element::Gap { most, over, never } => self.gap(*most, *over, never, rest, at),
        }
    }

    /// The words after each run of one of these categories that starts here, longest first.
    fn one(&self, set: &Set, at: usize, over: Over) -> Ends {
        let mut out = Ends::default();
        if at >= self.end || !self.index.may(at, set) || !self.steps(at, over) {
            return out;
        }
        for token in self.index.at(at) {
            if set.has(token.category) && at + usize::from(token.len) <= self.end {
                out.push(at + usize::from(token.len));
            }
        }
        out
    }

    fn many(&mut self, set: &Set, rest: &[Element], at: usize, over: Over, left: u8) -> Option<usize> {
        if left > 0 {
            for next in self.one(set, at, over) {
                if let Some(end) = self.many(set, rest, next, Over::Commas, left - 1) {
                    return Some(end);
                }
            }
        }
        self.go(rest, at, over)
    }

    fn gap(&mut self, most: u8, over: Over, never: &Set, rest: &[Element], at: usize) -> Option<usize> {
        for skipped in 0..=usize::from(most) {
            let next = at + skipped;
            if next > self.end {
                break;
            }
            if let Some(end) = self.go(rest, next, over) {
                return Some(end);
            }
            if next >= self.end || !self.steps(next, over) || self.is(next, never) {
                break;
            }
        }
        None
    }

    /// Whether what stands before a word may be stepped over.
    fn steps(&self, at: usize, over: Over) -> bool {
        match over {
            Over::Anything => true,
            Over::Commas => self.draft.words[at].before <= Break::Comma,
            Over::Words => self.draft.words[at].before == Break::None,
        }
    }

    fn is(&self, at: usize, set: &Set) -> bool {
        self.index.may(at, set) && self.index.at(at).iter().any(|token| set.has(token.category))
    }

    /// Whether a run of one of these categories ends just before a word.
    fn ends_before(&self, at: usize, set: &Set) -> bool {
        (self.first.max(at.saturating_sub(4))..at).any(|from| {
            let mut tokens = self.index.at(from).iter();
            self.index.may(from, set)
                && tokens.any(|token| from + usize::from(token.len) == at && set.has(token.category))
        })
    }
}

/// A few places to go on from, without an allocation: the tokens of a word come longest first, so equal ends touch.
#[derive(Default)]
struct Ends {
    ends: [usize; 6],
    len: usize,
    next: usize,
}

impl Ends {
    fn push(&mut self, end: usize) {
        if self.len < self.ends.len() && (self.len == 0 || self.ends[self.len - 1] != end) {
            self.ends[self.len] = end;
            self.len += 1;
        }
    }
}

impl Iterator for Ends {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let end = (self.next < self.len).then(|| self.ends[self.next]);
        self.next += 1;
        end
    }
}
