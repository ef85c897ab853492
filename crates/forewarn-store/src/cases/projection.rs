//! The row of a case: what lists need, as the history makes it. Never read back into a case.

use crate::db::{Bind as _, Json, Value, Word};
use crate::today::Asked;
use forewarn_domain::case::{Case, CaseLine, LineEnd, Owner};
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::policy::Terms;
use forewarn_domain::promise::Promised;
use forewarn_domain::slip::Slip;
use std::collections::BTreeSet;

/// The columns, in the order of [`columns`].
pub(super) const COLUMNS: [&str; 32] = [
    "owner_id",
    "inbox_team_id",
    "stage",
    "round",
    "version",
    "severity",
    "known_at",
    "firm_at",
    "tell_by",
    "first_told_at",
    "told_at",
    "worst_slip_days",
    "no_date",
    "lines",
    "told_lines",
    "orders",
    "act_until",
    "good_news",
    "temperature",
    "impact",
    "next_word_by",
    "next_word_missed",
    "not_now",
    "asked",
    "joins",
    "contact",
    "phone",
    "email",
    "next_due_at",
    "opened_at",
    "closed_at",
    "closing",
];

/// Column names and values, but for number, customer and team.
pub(super) fn columns(case: &Case, terms: &Terms) -> Vec<(&'static str, Value)> {
    let (owner, inbox) = owner(case.owner);
    let lines: Vec<&CaseLine> = case.lines.values().filter(|line| is_ours_still(line)).collect();
    let orders: BTreeSet<&str> = lines.iter().map(|line| line.key.order.as_str()).collect();
    let told = lines.iter().filter(|line| !line.told.is_empty() && !line.is_slipping()).count();
    let worst = case.slipping().filter_map(|(_, line)| line.slip.days()).max().unwrap_or(0);
    let act_until = case.promised_of_slipping().filter_map(Promised::latest).min();
    let next_due = case.obligations(terms).iter().map(|owed| owed.due).min();
    let contact = case.contact.as_ref();
    vec![
        ("owner_id", owner.bind()),
        ("inbox_team_id", inbox.bind()),
        ("stage", Word(case.stage()).bind()),
        ("round", case.round.bind()),
        ("version", case.version.bind()),
        ("severity", case.severity.as_ref().map_or(0, |severity| severity.points).bind()),
        ("known_at", case.known_at().bind()),
        ("firm_at", case.firm_at().bind()),
        ("tell_by", case.tell_by.bind()),
        ("first_told_at", case.tellings.first().map(|(at, ..)| *at).bind()),
        ("told_at", case.tellings.last().map(|(at, ..)| *at).bind()),
        ("worst_slip_days", worst.bind()),
        ("no_date", case.slipping().any(|(_, line)| line.slip == Slip::NoDate).bind()),
        ("lines", count(lines.len())),
        ("told_lines", count(told)),
        ("orders", Json(orders).bind()),
        ("act_until", act_until.bind()),
        ("good_news", case.good_news().next().is_some().bind()),
        ("temperature", case.temperature().map(Word).bind()),
        ("impact", case.impact.map(Word).bind()),
        ("next_word_by", case.next_word.map(|word| word.by).bind()),
        ("next_word_missed", case.next_word.is_some_and(|word| word.missed).bind()),
        ("not_now", case.not_now.as_ref().map(|(_, reason)| Json(reason)).bind()),
        ("asked", case.open_ask().map(|ask| Json(Asked::of(ask))).bind()),
        ("joins", case.leading.joins.and_then(|(_, by)| by).bind()),
        ("contact", contact.map(|contact| contact.name.as_str()).bind()),
        ("phone", contact.and_then(|contact| contact.phone.as_deref()).bind()),
        ("email", contact.and_then(|contact| contact.email.as_deref()).bind()),
        ("next_due_at", next_due.bind()),
        ("opened_at", case.opened_at.bind()),
        ("closed_at", case.closed.as_ref().map(|(at, _)| *at).bind()),
        ("closing", case.closed.as_ref().map(|(_, closing)| Json(closing)).bind()),
    ]
}

fn owner(owner: Owner) -> (Option<PersonId>, Option<TeamId>) {
    match owner {
        Owner::Person { person } => (Some(person), None),
        Owner::Inbox { team } => (None, Some(team)),
    }
}

/// Lines that recovered untold, or were called off, are no part of the conversation any more.
fn is_ours_still(line: &CaseLine) -> bool {
    matches!(line.end, None | Some(LineEnd::Delivered { .. }))
}

fn count(n: usize) -> Value {
    i64::try_from(n).unwrap_or(i64::MAX).bind()
}
