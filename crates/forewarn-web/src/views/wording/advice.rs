//! From what the wording check finds to what stands beside the words: a remark for each sentence, with what to
//! say instead from the case's own facts.

use super::context::{Of, context, is_fit};
use super::sentences::{Sentences, Units};
use super::{brief, is_too_long, news_lines};
use crate::pages::tone::Tone;
use crate::pages::words::{Advice, Flaw, Remark, Say};
use crate::views::scene::Scene;
use crate::views::shown::count;
use forewarn_domain::letter::LetterKind;
use forewarn_wording::{Finding, Part, Report, Severity, check};
use std::ops::Range;

/// What there is to say about a text of a case. `subject` is the line above it, if it is a mail.
pub(crate) fn advice(scene: &Scene, of: Of, subject: Option<&str>, text: &str) -> Advice {
    let context = context(scene, of);
    let head = subject.map(|subject| format!("Subject: {subject}\n\n")).unwrap_or_default();
    let whole = format!("{head}{text}");
    let report = if text.trim().is_empty() {
        Report::default()
    } else if is_too_long(&whole) {
        Report::not_checked(
            "It is longer than 20,000 characters, and so not checked. Check it in parts.".into(),
        )
    } else {
        check(&whole, &context)
    };
    let says = of.stands_alone().then(|| instead(scene));
    let remarks = remarks(&report, &whole, says.as_deref(), &Shift::behind(&head));
    let missing = missing(&report, of);
    Advice {
        of: of.name().to_owned(),
        action: format!("{}/checks?of={}", scene.href(), of.name()),
        keep: format!("{}/kept-words?of={}", scene.href(), of.name()),
        left: left(&report, &missing),
        remarks,
        missing,
    }
}

/// What to say instead of sentences with several flaws: the news with its date, the cause, the effect on them,
/// and when they hear from us. Every sentence of it passes this check itself.
pub(crate) fn instead(scene: &Scene) -> String {
    let mut brief = brief(scene);
    brief.lines = news_lines(scene);
    let mut said = brief.news();
    said.extend(brief.cause_said().filter(|cause| is_fit(cause, &context(scene, Of::Cause))));
    said.push(brief.acknowledgement());
    said.extend(brief.next_word.map(|by| brief.next_word_said(by)));
    said.join(" ")
}

/// A remark a sentence. `says` replaces a sentence with more than one flaw.
pub(crate) fn remarks(report: &Report, text: &str, says: Option<&str>, shift: &Shift) -> Vec<Remark> {
    let places = report.utf16(text);
    let sentences = Sentences::of(text);
    let mut remarks: Vec<Remark> = Vec::new();
    let mut sayings: Vec<Option<(&str, Range<usize>)>> = Vec::new();
    let mut covered = 0..0;
    for (finding, place) in report.findings.iter().zip(&places) {
        let sentence = sentences.around(finding.start..finding.end);
        let joins = sentence.start < covered.end && !remarks.is_empty();
        covered = if joins { covered.start..covered.end.max(sentence.end) } else { sentence };
        let words = quoted(&finding.instead).filter(|_| finding.from_case);
        if !joins {
            remarks.push(Remark { number: remarks.len(), flaws: Vec::new(), say: None });
            sayings.push(None);
        }
        let (Some(remark), Some(saying)) = (remarks.last_mut(), sayings.last_mut()) else { continue };
        remark.flaws.push(flaw(finding, place, shift));
        let several = remark.flaws.iter().any(|one| one.rule != finding.rule);
        if let Some(words) = if several { says.or(words) } else { words } {
            *saying = Some((words, covered.clone()));
        }
    }
    let mut units = Units::from(text, shift.bytes);
    for (remark, saying) in remarks.iter_mut().zip(sayings) {
        remark.say = saying.and_then(|(words, bytes)| {
            let place = units.place(&bytes)?;
            Some(Say { words: words.to_owned(), from: place.start, to: place.end })
        });
    }
    remarks
}

