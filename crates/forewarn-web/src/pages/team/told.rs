//! What was told: how long it took, how it was said, and whether the record is true.

use crate::pages::tone::{Chip, Choice};

/// How long it took from knowing to telling: people by age bands.
#[derive(Debug, Clone)]
pub struct Heat {
    /// One picture, or two when the waits are shown apart.
    pub pictures: Vec<HeatPicture>,
    /// "Show what they were waiting for", or back; and where.
    pub toggle: (String, String),
}

/// People by age bands.
#[derive(Debug, Clone)]
pub struct HeatPicture {
    /// The anchor: "heat-told".
    pub id: String,
    /// "From knowing to telling"
    pub title: String,
    /// Whose clock it is.
    pub hint: String,
    /// "Same day", "1 day" …
    pub bands: Vec<String>,
    /// A row a person, by name.
    pub rows: Vec<HeatRow>,
}

/// One person.
#[derive(Debug, Clone)]
pub struct HeatRow {
    /// Their name.
    pub name: String,
    /// Tellings in all.
    pub n: usize,
    /// How many lines in each band; `None` where there are too few to judge.
    pub cells: Option<Vec<HeatCell>>,
}

/// Lines in a band.
#[derive(Debug, Clone)]
pub struct HeatCell {
    /// How many.
    pub lines: usize,
    /// 0 (none) to 4 (most of this person's): how dark the cell is.
    pub heat: u8,
    /// Where they are listed; `None` if there are none.
    pub href: Option<String>,
    /// The same in words: "Jon Berg, same day: 3 lines".
    pub label: String,
}

/// The tellings behind a cell.
#[derive(Debug, Clone)]
pub struct Listed {
    /// "Jon Berg, 2–3 days"
    pub title: String,
    /// The tellings, newest first.
    pub rows: Vec<ToldRow>,
    /// The page without the list.
    pub close: String,
}

/// One telling.
#[derive(Debug, Clone)]
pub struct ToldRow {
    /// "/cases/7"
    pub href: String,
    /// The name of the customer.
    pub customer: String,
    /// "Mon 9 Nov 09:21"
    pub when: String,
    /// "Jon Berg told Anna Halvorsen by phone"
    pub says: String,
    /// "facts 8 h, telling 14 h"
    pub waits: String,
    /// "9 working days’ notice"
    pub notice: Chip,
}

/// A first word that went by e-mail.
#[derive(Debug, Clone)]
pub struct EmailedRow {
    /// "/cases/7"
    pub href: String,
    /// The name of the customer.
    pub customer: String,
    /// "Mon 9 Nov 09:21"
    pub when: String,
    /// Who wrote.
    pub by: String,
    /// "the customer asked for it"
    pub reason: String,
}

/// Spot checks.
#[derive(Debug, Clone)]
pub struct Checks {
    /// Today's.
    pub picks: Vec<Pick>,
    /// What came out of earlier ones: address of the case, customer, sentence and result.
    pub done: Vec<(String, String, String, Chip)>,
}

/// A telling to look at.
#[derive(Debug, Clone)]
pub struct Pick {
    /// What was said, by whom, to whom, when.
    pub told: ToldRow,
    /// What we said they should expect.
    pub said: String,
    /// Whom to ask: `rep`, `customer`.
    pub with: Vec<Choice>,
    /// What may come out.
    pub findings: Vec<Choice>,
    /// Where it is kept; `None` on the page about oneself.
    pub action: Option<String>,
}
