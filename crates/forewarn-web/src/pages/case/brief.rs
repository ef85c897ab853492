//! The facts of a case: in one breath, and line by line.

use crate::pages::chart::DateWalk;
use crate::pages::today::Phone;
use crate::pages::tone::{Chip, Tone};

/// What one would say if somebody asked at the door.
#[derive(Debug, Clone)]
pub struct Breath {
    /// "PO 4471, 40 pumps: promised Fri 6 Nov, now Fri 27 Nov (+21). Supplier confirmed on 2 Nov."
    pub sentence: String,
    /// Firm, likely, range or no date.
    pub confidence: Chip,
    /// HOT, repeat slip, severity, temperature.
    pub chips: Vec<Chip>,
    /// "They can still act: 4 days"
    pub can_act: Option<String>,
    /// "Tell by today 14:00"
    pub tell_by: Option<String>,
    /// "Jon Eide is on it until today 15:00", while somebody is.
    pub on_it: Option<String>,
    /// How urgent that is.
    pub tone: Tone,
}

/// Whom to reach, and whether they are at work.
#[derive(Debug, Clone)]
pub struct ContactLine {
    /// "Anna Halvorsen, purchasing"; `None` if nobody is known yet.
    pub name: Option<String>,
    /// "09:10 in Bergen, open"
    pub place: Option<String>,
    /// The number.
    pub phone: Option<Phone>,
}

/// The one next thing to do; its button is the most visible thing on the page.
#[derive(Debug, Clone)]
pub struct NextStep {
    /// "Call Anna now", "Keep your word by Thu 10:00"
    pub title: String,
    /// Why that, in half a sentence.
    pub why: String,
    /// "Start the talk"
    pub label: String,
    /// Where the button leads; an anchor on the page or the talk.
    pub href: String,
    /// Whether the number is offered beside it.
    pub call: bool,
}

/// The facts of one line.
#[derive(Debug, Clone)]
pub struct LineFacts {
    /// The promise: "/promises/12".
    pub href: String,
    /// "4471 / 10"
    pub order: String,
    /// "Pump P200"
    pub item: String,
    /// "40 pcs, 18,400 EUR"
    pub amount: String,
    /// What the customer asked for.
    pub requested: String,
    /// The first date we gave.
    pub first_promised: String,
    /// What the customer was last told.
    pub promised: String,
    /// What the newest evidence says: a date, a range, "no date".
    pub expected: String,
    /// "+21 days", "no date"
    pub slip: Chip,
    /// Firm, likely, range or no date.
    pub firmness: Chip,
    /// "ERP import, today 05:12"
    pub source: String,
    /// Told, understood, agreed: three facts, never one. "told", "not told".
    pub told: Chip,
    /// The customer said it back right.
    pub understood: Option<Chip>,
    /// The customer accepts it.
    pub agreed: Option<Chip>,
    /// The picture of the dates.
    pub walk: Option<DateWalk>,
}
