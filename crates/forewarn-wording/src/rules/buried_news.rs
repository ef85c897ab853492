//! The news comes late. See `buried-news.md`.

use super::{Found, Rule};
use crate::context::Channel;
use crate::draft::Place;
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "buried-news",
    severity: Severity::Fix,
    why: "Whoever has to act on it must not have to look for it; one line of warning is enough.",
    page: include_str!("buried-news.md"),
    find,
    instead,
};

/// As many sentences of other matter are too many …
const SENTENCES: usize = 2;
/// … when they have as many words,
const WORDS: usize = 24;
/// and as many words always are.
const WORDS_ALONE: usize = 42;

fn find(reading: &Reading<'_>) -> Vec<Found> {
    if reading.context.channel == Some(Channel::Voicemail) {
        return Vec::new();
    }
    let is_news =
        |number: usize| crate::parts::news_in(reading, number) || reading.in_sentence(number, "news/subject");
    let subject = reading.draft.sentences.iter().position(|s| s.place == Place::Subject);
    if subject.is_some_and(is_news) {
        return Vec::new();
    }
    let (mut sentences, mut words) = (0, 0);
    for (number, sentence) in reading.body() {
        if let Some(hit) = crate::parts::news_at(reading, number) {
            let before = words + hit.start - sentence.words.start;
            let late = sentences >= SENTENCES && before >= WORDS || before >= WORDS_ALONE;
            return if late { vec![Found::at(hit)] } else { Vec::new() };
        }
        sentences += 1;
        words += sentence.words.len();
    }
    Vec::new()
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    say::or(
        "Begin with it:",
        say::news(reading.context),
        "Put this sentence first, with the new date in it; the rest can follow.",
    )
}
