//! What a complete message holds, whether this one does, and what is due.

use std::ops::Range;

use crate::context::{Channel, Context, Fault, Firmness, Kind};
use crate::draft::Place;
use crate::pattern::Hit;
use crate::reading::Reading;
use crate::report::{Part, Parts};

/// The parts a message about this case should hold.
///
/// By kind, channel, fault and round: concern without apology is right when it is outside our control, ownership is
/// asked for only when the fault is ours, and a voicemail carries nothing but when we will try again.
#[must_use]
pub fn due(case: &Context) -> Vec<Part> {
    if case.channel == Some(Channel::Voicemail) {
        return vec![Part::NextUpdate];
    }
    let ours = case.fault == Fault::Ours;
    let open = !matches!(case.kind, Kind::PriceIncrease | Kind::Mistake | Kind::Discontinuation)
        || case.firmness == Some(Firmness::NoDate);
    let first = case.round <= 1;
    let short = case.channel == Some(Channel::Chat);
    let choice = !matches!(case.kind, Kind::Mistake | Kind::Outage) && first;
    Part::ALL
        .into_iter()
        .filter(|part| match part {
            Part::News | Part::DateOrNoDate => true,
            Part::NextUpdate => open,
            Part::Acknowledge => !short,
            Part::Apology | Part::Ownership => ours,
            Part::CorrectiveAction => ours || open,
            Part::Options => choice,
            Part::Thanks => !short,
            Part::KeepInformed => open,
        })
        .collect()
}

/// Which parts are there.
pub(crate) fn present(reading: &Reading<'_>) -> Parts {
    let mut parts = Parts::default();
    let news = ["news/plain", "news/hint", "news/mention"].iter().any(|group| reading.any(group));
    let next = reading
        .said("part/next-update")
        .chain(reading.said("part/next-loose"))
        .any(|hit| promised(reading, hit));
    for (part, there) in [
        (Part::News, news),
        (Part::DateOrNoDate, coming(reading) || dated(reading)),
        (Part::NextUpdate, next),
        (Part::Acknowledge, reading.any("part/acknowledge")),
        (Part::Apology, reading.any("part/apology")),
        (Part::Ownership, owned(reading)),
        (Part::CorrectiveAction, acted(reading)),
        (Part::Options, reading.any("part/options")),
        (Part::Thanks, reading.any("part/thanks")),
        (Part::KeepInformed, reading.any("part/keep-informed") || next),
    ] {
        parts.set(part, there);
    }
    parts
}

/// A day for what is to come, and not one that is denied ("it won't be with you on Thursday") or was.
fn coming(reading: &Reading<'_>) -> bool {
    reading.said("part/date").any(|hit| {
        let sentence = &reading.draft.sentences[hit.sentence].words;
        let near = hit.from.saturating_sub(3).max(sentence.start)..hit.from;
        let denied = reading.has(near, "denial") && !reading.has(hit.from..hit.to, "denial");
        !denied && !reading.has(hit.from..hit.to, "since-word")
    })
}

/// A sentence that names a day for what is to come: neither denied nor asked, nor of the past, nor only of the next
/// word.
fn dated(reading: &Reading<'_>) -> bool {
    let day = |word: usize| reading.has(word..word + 1, "date");
    let denied = |words: Range<usize>| {
        words.clone().find(|&word| day(word)).is_some_and(|first| reading.has(words.start..first, "negation"))
    };
    let spoken = |place| matches!(place, Place::Body | Place::Subject);
    reading.draft.sentences.iter().enumerate().any(|(number, sentence)| {
        let has = |category| reading.has(sentence.words.clone(), category);
        let next = ["part/next-update", "part/next-loose", "part/keep-informed"];
        spoken(sentence.place)
            && !sentence.question
            && (has("date") || has("date-range"))
            && !denied(sentence.words.clone())
            && (has("future") || has("present") || !has("past-date") && !has("ed-word") && !has("past-word"))
            && !next.iter().any(|group| reading.in_sentence(number, group))
    })
}

/// A next word that is neither asked nor conditional nor vague. "Even if nothing has changed" is the opposite of
/// a condition.
fn promised(reading: &Reading<'_>, hit: &Hit) -> bool {
    let sentence = &reading.draft.sentences[hit.sentence];
    let whatever_happens = reading.in_sentence(hit.sentence, "part/again-and-again");
    !sentence.question
        && !reading.has(hit.from..hit.to, "soon")
        && (whatever_happens || !reading.has(sentence.words.start..hit.from, "conditional"))
        && !reading.has(sentence.words.clone(), "opening-phrase")
}

/// Owned in the first person, and not denied in the same breath.
fn owned(reading: &Reading<'_>) -> bool {
    reading.said("part/ownership").any(|hit| {
        let sentence = reading.draft.sentences[hit.sentence].words.clone();
        let before = hit.from.saturating_sub(3).max(sentence.start)..hit.from;
        !reading.has(before, "negation")
    })
}

/// A step that is concrete: not denied, not asked.
fn acted(reading: &Reading<'_>) -> bool {
    reading.said("part/corrective-action").any(|hit| {
        let sentence = &reading.draft.sentences[hit.sentence];
        let before = hit.from.saturating_sub(2).max(sentence.words.start)..hit.to;
        let vague = ["vague-promise/soon", "vague-promise/effort"]
            .iter()
            .any(|group| reading.in_sentence(hit.sentence, group));
        let concrete = !vague || reading.timed(hit.sentence);
        let offered = reading.has(hit.from..hit.to, "maybe");
        let said = sentence.place == Place::Body && !sentence.question;
        said && concrete && !offered && !reading.has(before, "negation")
    })
}

/// Whether a sentence carries the news, or at least the warning that it is coming.
pub(crate) fn news_in(reading: &Reading<'_>, sentence: usize) -> bool {
    reading.in_sentence(sentence, "news/plain") || reading.in_sentence(sentence, "news/hint")
}

/// The words of a sentence that carry the news itself.
pub(crate) fn news_at(reading: &Reading<'_>, sentence: usize) -> Option<Range<usize>> {
    let hits = reading.hits("news/plain");
    let from = hits.partition_point(|hit| hit.sentence < sentence);
    hits.get(from).filter(|hit| hit.sentence == sentence).map(|hit| hit.mark_from..hit.mark_to)
}
