//! The first page of the settings: each part with how it stands.

use super::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::tone::{Chip, Tone};
use askama::Template;

/// `GET /settings`
#[derive(Debug, Template)]
#[template(path = "settings/index.html")]
pub struct IndexPage {
    /// The frame.
    pub shell: Shell,
    /// The parts.
    pub nav: Nav,
    /// Each part.
    pub rows: Vec<IndexRow>,
}

/// One part of the settings.
#[derive(Debug, Clone)]
pub struct IndexRow {
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// How it stands: "Mon to Fri, 40 hours a week, holidays of Norway."
    pub says: String,
    /// What has to be looked at: "2 can't be reached".
    pub chip: Option<Chip>,
}

impl IndexPage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let row = |section: Section, says: &str, chip| IndexRow {
            href: section.href().to_owned(),
            title: section.label().to_owned(),
            says: says.to_owned(),
            chip,
        };
        let rows = vec![
            row(
                Section::Calendars,
                "40 hours a week in Oslo, holidays of Norway.",
                Some(Chip::new("look here", Tone::Watch)),
            ),
            row(Section::Policy, "2 days of tolerance; told within 8, 4 or 2 working hours.", None),
        ];
        let nav = Nav { sections: Section::ALL.to_vec(), here: None };
        vec![("admin", Self { shell: Shell::sample(Place::Elsewhere), nav, rows })]
    }
}
