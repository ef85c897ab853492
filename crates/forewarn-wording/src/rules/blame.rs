//! A party made the culprit. See `blame.md`.

use super::{Found, Rule, from_groups};
use crate::context::Fault;
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "blame",
    severity: Severity::Fix,
    why: "Pointing at somebody, even with reason, tells the customer that nobody here owns it.",
    page: include_str!("blame.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    from_groups(reading, &["blame/agent", "blame/nominal", "blame/disclaimer", "blame/unmannered"])
        .into_iter()
        .filter(|found| !excused(reading, found))
        .collect()
}

/// Denied ("nobody here forgot"), asked, said by the customer ("you wrote that our driver forgot"), about the
/// customer's own people (`blames-customer` sees to those), or about a building that failed as a machine does.
fn excused(reading: &Reading<'_>, found: &Found) -> bool {
    let sentence = reading.draft.sentence(found.words.start);
    let before = sentence.words.start..found.words.start;
    let near = found.words.start.saturating_sub(4).max(sentence.words.start)..found.words.start;
    let just_before = found.words.start.saturating_sub(1).max(sentence.words.start)..found.words.start + 1;
    let machine = reading.has(found.words.start..found.words.start + 1, "facility-party")
        && reading.has(found.words.clone(), "things-do")
        && !reading.has(found.words.clone(), "fail-to");
    // "Our best people sit on it": whoever is praised isn't blamed.
    let praised = (found.words.start..found.words.end.min(found.words.start + 3))
        .any(|word| matches!(reading.draft.plain(word), "best" | "finest"));
    praised
        || reading.has(near, "negation")
        || sentence.question
        || machine
        || reading.has(just_before, "your")
        || reading.has(before.clone(), "customer-said")
        || reading.has(before, "hypothesis")
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    let case = reading.context;
    match case.fault {
        Fault::Ours => say::or(
            "Own it, without a culprit:",
            say::join([say::apology(case), say::cause(case)]),
            "Say “we”: “We made a mistake with your order, and I am sorry.” Then the new date.",
        ),
        Fault::Outside | Fault::Unknown => say::or(
            "Name what happened, not who:",
            say::join([say::news(case), say::cause(case)]),
            "Name the event, not a culprit: “The part has not arrived here yet.” Then the new date.",
        ),
    }
}
