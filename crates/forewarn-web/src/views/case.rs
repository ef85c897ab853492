//! A case: the facts, the one next thing, and the record.

mod after;
mod history;
mod leading;
mod lines;
mod preparation;
mod record;
mod timeline;

pub(crate) use after::{last_felt, next_word_proposal, zone};
pub(crate) use history::history;
pub(crate) use preparation::{expectation, tick_named, tick_word};
pub(crate) use record::apology_warning;

use super::letters;
use super::scene::Scene;
use super::shown::count;
use super::today::{can_act, not_now, phone, tell_by, temperature};
use crate::pages::case::{Breath, CasePage, ContactLine, NextStep};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Tone};
use forewarn_domain::case::{Closing, ObligationKind, Stage};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::slip::{Slip, can_act_days};
use jiff::SignedDuration;

/// The page of a case.
pub(crate) fn page(shell: Shell, scene: &Scene) -> CasePage {
    let case = scene.case();
    let open = case.stage() != Stage::Closed;
    CasePage {
        shell,
        href: scene.href(),
        seen: case.version.to_string(),
        customer: scene.customer.name.clone(),
        customer_href: format!("/customers/{}", scene.customer.id),
        breath: breath(scene),
        contact: contact(scene),
        next_step: next_step(scene),
        not_now: case
            .not_now
            .as_ref()
            .filter(|_| open)
            .map(|(_, reason)| not_now(reason, &scene.people, &scene.clocks)),
        conflict: scene.draft.conflict(scene),
        letters: letters::of_case(scene),
        leading: leading::leading(scene),
        lines: lines::facts(scene),
        severity: record::severity(scene),
        relationship: record::relationship(scene),
        preparation: open.then(|| preparation::preparation(scene)),
        after: after::after(scene),
        timeline: timeline::timeline(scene),
        waits: record::waits(scene),
    }
}

/// Whom to reach, and whether they are at work.
pub(crate) fn contact(scene: &Scene) -> ContactLine {
    let reach = scene.reach();
    let phone = reach.phone.as_deref().and_then(|number| phone(reach.name.as_deref(), number));
    ContactLine { name: reach.name, place: scene.place(), phone }
}

fn breath(scene: &Scene) -> Breath {
    let case = scene.case();
    let to_tell = matches!(case.stage(), Stage::ToTell | Stage::WaitingForFacts);
    let calendar = &scene.file.terms.customer_calendar;
    let today = calendar.local_date(scene.now());
    let days =
        case.promised_of_slipping().filter_map(|promised| can_act_days(promised, calendar, today)).min();
    let deadline = case.tell_by.filter(|_| to_tell);
    Breath {
        sentence: sentence(scene),
        confidence: scene
            .worst()
            .map_or_else(|| Chip::new("No lines", Tone::Quiet), |(_, line)| firmness(line.outlook)),
        chips: chips(scene),
        can_act: days.filter(|_| to_tell).map(can_act),
        tell_by: deadline.map(|by| tell_by(by, &scene.clocks.mine)),
        on_it: on_it(scene),
        tone: tone(scene),
    }
}

/// Who has said that they see to it, as long as that holds.
fn on_it(scene: &Scene) -> Option<String> {
    let climbs = scene.case().clocks.climbs.values();
    let held = climbs.filter_map(|climb| climb.acknowledged).filter(|held| held.until > scene.now());
    let held = held.min_by_key(|held| held.until)?;
    let who = held.by.map_or("Somebody", |by| scene.person(by));
    Some(format!("{who} is on it until {}", scene.clocks.my_moment(held.until)))
}

/// What one would say if somebody asked at the door.
fn sentence(scene: &Scene) -> String {
    let case = scene.case();
    if let Some((at, closing)) = &case.closed {
        return format!("Closed {}: {}.", scene.clocks.my_moment(*at), closing.name().to_lowercase());
    }
    let Some((id, line)) = scene.worst() else { return "No lines are left in this case.".to_owned() };
    let title = scene.title(id);
    let slipping = case.slipping().count();
    let (was, now) = (scene.promised(line.promised), scene.outlook(line.outlook));
    let what = match line.slip {
        Slip::NoDate => format!("{title}: promised {was}, and nobody has a date now."),
        Slip::Late { days } | Slip::Quiet { days } => {
            let days = count(days.unsigned_abs().into(), "day", "days");
            format!("{title}: promised {was}, now {now} (+{days}).")
        }
        Slip::None if case.stage() == Stage::Arrived => {
            "Everything has arrived or was called off.".to_owned()
        }
        Slip::None => format!("{title}: they know of {was}; expected {now}."),
    };
    match slipping {
        0 | 1 => what,
        n => format!("{n} lines are later than promised. The worst is {what}"),
    }
}

