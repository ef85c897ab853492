//! A promise with neither time nor measure. See `vague-promise.md`.

use super::{Found, Rule, from_groups};
use crate::context::Firmness;
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "vague-promise",
    severity: Severity::Fix,
    why: "“Soon” can't be planned with; every reader fills in another date, and each of them will be let down.",
    page: include_str!("vague-promise.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let mut found =
        from_groups(reading, &["vague-promise/soon", "vague-promise/effort", "vague-promise/outcome"]);
    found.retain(|found| {
        let number = reading.draft.sentence_of[found.words.start] as usize;
        let sentence = &reading.draft.sentences[number];
        let before = sentence.words.start..found.words.start;
        let just_before = found.words.start.saturating_sub(2).max(sentence.words.start)..found.words.start;
        let denied = reading.has(just_before, "negation")
            || reading.has(found.words.start..found.words.start + 1, "negation")
                && !reading.has(found.words.clone(), "soon");
        !denied && !reading.timed(number) && !sentence.question && !reading.has(before, "customer-said")
    });
    found
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    let case = reading.context;
    let next = say::next_word(case);
    let from_case = if case.firmness == Some(Firmness::NoDate) {
        say::join([say::news(case), next])
    } else {
        say::join([say::news(case), say::action(case).or(next)])
    };
    say::or(
        "Give the date:",
        from_case,
        "Give a day, or say that there is none yet and when you will know: “I will call you on Thursday before 15:00.”",
    )
}
