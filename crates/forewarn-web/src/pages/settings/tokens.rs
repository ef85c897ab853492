//! Tokens for programs: who has them, what they are good for, and a new one.

use super::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::sign_in::FieldError;
use crate::pages::tone::{Chip, Choice, Tone};
use askama::Template;

/// `GET /me/tokens`
#[derive(Debug, Template)]
#[template(path = "settings/tokens.html")]
pub struct TokensPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// The tokens that there are: one's own; for an admin, everybody's.
    pub tokens: Vec<TokenRow>,
    /// A token that was just made: its name, and the token. Shown once.
    pub made: Option<(String, String)>,
    /// Whether tokens of others are shown and made, too.
    pub for_others: bool,
    /// Whether making one asks for their password.
    pub asks_password: bool,
    /// For whom a token can be made; the field `person`.
    pub people: Vec<Choice>,
    /// How many days it can work; the field `days`.
    pub days: Vec<Choice>,
    /// What it can be good for; the field `scope`.
    pub scopes: Vec<Choice>,
    /// The name as typed in the last try.
    pub typed: String,
    /// What was wrong with the last try.
    pub wrong: Vec<FieldError>,
}

/// One token.
#[derive(Debug, Clone)]
pub struct TokenRow {
    /// Its number.
    pub id: String,
    /// "Nightly import"
    pub name: String,
    /// "Jon Eide"
    pub person: String,
    /// "reading, reports"
    pub scopes: String,
    /// "Mon 9 Nov 08:12", "never"
    pub last_used: String,
    /// "Sun 7 Feb"
    pub until: String,
    /// works, over, taken back
    pub state: Chip,
    /// Whether it can be taken back.
    pub works: bool,
}

impl TokensPage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let row = |name: &str, state: Chip, works| TokenRow {
            id: "4".to_owned(),
            name: name.to_owned(),
            person: "Jon Eide".to_owned(),
            scopes: "looking, reports".to_owned(),
            last_used: "today 05:10".to_owned(),
            until: "Sun 7 Feb".to_owned(),
            state,
            works,
        };
        let page = |tokens: Vec<TokenRow>, made: Option<(String, String)>, for_others| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Tokens),
            tokens,
            made,
            for_others,
            asks_password: true,
            people: Choice::list(&[("1", "Jon Eide"), ("2", "Mia Lund")], "1"),
            days: Choice::list(&[("30", "30 days"), ("90", "90 days"), ("365", "A year")], "90"),
            scopes: Choice::list(&[("read", "Looking"), ("import", "Bringing reports")], "read"),
            typed: String::new(),
            wrong: Vec::new(),
        };
        let tokens = vec![
            row("Nightly import", Chip::new("works", Tone::Good), true),
            row("Old dashboard", Chip::new("taken back", Tone::Quiet), false),
        ];
        let made = Some(("Nightly import".to_owned(), format!("fw_{}", "2xk9".repeat(16))));
        vec![("some", page(tokens, made, true)), ("none", page(Vec::new(), None, false))]
    }
}
