//! One page on paper, to take along to a visit. It holds nothing internal: papers get left on desks.

use crate::pages::shell::{Place, Shell};
use askama::Template;

/// `GET /cases/{id}/sheet`
#[derive(Debug, Template)]
#[template(path = "case/sheet.html")]
pub struct SheetPage {
    /// The frame; not printed.
    pub shell: Shell,
    /// The case: "/cases/7".
    pub href: String,
    /// The name of the customer.
    pub customer: String,
    /// "Anna Halvorsen, purchasing, +47 55 55 01 90"
    pub contact: String,
    /// The news in one sentence, customer-safe.
    pub news: String,
    /// Order and item, promised, expected.
    pub lines: Vec<(String, String, String)>,
    /// Title of a beat, and what to say.
    pub beats: Vec<(String, String)>,
    /// The options, a sentence each.
    pub options: Vec<String>,
}

impl SheetPage {
    /// A visit.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let beat = |title: &str, say: &str| (title.to_owned(), say.to_owned());
        let page = Self {
            shell: Shell::sample(Place::Today),
            href: "/cases/7".into(),
            customer: "Halvorsen Marine".into(),
            contact: "Anna Halvorsen, purchasing, +47 55 55 01 90".into(),
            news: "The pumps will not come on 6 November. The date is now 27 November.".into(),
            lines: vec![("4471 / 10, 40 pcs Pump P200".into(), "Fri 6 Nov".into(), "Fri 27 Nov".into())],
            beats: vec![
                beat("Tell", "Anna, I have difficult news about PO 4471. Then stop, and let them speak."),
                beat("Acknowledge", "This is on us. I’m sorry for what it does to your yard slot."),
                beat("Thank", "Thank you for hearing me out."),
            ],
            options: vec!["20 by air on Fri 13 Nov, the rest on Fri 27 Nov; we pay the freight".into()],
        };
        vec![("visit", page)]
    }
}
