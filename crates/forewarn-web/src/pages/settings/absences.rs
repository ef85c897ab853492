//! Absences: who is away, and who gets their work.

use super::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::tone::Choice;
use askama::Template;

/// `GET /settings/absences`
#[derive(Debug, Template)]
#[template(path = "settings/absences.html")]
pub struct AbsencesPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// Who is away.
    pub now: Vec<AbsenceCard>,
    /// Who will be.
    pub coming: Vec<AbsenceCard>,
    /// The form for another absence.
    pub form: AbsenceForm,
}

/// One absence.
#[derive(Debug, Clone)]
pub struct AbsenceCard {
    /// Its number.
    pub id: String,
    /// "Jon Eide"
    pub name: String,
    /// "Mon 23 Nov to Fri 4 Dec; back Mon 7 Dec 08:00."
    pub when: String,
    /// "Mia Lund stands in." or who gets the work instead.
    pub says: String,
    /// Whether nobody stands in.
    pub watch: bool,
    /// Whether it has begun.
    pub begun: bool,
    /// The form to change it; `None` for those who may only look.
    pub form: Option<AbsenceForm>,
}

/// When somebody is away, and who stands in.
#[derive(Debug, Clone, Default)]
pub struct AbsenceForm {
    /// What stands before the ids of its fields: the number of the absence.
    pub key: String,
    /// Whose it can be; empty where that is settled.
    pub people: Vec<Choice>,
    /// The first day, as typed.
    pub from: String,
    /// The last day, as typed.
    pub until: String,
    /// Who can stand in.
    pub deputies: Vec<Choice>,
    /// What is wrong with it, and what to do.
    pub wrong: Option<String>,
}

impl AbsencesPage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let deputies = || Choice::list(&[("", "Nobody: my leader sees to it"), ("2", "Mia Lund")], "2");
        let form = |key: &str, wrong: Option<&str>| AbsenceForm {
            key: key.into(),
            people: Choice::list(&[("1", "Jon Eide"), ("3", "Ole Moe")], "1"),
            from: "2026-11-23".into(),
            until: "2026-12-04".into(),
            deputies: deputies(),
            wrong: wrong.map(str::to_owned),
        };
        let card = |id: &str, begun, form: Option<AbsenceForm>| AbsenceCard {
            id: id.into(),
            name: "Jon Eide".into(),
            when: "Mon 23 Nov to Fri 4 Dec; back Mon 7 Dec 08:00.".into(),
            says: "Nobody stands in: new work goes to Mia Lund.".into(),
            watch: true,
            begun,
            form: form.map(|form| AbsenceForm { people: Vec::new(), ..form }),
        };
        let page = |now, coming, wrong| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Absences),
            now,
            coming,
            form: form("new", wrong),
        };
        let wrong = Some("The absence ends before it begins. Swap the two.");
        vec![
            (
                "some",
                page(
                    vec![card("1", true, Some(form("1", None)))],
                    vec![card("2", false, Some(form("2", wrong)))],
                    None,
                ),
            ),
            ("none", page(Vec::new(), Vec::new(), None)),
            ("refused", page(vec![card("1", true, None)], Vec::new(), wrong)),
        ]
    }
}
