//! What the import would do, and what is wrong with rows, grouped by repair.

use crate::pages::shell::{Place, Shell};
use crate::pages::tone::{Choice, Tone};
use askama::Template;

/// `GET /imports/{id}/check`
#[derive(Debug, Template)]
#[template(path = "import/check.html")]
pub struct CheckPage {
    /// The frame.
    pub shell: Shell,
    /// "/imports/7"
    pub href: String,
    /// "open-orders.xlsx, 1,284 rows"
    pub file: String,
    /// "Will add 311 customers and 1,263 lines. 38 lines are past their promise, 61 slipped."
    pub summary: String,
    /// added, moved, delivered, unchanged, missing, rejected
    pub counts: Vec<Count>,
    /// `full` or `partial`; the field `extent`.
    pub extents: Vec<Choice>,
    /// What is wrong, grouped by repair.
    pub groups: Vec<RepairGroup>,
    /// The rejected rows as a file, if there are any.
    pub rejected_href: Option<String>,
    /// Why it can't be imported, if so.
    pub blocked: Option<String>,
    /// The label of the button: "Import 1,263 lines".
    pub import_label: String,
}

/// One of the counts.
#[derive(Debug, Clone)]
pub struct Count {
    /// "moved"
    pub name: String,
    /// "61"
    pub value: String,
    /// How it feels.
    pub tone: Tone,
}

/// Errors that one repair mends.
#[derive(Debug, Clone)]
pub struct RepairGroup {
    /// Tells the groups of a page apart.
    pub id: String,
    /// "7 rows: the promised date is empty"
    pub title: String,
    /// Whether these rows are left out unless repaired.
    pub rejects: bool,
    /// The first rows.
    pub rows: Vec<ErrorRow>,
    /// How many more there are.
    pub more: usize,
}

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub struct ErrorRow {
    /// The row in the file, from 1.
    pub row: u64,
    /// "Prom Dt"
    pub column: String,
    /// "31/02/26"
    pub found: String,
    /// "a date, day first"
    pub expected: String,
    /// "Correct it in the file, or skip the row."
    pub fix: String,
}

impl CheckPage {
    /// With errors, clean, and blocked.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let clean = Self { groups: Vec::new(), rejected_href: None, ..with_errors() };
        let blocked = Self {
            blocked: Some("All 1,284 rows are rejected, so there is nothing to import. Go back to the columns: “Prom Dt” is probably not the promised date.".into()),
            ..with_errors()
        };
        vec![("errors", with_errors()), ("clean", clean), ("blocked", blocked)]
    }
}

fn with_errors() -> CheckPage {
    let count = |name: &str, value: &str, tone| Count { name: name.into(), value: value.into(), tone };
    let error = |row, found: &str, expected: &str, fix: &str| ErrorRow {
        row,
        column: "Prom Dt".into(),
        found: found.into(),
        expected: expected.into(),
        fix: fix.into(),
    };
    CheckPage {
        shell: Shell::sample(Place::Import),
        href: "/imports/7".into(),
        file: "open-orders.xlsx, 1,284 rows".into(),
        summary: "Will add 311 customers and 1,202 lines. 61 lines slipped; 5 customers will need a call."
            .into(),
        counts: vec![
            count("added", "1,202", Tone::Calm),
            count("moved", "61", Tone::Watch),
            count("delivered", "9", Tone::Good),
            count("unchanged", "0", Tone::Quiet),
            count("missing", "3", Tone::Quiet),
            count("rejected", "12", Tone::Urgent),
        ],
        extents: Choice::list(
            &[
                ("full", "Full: a line that is absent is listed as missing"),
                ("partial", "Partial: only what it names"),
            ],
            "full",
        ),
        groups: vec![
            RepairGroup {
                id: "promised-empty".into(),
                title: "7 rows: the promised date is empty".into(),
                rejects: true,
                rows: vec![error(42, "", "a date, day first", "Fill it in, or skip the row.")],
                more: 6,
            },
            RepairGroup {
                id: "promised-bad".into(),
                title: "2 rows: the promised date is no date".into(),
                rejects: true,
                rows: vec![
                    error(42, "31/02/26", "a date, day first", "Correct it in the file, or skip the row."),
                    error(97, "when ready", "a date, day first", "Say in the columns what this word means."),
                ],
                more: 0,
            },
            RepairGroup {
                id: "owner-unknown".into(),
                title: "12 rows: “JDOE” is nobody here".into(),
                rejects: false,
                rows: vec![],
                more: 12,
            },
        ],
        rejected_href: Some("/imports/7/rejected.csv".into()),
        blocked: None,
        import_label: "Import 1,263 lines".into(),
    }
}
