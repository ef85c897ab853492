//! Getting ready: five ticks, and a piece for each thing worth deciding.

use super::timeline::answer_word;
use crate::pages::case::{
    ActionRow, CauseTexts, ContactPlan, ExpectationForm, OptionRow, OwnerPlan, Preparation, Tick as Shown,
};
use crate::pages::tone::{Choice, FAULTS};
use crate::pages::words::Advice;
use crate::views::scene::Scene;
use crate::views::wording::{self, Of};
use forewarn_domain::case::{ChoiceKind, Owner, Tick};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::people::Role;
use jiff::civil::Date;
use std::collections::BTreeSet;

pub(super) fn preparation(scene: &Scene) -> Preparation {
    let case = scene.case();
    let ticks: Vec<Shown> = Tick::ALL.into_iter().map(|tick| shown(scene, tick)).collect();
    let fault = serde_json::to_value(case.fault).unwrap_or_default();
    let fault = fault.as_str().unwrap_or_default().to_owned();
    let fault_says =
        FAULTS.iter().find(|(name, _)| *name == fault).map_or("not known yet", |(_, label)| label);
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    Preparation {
        done: format!("{} of 5", ticks.iter().filter(|tick| tick.done).count()),
        ticks,
        fault_says: fault_says.to_owned(),
        fault: Choice::list(&FAULTS, &fault),
        cause: CauseTexts {
            internal: text(case.cause.internal.as_ref().map(|text| text.for_our_people())),
            customer_safe: text(case.cause.customer.as_ref().map(|text| text.as_str())),
            advice: cause_advice(scene),
        },
        actions: actions(scene),
        action_advice: Advice::none(Of::Step.name(), &scene.href()),
        options: options(scene),
        option_advice: Advice::none(Of::Option.name(), &scene.href()),
        option_kinds: ChoiceKind::ALL
            .into_iter()
            .map(|kind| Choice::new(kind_word(kind), kind.name()))
            .collect(),
        expectation_says: expectation_says(scene),
        expectation: expectation(scene),
        contact: contact(scene),
        leaders: leaders(scene),
        leader_asked: case.leader_called_at.map(|at| format!("asked {}", scene.clocks.my_moment(at))),
        owner: owner(scene),
    }
}

fn cause_advice(scene: &Scene) -> Advice {
    let text = scene.case().cause.customer.as_ref().map_or("", |text| text.as_str());
    wording::advice(scene, Of::Cause, None, text)
}

/// The tick whose field is called `name`.
pub(crate) fn tick_named(name: &str) -> Option<Tick> {
    Tick::ALL.into_iter().find(|tick| tick_word(*tick) == name)
}

/// The word that the form sends for a tick.
pub(crate) fn tick_word(tick: Tick) -> &'static str {
    match tick {
        Tick::FactsChecked => "facts",
        Tick::DateOrNextWord => "date",
        Tick::OneOption => "option",
        Tick::FaultDecided => "fault",
        Tick::RightPerson => "person",
    }
}

fn shown(scene: &Scene, tick: Tick) -> Shown {
    let case = scene.case();
    let (label, hint) = match tick {
        Tick::FactsChecked => {
            let lines = case.slipping().count();
            ("Facts checked", format!("{lines} to tell; look at the dates below"))
        }
        Tick::DateOrNextWord => ("New date or next word", expectation_says(scene)),
        Tick::OneOption => {
            let first = case.options.first().map(|(option, _)| option.what.to_string());
            ("At least one option", first.unwrap_or_else(|| "none yet".to_owned()))
        }
        Tick::FaultDecided => {
            let decided = case.prepared(Tick::FaultDecided);
            ("Fault decided", if decided { "decided" } else { "not decided" }.to_owned())
        }
        Tick::RightPerson => {
            let reach = scene.reach();
            let known = [reach.name, scene.place(), reach.phone];
            let known: Vec<String> = known.into_iter().flatten().collect();
            let hint = if known.is_empty() { "nobody is named".to_owned() } else { known.join(", ") };
            ("Right person, their time, their number", hint)
        }
    };
    Shown { name: tick_word(tick).into(), label: label.into(), hint, done: case.prepared(tick) }
}

fn actions(scene: &Scene) -> Vec<ActionRow> {
    let rows = scene.case().actions.iter().map(|action| ActionRow {
        what: action.what.to_string(),
        owner: action.internal_owner.as_ref().map_or("nobody named", |who| who.for_our_people()).to_owned(),
        due: action.due.map_or_else(|| "no day".to_owned(), |day| scene.clocks.mine.day(day)),
    });
    rows.collect()
}

fn options(scene: &Scene) -> Vec<OptionRow> {
    let case = scene.case();
    let today = scene.clocks.theirs.today();
    let rows = case.options.iter().zip(1_usize..).map(|((option, answer), number)| OptionRow {
        title: format!("{}: {}", option.kind.name(), option.what),
        date: option.date.map_or_else(|| "no date".to_owned(), |day| scene.clocks.mine.day(day)),
        quantity: option.quantity.clone().unwrap_or_else(|| "all".to_owned()),
        cost: option.cost.as_ref().map_or("no cost named", |cost| cost.for_our_people()).to_owned(),
        approved: option.approved.then(|| approved_by(scene, number)),
        answer: answer
            .map(|answer| answer_word(answer).to_owned())
            .or_else(|| (!option.lies_ahead(today)).then(|| "its day is over".to_owned())),
        approve: (!option.approved && matches!(scene.me.role, Role::Leader | Role::Admin))
            .then(|| format!("{}/options/{number}/approval", scene.href())),
    });
    rows.collect()
}

