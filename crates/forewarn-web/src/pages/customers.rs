//! Customers: the list, and one with contacts, tolerance, owner and history.

use super::shell::{Place, Shell};
use super::sign_in::FieldError;
use super::tone::{Chip, Choice, Tone};
use askama::Template;

/// `GET /customers?q=&after=`
#[derive(Debug, Template)]
#[template(path = "customers.html")]
pub struct CustomersPage {
    /// The frame.
    pub shell: Shell,
    /// "311 customers", "2 match “marine”"
    pub summary: String,
    /// What is searched for.
    pub query: String,
    /// The rows of this page.
    pub rows: Vec<CustomerRow>,
    /// The address of the next page, if there is one.
    pub next_page: Option<String>,
}

/// One customer.
#[derive(Debug, Clone)]
pub struct CustomerRow {
    /// "/customers/3"
    pub href: String,
    /// The name.
    pub name: String,
    /// "Jon Eide"; "team inbox" if nobody owns it.
    pub owner: String,
    /// "12"
    pub open_lines: String,
    /// "2 slipping"
    pub slipping: Option<Chip>,
}

/// `GET /customers/{id}`
#[derive(Debug, Template)]
#[template(path = "customer.html")]
pub struct CustomerPage {
    /// The frame.
    pub shell: Shell,
    /// "/customers/3"; changes are posted under it.
    pub href: String,
    /// The name.
    pub name: String,
    /// "09:10 in Bergen, open"
    pub place: Option<String>,
    /// Capsules: tier, temperature.
    pub chips: Vec<Chip>,
    /// The open case: address and sentence.
    pub open_case: Option<(String, String)>,
    /// The person there, if one is known.
    pub contact: Option<ContactRow>,
    /// How to treat them; read only for those who may not change it.
    pub terms: Terms,
    /// On-time record and the like: label and value.
    pub record: Vec<(String, String)>,
    /// Earlier cases: address, when, what.
    pub history: Vec<(String, String, String)>,
    /// "/promises?customer=3"
    pub promises_href: String,
    /// Where their working hours are.
    pub calendar_href: String,
}

/// One person at the customer.
#[derive(Debug, Clone)]
pub struct ContactRow {
    /// "Anna Halvorsen"
    pub name: String,
    /// For `tel:`, and as people write it.
    pub phone: Option<(String, String)>,
    /// The mail address.
    pub email: Option<String>,
}

/// How to treat a customer.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Working days by which a date may move before it is a slip; empty for the company's number.
    pub tolerance: String,
    /// The company's number: "2".
    pub usual_tolerance: String,
    /// Working days that they need to act; empty for the company's number.
    pub reaction_days: String,
    /// The company's number: "5".
    pub usual_reaction_days: String,
    /// Key, standard, occasional
    pub tiers: Vec<Choice>,
    /// IANA name.
    pub zone: String,
    /// "Bergen"
    pub city: String,
    /// Who owns the relationship.
    pub owners: Vec<Choice>,
    /// Whether this person may change any of it.
    pub can_change: bool,
    /// Whether the owner can be changed by this person.
    pub can_assign: bool,
    /// What was wrong with the last try to change it.
    pub wrong: Vec<FieldError>,
}

impl CustomersPage {
    /// A page of them.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let row = |name: &str, owner: &str, slipping: Option<&str>| CustomerRow {
            href: "/customers/3".into(),
            name: name.into(),
            owner: owner.into(),
            open_lines: "12".into(),
            slipping: slipping.map(|text| Chip::new(text, Tone::Urgent)),
        };
        let rows = vec![
            row("Halvorsen Marine", "Jon Eide", Some("6 slipping")),
            row("Atlântico Turbinas e Equipamentos Industriais, Lda.", "team inbox", None),
        ];
        let shell = || Shell::sample(Place::Customers);
        let none = Self {
            shell: shell(),
            summary: "No customer matches “xy”".into(),
            query: "xy".into(),
            rows: Vec::new(),
            next_page: None,
        };
        let some = Self {
            shell: shell(),
            summary: "311 customers".into(),
            query: String::new(),
            rows,
            next_page: Some("/customers?after=3".into()),
        };
        vec![("some", some), ("none", none)]
    }
}

impl CustomerPage {
    /// One with an open case.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            shell: Shell::sample(Place::Customers),
            href: "/customers/3".into(),
            name: "Halvorsen Marine".into(),
            place: Some("09:10 in Bergen, open".into()),
            chips: vec![Chip::new("Key customer", Tone::Calm), Chip::new("Upset", Tone::Watch)],
            open_case: Some((
                "/cases/7".into(),
                "6 lines, worst +21 days, not told. They can still act: 4 days.".into(),
            )),
            contact: Some(ContactRow {
                name: "Anna Halvorsen".into(),
                phone: Some(("+4755550190".into(), "+47 55 55 01 90".into())),
                email: Some("anna@halvorsen.example".into()),
            }),
            terms: Terms {
                tolerance: "0".into(),
                usual_tolerance: "2".into(),
                reaction_days: String::new(),
                usual_reaction_days: "5".into(),
                tiers: Choice::list(
                    &[("key", "Key"), ("standard", "Standard"), ("occasional", "Occasional")],
                    "key",
                ),
                zone: "Europe/Oslo".into(),
                city: "Bergen".into(),
                owners: Choice::list(&[("1", "Jon Eide"), ("2", "Mia Lund")], "1"),
                can_change: true,
                can_assign: true,
                wrong: Vec::new(),
            },
            record: vec![
                ("On time, first promise".into(), "91 % of 46".into()),
                ("On time, last promise".into(), "96 % of 46".into()),
                ("Median notice".into(), "6 working days".into()),
            ],
            history: vec![(
                "/cases/2".into(),
                "2 Nov".into(),
                "1 line, +6 days, told 8 working days before".into(),
            )],
            promises_href: "/promises?customer=3".into(),
            calendar_href: "/settings/calendars/customer-3".into(),
        };
        vec![("open", page)]
    }
}
