//! A name that must stay in the house. See `internal-name.md`.

use super::{Found, Rule};
use crate::context::Role;
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
    let inside = reading.named.iter().filter(|(_, name)| name.internal);
    inside.map(|(words, _)| Found::at(words.clone())).collect()
}

fn instead(reading: &Reading<'_>, found: &Found) -> String {
    let at = reading.named.partition_point(|(words, _)| words.start < found.words.start);
    let role = reading.named.get(at).map(|(_, name)| name.role);
    let say = match role {
        Some(Role::Supplier) => "Say “a part we buy in”",
        Some(Role::Carrier) => "Say “the transport”",
        Some(Role::Department | Role::Person) => "Say “we” or “I”",
        Some(Role::Product | Role::Customer) | None => "Say what the customer calls it",
    };
    format!("{say}, and leave the name out.")
}
