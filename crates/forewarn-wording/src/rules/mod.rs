//! The rules: one flaw, one file, its page beside it.

mod blame;
mod blames_customer;
mod buried_news;
mod conditional_apology;
mod dirty_laundry;
mod email_first;
mod grovelling;
mod internal_name;
mod litany;
mod overlaps;
mod overpromise;
mod sugarcoat;
mod vague_promise;
mod wrong_date;

use std::collections::HashSet;
use std::ops::Range;

use crate::context::Context;
use crate::draft::Place;
use crate::reading::Reading;
use crate::report::{Finding, Severity};

/// All rules, in the order of the pages.
pub const RULES: &[Rule] = &[
    blame::RULE,
    dirty_laundry::RULE,
    litany::RULE,
    sugarcoat::RULE,
    buried_news::RULE,
    vague_promise::RULE,
    conditional_apology::RULE,
    grovelling::RULE,
    blames_customer::RULE,
    overpromise::RULE,
    wrong_date::RULE,
    internal_name::RULE,
    email_first::RULE,
];

/// One flaw: how it is called, how it is found, why it matters and what to say instead.
pub struct Rule {
    /// The flaw's name, in small letters with hyphens.
    pub id: &'static str,
    /// How much it matters, unless a finding says otherwise.
    pub severity: Severity,
    /// Why it makes the news worse, in one sentence.
    pub why: &'static str,
    /// Its page, in Markdown.
    pub page: &'static str,
    find: fn(&Reading<'_>) -> Vec<Found>,
    instead: fn(&Reading<'_>, &Found) -> String,
}

/// Where a rule sees its flaw.
#[derive(Clone, Debug)]
struct Found {
    /// The words to point at.
    words: Range<usize>,
    /// A better reason than the rule's own.
    why: Option<String>,
}

impl Found {
    fn at(words: Range<usize>) -> Self {
        Self { words, why: None }
    }
}

/// The findings that are given, and whether there are others.
pub(crate) struct Findings {
    /// The first ones, in the order of the text.
    pub(crate) first: Vec<Finding>,
    /// How many more there are.
    pub(crate) more: usize,
    /// Whether one of those must be mended.
    pub(crate) more_to_mend: bool,
}

/// More findings than anybody mends one by one; each has its own advice, so without an end a long text would have an
/// answer a hundred times as long.
const MOST: usize = 200;

/// Runs all rules.
pub(crate) fn find_all(reading: Reading<'_>) -> Findings {
    let mut all = in_order(&reading);
    let rest = all.split_off(all.len().min(MOST));
    let advice: Vec<String> =
        all.iter().map(|placed| (placed.rule.instead)(&reading, &placed.found)).collect();
    let Context { fault, channel, .. } = *reading.context;
    let general = Context { fault, channel, ..Context::default() };
    let text = reading.draft.text;
    let general = reading.about(&general);
    let first = all.into_iter().zip(advice).map(|(placed, instead)| Finding {
        rule: placed.rule.id,
        severity: placed.rule.severity,
        start: placed.bytes.start,
        end: placed.bytes.end,
        quote: text.get(placed.bytes).unwrap_or_default().to_owned(),
        from_case: instead != (placed.rule.instead)(&general, &placed.found),
        why: placed.found.why.unwrap_or_else(|| placed.rule.why.to_owned()),
        instead,
        sentence: placed.sentence,
    });
    Findings {
        first: first.collect(),
        more: rest.len(),
        more_to_mend: rest.iter().any(|placed| placed.rule.severity == Severity::Fix),
    }
}

/// A flaw and where it stands.
struct Placed {
    rule: &'static Rule,
    found: Found,
    bytes: Range<usize>,
    /// The fingerprint of its sentence.
    sentence: String,
}

/// What all rules find and nobody has decided to keep, in the order of the text.
fn in_order(reading: &Reading<'_>) -> Vec<Placed> {
    let mut all: Vec<(&'static Rule, Found)> = Vec::new();
    for rule in RULES {
        let found = overlaps::merged((rule.find)(reading)).into_iter();
        let meant = |found: &Found| rule.id == internal_name::RULE.id || !is_name(reading, &found.words);
        all.extend(found.filter(meant).map(|found| (rule, found)));
    }
    overlaps::settle(reading, &mut all);
    all.sort_by_key(|(_, found)| {
        let bytes = reading.draft.bytes(found.words.clone());
        (bytes.start, bytes.end)
    });
    let kept = reading.context.kept.iter().map(|keep| (keep.rule.as_str(), keep.sentence.as_str()));
    let kept: HashSet<(&str, &str)> = kept.collect();
    let mut last: Option<(u32, String)> = None;
    let placed = all.into_iter().map(|(rule, found)| {
        let number = reading.draft.sentence_of[found.words.start];
        let known = last.take().filter(|(sentence, _)| *sentence == number);
        let (_, sentence) = known.unwrap_or_else(|| (number, fingerprint(reading, found.words.start)));
        last = Some((number, sentence.clone()));
        Placed { rule, bytes: reading.draft.bytes(found.words.clone()), found, sentence }
    });
    placed.filter(|placed| !kept.contains(&(placed.rule.id, placed.sentence.as_str()))).collect()
}

/// Whether the words are a name, such as that of a product ("Failsafe", "Perfect Opportunity"): written with capitals
/// in the middle of a sentence that isn't.
fn is_name(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    let draft = &reading.draft;
    let sentence = draft.sentence(words.start);
    let first = sentence.words.start;
    let small = |word: usize| !draft.words[word].capital && draft.plain(word).len() > 3;
    let capitals =
        words.clone().all(|word| draft.words[word].capital || word > first && draft.plain(word) == "s");
    let inside = if sentence.place == Place::Subject {
        words.len() == 1 && words.start > first && draft.plain(words.start - 1) == "the"
    } else {
        words.end > first + 1
    };
    words.len() < 5 && capitals && inside && sentence.words.clone().any(small)
}

/// The places of pattern groups, as they are.
fn from_groups(reading: &Reading<'_>, groups: &[&str]) -> Vec<Found> {
    let hits = groups.iter().flat_map(|group| reading.said(group));
    hits.map(|hit| Found::at(hit.mark_from..hit.mark_to)).collect()
}

/// FNV-1a over the plain words of a sentence: the same sentence has the same fingerprint wherever it stands.
fn fingerprint(reading: &Reading<'_>, word: usize) -> String {
    if reading.draft.words.is_empty() {
        return String::new();
    }
    let sentence = reading.draft.sentence(word.min(reading.draft.words.len() - 1));
    let bytes = sentence.words.clone().flat_map(|word| reading.draft.plain(word).bytes().chain([b' ']));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
