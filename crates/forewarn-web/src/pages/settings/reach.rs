//! Who can't be reached.

use super::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use askama::Template;

/// `GET /settings/reach`
#[derive(Debug, Template)]
#[template(path = "settings/reach.html")]
pub struct ReachPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// Everybody whom a notice would not reach.
    pub rows: Vec<ReachRow>,
}

/// Somebody whom a notice would not reach.
#[derive(Debug, Clone)]
pub struct ReachRow {
    /// The person, the team, or the owner as reports write it.
    pub name: String,
    /// Why, and what to do.
    pub why: String,
    /// Where that is done, and what the page is called; `None` where somebody else has to.
    pub mend: Option<(&'static str, &'static str)>,
}

impl ReachPage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page =
            |rows| Self { shell: Shell::sample(Place::Elsewhere), nav: Nav::sample(Section::Reach), rows };
        let row = ReachRow {
            name: "Nordic".into(),
            why: "Has no leader. Say who leads the team.".into(),
            mend: Some(("/settings/teams", "Teams")),
        };
        vec![("some", page(vec![row.clone(), ReachRow { mend: None, ..row }])), ("none", page(Vec::new()))]
    }
}
