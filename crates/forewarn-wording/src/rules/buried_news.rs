//! The news comes late. See `buried-news.md`.

use super::{Found, Rule, litany};
use crate::context::Channel;
use crate::draft::Place;
use crate::parts;
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
const WORDS: usize = 18;
/// and as many words always are.
const WORDS_ALONE: usize = 30;
/// Other matter is praise, thanks, history, the market, what goes well: at least as many words speak of it.
const PADDING: usize = 2;
/// Or it is a story of how it came about, of as many troubles.
const CAUSES: usize = 3;

/// What names this, in a sentence that isn't seen to be news, may be news all the same.
const SPECIFIC: [&str; 6] = ["date", "clock-time", "duration", "digits", "your", "trouble-noun"];

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let subject = reading.draft.sentences.iter().position(|s| s.place == Place::Subject);
    let carried = |number| parts::news_in(reading, number) || reading.in_sentence(number, "news/subject");
    if reading.context.channel == Some(Channel::Voicemail) || subject.is_some_and(carried) {
        return Vec::new();
    }
    let (mut sentences, mut words, mut padding, mut causes, mut specific) = (0, 0, 0, 0, false);
    for (number, sentence) in reading.body() {
        if let Some(news) = parts::news_at(reading, number) {
            let before = sentence.words.start..news.start;
            let late = sentences >= SENTENCES && words >= WORDS || words + before.len() >= WORDS_ALONE;
            padding += reading.count(before, "padding");
            return if late && (padding >= PADDING || padding > 0 && !specific || causes >= CAUSES) {
                vec![Found::at(news)]
            } else {
                Vec::new()
            };
        }
        if reading.in_sentence(number, "news/hint") {
            return Vec::new();
        }
        sentences += 1;
        words += sentence.words.len();
        padding += reading.count(sentence.words.clone(), "padding");
        specific |= SPECIFIC.iter().any(|category| reading.has(sentence.words.clone(), category));
        causes += litany::troubles(reading, number).len();
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
