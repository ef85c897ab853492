//! Spot checks: today's lot, and what came out of earlier ones.

use super::{Seen, day_of, told};
use crate::pages::team::{Checks, Pick};
use crate::pages::tone::{Chip, Choice, Tone};
use crate::views::shown::count;
use forewarn_domain::case::{CheckedWith, Finding, picks};
use forewarn_domain::ids::CaseId;
use forewarn_domain::promise::Expectation;
use forewarn_store::team_view::{Checked, ToldCase};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// So many a day.
const A_DAY: usize = 3;
/// A talk of so many days ago is still remembered.
const REMEMBERED: i64 = 14;
/// So many results are listed.
const LISTED: usize = 6;

pub(super) fn checks(seen: &Seen<'_>) -> Checks {
    let today = |at: Timestamp| seen.wall.zone.to_datetime(at).date() == seen.wall.today();
    let checked = |which: &dyn Fn(&Checked) -> bool| -> BTreeSet<CaseId> {
        seen.view.checked.iter().filter(|one| which(one)).map(|one| one.case).collect()
    };
    let (before, now) = (checked(&|one| !today(one.at)), checked(&|one| today(one.at)));
    let since = seen.wall.now.saturating_sub(jiff::SignedDuration::from_hours(REMEMBERED * 24));
    let since = since.unwrap_or(Timestamp::MIN);
    let fresh = seen.view.told.iter().filter(|told| told.at >= since && !before.contains(&told.case));
    let lot = picks(seen.wall.today(), fresh.map(|told| told.case), A_DAY);
    let left = lot.into_iter().filter(|case| !now.contains(case));
    let newest = |case| seen.view.told.iter().find(|told| told.case == case);
    Checks {
        picks: left.filter_map(newest).map(|told| pick(told, seen)).collect(),
        done: seen.view.checked.iter().take(LISTED).map(|one| done(one, seen)).collect(),
    }
}

fn pick(told: &ToldCase, seen: &Seen<'_>) -> Pick {
    let with = [("rep", told.by_name.as_str()), ("customer", told.telling.to.as_str())];
    let findings = Finding::ALL.map(|finding| (word(finding), finding.name()));
    Pick {
        said: said(told, seen),
        told: told::row(told, seen),
        with: Choice::list(&with, ""),
        findings: Choice::list(&findings, ""),
        action: (!seen.own).then(|| format!("/cases/{}/spot-checks", told.case)),
    }
}

/// "2 lines: Fri 27 Nov; 1 line: no date yet"
fn said(told: &ToldCase, seen: &Seen<'_>) -> String {
    let mut said: Vec<(String, u64)> = Vec::new();
    for (_, expectation) in &told.telling.lines {
        let text = match expectation {
            Expectation::NewDate { on } => seen.wall.day(*on),
            Expectation::Range { from, to } => seen.wall.days(*from, *to),
            Expectation::NoDateYet { .. } => "no date yet".to_owned(),
        };
        match said.iter_mut().find(|(before, _)| *before == text) {
            Some((_, lines)) => *lines += 1,
            None => said.push((text, 1)),
        }
    }
    let parts = said.into_iter().map(|(text, lines)| format!("{}: {text}", count(lines, "line", "lines")));
    parts.collect::<Vec<_>>().join("; ")
}

fn done(one: &Checked, seen: &Seen<'_>) -> (String, String, String, Chip) {
    let by = one.by_name.as_deref().unwrap_or("A leader");
    let with = match one.check.with {
        CheckedWith::Rep => "whoever told them",
        CheckedWith::Customer => "the customer",
    };
    let note = one.check.note.as_ref().map(|note| format!(": {}", note.for_our_people()));
    let says = format!("{}, {by} asked {with}{}", day_of(seen.wall, one.at), note.unwrap_or_default());
    let tone = match one.check.finding {
        Finding::AsRecorded => Tone::Good,
        Finding::Differs => Tone::Watch,
        Finding::NotHeard => Tone::Urgent,
    };
    (
        format!("/cases/{}", one.case),
        one.customer_name.clone(),
        says,
        Chip::new(one.check.finding.name(), tone),
    )
}

/// As it is sent in forms.
fn word(finding: Finding) -> &'static str {
    match finding {
        Finding::AsRecorded => "as-recorded",
        Finding::Differs => "differs",
        Finding::NotHeard => "not-heard",
    }
}
