//! A draft as the rules see it: typed words, and where each pattern matched.

use std::ops::Range;

use crate::context::Context;
use crate::draft::{Draft, Place, Sentence};
use crate::language::Language;
use crate::names::{self, Named};
use crate::pattern::{Hit, Index};

/// What every rule and every part is asked about.
pub(crate) struct Reading<'a> {
    pub(crate) draft: Draft<'a>,
    pub(crate) context: &'a Context,
    /// The names that the case knows, in the order of the text.
    pub(crate) named: Vec<Named<'a>>,
    language: &'static Language,
    index: Index,
    /// Matches by group, in the order of the text.
    hits: Vec<Vec<Hit>>,
}

impl<'a> Reading<'a> {
    /// Types the words and runs the patterns.
    pub(crate) fn new(draft: Draft<'a>, context: &'a Context, language: &'static Language) -> Self {
        let named = names::find(&draft, context);
        let index = language.tokens(&draft, names::tokens(&named, |name| language.category(name)));
        let mut hits = vec![Vec::new(); language.groups().len()];
        language.run(&draft, &index, |group, hit| hits[usize::from(group)].push(hit));
        for group in &mut hits {
            group.sort_unstable();
            group.dedup();
        }
        Self { draft, context, named, language, index, hits }
    }

    /// The same draft as read, with other facts to advise from.
    pub(crate) fn about<'b>(self, context: &'b Context) -> Reading<'b>
    where
        'a: 'b,
    {
        Reading { context, ..self }
    }

    /// The matches of a pattern group ("blame/agent"), in the order of the text.
    pub(crate) fn hits(&self, group: &str) -> &[Hit] {
        self.language.group(group).map_or(&[], |at| &self.hits[at])
    }

    /// Whether a group matches anywhere in what is being said.
    pub(crate) fn any(&self, group: &str) -> bool {
        self.said(group).next().is_some()
    }

    /// The matches of a group in the body and the subject: not in greeting, signature, asides or quotations.
    pub(crate) fn said(&self, group: &str) -> impl Iterator<Item = &Hit> {
        self.hits(group).iter().filter(|hit| {
            let place = self.draft.sentences[hit.sentence].place;
            matches!(place, Place::Body | Place::Subject) && !self.draft.words[hit.mark_from].masked
        })
    }

    /// Whether a group matches in a sentence.
    pub(crate) fn in_sentence(&self, sentence: usize, group: &str) -> bool {
        let hits = self.hits(group);
        let from = hits.partition_point(|hit| hit.sentence < sentence);
        hits.get(from).is_some_and(|hit| hit.sentence == sentence)
    }

    /// Whether words of a category start in a run of words.
    pub(crate) fn has(&self, words: Range<usize>, category: &str) -> bool {
        let Some(category) = self.language.category(category) else { return false };
        words.into_iter().any(|word| self.index.len_at(word, category).is_some())
    }

    /// How many separate runs of a category there are in a run of words.
    pub(crate) fn count(&self, words: Range<usize>, category: &str) -> usize {
        let Some(category) = self.language.category(category) else { return 0 };
        let (mut at, mut count) = (words.start, 0);
        while at < words.end {
            let len = self.index.len_at(at, category);
            count += usize::from(len.is_some());
            at += len.unwrap_or(1);
        }
        count
    }

    /// The runs of a category, as word ranges, in order; a longer run hides those inside it.
    pub(crate) fn runs(&self, category: &str) -> Vec<Range<usize>> {
        let Some(category) = self.language.category(category) else { return Vec::new() };
        let (mut at, mut out) = (0, Vec::new());
        while at < self.draft.words.len() {
            match self.index.len_at(at, category) {
                Some(len) => {
                    out.push(at..at + len);
                    at += len;
                }
                None => at += 1,
            }
        }
        out
    }

    /// The sentences of the body, with their numbers.
    pub(crate) fn body(&self) -> impl Iterator<Item = (usize, &Sentence)> {
        self.draft.sentences.iter().enumerate().filter(|(_, sentence)| sentence.place == Place::Body)
    }

    /// Whether a sentence names a day, a time or an amount of time.
    pub(crate) fn timed(&self, sentence: usize) -> bool {
        let words = self.draft.sentences[sentence].words.clone();
        ["date", "clock-time", "duration"].iter().any(|category| self.has(words.clone(), category))
    }
}
