//! Calendars: when people work, and the days off.

mod page;
mod week;

pub use page::{CalendarPage, CountryChoice, DayRow, FileDay, FilePage};
pub use week::{StripRow, WeekDay, WeekStrip};

use super::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use askama::Template;

/// `GET /settings/calendars`
#[derive(Debug, Template)]
#[template(path = "settings/calendars.html")]
pub struct CalendarsPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// The company's, which holds for everybody without their own.
    pub company: CalendarCard,
    /// Teams, people and customers: heading, what it says where nobody has their own, the cards.
    pub groups: Vec<(String, String, Vec<CalendarCard>)>,
}

/// One calendar in the list.
#[derive(Debug, Clone)]
pub struct CalendarCard {
    /// Where it is.
    pub href: String,
    /// Whose it is.
    pub name: String,
    /// "40 hours a week, 08:00–17:00 in Oslo; holidays of Norway."
    pub says: String,
    /// "Next day off: Thu 24 Dec, Christmas Eve."
    pub next_off: String,
    /// Whether it is their own, or the one above.
    pub own: bool,
}

impl CalendarsPage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let card = |href: &str, name: &str, own| CalendarCard {
            href: format!("/settings/calendars/{href}"),
            name: name.to_owned(),
            says: "40 hours a week in Oslo, holidays of Norway.".to_owned(),
            next_off: "Next day off: Thu 24 Dec, Christmas Eve.".to_owned(),
            own,
        };
        let groups = vec![
            ("Teams".to_owned(), String::new(), vec![card("team-1", "Nordic", true)]),
            ("Customers".to_owned(), "All work as we do, each on their own clock.".to_owned(), Vec::new()),
        ];
        let page = Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Calendars),
            company: card("company", "Norpump", true),
            groups,
        };
        vec![("some", page)]
    }
}
