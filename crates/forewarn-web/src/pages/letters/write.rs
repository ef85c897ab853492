//! A letter that has a page of its own to be written on.

use super::LetterForm;
use crate::pages::shell::{Place, Shell};
use askama::Template;

/// `GET /cases/{id}/letters/new`
#[derive(Debug, Template)]
#[template(path = "letters/write.html")]
pub struct WritePage {
    /// The frame.
    pub shell: Shell,
    /// The case: "/cases/7".
    pub href: String,
    /// The version of the case that this page shows.
    pub seen: String,
    /// The customer.
    pub customer: String,
    /// "Update"
    pub title: String,
    /// What the letter does, in a sentence.
    pub says: String,
    /// What to know before it is sent once more.
    pub warning: Option<String>,
    /// What is missing or wrong, a sentence each, after a refusal.
    pub wrong: Vec<String>,
    /// When they hear from us after this letter, where it says so.
    pub next_word: Option<NextWordChoice>,
    /// The letter.
    pub letter: LetterForm,
}

/// When they hear from us after the letter; another moment makes another text.
#[derive(Debug, Clone)]
pub struct NextWordChoice {
    /// Local date and time: `2026-11-12T10:00`.
    pub at: String,
    /// Whose clock that is: "Bergen time".
    pub zone: String,
    /// The letter that this one repeats.
    pub again: Option<String>,
}

impl WritePage {
    /// An update, one to be sent once more, and one where mail is not set up.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |from_here| Self {
            shell: Shell::sample(Place::Today),
            href: "/cases/7".into(),
            seen: "14".into(),
            customer: "Halvorsen Marine".into(),
            title: "Update".into(),
            says: "A next word in writing. When it has left, your word of Thu 12 Nov 10:00 is kept.".into(),
            warning: None,
            wrong: Vec::new(),
            next_word: Some(NextWordChoice {
                at: "2026-11-16T10:00".into(),
                zone: "Bergen time".into(),
                again: None,
            }),
            letter: LetterForm { kind: "update".into(), ..LetterForm::sample(from_here) },
        };
        let again = Self {
            warning: Some("We can’t tell whether the first one left. They may get this twice.".into()),
            ..page(true)
        };
        let refused = Self { wrong: vec!["Say to which address it goes.".into()], ..page(true) };
        vec![("update", page(true)), ("refused", refused), ("again", again), ("by-hand", page(false))]
    }
}
