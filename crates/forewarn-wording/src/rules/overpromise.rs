//! More certainty than there is. See `overpromise.md`.

use super::{Found, Rule, from_groups};
use crate::context::Firmness;
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "overpromise",
    severity: Severity::Fix,
    why: "A guarantee nobody can keep turns the next slip into a broken word.",
    page: include_str!("overpromise.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let mut found = from_groups(
        reading,
        &[
            "overpromise/guarantee",
            "overpromise/certain",
            "overpromise/never-again",
            "overpromise/at-any-cost",
        ],
    );
    found.retain(|found| {
        let sentence = reading.draft.sentence(found.words.start);
        let before = found.words.start.saturating_sub(5).max(sentence.words.start)..found.words.start;
        let number = reading.draft.sentence_of[found.words.start] as usize;
        // "Rest assured that we are doing our utmost" promises an effort, not an outcome.
        let effort = reading.in_sentence(number, "vague-promise/effort")
            || reading.has(found.words.clone(), "assure") && reading.has(sentence.words.clone(), "attitude");
        let told = sentence.words.start..found.words.start;
        let asked =
            ["hypothesis", "customer-said", "hedge"].iter().any(|name| reading.has(told.clone(), name));
        !effort && !asked && !reading.has(before, "negation") && !sentence.question
    });
    if !matches!(reading.context.firmness, None | Some(Firmness::Firm)) {
        let firmer = from_groups(reading, &["overpromise/firm-date"]).into_iter().map(|mut found| {
            found.why = Some("The case's date is not confirmed, and this says that it is.".to_owned());
            found
        });
        found.extend(firmer);
    }
    found
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    let case = reading.context;
    say::or(
        "Say what you know, and when you will know more:",
        say::join([say::news(case), say::next_word(case)]),
        "Say what you know and on what it rests: “The plant has confirmed 12 May to me.” Otherwise say when you will know.",
    )
}