/// What is left, as one quiet sentence.
fn left(report: &Report, missing: &[String]) -> String {
    let (shown, flaws) = (report.findings.len(), report.findings.len() + report.more);
    let flaws = (flaws > 0).then(|| {
        let all = count(flaws as u64, "place to look at", "places to look at");
        if report.more > 0 { format!("{all}, here the first {shown}") } else { all }
    });
    let parts = (!missing.is_empty()).then(|| count(missing.len() as u64, "part", "parts"));
    let parts = parts.map(|parts| format!("{parts} not in it yet"));
    match (&report.note, flaws, parts) {
        (Some(note), ..) => note.clone(),
        (None, None, None) => String::new(),
        (None, flaws, parts) => {
            let said: Vec<String> = flaws.into_iter().chain(parts).collect();
            format!("Before it leaves the house: {}.", said.join("; "))
        }
    }
}

/// What belongs into a letter of this kind, and is not there.
fn missing(report: &Report, of: Of) -> Vec<String> {
    let due = |part: &Part| match of.letter() {
        Some(LetterKind::Recap | LetterKind::FirstWord) => true,
        Some(LetterKind::Update) => {
            matches!(part, Part::DateOrNoDate | Part::NextUpdate | Part::Thanks | Part::KeepInformed)
        }
        Some(LetterKind::Delivered) | None => false,
    };
    report.missing.iter().filter(|part| due(part)).map(|part| part_said(*part).to_owned()).collect()
}

/// A part as one says it.
fn part_said(part: Part) -> &'static str {
    match part {
        Part::News => "the news in plain words",
        Part::DateOrNoDate => "the new date, or that there is none",
        Part::NextUpdate => "when they hear from you next",
        Part::Acknowledge => "what it does to them",
        Part::Apology => "an apology",
        Part::Ownership => "that it is on us",
        Part::CorrectiveAction => "what we do about it",
        Part::Options => "something to choose",
        Part::Thanks => "thanks",
        Part::KeepInformed => "that you keep them informed",
    }
}

fn flaw(finding: &Finding, place: &Range<usize>, shift: &Shift) -> Flaw {
    let place = shift.units(place);
    let (tone, weight) = match finding.severity {
        Severity::Fix => (Tone::Urgent, "Mend"),
        Severity::Consider => (Tone::Watch, "Consider"),
        Severity::Fyi => (Tone::Quiet, "Note"),
    };
    Flaw {
        rule: finding.rule.to_owned(),
        sentence: finding.sentence.clone(),
        quote: finding.quote.clone(),
        why: finding.why.clone(),
        instead: finding.instead.clone(),
        tone,
        weight: weight.to_owned(),
        from: place.as_ref().map(|place| place.start),
        to: place.map(|place| place.end),
    }
}

/// The words in “quotation marks” at the end of an advice: what can be said as it stands.
fn quoted(instead: &str) -> Option<&str> {
    let words = instead.strip_suffix('”')?;
    words.split_once(": “").map(|(_, words)| words).filter(|words| !words.contains('“'))
}

/// The subject line stands above what the field holds: places count from the field's first letter.
#[derive(Debug, Default)]
pub(crate) struct Shift {
    bytes: usize,
    units: usize,
}

impl Shift {
    fn behind(head: &str) -> Self {
        Self { bytes: head.len(), units: head.encode_utf16().count() }
    }

    /// UTF-16 units of the field; `None` for what stands in the subject.
    fn units(&self, place: &Range<usize>) -> Option<Range<usize>> {
        Some(place.start.checked_sub(self.units)?..place.end.checked_sub(self.units)?)
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn only_words_that_can_be_said_as_they_stand_are_offered_with_one_tap() {
        assert_eq!(quoted("Give the date: “It comes on Friday.”"), Some("It comes on Friday."));
        assert_eq!(quoted("Say “we” or “I”, and leave the name out."), None);
    }
}
