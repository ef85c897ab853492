//! An apology with an if in it. See `conditional-apology.md`.

use super::{Found, Rule, from_groups};
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "conditional-apology",
    severity: Severity::Fix,
    why: "“If” and “any” leave it open whether there is harm at all; the customer already knows.",
    page: include_str!("conditional-apology.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    from_groups(reading, &["conditional-apology/any", "conditional-apology/if", "conditional-apology/may"])
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    say::or(
        "Apologise for what it does:",
        say::apology(reading.context),
        "Name the harm: “I am sorry that the late delivery holds up your launch.”",
    )
}