/// "approved by Mia Lund"
fn approved_by(scene: &Scene, option: usize) -> String {
    let by = scene.case().approvals.get(&option).copied().flatten();
    let name = by.and_then(|by| scene.people.iter().find(|person| person.id == by));
    name.map_or_else(|| "approved".to_owned(), |person| format!("approved by {}", person.name))
}

fn kind_word(kind: ChoiceKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// The form for the new promise: as noted for the talk, else as the evidence proposes.
pub(crate) fn expectation(scene: &Scene) -> ExpectationForm {
    let proposed = proposed(scene);
    match &scene.draft.expectation {
        Some(planned) => ExpectationForm { warning: warning(scene, &planned.form()), ..planned.form() },
        None => proposed,
    }
}

fn proposed(scene: &Scene) -> ExpectationForm {
    let next_word = scene.clocks.write(super::after::next_word_proposal(scene));
    let blank = ExpectationForm { next_word_by: next_word, ..ExpectationForm::default() };
    let form = match common_outlook(scene) {
        Some(Outlook::Firm { on } | Outlook::Likely { on }) => {
            ExpectationForm { kind: "date".into(), date: on.to_string(), ..blank }
        }
        Some(Outlook::Range { from, to }) => {
            ExpectationForm { kind: "range".into(), from: from.to_string(), to: to.to_string(), ..blank }
        }
        Some(Outlook::NoDate) => ExpectationForm { kind: "none".into(), ..blank },
        None => blank,
    };
    ExpectationForm { warning: warning(scene, &form), ..form }
}

/// What is expected of the line that weighs most.
fn common_outlook(scene: &Scene) -> Option<Outlook> {
    scene.worst().map(|(_, line)| line.outlook)
}

/// Says when a date is promised that nobody stands behind.
fn warning(scene: &Scene, form: &ExpectationForm) -> Option<String> {
    let promised: Date = form.date.parse().ok().filter(|_| form.kind == "date")?;
    let likely = scene
        .case()
        .slipping()
        .find(|(_, line)| !line.outlook.is_firm() && line.outlook.latest().is_none_or(|day| day >= promised));
    likely.map(|(_, line)| match line.outlook {
        Outlook::NoDate => {
            "Nobody has a date for one of the lines. Say so, with a next word, or get a date first.".into()
        }
        _ => "This date is not firm: offer a range, or leave yourself some days.".to_owned(),
    })
}

fn expectation_says(scene: &Scene) -> String {
    let form = expectation(scene);
    let day = |day: &str| scene.day_or_none(day);
    match form.kind.as_str() {
        "date" => day(&form.date),
        "range" => format!("{} to {}", day(&form.from), day(&form.to)),
        "none" => "no date yet; say when they hear from you".to_owned(),
        _ => "not decided".to_owned(),
    }
}

fn contact(scene: &Scene) -> ContactPlan {
    let reach = scene.reach();
    let mut names: Vec<String> = Vec::new();
    names.extend(reach.name.clone());
    names.extend(scene.customer.settings.contact.clone());
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let contacts = names.iter().enumerate().map(|(n, name)| {
        let choice = Choice::new(name.clone(), name.clone());
        if n == 0 { choice.chosen() } else { choice }
    });
    let says = match (&reach.name, &reach.phone) {
        (Some(name), Some(_)) => format!("{name}, by phone"),
        (Some(name), None) => format!("{name}; no number yet"),
        (None, _) => "nobody is named yet".to_owned(),
    };
    ContactPlan { contacts: contacts.collect(), says, advice: advice(scene) }
}

/// Rule 6, for this customer.
fn advice(scene: &Scene) -> String {
    let tries = scene.case().unanswered();
    let needed = scene.file.terms.policy.attempts_before_email;
    match (scene.reach().phone, tries) {
        (None, _) => {
            "In person or by phone. There is no number yet: ask the switchboard, and keep it here.".into()
        }
        (Some(_), 0) => {
            "In person if you see them in time; else phone now. E-mail is for the follow-up.".to_owned()
        }
        (Some(_), n) if n < needed => {
            format!("Phone again: {n} without an answer so far. E-mail is for the follow-up.")
        }
        (Some(_), n) => {
            format!("{n} calls without an answer: an e-mail may be the first word now, with that reason.")
        }
    }
}

fn leaders(scene: &Scene) -> Vec<Choice> {
    let leaders = scene.people.iter().filter(|one| {
        matches!(one.role, Role::Leader | Role::Admin) && one.disabled_at.is_none() && one.id != scene.me.id
    });
    let mut leaders: Vec<_> = leaders.collect();
    leaders.sort_by_key(|one| (one.team != scene.me.team, one.role != Role::Leader));
    leaders.into_iter().map(|one| Choice::new(one.id.to_string(), one.name.clone())).collect()
}

fn owner(scene: &Scene) -> OwnerPlan {
    let (says, current) = match scene.case().owner {
        Owner::Person { person } => (scene.person(person).to_owned(), Some(person)),
        Owner::Inbox { .. } => ("nobody: it lies in the inbox of the team".to_owned(), None),
    };
    let may = scene
        .people
        .iter()
        .filter(|one| one.disabled_at.is_none() && one.role != Role::SupplyOwner && Some(one.id) != current);
    let mut people: Vec<_> = may.collect();
    people.sort_by_key(|one| (one.id != scene.me.id, one.team != scene.me.team));
    OwnerPlan {
        says,
        people: people.into_iter().map(|one| Choice::new(one.id.to_string(), one.name.clone())).collect(),
    }
}
