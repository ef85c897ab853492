//! Letters composed from the record, to be read, changed and sent by a person. Only customer-safe text goes in.

mod mailed;
mod write;

pub(crate) use mailed::{email_first, of_case, page, recap_sent, write_again, writer};
pub(crate) use write::{refused, repeats, warning, write};

use super::percent;
use super::scene::Scene;
use super::wording::{Of, advice, brief, what};
use crate::pages::letters::{Leaves, LetterForm};
use forewarn_domain::case::{CaseLine, LineEnd};
use forewarn_domain::ids::PromiseId;
use forewarn_domain::letter::LetterKind;
use forewarn_domain::people::Role;
use forewarn_domain::words::{Mail, Said};
use jiff::Timestamp;

/// The recap of the last telling.
pub(crate) fn recap(scene: &Scene) -> Option<LetterForm> {
    let (at, ..) = scene.case().tellings.last()?;
    let said = said(scene, |line| line.told.iter().any(|heard| heard.at == *at));
    Some(composed(scene, Of::Message, brief(scene).recap(&said), Vec::new()))
}

/// The next word in writing, with the one after it; `None` before anybody has been told.
pub(crate) fn update(scene: &Scene, then: Option<Timestamp>) -> Option<LetterForm> {
    scene.case().tellings.last()?;
    let mut brief = brief(scene);
    brief.next_word = then;
    let said = said(scene, CaseLine::is_open);
    let then = then.map(|at| ("then".to_owned(), scene.clocks.write(at)));
    Some(composed(scene, Of::Update, brief.update(&said), then.into_iter().collect()))
}

/// That it has arrived; `None` where they know it, or nothing has.
pub(crate) fn delivered(scene: &Scene) -> Option<LetterForm> {
    let lines = arrived_untold(scene);
    if lines.is_empty() {
        return None;
    }
    let mut brief = brief(scene);
    brief.lines = lines.iter().map(|(id, line)| super::wording::news(scene, *id, line)).collect();
    let items: Vec<String> = lines.iter().map(|(id, line)| what(scene, *id, line)).collect();
    let carried = lines.iter().map(|(id, _)| ("line".to_owned(), id.to_string())).collect();
    Some(composed(scene, Of::Delivered, brief.arrived(&items), carried))
}

/// The rare first word by e-mail.
pub(crate) fn first_word(scene: &Scene) -> LetterForm {
    composed(scene, Of::FirstWord, brief(scene).first_word(), Vec::new())
}

/// A letter with these words; `address` is where it goes, if not to the address that is known.
pub(crate) fn written(
    scene: &Scene,
    of: Of,
    mail: Mail,
    address: Option<&str>,
    carried: Vec<(String, String)>,
) -> LetterForm {
    let mut letter = composed(scene, of, mail, carried);
    if let (Leaves::FromHere { address: known, .. }, Some(typed)) = (&mut letter.leaves, address) {
        typed.clone_into(known);
    }
    letter
}

/// The lines that have arrived and of which the customer does not know it.
pub(crate) fn arrived_untold(scene: &Scene) -> Vec<(PromiseId, &CaseLine)> {
    let arrived = scene
        .case()
        .lines
        .iter()
        .filter(|(_, line)| matches!(line.end, Some(LineEnd::Delivered { confirmed: false, .. })));
    arrived.map(|(id, line)| (*id, line)).collect()
}

fn composed(scene: &Scene, of: Of, mail: Mail, carried: Vec<(String, String)>) -> LetterForm {
    let Mail { subject, body } = mail;
    LetterForm {
        kind: of.letter().map(word).unwrap_or_default(),
        advice: advice(scene, of, Some(&subject), &body),
        leaves: leaves(scene, of, &subject, &body),
        subject,
        body,
        carried,
    }
}

fn leaves(scene: &Scene, of: Of, subject: &str, body: &str) -> Leaves {
    let reach = scene.reach();
    let address = reach.email.unwrap_or_default();
    match &scene.sender {
        Some(from) => Leaves::FromHere {
            action: format!("{}/letters", scene.href()),
            from: from.clone(),
            to: scene.contact_name(),
            address,
        },
        None => Leaves::ByHand {
            mailto: mailto(&address, subject, body),
            taken: if of == Of::Message { format!("{}/recap-taken", scene.href()) } else { String::new() },
            set_up: (scene.me.role == Role::Admin).then(|| "/settings/mail".to_owned()),
        },
    }
}

/// The word of a kind in forms.
fn word(kind: LetterKind) -> String {
    let word = serde_json::to_value(kind).unwrap_or_default();
    word.as_str().unwrap_or_default().to_owned()
}

/// What was said of each of these lines, last.
fn said(scene: &Scene, fits: impl Fn(&CaseLine) -> bool) -> Vec<Said> {
    let lines = scene.case().lines.iter().filter(|(_, line)| fits(line));
    let said = lines.filter_map(|(id, line)| {
        let heard = line.last_heard()?;
        Some(Said {
            order: line.key.order.clone(),
            what: what(scene, *id, line),
            before: heard.before,
            now: heard.expectation,
        })
    });
    said.collect()
}

/// A mail for the program of whoever sends it.
fn mailto(to: &str, subject: &str, body: &str) -> String {
    // Mail programs want CR LF between the lines of a mailto.
    let body = percent::encode(&body.replace("\r\n", "\n").replace('\n', "\r\n"));
    format!("mailto:{}?subject={}&body={body}", address(to), percent::encode(subject))
}

/// An address for `mailto:`; what is none is left out, so that it can't bring in headers of its own.
fn address(email: &str) -> String {
    let fine = |c: char| c.is_ascii_alphanumeric() || "@.!#$*-_+".contains(c);
    if email.chars().all(fine) { email.to_owned() } else { percent::encode(email).replace("%40", "@") }
}
