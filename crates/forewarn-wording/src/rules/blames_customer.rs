//! Fault, or a duty of patience, put on the customer. See `blames-customer.md`.

use super::{Found, Rule, from_groups};
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "blames-customer",
    severity: Severity::Fix,
    why: "Nobody who has just been let down wants to hear what they should have done, or that they must be patient.",
    page: include_str!("blames-customer.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let groups = ["fault", "hindsight", "terms", "patience", "lecture", "input"];
    let names: Vec<String> = groups.iter().map(|group| format!("blames-customer/{group}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut found = from_groups(reading, &names);
    found.retain(|found| {
        let sentence = reading.draft.sentence(found.words.start);
        !reading.has(sentence.words.start..found.words.start, "own-fault")
    });
    found
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    let case = reading.context;
    say::or(
        "Leave their part out and say what happens now:",
        say::join([say::news(case), say::action(case).or_else(|| say::next_word(case))]),
        "Leave their part out and say what happens now; if you need something from them, ask for it with a date.",
    )
}
