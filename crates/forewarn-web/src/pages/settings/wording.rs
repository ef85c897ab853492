//! How often each rule of the wording check was overruled, for leaders.

use super::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::tone::Choice;
use askama::Template;

/// `GET /settings/wording`
#[derive(Debug, Template)]
#[template(path = "settings/wording.html")]
pub struct WordingPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// Since when it is counted.
    pub since: Vec<Choice>,
    /// "In the last 90 days, 7 sentences were kept as they were, against 3 of 13 rules."
    pub summary: String,
    /// Every rule, the most often overruled first.
    pub rules: Vec<RuleRow>,
}

/// One rule.
#[derive(Debug, Clone)]
pub struct RuleRow {
    /// "conditional-apology"
    pub name: String,
    /// Why it makes the news worse.
    pub why: String,
    /// How often a sentence was kept against it.
    pub kept: u32,
    /// The same as a share of the most, 0 to 100, for the bar.
    pub share: u32,
}

impl WordingPage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let rule = |name: &str, why: &str, kept, share| RuleRow {
            name: name.to_owned(),
            why: why.to_owned(),
            kept,
            share,
        };
        let page = |rules: Vec<RuleRow>, summary: &str| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Wording),
            since: Choice::list(&[("30", "30 days"), ("90", "90 days"), ("365", "A year")], "90"),
            summary: summary.to_owned(),
            rules,
        };
        let rules = vec![
            rule("sugarcoat", "The customer hears the sugar first, and feels handled.", 5, 100),
            rule("blame", "Whom we blame is our own affair.", 2, 40),
            rule("litany", "One cause is enough.", 0, 0),
        ];
        vec![
            (
                "some",
                page(
                    rules,
                    "In the last 90 days, 7 sentences were kept as they were, against 2 of the 13 rules.",
                ),
            ),
            ("none", page(Vec::new(), "In the last 90 days, no sentence was kept against a rule.")),
        ]
    }
}
