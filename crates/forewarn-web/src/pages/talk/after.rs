//! The after-call sheet. Only *Spoke* and *Met* lead on to told.

use super::TalkHead;
use crate::pages::case::ExpectationForm;
use crate::pages::shell::Shell;
use crate::pages::tone::Choice;
use askama::Template;

/// `GET /cases/{id}/talk/after` and, once answered, `…/after/{spoke|met|voicemail|no-answer|wrong-person}`
#[derive(Debug, Template)]
#[template(path = "talk/after.html")]
pub struct AfterPage {
    /// The frame.
    pub shell: Shell,
    /// The case and the contact.
    pub head: TalkHead,
    /// How far the sheet is.
    pub stage: AfterStage,
}

/// How far the sheet is.
#[derive(Debug, Clone)]
pub enum AfterStage {
    /// How did it go?
    Ask,
    /// They heard it: what exactly, and how it stands now.
    Told(Box<ToldForm>),
    /// A voicemail: the text, and when to try again.
    Voicemail(TryAgain),
    /// No answer: when to try again.
    NoAnswer(TryAgain),
    /// The wrong person: who is the right one?
    WrongPerson(TryAgain),
}

/// When to try again.
#[derive(Debug, Clone)]
pub struct TryAgain {
    /// What to say on the voicemail; carries no news.
    pub say: String,
    /// "This was try 2 today."
    pub tries: String,
    /// The proposed moment, local.
    pub at: String,
}

/// What was said, to whom, and how it stands. Filled in from the talk.
#[derive(Debug, Clone)]
pub struct ToldForm {
    /// `spoke` or `met`
    pub how: String,
    /// Who heard it.
    pub contacts: Vec<Choice>,
    /// What they heard about.
    pub lines: Vec<ToldLine>,
    /// The new promise, word for word.
    pub expectation: ExpectationForm,
    /// Repeated it back right: yes, no, not asked.
    pub understood: Vec<Choice>,
    /// Accepts it: yes, no, thinks it over.
    pub agreed: Vec<Choice>,
    /// How they feel now.
    pub temperature: Vec<Choice>,
    /// What it does to them.
    pub impact: Vec<Choice>,
    /// Their own words.
    pub words: String,
    /// When we speak next, local.
    pub next_word_at: String,
    /// What the next word is about.
    pub next_word_about: String,
    /// What is missing or wrong, a sentence each, after a refusal.
    pub wrong: Vec<String>,
}

/// One line that they heard about.
#[derive(Debug, Clone)]
pub struct ToldLine {
    /// The promise's number; the field is called `line`.
    pub id: String,
    /// "4471 / 10, 40 pcs Pump P200"
    pub title: String,
    /// "was Fri 6 Nov"
    pub was: String,
    /// Whether it is ticked.
    pub told: bool,
}
