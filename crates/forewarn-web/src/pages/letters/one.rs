//! One letter, as it was approved, with what became of it.

use super::{LetterRow, ReplyRow};
use crate::pages::shell::{Place, Shell};
use askama::Template;

/// `GET /cases/{id}/letters/{letter}`
#[derive(Debug, Template)]
#[template(path = "letters/one.html")]
pub struct LetterPage {
    /// The frame.
    pub shell: Shell,
    /// The case: "/cases/7".
    pub href: String,
    /// The customer.
    pub customer: String,
    /// Its state, and what can be done about it.
    pub letter: LetterRow,
    /// Its text, word for word.
    pub body: String,
    /// What else is known: label and text.
    pub facts: Vec<(String, String)>,
    /// What they answered to it.
    pub replies: Vec<ReplyRow>,
}

impl LetterPage {
    /// One in each state.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let names = ["unknown", "refused", "waiting", "approved", "sent", "cancelled"];
        let page = |letter: LetterRow| Self {
            shell: Shell::sample(Place::Today),
            href: "/cases/7".into(),
            customer: "Halvorsen Marine".into(),
            body: super::LetterForm::sample(true).body,
            facts: vec![
                ("Approved".into(), "today 09:21 by Jon Eide".into()),
                ("Handed over".into(), "twice".into()),
                ("Message-ID".into(), "<0190f3c2@norpump.example>".into()),
            ],
            replies: Vec::new(),
            letter,
        };
        names.into_iter().zip(LetterRow::samples().into_iter().map(page)).collect()
    }
}
