//! The after-call sheet. Only *Spoke* and *Met* lead on to told.

use super::TalkHead;
use crate::pages::case::ExpectationForm;
use crate::pages::letters::LetterForm;
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
    /// They heard it, or read it: what exactly, and how it stands now.
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
    /// The proposed moment, on the customer's clock.
    pub at: String,
    /// Whose clock that is: "Bergen time".
    pub zone: String,
}

/// What was said, to whom, and how it stands. Filled in from the talk.
#[derive(Debug, Clone)]
pub struct ToldForm {
    /// `spoke`, `met` or `e-mail`
    pub how: String,
    /// Why e-mail first; empty for *Spoke* and *Met*.
    pub email_reasons: Vec<Choice>,
    /// The reason in one's own words, where it is "no other way".
    pub email_why: String,
    /// The mail to be read, changed and sent, if that is the way.
    pub first_word: Option<LetterForm>,
    /// Who heard it.
    pub contacts: Vec<Choice>,
    /// The name of somebody else, as typed.
    pub other: String,
    /// What was expected of each line when this was shown: name and value of hidden fields.
    pub said: Vec<(String, String)>,
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
    /// By when they answer, if they think it over: ISO.
    pub answer_by: String,
    /// When we speak next, on the customer's clock.
    pub next_word_at: String,
    /// Whose clock that is: "Bergen time".
    pub zone: String,
    /// What is missing or wrong, a sentence each, after a refusal.
    pub wrong: Vec<String>,
}

impl ToldForm {
    /// The first word by e-mail, where Forewarn sends it.
    #[must_use]
    pub fn letter_from_here(&self) -> Option<&LetterForm> {
        self.first_word.as_ref().filter(|letter| letter.from_here())
    }

    /// Whether a line has a day of its own.
    #[must_use]
    pub fn has_own_dates(&self) -> bool {
        self.lines.iter().any(|line| !line.date.is_empty())
    }
}

impl ToldLine {
    /// The name of the field for the line's own day.
    #[must_use]
    pub fn date_field(&self) -> String {
        format!("date-{}", self.id)
    }
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
    /// The day that holds for this line only, ISO; empty for what holds for all.
    pub date: String,
}
