//! The personal data of contacts: who is known at a customer, what we hold about one, and erasing it.

use super::shell::{Place, Shell};
use askama::Template;

/// `GET /customers/{id}/contacts`
#[derive(Debug, Template)]
#[template(path = "contacts/list.html")]
pub struct ContactsPage {
    /// The frame.
    pub shell: Shell,
    /// "/customers/3"
    pub href: String,
    /// The customer's name.
    pub customer: String,
    /// Everybody who is known there.
    pub contacts: Vec<KnownRow>,
}

/// Somebody at the customer.
#[derive(Debug, Clone)]
pub struct KnownRow {
    /// "Anna Halvorsen"
    pub name: String,
    /// "+47 55 55 01 90, anna@halvorsen.example"
    pub reach: String,
    /// Where everything that we hold about them is shown.
    pub href: String,
}

/// `GET /customers/{id}/contacts/record?name=…`
#[derive(Debug, Template)]
#[template(path = "contacts/record.html")]
pub struct ContactRecordPage {
    /// The frame.
    pub shell: Shell,
    /// "/customers/3"
    pub href: String,
    /// The customer's name.
    pub customer: String,
    /// Who they are.
    pub contact: KnownRow,
    /// Where the same is to be had as a file.
    pub file_href: String,
    /// Every text that names them.
    pub held: Vec<HeldRow>,
    /// The way to erase it.
    pub step: EraseStep,
}

/// A text that names them.
#[derive(Debug, Clone)]
pub struct HeldRow {
    /// "Case 7, event 3"
    pub place: String,
    /// "to name"; empty where there is only one.
    pub part: String,
    /// Whether it is filed under another customer, or under none.
    pub elsewhere: bool,
    /// What stands there, each part with its name; text as such has none.
    pub says: Vec<(String, String)>,
}

/// How far erasing has gone.
#[derive(Debug, Clone)]
pub enum EraseStep {
    /// A reason is asked for; what was wrong with the last one.
    Reason {
        /// "Say why: somebody will want to know later."
        wrong: Option<String>,
    },
    /// The reason is there; what goes is shown once more.
    Confirm {
        /// Why.
        reason: String,
        /// "12 texts in 9 places"
        what: String,
    },
}

impl HeldRow {
    /// Whether it is text as such.
    pub(crate) fn is_plain(&self) -> bool {
        self.says.iter().all(|(name, _)| name.is_empty())
    }
}

impl ContactsPage {
    /// Two contacts, and none.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |contacts: Vec<KnownRow>| Self {
            shell: Shell::sample(Place::Customers),
            href: "/customers/3".into(),
            customer: "Halvorsen Marine".into(),
            contacts,
        };
        vec![("two", page(vec![anna(), KnownRow { name: "Per".into(), ..anna() }])), ("none", page(vec![]))]
    }
}

impl ContactRecordPage {
    /// Each step.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |step| Self {
            shell: Shell::sample(Place::Customers),
            href: "/customers/3".into(),
            customer: "Halvorsen Marine".into(),
            contact: anna(),
            file_href: "/customers/3/contacts/record.json?name=Anna%20Halvorsen".into(),
            held: vec![
                HeldRow {
                    place: "Record of the customer".into(),
                    part: "contact".into(),
                    elsewhere: false,
                    says: vec![(String::new(), "Anna Halvorsen".into())],
                },
                HeldRow {
                    place: "Case 9, event 3".into(),
                    part: String::new(),
                    elsewhere: true,
                    says: vec![("told, to".into(), "Anna Halvorsen".into())],
                },
            ],
            step,
        };
        vec![
            ("reason", page(EraseStep::Reason { wrong: None })),
            ("wrong", page(EraseStep::Reason { wrong: Some("Say why.".into()) })),
            (
                "confirm",
                page(EraseStep::Confirm { reason: "They asked for it".into(), what: "2 texts".into() }),
            ),
        ]
    }
}

fn anna() -> KnownRow {
    KnownRow {
        name: "Anna Halvorsen".into(),
        reach: "+47 55 55 01 90, anna@halvorsen.example".into(),
        href: "/customers/3/contacts/record?name=Anna%20Halvorsen".into(),
    }
}
