//! A letter on a page of its own: composed, taken up again, or handed back with what is wrong with it.

use super::{delivered, recap, update, written};
use crate::pages::letters::{LetterForm, NextWordChoice, WritePage};
use crate::pages::shell::Shell;
use crate::typed::Typed;
use crate::views::case::{next_word_proposal, zone};
use crate::views::scene::Scene;
use crate::views::wording::Of;
use forewarn_domain::case::Purpose;
use forewarn_domain::letter::{LetterKind, LetterState};
use forewarn_domain::words::Mail;
use forewarn_store::letters::Letter;
use jiff::Timestamp;

/// A letter of this kind, composed from the record; `None` where there is nothing to write. With `again`, the
/// words of that letter, unless another next word (`then`) makes another text.
pub(crate) fn write(
    shell: Shell,
    scene: &mut Scene,
    kind: LetterKind,
    then: Option<Timestamp>,
    again: Option<&Letter>,
) -> Option<WritePage> {
    let next_word = then.or_else(|| promised_before(again, scene.now()));
    let next_word = next_word.unwrap_or_else(|| next_word_proposal(scene));
    if kind == LetterKind::Update {
        // What the wording check goes by.
        scene.draft.next_word_at = scene.clocks.write(next_word);
    }
    let letter = match again.filter(|_| then.is_none()) {
        Some(letter) => taken_up(scene, letter, next_word),
        None => {
            let mut composed = match kind {
                LetterKind::Recap => recap(scene),
                LetterKind::Update => update(scene, Some(next_word)),
                LetterKind::Delivered => delivered(scene),
                LetterKind::FirstWord => None,
            }?;
            composed.carried.extend(again.and_then(repeats));
            composed
        }
    };
    let warning = again.and_then(|letter| warning(scene, letter));
    Some(page(shell, scene, kind, letter, warning, Vec::new()))
}

/// The letter again, with what was typed, and what is wrong with it.
pub(crate) fn refused(
    shell: Shell,
    scene: &mut Scene,
    kind: LetterKind,
    typed: &Typed,
    wrong: Vec<String>,
) -> WritePage {
    typed.get("then").clone_into(&mut scene.draft.next_word_at);
    let kept = typed.starting("").filter(|(name, _)| matches!(*name, "then" | "line" | "again"));
    let carried = kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let body = typed.get("text").replace("\r\n", "\n");
    let mail = Mail { subject: typed.get("subject").to_owned(), body };
    let letter = written(scene, Of::text_of(kind), mail, Some(typed.get("address")), carried);
    page(shell, scene, kind, letter, None, wrong)
}

fn page(
    shell: Shell,
    scene: &Scene,
    kind: LetterKind,
    letter: LetterForm,
    warning: Option<String>,
    wrong: Vec<String>,
) -> WritePage {
    let carries = |field: &str| letter.carried.iter().find(|(name, _)| name == field).map(|(_, value)| value);
    WritePage {
        shell,
        href: scene.href(),
        seen: scene.case().version.to_string(),
        customer: scene.customer.name.clone(),
        title: kind.name().to_owned(),
        says: says(scene, kind),
        warning,
        wrong,
        next_word: (kind == LetterKind::Update).then(|| NextWordChoice {
            at: scene.draft.next_word_at.clone(),
            zone: zone(scene),
            again: carries("again").cloned(),
        }),
        letter,
    }
}

/// What the letter does once it has left.
fn says(scene: &Scene, kind: LetterKind) -> String {
    let due = scene.case().next_word.map(|word| scene.clocks.moment(word.by));
    match (kind, due) {
        (LetterKind::Update, Some(due)) => {
            format!("A next word in writing. When it has left, your word of {due} is kept.")
        }
        (LetterKind::Update, None) => "A word in writing. It promises the next one.".to_owned(),
        (LetterKind::Delivered, _) => {
            "That it has arrived, and whether all is well. When it has left, they know.".to_owned()
        }
        (LetterKind::Recap | LetterKind::FirstWord, _) => "What was said, in writing.".to_owned(),
    }
}

/// The words of another letter, to be corrected and sent.
fn taken_up(scene: &Scene, letter: &Letter, next_word: Timestamp) -> LetterForm {
    let mut carried: Vec<(String, String)> = match &letter.purpose {
        Purpose::Update { .. } => vec![("then".to_owned(), scene.clocks.write(next_word))],
        Purpose::Delivered { promises } => {
            promises.iter().map(|id| ("line".to_owned(), id.to_string())).collect()
        }
        Purpose::Recap | Purpose::FirstWord { .. } => Vec::new(),
    };
    carried.extend(repeats(letter));
    let mail = Mail { subject: letter.subject.to_string(), body: letter.body.to_string() };
    written(scene, Of::text_of(letter.kind()), mail, Some(&letter.address), carried)
}

/// That a letter repeats this one, which has left or tried to.
pub(crate) fn repeats(letter: &Letter) -> Option<(String, String)> {
    let left = !matches!(letter.state, LetterState::Draft | LetterState::Cancelled);
    left.then(|| ("again".to_owned(), letter.id.to_string()))
}

/// What to know before it is sent once more.
pub(crate) fn warning(scene: &Scene, letter: &Letter) -> Option<String> {
    let answer = letter.answer.as_ref().map(|answer| answer.for_our_people().trim_end_matches('.'));
    if let Some((_, at)) = &letter.bounced {
        let when = scene.clocks.my_moment(*at);
        return Some(format!("It came back {when}. Correct the address, if that is why."));
    }
    match letter.state {
        LetterState::Unknown => {
            Some("We can’t tell whether the first one left: they may get this twice.".to_owned())
        }
        LetterState::Refused => {
            let said = answer.map(|answer| format!(": {answer}")).unwrap_or_default();
            Some(format!("Our mail server refused it{said}. Correct the address, if that is why."))
        }
        _ => None,
    }
}

/// The next word that a letter promised, if it is still to come.
fn promised_before(letter: Option<&Letter>, now: Timestamp) -> Option<Timestamp> {
    match &letter?.purpose {
        Purpose::Update { then } => then.filter(|then| *then > now),
        _ => None,
    }
}
