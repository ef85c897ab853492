//! Three or more causes in a row. See `litany.md`.

use std::ops::Range;

use super::{Found, Rule};
use crate::draft::Break;
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "litany",
    severity: Severity::Consider,
    why: "A chain of causes sounds like excuses; the customer can pass on one sentence, not a story.",
    page: include_str!("litany.md"),
    find,
    instead,
};

/// A story is told over at most this many sentences.
const WINDOW: usize = 4;

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let sentences: Vec<usize> = reading.body().map(|(number, _)| number).collect();
    let troubles: Vec<Vec<Range<usize>>> =
        sentences.iter().map(|&number| troubles(reading, number)).collect();
    let paragraph = |at: usize| reading.draft.sentences[sentences[at]].paragraph;
    let mut out = Vec::new();
    let mut at = 0;
    while at < sentences.len() {
        let mut last = at;
        let (mut causes, mut links) = (0, 0);
        let mut best = None;
        while last < sentences.len()
            && last < at + WINDOW
            && !troubles[last].is_empty()
            && paragraph(last) == paragraph(at)
        {
            causes += troubles[last].len().max(told_in(reading, sentences[last]));
            links += links_in(reading, sentences[last]) + usize::from(last > at);
            if causes >= 3 && links >= 1 && (last > at || links >= 2) {
                best = Some(last);
            }
            last += 1;
        }
        if let Some(end) = best {
            let from = troubles[at][0].start;
            let to = troubles[end].last().map_or(from + 1, |words| words.end);
            out.push(Found::at(from..to));
            at = end + 1;
        } else {
            at += 1;
        }
    }
    out
}

/// The separate troubles a sentence tells.
pub(super) fn troubles(reading: &Reading<'_>, sentence: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let words = reading.draft.sentences[sentence].words.clone();
    if reading.draft.sentences[sentence].question
        || reading.in_sentence(sentence, "part/options")
        || reading.has(words.clone(), "you")
        || reading.has(words, "future")
    {
        return out;
    }
    for group in ["litany/event", "litany/trouble"] {
        let hits = reading.hits(group);
        let from = hits.partition_point(|hit| hit.sentence < sentence);
        for hit in hits[from..].iter().take_while(|hit| hit.sentence == sentence) {
            let before = hit.mark_from.saturating_sub(1)..hit.mark_from + 1;
            if !reading.has(before, "denial") {
                out.push(hit.mark_from..hit.mark_to);
            }
        }
    }
    out.sort_by_key(|words| (words.start, words.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for words in out {
        match apart.last_mut() {
            Some(last) if words.start < last.end => last.end = last.end.max(words.end),
            _ => apart.push(words),
        }
    }
    apart
}

/// The clauses of a story told in one breath: at least four, each with a past verb, chained by "then" or "meanwhile".
fn told_in(reading: &Reading<'_>, sentence: usize) -> usize {
    let words = reading.draft.sentences[sentence].words.clone();
    if !reading.has(words.clone(), "sequence") || reading.has(words.clone(), "we") {
        return 0;
    }
    let starts: Vec<usize> = std::iter::once(words.start)
        .chain(words.clone().skip(1).filter(|&word| reading.draft.words[word].before > Break::None))
        .chain(std::iter::once(words.end))
        .collect();
    let past = |clause: &[usize]| {
        ["ed-word", "past-word", "was"].iter().any(|name| reading.has(clause[0]..clause[1], name))
    };
    let clauses = starts.windows(2).filter(|clause| clause[1] - clause[0] >= 3 && past(clause)).count();
    if clauses >= 4 { clauses } else { 0 }
}

/// Words that chain one cause to the next, and the commas and "and" of a list.
fn links_in(reading: &Reading<'_>, sentence: usize) -> usize {
    let words = reading.draft.sentences[sentence].words.clone();
    let pauses =
        words.clone().skip(1).filter(|&word| reading.draft.words[word].before == Break::Comma).count();
    reading.count(words.clone(), "sequence") + reading.count(words, "and") + pauses
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    let case = reading.context;
    say::or(
        "One cause, one sentence:",
        say::join([say::cause(case), say::news(case)]),
        "Keep the one cause that decides the date, in one sentence; offer the rest if they ask.",
    )
}
