//! What became of letters, a sentence each.

use super::bare;
use crate::pages::tone::Tone;
use crate::views::letters::{email_first, writer};
use crate::views::scene::Scene;
use forewarn_domain::case::{Bounce, LetterEnd, LetterEvent, Purpose, Resolution};
use forewarn_domain::ids::{LetterId, ReplyId};

/// What became of a letter, and how it feels.
pub(super) fn says(scene: &Scene, letter: LetterId, what: &LetterEvent) -> (String, Tone) {
    let kept = scene.file.case.letters.get(&letter);
    let name = kept.map_or("letter", |kept| kept.facts.purpose.kind().name()).to_lowercase();
    match what {
        LetterEvent::Approved { facts } => {
            let (kind, subject) = (facts.purpose.kind().name(), bare(facts.subject.as_str()));
            let why = match &facts.purpose {
                Purpose::FirstWord { telling, .. } => email_first(&telling.channel),
                _ => None,
            };
            let why = why.map(|why| format!(" {why}")).unwrap_or_default();
            (format!("{kind} to {} approved: “{subject}”.{why}", facts.to), Tone::Quiet)
        }
        LetterEvent::Cancelled { because } => {
            let why = because.as_ref().map(|why| format!(": {}", bare(why.for_our_people())));
            (format!("The {name} was cancelled before it left{}.", why.unwrap_or_default()), Tone::Quiet)
        }
        LetterEvent::Ended { end, .. } => ended(&name, end),
        LetterEvent::Resolved { resolution, .. } => (resolved(&name, resolution), Tone::Quiet),
        LetterEvent::Bounced { bounce: Bounce { status, answer } } => {
            let answer = answer.as_ref().map(|answer| bare(answer.for_our_people()));
            let said: Vec<&str> = status.as_deref().into_iter().chain(answer).collect();
            let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join(" ")) };
            (format!("The {name} came back{said}: they have not got it."), Tone::Urgent)
        }
    }
}

/// Who wrote back. Their words stand with the letters.
pub(super) fn replied(scene: &Scene, reply: ReplyId) -> (String, Tone) {
    match scene.replies.iter().find(|one| one.id == reply) {
        Some(one) if one.automatic => (format!("A program of {} answered.", writer(one)), Tone::Quiet),
        Some(one) => (format!("{} replied.", writer(one)), Tone::Watch),
        None => ("They wrote back.".to_owned(), Tone::Watch),
    }
}

fn ended(name: &str, end: &LetterEnd) -> (String, Tone) {
    match end {
        LetterEnd::Accepted { .. } => (format!("The {name} has left: our mail server took it."), Tone::Good),
        LetterEnd::Refused { answer } => {
            let answer = bare(answer.for_our_people());
            (format!("The {name} was refused by the mail server: {answer}."), Tone::Urgent)
        }
        LetterEnd::Unknown { trouble } => {
            let trouble = bare(trouble.for_our_people());
            (format!("We can’t tell whether the {name} has left: {trouble}."), Tone::Urgent)
        }
    }
}

fn resolved(name: &str, resolution: &Resolution) -> String {
    match resolution {
        Resolution::Found => format!("The {name} was found in our mailbox: it has left."),
        Resolution::Arrived => format!("They have got the {name}."),
        Resolution::SaidOtherwise => format!("They heard it otherwise; the {name} does not matter any more."),
        Resolution::SentAgain { .. } => format!("The {name} was sent again."),
    }
}
