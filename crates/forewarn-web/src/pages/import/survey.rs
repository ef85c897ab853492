//! What was found in the file: sheet, heading row, date order, decimal sign.

use crate::pages::shell::{Place, Shell};
use crate::pages::tone::{Chip, Choice, Tone};
use askama::Template;

/// `GET /imports/{id}/survey`
#[derive(Debug, Template)]
#[template(path = "import/survey.html")]
pub struct SurveyPage {
    /// The frame.
    pub shell: Shell,
    /// "/imports/7"
    pub href: String,
    /// "open-orders.xlsx, 1,284 rows"
    pub file: String,
    /// What was found, and why we think so.
    pub findings: Vec<Finding>,
    /// The sheets; the field `sheet`; empty for CSV.
    pub sheets: Vec<Choice>,
    /// The heading row, from 1.
    pub heading_row: String,
    /// day-first, month-first, iso; the field `date_order`.
    pub date_orders: Vec<Choice>,
    /// comma, point; the field `decimal`.
    pub decimals: Vec<Choice>,
    /// What has to be answered before going on: "Both orders are possible: …".
    pub questions: Vec<String>,
}

/// Something that was found out.
#[derive(Debug, Clone)]
pub struct Finding {
    /// "Dates"
    pub name: String,
    /// "31/12/2026, day first"
    pub says: String,
    /// "212 rows can only be that"
    pub evidence: String,
    /// sure, likely, ask
    pub sure: Chip,
}

impl SurveyPage {
    /// A clear file, and one whose dates are ambiguous.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let finding = |name: &str, says: &str, evidence: &str| Finding {
            name: name.into(),
            says: says.into(),
            evidence: evidence.into(),
            sure: Chip::new("sure", Tone::Good),
        };
        let page = |chosen: &str, questions: Vec<String>| Self {
            shell: Shell::sample(Place::Import),
            href: "/imports/7".into(),
            file: "open-orders.xlsx, 1,284 rows".into(),
            findings: vec![
                finding("Sheet", "Open SO", "the only one with more than 20 rows"),
                finding("Heading", "row 4", "3 title rows above it are skipped"),
                finding("Dates", "31/12/2026, day first", "212 rows can only be that"),
                finding("Decimal sign", "comma", "1.284,50 in 903 rows"),
            ],
            sheets: Choice::list(&[("Open SO", "Open SO"), ("Legend", "Legend")], "Open SO"),
            heading_row: "4".into(),
            date_orders: Choice::list(
                &[
                    ("day-first", "Day first: 31/12/2026"),
                    ("month-first", "Month first: 12/31/2026"),
                    ("iso", "2026-12-31"),
                ],
                chosen,
            ),
            decimals: Choice::list(&[("comma", "Comma: 1.284,50"), ("point", "Point: 1,284.50")], "comma"),
            questions,
        };
        let ask = "Every date in “Prom Dt” can be read day first or month first. Which is it?";
        vec![("clear", page("day-first", Vec::new())), ("ask", page("", vec![ask.into()]))]
    }
}
