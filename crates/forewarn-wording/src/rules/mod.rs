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

use std::ops::Range;

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

/// Runs all rules; the findings come in the order of the text.
pub(crate) fn find_all(reading: &Reading<'_>) -> Vec<Finding> {
    let mut all: Vec<(&'static Rule, Found)> = Vec::new();
    for rule in RULES {
        let found = overlaps::merged((rule.find)(reading)).into_iter();
        let meant = |found: &Found| rule.id == internal_name::RULE.id || !is_name(reading, &found.words);
        all.extend(found.filter(meant).map(|found| (rule, found)));
    }
    overlaps::settle(reading, &mut all);
    let mut out: Vec<Finding> = all.into_iter().map(|(rule, found)| finding(rule, reading, found)).collect();
    let kept = &reading.context.kept;
    out.retain(|finding| {
        !kept.iter().any(|keep| keep.rule == finding.rule && keep.sentence == finding.sentence)
    });
    out.sort_by_key(|finding| (finding.start, finding.end));
    out
}

fn finding(rule: &Rule, reading: &Reading<'_>, found: Found) -> Finding {
    let bytes = reading.draft.bytes(found.words.clone());
    let instead = (rule.instead)(reading, &found);
    Finding {
        rule: rule.id,
        severity: rule.severity,
        start: bytes.start,
        end: bytes.end,
        quote: reading.draft.text.get(bytes).unwrap_or_default().to_owned(),
        why: found.why.unwrap_or_else(|| rule.why.to_owned()),
        instead,
        sentence: fingerprint(reading, found.words.start),
    }
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
