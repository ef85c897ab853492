//! Teams: who leads them, and who is next above.

use super::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::sign_in::FieldError;
use crate::pages::tone::{Chip, Choice, Tone};
use askama::Template;

/// `GET /settings/teams`
#[derive(Debug, Template)]
#[template(path = "settings/teams.html")]
pub struct TeamsPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// All teams.
    pub teams: Vec<TeamCard>,
    /// Who can lead a team that is added.
    pub leaders: Vec<Choice>,
    /// Above which a team can be that is added.
    pub above: Vec<Choice>,
    /// The name typed in the last try to add a team.
    pub typed: String,
    /// What was wrong with it.
    pub wrong: Vec<FieldError>,
}

/// One team.
#[derive(Debug, Clone)]
pub struct TeamCard {
    /// Its number.
    pub id: String,
    /// "Nordic"; what was typed, where that could not be kept.
    pub name: String,
    /// "Led by Mia Lund, 4 people; next above: Sales."
    pub says: String,
    /// What has to be looked at: "no leader".
    pub chip: Option<Chip>,
    /// Its calendar.
    pub calendar: String,
    /// Who can lead it.
    pub leaders: Vec<Choice>,
    /// Which team can be above it.
    pub above: Vec<Choice>,
    /// Whether it can be taken away: nobody is in it.
    pub can_remove: bool,
    /// What was wrong with the last change.
    pub wrong: Option<String>,
}

impl TeamsPage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let people = || Choice::list(&[("", "Nobody yet"), ("2", "Mia Lund")], "2");
        let above = || Choice::list(&[("", "None"), ("1", "Everyone")], "");
        let card = |id: &str, name: &str, wrong: Option<&str>, can_remove: bool| TeamCard {
            id: id.into(),
            name: name.into(),
            says: "Led by Mia Lund, 4 people; next above: Everyone.".into(),
            chip: can_remove.then(|| Chip::new("no leader", Tone::Watch)),
            calendar: format!("/settings/calendars/team-{id}"),
            leaders: people(),
            above: above(),
            can_remove,
            wrong: wrong.map(str::to_owned),
        };
        let page = |wrong: Option<&str>, add| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Teams),
            teams: vec![card("1", "Nordic", wrong, false), card("2", "South", None, true)],
            leaders: people(),
            above: above(),
            typed: String::new(),
            wrong: add,
        };
        let taken =
            FieldError { field: "team-name".into(), text: "There is a team “Nordic” already.".into() };
        vec![
            ("two", page(None, Vec::new())),
            ("refused", page(Some("South stands below Nordic already."), vec![taken])),
        ]
    }
}
