//! The first word as an e-mail. See `email-first.md`.

use super::{Found, Rule};
use crate::context::Channel;
use crate::reading::Reading;
use crate::report::Severity;

pub(super) const RULE: Rule = Rule {
    id: "email-first",
    severity: Severity::Fix,
    why: "In person, then by phone, then by e-mail: an inbox can't ask back, and nobody knows when it is read.",
    page: include_str!("email-first.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let case = reading.context;
    let first = case.channel == Some(Channel::Email) && case.told == Some(false);
    let sentence = reading.draft.sentences.iter().find(|s| !s.words.is_empty()).filter(|_| first);
    sentence.map(|sentence| Found::at(sentence.words.clone())).into_iter().collect()
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    let who = reading.context.contact.as_deref().unwrap_or("them");
    format!(
        "Call {who} first; this e-mail is a good recap afterwards. If it has to be the first word, note why."
    )
}
