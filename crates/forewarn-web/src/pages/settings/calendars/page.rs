//! One calendar: its hours, its days off, and what a calendar file would add.

use super::{StripRow, WeekDay, WeekStrip};
use crate::pages::settings::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::sign_in::FieldError;
use crate::pages::tone::Choice;
use askama::Template;

/// `GET /settings/calendars/{whose}`
#[derive(Debug, Template)]
#[template(path = "settings/calendar.html")]
pub struct CalendarPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// The address of this page; forms post below it.
    pub href: String,
    /// Whose it is: "Norpump", "Halvorsen Marine".
    pub name: String,
    /// "This holds for everybody without a calendar of their own."
    pub says: String,
    /// "Open now, until 17:00." and the like.
    pub now: String,
    /// Whether it is their own; otherwise the page shows the one that holds for them.
    pub own: bool,
    /// Whether it can be given up for the one above: never the company's.
    pub can_give_up: bool,
    /// Whether this person may change it.
    pub can_change: bool,
    /// The week as a picture.
    pub strip: WeekStrip,
    /// The week as fields.
    pub week: Vec<WeekDay>,
    /// The time zone, as typed.
    pub zone: String,
    /// What is wrong with it.
    pub zone_wrong: Option<String>,
    /// Names of time zones to choose from.
    pub zones: Vec<String>,
    /// Whose public holidays are kept.
    pub countries: Vec<CountryChoice>,
    /// The days off of the next months.
    pub days: Vec<DayRow>,
    /// Those that lie further ahead.
    pub later: Vec<DayRow>,
    /// What was typed in the last try to add days: from, to, name.
    pub typed: (String, String, String),
    /// What was wrong with it.
    pub wrong: Vec<FieldError>,
}

/// A country to choose.
pub type CountryChoice = Choice;

/// One day off.
#[derive(Debug, Clone)]
pub struct DayRow {
    /// "2026-12-25", as it is sent.
    pub date: String,
    /// "Fri 25 Dec"
    pub day: String,
    /// "Christmas Day"
    pub name: String,
    /// "Norway"; empty for a day of one's own.
    pub of: String,
    /// Whether people work on it nonetheless.
    pub worked: bool,
    /// Whether nobody would work on it anyway.
    pub weekend: bool,
}

/// What `POST …/file` answers: what a calendar file would add. Nothing is kept yet.
#[derive(Debug, Template)]
#[template(path = "settings/file.html")]
pub struct FilePage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// The address of the calendar.
    pub href: String,
    /// Whose it is.
    pub name: String,
    /// The name of the file.
    pub file: String,
    /// What it would add.
    pub days: Vec<FileDay>,
    /// How many of its days are free already.
    pub known: String,
    /// What is left out: its name and why.
    pub left_out: Vec<(String, String)>,
}

/// A day of a calendar file.
#[derive(Debug, Clone)]
pub struct FileDay {
    /// "2026-12-24 Christmas Eve", as it is sent.
    pub value: String,
    /// "Thu 24 Dec"
    pub day: String,
    /// "Christmas Eve"
    pub name: String,
    /// Whether nobody would work on it anyway.
    pub weekend: bool,
}

impl CalendarPage {
    /// Whether the hours could not be kept as they were typed.
    #[must_use]
    pub fn refused_hours(&self) -> bool {
        self.zone_wrong.is_some() || self.week.iter().any(|day| day.wrong.is_some())
    }

    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let day = |date: &str, day: &str, name: &str, of: &str, worked| DayRow {
            date: date.into(),
            day: day.into(),
            name: name.into(),
            of: of.into(),
            worked,
            weekend: false,
        };
        let strip = WeekStrip {
            rows: vec![
                StripRow { day: "Mon", top: 0, bars: vec![(96, 48), (156, 48)] },
                StripRow { day: "Sat", top: 16, bars: Vec::new() },
            ],
            hours: vec![(0, "0".into()), (144, "12".into())],
            label: "Monday 08:00-12:00, 13:00-17:00; Saturday free".into(),
        };
        let page = |own, can_change| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Calendars),
            href: "/settings/calendars/team-1".into(),
            name: "Nordic".into(),
            says: "This holds for everybody in the team without a calendar of their own.".into(),
            now: "Closed now in Oslo; opens Mon 23 Nov 08:00. 40 hours a week.".into(),
            own,
            can_give_up: true,
            can_change,
            strip: strip.clone(),
            week: vec![
                WeekDay {
                    name: "monday",
                    label: "Monday",
                    hours: "08:00-12:00, 13:00-17:00".into(),
                    wrong: None,
                },
                WeekDay {
                    name: "saturday",
                    label: "Saturday",
                    hours: "9-1".into(),
                    wrong: Some("“9-1” is not a block of hours: write it as 08:00-12:00".into()),
                },
            ],
            zone: "Europe/Oslo".into(),
            zone_wrong: None,
            zones: vec!["Europe/Oslo".into(), "UTC".into()],
            countries: Choice::list(&[("", "None"), ("NO", "Norway")], "NO"),
            days: vec![
                day("2026-12-24", "Thu 24 Dec", "Christmas Eve", "", false),
                day("2026-12-25", "Fri 25 Dec", "Christmas Day", "Norway", false),
                day("2027-05-17", "Mon 17 May 2027", "Constitution Day", "Norway", true),
            ],
            later: vec![day("2027-12-24", "Fri 24 Dec 2027", "Christmas Eve", "", false)],
            typed: Default::default(),
            wrong: vec![FieldError { field: "from".into(), text: "Choose the first day.".into() }],
        };
        vec![("own", page(true, true)), ("inherited", page(false, true)), ("to-look-at", page(true, false))]
    }
}

impl FilePage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |days: Vec<FileDay>| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Calendars),
            href: "/settings/calendars/company".into(),
            name: "Norpump".into(),
            file: "works-council-2027.ics".into(),
            days,
            known: "2 days of the file are free already.".into(),
            left_out: vec![("Standup".into(), "has a time of the day, so it is an appointment".into())],
        };
        let eve = FileDay {
            value: "2026-12-24 Christmas Eve".into(),
            day: "Thu 24 Dec".into(),
            name: "Christmas Eve".into(),
            weekend: false,
        };
        vec![("some", page(vec![eve])), ("none", page(Vec::new()))]
    }
}
