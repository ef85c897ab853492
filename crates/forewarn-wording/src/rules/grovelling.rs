//! Abject or repeated apologies. See `grovelling.md`.

use super::{Found, Rule, from_groups};
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "grovelling",
    severity: Severity::Consider,
    why: "One clear apology is believed; more of it asks the customer to comfort us.",
    page: include_str!("grovelling.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let mut found = from_groups(reading, &["grovelling/stacked", "grovelling/abject", "grovelling/begging"]);
    found.extend(beyond_the_second(reading));
    found
}

/// Every sentence that apologises after two others have.
fn beyond_the_second(reading: &Reading<'_>) -> Vec<Found> {
    let mut sentences: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    for hit in reading.said("act/apology") {
        if reading.draft.sentences[hit.sentence].place != crate::draft::Place::Body {
            continue;
        }
        match sentences.last_mut() {
            Some((sentence, _)) if *sentence == hit.sentence => {}
            _ => sentences.push((hit.sentence, hit.mark_from..hit.mark_to)),
        }
    }
    let why = "This is the third apology or more; the first one was the one that counts.";
    sentences.into_iter().skip(2).map(|(_, words)| Found { words, why: Some(why.to_owned()) }).collect()
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    say::or(
        "Once, for what it does:",
        say::apology(reading.context),
        "Apologise once, for what it does to them, and go on to what you do about it.",
    )
}
