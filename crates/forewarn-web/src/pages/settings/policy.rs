//! The policy: when a moved date is news, and how soon it has to be told.

use super::{Field, Nav, Section};
use crate::pages::shell::{Place, Shell};
use askama::Template;

/// `GET /settings/policy`
#[derive(Debug, Template)]
#[template(path = "settings/policy.html")]
pub struct PolicyPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// Tolerance, reaction days, damping.
    pub news: Vec<Field>,
    /// Working hours for a low, a raised and a high case.
    pub telling: Vec<Field>,
    /// Tries before an e-mail, apologies before a warning.
    pub talking: Vec<Field>,
    /// Whether what is shown was only tried, not kept.
    pub tried: bool,
    /// Whether anything can't be kept as it was typed.
    pub refused: bool,
}

impl PolicyPage {
    /// All fields that can't be kept, to jump to.
    pub fn wrong(&self) -> impl Iterator<Item = &Field> {
        let all = self.news.iter().chain(&self.telling).chain(&self.talking);
        all.filter(|field| field.wrong.is_some())
    }

    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |tried, wrong: Option<&str>| {
            Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Policy),
            news: vec![
                Field {
                    wrong: wrong.map(str::to_owned),
                    ..Field::new("tolerance_days", "Tolerance, working days", "2").effect(
                        "Promised for Fri 4 Dec: up to Tue 8 Dec it is a quiet change, from Wed 9 Dec a slip.",
                    )
                },
                Field::new("reaction_days", "Reaction days", "5")
                    .hint("Working days a customer needs to act on a change."),
            ],
            telling: vec![
                Field::new("tell_low", "Low, working hours", "8")
                    .effect("Firm Fri 27 Nov 16:00: told by Mon 30 Nov 16:00."),
                Field::new("tell_raised", "Raised, working hours", "4"),
                Field::new("tell_high", "High, working hours", "2"),
            ],
            talking: vec![Field::new("attempts_before_email", "Tries before an e-mail", "2")],
            tried,
            refused: wrong.is_some(),
        }
        };
        vec![
            ("kept", page(false, None)),
            ("tried", page(true, None)),
            ("refused", page(false, Some("“two” is no number. Write 0 to 60."))),
        ]
    }
}
