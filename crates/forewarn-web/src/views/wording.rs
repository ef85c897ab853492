//! From a case to the brief that scripts and mails are composed from. Only customer-safe text goes in.

mod advice;
mod context;
mod names;
mod sentences;

pub(crate) use advice::{Shift, advice, instead, remarks};
pub(crate) use context::{Of, context};

use super::scene::Scene;
use forewarn_domain::case::{CaseLine, Choice, OptionAnswer, Owner};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::ids::PromiseId;
use forewarn_domain::promise::Promised;
use forewarn_domain::text::CustomerText;
use forewarn_domain::words::{Brief, LineNews};

// What nobody types into one field is not checked either.
pub(crate) use crate::typed::{LONGEST, is_too_long};

/// What there is to say: about the lines that slip, or about all open ones when none does.
pub(crate) fn brief(scene: &Scene) -> Brief {
    let case = scene.case();
    let slipping: Vec<_> = case.slipping().collect();
    let lines = if slipping.is_empty() { open(scene) } else { slipping };
    let rep = match case.owner {
        Owner::Person { person } => scene.people.iter().find(|one| one.id == person),
        Owner::Inbox { .. } => None,
    };
    // Whoever talks says their own name: a deputy, too.
    let rep = rep.filter(|owner| owner.id == scene.me.id).unwrap_or(&scene.me);
    let zone = scene.clocks.theirs.zone.clone();
    let today = scene.clocks.theirs.today();
    let options = |fits: &dyn Fn(&Choice, Option<OptionAnswer>) -> bool| {
        let fitting = case.options.iter().filter(|(option, answer)| fits(option, *answer));
        fitting.map(|(option, _)| option.what.clone()).collect()
    };
    Brief {
        rep: rep.name.clone(),
        rep_phone: rep.phone.clone(),
        company: scene.company.name.clone(),
        contact: scene.reach().name.as_deref().and_then(CustomerText::new),
        lines: lines.into_iter().map(|(id, line)| news(scene, id, line)).collect(),
        fault: case.fault,
        cause: case.cause.customer.clone(),
        actions: case.actions.iter().map(|action| action.what.clone()).collect(),
        options: options(&|option, answer| {
            option.approved && option.lies_ahead(today) && answer != Some(OptionAnswer::Declined)
        }),
        chosen: options(&|_, answer| answer == Some(OptionAnswer::Taken)),
        next_word: case.next_word.map(|word| word.by),
        round: case.round,
        today,
        zone,
    }
}

/// What a line is about: "40 pcs Pump P200".
pub(crate) fn what(scene: &Scene, id: PromiseId, line: &CaseLine) -> String {
    let text = [scene.quantity(id), scene.item(id)].join(" ").trim().to_owned();
    if text.is_empty() { format!("line {}", line.key.line) } else { text }
}

/// The lines as they are news to the customer: those to tell, or else what they were told last and expected before.
pub(crate) fn news_lines(scene: &Scene) -> Vec<LineNews> {
    let case = scene.case();
    if case.slipping().next().is_some() {
        return case.slipping().map(|(id, line)| news(scene, id, line)).collect();
    }
    let heard = case.lines.iter().filter_map(|(id, line)| {
        let heard = line.last_heard()?;
        let outlook = match heard.expectation {
            said if said.latest() == line.outlook.latest() => line.outlook,
            Promised::Date { on } => Outlook::Likely { on },
            Promised::Range { from, to } => Outlook::Range { from, to },
            Promised::NoDateYet => Outlook::NoDate,
        };
        Some(LineNews { promised: heard.before, outlook, ..news(scene, *id, line) })
    });
    let heard: Vec<LineNews> = heard.collect();
    if heard.is_empty() {
        open(scene).into_iter().map(|(id, line)| news(scene, id, line)).collect()
    } else {
        heard
    }
}

fn open(scene: &Scene) -> Vec<(PromiseId, &CaseLine)> {
    scene.case().lines.iter().filter(|(_, line)| line.is_open()).map(|(id, line)| (*id, line)).collect()
}

/// A line as it is news.
pub(super) fn news(scene: &Scene, id: PromiseId, line: &CaseLine) -> LineNews {
    LineNews {
        order: line.key.order.clone(),
        what: what(scene, id, line),
        promised: line.promised,
        outlook: line.outlook,
    }
}
