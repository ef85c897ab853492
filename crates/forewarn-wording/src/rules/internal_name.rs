//! A name that must stay in the house. See `internal-name.md`.

use super::{Found, Rule};
use crate::context::Role;
use crate::names;
use crate::reading::Reading;
use crate::report::Severity;

pub(super) const RULE: Rule = Rule {
    id: "internal-name",
    severity: Severity::Fix,
    why: "This name is marked internal: it tells the customer whom to blame, or what they are not meant to know.",
    page: include_str!("internal-name.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let found = names::find(&reading.draft, reading.context);
    found.into_iter().filter(|(_, name)| name.internal).map(|(words, _)| Found::at(words)).collect()
}

fn instead(reading: &Reading<'_>, found: &Found) -> String {
    let all = names::find(&reading.draft, reading.context);
    let role = all.iter().find(|(words, _)| words.start == found.words.start).map(|(_, name)| name.role);
    let say = match role {
        Some(Role::Supplier) => "Say “a part we buy in”",
        Some(Role::Carrier) => "Say “the transport”",
        Some(Role::Department | Role::Person) => "Say “we” or “I”",
        Some(Role::Product | Role::Customer) | None => "Say what the customer calls it",
    };
    format!("{say}, and leave the name out.")
}
