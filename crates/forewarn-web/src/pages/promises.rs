//! Promises: every one, with the walk of its dates; and one with all its evidence.

use super::chart::{DateWalk, WalkKind};
use super::shell::{Place, Shell};
use super::tone::{Chip, Choice, Tone};
use askama::Template;
use jiff::civil::date;

/// `GET /promises?q=&state=&owner=&after=`; also `GET /search?q=`
#[derive(Debug, Template)]
#[template(path = "promises.html")]
pub struct PromisesPage {
    /// The frame.
    pub shell: Shell,
    /// "1,263 open lines", "12 lines match “pump”"
    pub summary: String,
    /// What is searched for: order, item, customer.
    pub query: String,
    /// open, late, quiet, no-date, delivered, missing, all; the field `state`.
    pub states: Vec<Choice>,
    /// Everybody, me, each person in scope; the field `owner`.
    pub owners: Vec<Choice>,
    /// Only this customer's: its number; empty for all.
    pub customer: String,
    /// Customers whose names match what is searched for; shown on top.
    pub customers: Vec<CustomerHit>,
    /// The rows of this page.
    pub rows: Vec<PromiseRow>,
    /// The address of the next page, if there is one.
    pub next_page: Option<String>,
    /// The address of the first page, unless this is it.
    pub first_page: Option<String>,
}

/// A customer that a search has found.
#[derive(Debug, Clone)]
pub struct CustomerHit {
    /// "/customers/3"
    pub href: String,
    /// The name.
    pub name: String,
    /// "12 open lines"
    pub says: String,
}

/// One promise.
#[derive(Debug, Clone)]
pub struct PromiseRow {
    /// "/promises/12"
    pub href: String,
    /// "4471 / 10"
    pub order: String,
    /// The name of the customer.
    pub customer: String,
    /// "Pump P200, 40 pcs"
    pub item: String,
    /// "Fri 6 Nov"
    pub promised: String,
    /// "Fri 27 Nov", "no date", "delivered Fri 6 Nov"
    pub expected: String,
    /// on time, +21 days, no date, delivered, missing
    pub state: Chip,
    /// The picture.
    pub walk: Option<DateWalk>,
}

/// `GET /promises/{id}`
#[derive(Debug, Template)]
#[template(path = "promise.html")]
pub struct PromisePage {
    /// The frame.
    pub shell: Shell,
    /// The promise in a row.
    pub row: PromiseRow,
    /// Its customer's page.
    pub customer_href: String,
    /// Its case, if there is one.
    pub case_href: Option<String>,
    /// Label and value of everything the report says: quantity, value, owner, status, …
    pub facts: Vec<(String, String)>,
    /// What was said about the date, newest first.
    pub evidence: Vec<EvidenceRow>,
    /// The form for a person's own word about the date; `None` for those who may not.
    pub confirm: Option<String>,
}

/// One piece of evidence.
#[derive(Debug, Clone)]
pub struct EvidenceRow {
    /// "Mon 9 Nov 05:12"
    pub when: String,
    /// "Fri 27 Nov", "16–27 Nov", "no date"
    pub says: String,
    /// Firm, likely, range, no date.
    pub firmness: Chip,
    /// "ERP open orders", "Petra Kern"
    pub source: String,
    /// The internal cause; shown to our people only.
    pub cause: Option<String>,
    /// The cause as the customer may hear it.
    pub customer_safe: Option<String>,
}

impl PromisesPage {
    /// A page of results, and a search that finds nothing.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let states = [
            ("", "All open"),
            ("slipping", "Slipping"),
            ("no-date", "No date"),
            ("delivered", "Delivered"),
            ("missing", "Missing from the report"),
        ];
        let page = |summary: &str, query: &str, rows: Vec<PromiseRow>| Self {
            shell: Shell::sample(Place::Promises),
            summary: summary.into(),
            query: query.into(),
            states: Choice::list(&states, "slipping"),
            owners: Choice::list(&[("", "Everybody"), ("me", "Me")], "me"),
            customer: String::new(),
            customers: Vec::new(),
            next_page: (!rows.is_empty()).then(|| "/promises?state=slipping&after=4471".into()),
            rows,
            first_page: None,
        };
        let mut on_time = row();
        on_time.state = Chip::new("on time", Tone::Good);
        on_time.expected = "Fri 6 Nov".into();
        let hit = CustomerHit {
            href: "/customers/3".into(),
            name: "Halvorsen Marine".into(),
            says: "12 open lines".into(),
        };
        let found = page("12 lines match “marine”", "marine", vec![row()]);
        vec![
            ("found", Self { customers: vec![hit], ..found }),
            ("some", page("61 lines are slipping", "", vec![row(), on_time, row()])),
            ("none", page("No line matches “pmup”", "pmup", Vec::new())),
        ]
    }
}

impl PromisePage {
    /// One with history.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let evidence =
            |when: &str, says: &str, firmness: &str, source: &str, cause: Option<&str>| EvidenceRow {
                when: when.into(),
                says: says.into(),
                firmness: Chip::new(firmness, Tone::Calm),
                source: source.into(),
                cause: cause.map(str::to_owned),
                customer_safe: cause.map(|_| "A part did not pass its test.".to_owned()),
            };
        let page = Self {
            shell: Shell::sample(Place::Promises),
            row: row(),
            customer_href: "/customers/3".into(),
            case_href: Some("/cases/7".into()),
            facts: vec![
                ("Quantity".into(), "40 pcs".into()),
                ("Value".into(), "18,400 EUR".into()),
                ("Owner".into(), "Jon Eide".into()),
                ("Requested".into(), "Mon 2 Nov".into()),
                ("First promised".into(), "Wed 4 Nov".into()),
            ],
            evidence: vec![
                evidence("Mon 9 Nov 05:12", "Fri 27 Nov", "Firm", "ERP open orders", None),
                evidence(
                    "Fri 6 Nov 17:40",
                    "16–27 Nov",
                    "Range",
                    "Petra Kern",
                    Some("Seal kits failed inspection."),
                ),
                evidence("Thu 1 Oct 05:12", "Fri 6 Nov", "Firm", "ERP open orders", None),
            ],
            confirm: Some("/promises/12/evidence".into()),
        };
        vec![("slipping", page)]
    }
}

fn row() -> PromiseRow {
    let dates = [
        (WalkKind::Requested, date(2026, 11, 2)),
        (WalkKind::FirstPromised, date(2026, 11, 4)),
        (WalkKind::Promised, date(2026, 11, 6)),
        (WalkKind::Expected, date(2026, 11, 27)),
    ];
    let label = "Requested 2 Nov, first promised 4 Nov, promised 6 Nov, expected 27 Nov";
    PromiseRow {
        href: "/promises/12".into(),
        order: "4471 / 10".into(),
        customer: "Halvorsen Marine".into(),
        item: "Pump P200, 40 pcs".into(),
        promised: "Fri 6 Nov".into(),
        expected: "Fri 27 Nov".into(),
        state: Chip::new("+21 days", Tone::Urgent),
        walk: DateWalk::new(label, &dates, date(2026, 11, 9)),
    }
}
