//! From what the wording check finds to what stands beside the words: a remark for each sentence, with what to
//! say instead from the case's own facts.

use super::context::{Of, context};
use super::{brief, news_lines};
use crate::pages::tone::Tone;
use crate::pages::words::{Advice, Flaw, Remark, Say};
use crate::views::scene::Scene;
use crate::views::shown::count;
use forewarn_domain::letter::LetterKind;
use forewarn_wording::{Context, Finding, Part, Report, Severity, check};
use std::ops::Range;

/// What there is to say about a text of a case. `subject` is the line above it, if it is a mail.
pub(crate) fn advice(scene: &Scene, of: Of, subject: Option<&str>, text: &str) -> Advice {
    let context = context(scene, of);
    let head = subject.map(|subject| format!("Subject: {subject}\n\n")).unwrap_or_default();
    let whole = format!("{head}{text}");
    let report = if text.trim().is_empty() { Report::default() } else { check(&whole, &context) };
    let says = of.stands_alone().then(|| instead(scene));
    let remarks = remarks(&report, &whole, &context, says.as_deref(), &Shift::behind(&head));
    let missing = missing(&report, of);
    Advice {
        of: of.name().to_owned(),
        action: format!("{}/checks?of={}", scene.href(), of.name()),
        keep: format!("{}/kept-words?of={}", scene.href(), of.name()),
        left: left(&remarks, &missing, report.note.as_deref()),
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
    said.extend(brief.cause_said().filter(|cause| !check(cause, &context(scene, Of::Cause)).must_fix()));
    said.push(brief.acknowledgement());
    said.extend(brief.next_word.map(|by| brief.next_word_said(by)));
    said.join(" ")
}

/// A remark a sentence. `says` replaces a sentence with more than one flaw.
pub(crate) fn remarks(
    report: &Report,
    text: &str,
    context: &Context,
    says: Option<&str>,
    shift: &Shift,
) -> Vec<Remark> {
    let general = Context { fault: context.fault, channel: context.channel, ..Context::default() };
    let general = check(text, &general);
    let from_case = |finding: &Finding| {
        !general.findings.iter().any(|one| one.rule == finding.rule && one.instead == finding.instead)
    };
    let places = report.utf16(text);
    let mut remarks: Vec<Remark> = Vec::new();
    let mut covered = 0..0;
    for (finding, place) in report.findings.iter().zip(&places) {
        let sentence = sentence_around(text, finding.start..finding.end);
        let joins = sentence.start < covered.end && !remarks.is_empty();
        covered = if joins { covered.start..covered.end.max(sentence.end) } else { sentence };
        let words = quoted(&finding.instead).filter(|_| from_case(finding));
        if !joins {
            remarks.push(Remark { number: remarks.len(), flaws: Vec::new(), say: None });
        }
        let Some(remark) = remarks.last_mut() else { continue };
        remark.flaws.push(flaw(finding, place, shift));
        let several = remark.flaws.iter().any(|one| one.rule != finding.rule);
        let words = if several { says.or(words) } else { words };
        if let (Some(words), Some(place)) = (words, shift.place(text, &covered)) {
            remark.say = Some(Say { words: words.to_owned(), from: place.start, to: place.end });
        }
    }
    remarks
}

/// What is left, as one quiet sentence.
fn left(remarks: &[Remark], missing: &[String], note: Option<&str>) -> String {
    let flaws: usize = remarks.iter().map(|remark| remark.flaws.len()).sum();
    let flaws = (flaws > 0).then(|| count(flaws as u64, "place to look at", "places to look at"));
    let parts = (!missing.is_empty()).then(|| count(missing.len() as u64, "part", "parts"));
    let parts = parts.map(|parts| format!("{parts} not in it yet"));
    match (note, flaws, parts) {
        (Some(note), ..) => note.to_owned(),
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

/// From the start of the sentence that the words stand in to its end, in bytes.
fn sentence_around(text: &str, words: Range<usize>) -> Range<usize> {
    let (before, after) = (text.get(..words.start).unwrap_or(""), text.get(words.end..).unwrap_or(""));
    let ends = |c: char| matches!(c, '.' | '!' | '?');
    let starts_after = |(at, c): (usize, char)| {
        let gap = before.get(at + c.len_utf8()..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
        (c == '\n' || ends(c) && gap).then_some(at + c.len_utf8())
    };
    let start = before.char_indices().rev().find_map(starts_after).unwrap_or(0);
    let start = start + before[start..].len() - before[start..].trim_start().len();
    let done = text.get(..words.end).is_some_and(|said| said.ends_with(ends));
    let stops_at = |(at, c): (usize, char)| {
        let rest = after.get(at + c.len_utf8()..).unwrap_or("");
        let gap = rest.is_empty() || rest.starts_with(char::is_whitespace);
        if c == '\n' { Some(at) } else { (ends(c) && gap).then_some(at + c.len_utf8()) }
    };
    let end = if done { 0 } else { after.char_indices().find_map(stops_at).unwrap_or(after.len()) };
    start..words.end + end
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

    /// The same from bytes of the whole text.
    fn place(&self, text: &str, bytes: &Range<usize>) -> Option<Range<usize>> {
        let units = |to: usize| Some(text.get(self.bytes..to)?.encode_utf16().count());
        Some(units(bytes.start)?..units(bytes.end)?)
    }
}

#[cfg(test)]
mod tests {
    use super::{quoted, sentence_around};

    #[test]
    fn a_sentence_ends_at_its_full_stop_or_line() {
        let check = |text: &str, words: &str, sentence: &str| {
            let at = text.find(words).unwrap();
            assert_eq!(&text[sentence_around(text, at..at + words.len())], sentence);
        };
        check("Hello. It ships soon. Bye.", "soon", "It ships soon.");
        check("Dear Ana,\n\nit ships soon\nJon", "ships", "it ships soon");
        check("It costs 2.5 more, soon.", "more", "It costs 2.5 more, soon.");
        check("Soon!", "Soon!", "Soon!");
        check("Größe: soon. Übel.", "soon", "Größe: soon.");
    }

    #[test]
    fn only_words_that_can_be_said_as_they_stand_are_offered_with_one_tap() {
        assert_eq!(quoted("Give the date: “It comes on Friday.”"), Some("It comes on Friday."));
        assert_eq!(quoted("Say “we” or “I”, and leave the name out."), None);
    }
}
