//! Patterns over a draft: each is tried only where its first words stand.

use rustc_hash::FxHashMap;

use super::{Element, Group, Hit, Index, Over, Pattern, Set};
use crate::draft::{Break, Draft};
use crate::lexicon::Category;

/// Patterns, found by the category they begin with.
pub(crate) struct Matcher {
    patterns: Vec<Pattern>,
    /// The patterns that each category begins, and what else a sentence must have for them.
    candidates: Grouped<Candidate>,
    /// The sets that each category belongs to, among those that candidates need.
    member_of: Grouped<SetId>,
    sets: usize,
}

/// A set of categories that some pattern can't do without, as a number. Nought is the one that every sentence has.
type SetId = u16;

const ALWAYS: SetId = 0;

/// A pattern, and three of the sets without which it can't match: most are ruled out by what isn't there at all.
#[derive(Clone, Copy)]
struct Candidate {
    pattern: u32,
    needs: [SetId; 3],
}

/// Things by category, in one piece of memory.
struct Grouped<T> {
    first: Vec<u32>,
    all: Vec<T>,
}

impl<T: Copy> Grouped<T> {
    fn new(mut pairs: Vec<(Category, T)>, categories: usize) -> Self {
        let mut first = vec![0; categories + 1];
        for (category, _) in &pairs {
            first[usize::from(*category) + 1] += 1;
        }
        for category in 0..categories {
            first[category + 1] += first[category];
        }
        pairs.sort_by_key(|(category, _)| *category);
        Self { first, all: pairs.into_iter().map(|(_, thing)| thing).collect() }
    }

    fn of(&self, category: Category) -> &[T] {
        let category = usize::from(category);
        &self.all[self.first[category] as usize..self.first[category + 1] as usize]
    }
}

impl Matcher {
    /// Sorts patterns by their first element.
    pub(crate) fn new(patterns: Vec<Pattern>, categories: usize) -> Self {
        let mut known: FxHashMap<&[Category], SetId> = FxHashMap::default();
        let (mut candidates, mut members) = (Vec::new(), Vec::new());
        for (index, pattern) in patterns.iter().enumerate() {
            let mut sets: Vec<&Set> = pattern.elements.iter().filter_map(required).collect();
            if sets.is_empty() {
                continue;
            }
            let lead = sets.remove(0);
            // The smaller a set, the rarer its words.
            sets.sort_by_key(|set| set.categories.len());
            let mut needs = [ALWAYS; 3];
            for (need, set) in needs.iter_mut().zip(sets) {
                let next = SetId::try_from(known.len() + 1).unwrap_or(ALWAYS);
                *need = *known.entry(&set.categories).or_insert_with(|| {
                    members.extend(set.categories.iter().map(|category| (*category, next)));
                    next
                });
            }
            let candidate = Candidate { pattern: u32::try_from(index).unwrap_or(u32::MAX), needs };
            candidates.extend(lead.categories.iter().map(|category| (*category, candidate)));
        }
        let sets = known.len() + 1;
        Self {
            candidates: Grouped::new(candidates, categories),
            member_of: Grouped::new(members, categories),
            sets,
            patterns,
        }
    }

    /// Every match, with the group it belongs to; one may come twice.
    pub(crate) fn run(&self, draft: &Draft<'_>, index: &Index, mut each: impl FnMut(Group, Hit)) {
        let mut present = vec![0_u64; self.sets / 64 + 1];
        for sentence in &draft.sentences {
            let tokens = index.within(sentence.words.clone());
            present.fill(0);
            present[0] = 1 << ALWAYS;
            for set in tokens.iter().flat_map(|token| self.member_of.of(token.category)) {
                present[usize::from(set / 64)] |= 1 << (set % 64);
            }
            let there = |set: &SetId| present[usize::from(set / 64)] & (1 << (set % 64)) != 0;
            for token in tokens {
                for candidate in self.candidates.of(token.category) {
                    if !candidate.needs.iter().all(there) {
                        continue;
                    }
                    let pattern = &self.patterns[candidate.pattern as usize];
                    if let Some(hit) = attempt(pattern, draft, index, token.word as usize) {
                        each(pattern.group, hit);
                    }
                }
            }
        }
    }
}

fn required(element: &Element) -> Option<&Set> {
    match element {
        Element::One(set) => Some(set),
        _ => None,
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
