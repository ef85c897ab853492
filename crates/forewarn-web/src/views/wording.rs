//! From a case to the brief that scripts and mails are composed from. Only customer-safe text goes in.

use super::percent;
use super::scene::Scene;
use crate::pages::case::Recap;
use forewarn_domain::case::{CaseLine, Owner};
use forewarn_domain::ids::PromiseId;
use forewarn_domain::text::CustomerText;
use forewarn_domain::words::{Brief, LineNews, Mail, Said};

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
    Brief {
        rep: rep.name.clone(),
        rep_phone: rep.phone.clone(),
        company: scene.company.name.clone(),
        contact: scene.reach().name.as_deref().and_then(CustomerText::new),
        lines: lines.into_iter().map(|(id, line)| news(scene, id, line)).collect(),
        fault: case.fault,
        cause: case.cause.customer.clone(),
        actions: case.actions.iter().map(|action| action.what.clone()).collect(),
        options: case
            .options
            .iter()
            .filter(|(option, _)| option.approved)
            .map(|(o, _)| o.what.clone())
            .collect(),
        next_word: case.next_word.map(|word| word.by),
        round: case.round,
        today: scene.clocks.theirs.today(),
        zone,
    }
}

/// The recap of the last telling; an update where the last telling is long past is the rep's to write.
pub(crate) fn recap(scene: &Scene) -> Option<Recap> {
    let (at, ..) = scene.case().tellings.last()?;
    let said: Vec<Said> = scene
        .case()
        .lines
        .iter()
        .filter_map(|(id, line)| {
            let heard = line.told.iter().rev().find(|heard| heard.at == *at)?;
            Some(Said {
                order: line.key.order.clone(),
                what: what(scene, *id, line),
                before: heard.before,
                now: heard.expectation,
            })
        })
        .collect();
    Some(as_recap(brief(scene).recap(&said), scene))
}

/// The rare first word by e-mail, to be read and sent by the rep.
pub(crate) fn first_word(scene: &Scene) -> Recap {
    as_recap(brief(scene).first_word(), scene)
}

/// The notice that everything has arrived.
pub(crate) fn what(scene: &Scene, id: PromiseId, line: &CaseLine) -> String {
    let text = [scene.quantity(id), scene.item(id)].join(" ").trim().to_owned();
    if text.is_empty() { format!("line {}", line.key.line) } else { text }
}

fn open(scene: &Scene) -> Vec<(PromiseId, &CaseLine)> {
    scene.case().lines.iter().filter(|(_, line)| line.is_open()).map(|(id, line)| (*id, line)).collect()
}

fn news(scene: &Scene, id: PromiseId, line: &CaseLine) -> LineNews {
    LineNews {
        order: line.key.order.clone(),
        what: what(scene, id, line),
        promised: line.promised,
        outlook: line.outlook,
    }
}

fn as_recap(mail: Mail, scene: &Scene) -> Recap {
    let to = scene.reach().email.unwrap_or_default();
    // Mail programs want CR LF between the lines of a mailto.
    let body = percent::encode(&mail.body.replace('\n', "\r\n"));
    let mailto = format!("mailto:{}?subject={}&body={body}", address(&to), percent::encode(&mail.subject));
    Recap { subject: mail.subject, body: mail.body, mailto }
}

/// An address for `mailto:`; what is none is left out, so that it can't bring in headers of its own.
fn address(email: &str) -> String {
    let fine = |c: char| c.is_ascii_alphanumeric() || "@.!#$*-_+".contains(c);
    if email.chars().all(fine) { email.to_owned() } else { percent::encode(email).replace("%40", "@") }
}
