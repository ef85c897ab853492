//! Internal affairs the customer doesn't need. See `dirty-laundry.md`.

use super::{Found, Rule, from_groups};
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "dirty-laundry",
    severity: Severity::Fix,
    why: "The customer can do nothing with what goes on inside our house, except trust us less.",
    page: include_str!("dirty-laundry.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let groups = ["staff", "systems", "money", "politics", "disorder", "health", "strain"];
    let names: Vec<String> = groups.iter().map(|group| format!("dirty-laundry/{group}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut found = from_groups(reading, &names);
    found.extend(reading.said("dirty-laundry/confidence").map(|hit| {
        // What is told in confidence is the rest of the sentence.
        Found::at(hit.mark_from..reading.draft.sentences[hit.sentence].words.end)
    }));
    found.retain(|found| {
        let sentence = reading.draft.sentence(found.words.start);
        let before = sentence.words.start..found.words.start;
        let near = found.words.start.saturating_sub(2).max(sentence.words.start)..found.words.end;
        let asked = sentence.question && reading.has(found.words.clone(), "you");
        !asked && !reading.has(near, "your") && !reading.has(before, "customer-said")
    });
    found
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    let case = reading.context;
    say::or(
        "One neutral clause of cause is enough:",
        say::join([say::cause(case), say::news(case)]),
        "Leave it out, or give the cause in one neutral clause (“a test has to be repeated”), and go on to the new date.",
    )
}
