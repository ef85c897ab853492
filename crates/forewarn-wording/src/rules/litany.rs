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
    let told: Vec<Vec<Clause>> = sentences.iter().map(|&number| told(reading, number)).collect();
    let paragraph = |at: usize| reading.draft.sentences[sentences[at]].paragraph;
    let mut out = Vec::new();
    let mut at = 0;
    while at < sentences.len() {
        let (mut bad, mut troubles, mut all) = (0, 0, 0);
        let mut best = None;
        let run = (at..sentences.len().min(at + WINDOW))
            .take_while(|&n| !told[n].is_empty() && paragraph(n) == paragraph(at))
            .take_while(|&n| n == at || !is_item(reading, sentences[n]));
        for last in run {
            all += told[last].len();
            bad += told[last].iter().filter(|clause| clause.bad).count();
            troubles += told[last].iter().filter(|clause| clause.trouble).count();
            if bad >= 3 || all >= 4 && bad >= 2 || troubles >= 3 && last > at {
                best = Some(last);
            }
        }
        if let Some(end) = best {
            let from = told[at][0].words.start;
            let to = told[end].last().map_or(from + 1, |clause| clause.words.end);
            out.push(Found::at(from..to));
            at = end + 1;
        } else {
            at += 1;
        }
    }
    out
}

/// Whether a sentence begins an item of a list: items stand for themselves and tell no story.
fn is_item(reading: &Reading<'_>, sentence: usize) -> bool {
    matches!(reading.draft.sentences[sentence].lead, Some('-' | '*' | '•' | '·' | '–'))
}

/// Whether a clause says that nobody came to harm.
fn spared(reading: &Reading<'_>, clause: &Range<usize>) -> bool {
    reading.has(clause.start..clause.end.min(clause.start + 2), "negation")
        && clause.clone().any(|word| matches!(reading.draft.plain(word), "hurt" | "injured" | "harmed"))
}

/// A clause that tells what happened.
struct Clause {
    words: Range<usize>,
    /// Whether it tells of what went wrong.
    bad: bool,
    /// Whether it names a trouble, be it of the past or of now.
    trouble: bool,
}

/// The clauses of a sentence that tell a story of what happened: somebody or something else did or suffered it, or it
/// is a trouble in a list of them.
fn told(reading: &Reading<'_>, sentence: usize) -> Vec<Clause> {
    let troubles = troubles(reading, sentence);
    let words = reading.draft.sentences[sentence].words.clone();
    if reading.draft.sentences[sentence].question
        || reading.in_sentence(sentence, "part/options")
        || reading.in_sentence(sentence, "act/apology")
        || ["you", "your", "future"].iter().any(|category| reading.has(words.clone(), category))
    {
        return Vec::new();
    }
    let starts: Vec<usize> = std::iter::once(words.start)
        .chain(words.clone().skip(1).filter(|&word| splits(reading, word)))
        .chain(std::iter::once(words.end))
        .collect();
    let clauses = starts
        .windows(2)
        .map(|ends| ends[0]..ends[1])
        .filter(|clause| clause.len() > 1 && !spared(reading, clause));
    let mut ours = false;
    clauses
        .filter_map(|clause| {
            let begins = clause.start..clause.start + 2;
            // "We opened a hall, trained mechanics": a clause without a subject has that of the one before.
            let inherits = PAST.iter().any(|name| reading.has(clause.start..clause.start + 1, name));
            ours = reading.has(begins, "we") || ours && inherits;
            let trouble = troubles.iter().any(|t| t.start < clause.end && clause.start < t.end);
            let still = reading.has(clause.clone(), "present") && !reading.has(clause.clone(), "was");
            let past = !still && PAST.iter().any(|name| reading.has(clause.clone(), name));
            let bad = trouble && !still || past && !ours && reading.has(clause.clone(), "ill");
            (trouble || past && !ours && clause.len() > 2).then_some(Clause { words: clause, bad, trouble })
        })
        .collect()
}

const PAST: [&str; 3] = ["ed-word", "past-word", "was"];

/// Whether a clause begins at a word: after a comma, or with "and", "then", "so".
fn splits(reading: &Reading<'_>, word: usize) -> bool {
    reading.draft.words[word].before > Break::None || reading.has(word..word + 1, "clause-start")
}

/// The separate troubles a sentence tells.
pub(super) fn troubles(reading: &Reading<'_>, sentence: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
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

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    let case = reading.context;
    say::or(
        "One cause, one sentence:",
        say::join([say::cause(case), say::news(case)]),
        "Keep the one cause that decides the date, in one sentence; offer the rest if they ask.",
    )
}
