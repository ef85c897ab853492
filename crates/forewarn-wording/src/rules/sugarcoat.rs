//! Bad news with sugar on it. See `sugarcoat.md`.

use super::{Found, Rule, from_groups};
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "sugarcoat",
    severity: Severity::Consider,
    why: "The customer hears the sugar first and the news later, and feels handled.",
    page: include_str!("sugarcoat.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let groups = ["euphemism", "minimise", "frame", "spin", "demand", "comfort"];
    let names: Vec<String> = groups.iter().map(|group| format!("sugarcoat/{group}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut found = from_groups(reading, &names);
    found.retain(|found| {
        let sentence = reading.draft.sentence(found.words.start);
        let just_before = found.words.start.saturating_sub(2).max(sentence.words.start)..found.words.start;
        // "Not good news" is the opposite of sugar.
        !reading.has(just_before, "negation")
            && !reading.has(sentence.words.start..found.words.start, "customer-said")
    });
    found
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    say::or(
        "Say it plainly:",
        say::news(reading.context),
        "Say it plainly, with the size of it: “Your order comes two weeks late, on 14 May.”",
    )
}
