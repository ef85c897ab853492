//! Escalation: who hears when something owed to a customer is not done.

use super::{Field, Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::tone::Choice;
use askama::Template;

/// `GET /settings/escalation`
#[derive(Debug, Template)]
#[template(path = "settings/escalation.html")]
pub struct EscalationPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// What it does: a Friday afternoon, as usual and when it is hot.
    pub examples: Vec<Example>,
    /// Whose customer the example is about.
    pub owners: Vec<Choice>,
    /// The ladders.
    pub ladders: Vec<LadderForm>,
    /// Whether mail and chat may reach people outside of their working hours.
    pub outside: Vec<Choice>,
    /// Whether leaders get their weekly words.
    pub weekly: Vec<Choice>,
    /// How long an acknowledgement holds the next step back.
    pub acknowledged: Field,
    /// Whether what is shown was only tried, not kept.
    pub tried: bool,
    /// Whether anything can't be kept as it was typed.
    pub refused: bool,
}

/// One ladder, to change.
#[derive(Debug, Clone)]
pub struct LadderForm {
    /// What stands before the names of its fields: "tell".
    pub key: &'static str,
    /// "Telling the customer"
    pub title: &'static str,
    /// What it watches over.
    pub says: &'static str,
    /// Its steps, and an empty one for another.
    pub rows: Vec<StepRow>,
    /// What is wrong with it, and what to do.
    pub wrong: Option<String>,
}

/// One step of a ladder, to change.
#[derive(Debug, Clone)]
pub struct StepRow {
    /// "1"
    pub number: usize,
    /// What stands before the names of its fields: "tell-0".
    pub key: String,
    /// When it is due; the empty one leaves the step out.
    pub whens: Vec<Choice>,
    /// How many hours or days, where that asks for a number.
    pub n: String,
    /// Whom it tells.
    pub tos: Vec<Choice>,
}

/// What a ladder does on a Friday afternoon.
#[derive(Debug, Clone)]
pub struct Example {
    /// "As usual"
    pub title: &'static str,
    /// "News on Fri 27 Nov 15:00, to be told by Mon 30 Nov 10:00."
    pub says: String,
    /// The same as a picture.
    pub strip: TimeStrip,
    /// Who hears, in order.
    pub steps: Vec<ExampleStep>,
}

/// One step of the example.
#[derive(Debug, Clone)]
pub struct ExampleStep {
    /// "Mon 30 Nov 10:00"
    pub when: String,
    /// "Mia Lund"
    pub who: String,
    /// "deputy or leader; Jon Eide is away"
    pub why: String,
    /// "By mail at Mon 30 Nov 08:00"; empty where it is at once.
    pub mail: String,
}

/// Time as a strip: 600 units long, working hours as bands, steps as numbered marks.
#[derive(Debug, Clone)]
pub struct TimeStrip {
    /// When people work: from where, and how long.
    pub open: Vec<(i32, i32)>,
    /// Where days begin, and their names.
    pub days: Vec<(i32, String)>,
    /// Where it becomes news.
    pub news: i32,
    /// Where the deadline is.
    pub due: i32,
    /// The steps: place, height, number.
    pub marks: Vec<(i32, i32, usize)>,
    /// The same in words.
    pub label: String,
}

impl LadderForm {
    /// Whether it is shown unfolded: the ladder for telling, and any that can't be kept.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.key == "tell" || self.wrong.is_some()
    }
}

impl EscalationPage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let example = Example {
            title: "As usual",
            says: "News on Fri 27 Nov 15:00, to be told by Mon 30 Nov 10:00.".into(),
            strip: TimeStrip {
                open: vec![(0, 60), (440, 160)],
                days: vec![(0, "Fri 27".into()), (440, "Mon 30".into())],
                news: 10,
                due: 480,
                marks: vec![(60, 0, 1), (480, 0, 2), (480, 18, 3)],
                label: "1 Fri 16:00, 2 Mon 10:00, 3 Mon 10:00".into(),
            },
            steps: vec![ExampleStep {
                when: "Fri 27 Nov 16:30".into(),
                who: "Jon Eide".into(),
                why: "owner".into(),
                mail: "By mail Mon 30 Nov 08:00.".into(),
            }],
        };
        let row = |number: usize, when: &str| StepRow {
            number,
            key: format!("tell-{number}"),
            whens: Choice::list(&[("", "Leave out"), ("at-due", "At the deadline")], when),
            n: String::new(),
            tos: Choice::list(&[("owner", "Owner"), ("leader", "Leader")], "leader"),
        };
        let page = |tried, wrong: Option<&str>| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Escalation),
            examples: vec![example.clone()],
            owners: Choice::list(&[("1", "Jon Eide")], "1"),
            ladders: vec![LadderForm {
                key: "tell",
                title: "Telling the customer",
                says: "News that a customer has not been told.",
                rows: vec![row(1, "at-due"), row(2, "")],
                wrong: wrong.map(str::to_owned),
            }],
            outside: Choice::list(&[("never", "Never"), ("always", "At any time")], "never"),
            weekly: Choice::list(&[("on", "Write them"), ("off", "Don’t")], "on"),
            acknowledged: Field::new("acknowledged_for_hours", "Working hours", "2"),
            tried,
            refused: wrong.is_some(),
        };
        vec![("kept", page(false, None)), ("refused", page(false, Some("Step 1 lacks its number.")))]
    }
}
