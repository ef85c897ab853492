//! Which column is what, with three samples each; and what the dates mean.

use crate::pages::shell::{Place, Shell};
use crate::pages::tone::{Chip, Choice, Tone};
use askama::Template;

/// `GET /imports/{id}/mapping`
#[derive(Debug, Template)]
#[template(path = "import/mapping.html")]
pub struct MappingPage {
    /// The frame.
    pub shell: Shell,
    /// "/imports/7"
    pub href: String,
    /// "open-orders.xlsx, 1,284 rows"
    pub file: String,
    /// What is missing before going on: "No column is the customer."
    pub missing: Vec<String>,
    /// What the dates mean.
    pub dates: DateQuestion,
    /// Their columns.
    pub columns: Vec<ColumnRow>,
    /// Words in date columns that are no dates.
    pub words: Vec<WordQuestion>,
}

/// Which date did you tell the customer? Which does the ERP believe now?
#[derive(Debug, Clone)]
pub struct DateQuestion {
    /// Date columns, for `promised`.
    pub promised: Vec<Choice>,
    /// Date columns, for `expected`.
    pub expected: Vec<Choice>,
    /// Whether "I have only one date" is ticked.
    pub only_one: bool,
    /// The orders of dates, where a column leaves it open; the field `date_order`.
    pub orders: Vec<Choice>,
    /// The decimal sign, if the one found was corrected on the page before: `comma`, `point`.
    pub decimal: String,
}

/// One of their columns.
#[derive(Debug, Clone)]
pub struct ColumnRow {
    /// Its place from 0; the field is called `column-{index}`.
    pub index: usize,
    /// "Prom Dt"
    pub heading: String,
    /// Three values.
    pub samples: Vec<String>,
    /// Our fields, the suggested one chosen; the first is "leave out".
    pub fields: Vec<Choice>,
    /// "looks like", "certain", "not recognised"
    pub sure: Chip,
}

/// A word in a date column.
#[derive(Debug, Clone)]
pub struct WordQuestion {
    /// Its place from 0; the field is called `word-{index}`, beside a hidden `word-{index}-text`.
    pub index: usize,
    /// "Date Not Captured"
    pub word: String,
    /// "365 rows of “Delivered Date”"
    pub rows: String,
    /// no-date, not-given
    pub meanings: Vec<Choice>,
}

impl MappingPage {
    /// A mapping with a question open, and one that is ready.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let ready = Self { missing: Vec::new(), words: Vec::new(), ..open() };
        vec![("open", open()), ("ready", ready)]
    }
}

fn open() -> MappingPage {
    let fields = [
        ("", "Leave out"),
        ("order", "Order"),
        ("line", "Line"),
        ("customer", "Customer"),
        ("promised", "Promised date"),
        ("expected", "Expected date"),
        ("value", "Value"),
    ];
    let column = |index: usize, heading: &str, samples: [&str; 3], field: &str, sure: Chip| ColumnRow {
        index,
        heading: heading.into(),
        samples: samples.map(str::to_owned).to_vec(),
        fields: Choice::list(&fields, field),
        sure,
    };
    let certain = || Chip::new("certain", Tone::Good);
    let dates = [("", "–"), ("3", "Prom Dt: 06/11/2026"), ("4", "Conf Dt: 27/11/2026")];
    MappingPage {
        shell: Shell::sample(Place::Import),
        href: "/imports/7".into(),
        file: "open-orders.xlsx, 1,284 rows".into(),
        missing: vec!["No column is the customer. Choose it below.".into()],
        dates: DateQuestion {
            promised: Choice::list(&dates, "3"),
            expected: Choice::list(&dates, "4"),
            only_one: false,
            orders: Choice::list(
                &[("day-first", "Day first: 31/12/2026"), ("month-first", "Month first: 12/31/2026")],
                "",
            ),
            decimal: String::new(),
        },
        columns: vec![
            column(0, "Sales Doc", ["4471", "4471", "4502"], "order", certain()),
            column(1, "Item", ["10", "20", "10"], "line", Chip::new("looks like", Tone::Watch)),
            column(
                2,
                "Sold-to",
                ["Halvorsen Marine", "Halvorsen Marine", "Brandt & Sohn"],
                "",
                Chip::new("not recognised", Tone::Quiet),
            ),
            column(5, "Net Value", ["18.400,00", "2.150,50", "990,00"], "value", certain()),
        ],
        words: vec![WordQuestion {
            index: 0,
            word: "TBD".into(),
            rows: "7 rows of “Conf Dt”".into(),
            meanings: Choice::list(
                &[("no-date", "There is no date now"), ("not-given", "It was not filled in")],
                "",
            ),
        }],
    }
}