fn chips(scene: &Scene) -> Vec<Chip> {
    let case = scene.case();
    let mut chips = Vec::new();
    let month_ago = scene.now().saturating_sub(SignedDuration::from_hours(30 * 24)).unwrap_or(case.opened_at);
    match scene.relationship.cases.iter().filter(|one| one.opened_at >= month_ago).count() {
        0 | 1 => {}
        n => chips.push(Chip::new(format!("HOT: {n} slips in 30 days"), Tone::Urgent)),
    }
    if case.round > 1 {
        chips.push(Chip::new(format!("Repeat slip, round {}", case.round), Tone::Urgent));
    }
    chips.extend(case.temperature().map(temperature));
    if case.good_news().next().is_some() {
        chips.push(Chip::new("Good news", Tone::Good));
    }
    chips
}

fn tone(scene: &Scene) -> Tone {
    match scene.case().stage() {
        Stage::ToTell => {
            let left = scene.case().tell_by.map(|by| by.duration_since(scene.now()));
            let soon = left.is_none_or(|left| left <= SignedDuration::from_hours(4));
            if soon { Tone::Urgent } else { Tone::Watch }
        }
        Stage::WaitingForFacts => Tone::Quiet,
        Stage::KeepingWord => Tone::Calm,
        Stage::Arrived | Stage::Closed => Tone::Good,
    }
}

/// How sure a date is.
fn firmness(outlook: Outlook) -> Chip {
    let tone = match outlook {
        Outlook::Firm { .. } => Tone::Calm,
        Outlook::Likely { .. } | Outlook::Range { .. } => Tone::Watch,
        Outlook::NoDate => Tone::Urgent,
    };
    Chip::new(outlook.firmness(), tone)
}

fn next_step(scene: &Scene) -> NextStep {
    let (case, href) = (scene.case(), scene.href());
    let step = |title: String, why: &str, label: &str, href: String, call| NextStep {
        title,
        why: why.to_owned(),
        label: label.to_owned(),
        href,
        call,
    };
    let name = scene.contact_name();
    match case.stage() {
        Stage::Closed => {
            let why = match &case.closed {
                Some((_, Closing::BackToBusiness { .. })) => "Nothing is owed to them.",
                _ => "Nobody has to be told anything. A new slip opens a new case.",
            };
            step("Closed".to_owned(), why, "To Today", "/today".to_owned(), false)
        }
        Stage::ToTell => {
            let why = "It is news, and every hour takes from their time to act.";
            step(format!("Call {name} now"), why, "Start the talk", format!("{href}/talk/1"), true)
        }
        Stage::WaitingForFacts => {
            let owed = case.obligations(&scene.file.terms);
            let facts = owed.iter().find(|owed| owed.kind == ObligationKind::FactsBy);
            let title = facts.map_or_else(
                || "Waiting for facts".to_owned(),
                |facts| format!("Facts are due by {}", scene.clocks.my_moment(facts.due)),
            );
            let why = "Not firm yet. You may tell them earlier: early beats complete.";
            step(title, why, "Tell them already", format!("{href}/talk/1"), true)
        }
        Stage::KeepingWord if case.good_news().next().is_some() => {
            let why = "A date came back, or there is one at last. They should hear it from you.";
            step("Tell the good news".to_owned(), why, "Tell it", "#good-news".to_owned(), true)
        }
        Stage::KeepingWord => match case.next_word {
            Some(word) => {
                let title = format!("Keep your word by {}", scene.clocks.moment(word.by));
                let why = "You said that you would call, even if nothing has changed.";
                step(title, why, "I gave it", "#next-words".to_owned(), true)
            }
            None => {
                let why = "They know the new date. See that it holds.";
                step("See whether it arrives".to_owned(), why, "Arrivals", "#arrivals".to_owned(), false)
            }
        },
        Stage::Arrived => {
            let why = "It has arrived. Ask whether all is well; then the case can end.";
            step(
                format!("Ask {name} whether all is well"),
                why,
                "Close the case",
                "#closing".to_owned(),
                true,
            )
        }
    }
}
