//! The talk: what each beat says, and what the after-call sheet is filled in with.

mod after;
mod beats;

pub(crate) use after::{ask, refused, told, try_again, written_before};

use super::case::contact;
use super::draft::expected;
use super::scene::Scene;
use crate::pages::shell::Shell;
use crate::pages::talk::{BeatState, TalkHead, TalkPage, beat_tabs};
use forewarn_domain::case::Step;

/// Card `step` of the talk.
pub(crate) fn page(shell: Shell, scene: &Scene, step: Step) -> TalkPage {
    let (href, number) = (scene.href(), step.number());
    let beat = beats::beat(scene, step);
    let next = Step::numbered(number + 1);
    TalkPage {
        head: head(scene),
        beats: beat_tabs(&href, number, Step::ALL.map(|step| state(scene, step))),
        step: beat.slug(),
        beat,
        said: hidden(scene),
        back: (number > 1).then(|| format!("{href}/talk/{}", number - 1)),
        onward: next
            .map_or_else(|| format!("{href}/talk/after"), |next| format!("{href}/talk/{}", next.number())),
        onward_label: if next.is_some() { "Next".into() } else { "How did it go?".into() },
        shell,
    }
}

/// What stays on top.
pub(crate) fn head(scene: &Scene) -> TalkHead {
    let contact = contact(scene);
    TalkHead {
        href: scene.href(),
        seen: scene.case().version.to_string(),
        customer: scene.customer.name.clone(),
        contact: scene.contact_name(),
        place: contact.place,
        phone: contact.phone,
        conflict: scene.draft.conflict(scene),
    }
}

/// The step whose form sends `slug`.
pub(crate) fn step_named(slug: &str) -> Option<Step> {
    let step = match slug {
        "advise" => Step::AdviseEarly,
        "why-now" => Step::WhyNow,
        "listen" => Step::LetThemVent,
        "acknowledge" => Step::Acknowledge,
        "corrective-action" => Step::CorrectiveAction,
        "reset" => Step::ResetExpectations,
        "thank" => Step::Thank,
        "keep-informed" => Step::KeepInformed,
        _ => return None,
    };
    Some(step)
}

fn state(scene: &Scene, step: Step) -> BeatState {
    match scene.case().steps.get(&step) {
        Some(state) if state.skipped => BeatState::Skipped,
        Some(state) if state.taken > 0 => BeatState::Done,
        _ => BeatState::Open,
    }
}

/// What is expected now, to come back with the form and be compared then.
pub(crate) fn hidden(scene: &Scene) -> Vec<(String, String)> {
    let said = scene.draft.said.iter().map(|(line, day)| (*line, day.clone()));
    let mut all = expected(scene);
    // What has been said once stays said, also when the page is fetched again.
    all.extend(said);
    all.into_iter().map(|(line, day)| (format!("said-{line}"), day)).collect()
}
