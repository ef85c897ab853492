//! What the record says: severity, the relationship, the timeline with its waits.

use crate::pages::chart::TemperatureLine;
use crate::pages::tone::{Chip, Tone};

/// How severe the case is, term by term.
#[derive(Debug, Clone)]
pub struct Severity {
    /// "severity 62, high"
    pub total: Chip,
    /// The terms of the formula.
    pub terms: Vec<Term>,
}

/// One term of the severity.
#[derive(Debug, Clone)]
pub struct Term {
    /// "21 days late"
    pub says: String,
    /// "+30"
    pub points: String,
}

/// What there was between us before.
#[derive(Debug, Clone)]
pub struct Relationship {
    /// "91 % of 46, by the first promise"
    pub on_time_first: String,
    /// "96 % of 46, by the last promise"
    pub on_time_current: String,
    /// "2 in 30 days, 3 in a year"
    pub earlier_slips: String,
    /// "1 in 90 days"
    pub apologies: String,
    /// "You have apologised twice this quarter. Own it, and do not apologise again."
    pub apology_warning: Option<String>,
    /// How they felt.
    pub temperature: Option<TemperatureLine>,
    /// What went well, as entered at closings.
    pub went_well: Vec<String>,
}

/// One event.
#[derive(Debug, Clone)]
pub struct Event {
    /// "Mon 9 Nov 09:21"
    pub when: String,
    /// The same for machines, RFC 3339.
    pub instant: String,
    /// "Told Anna Halvorsen by phone: Fri 27 Nov instead of Fri 6 Nov."
    pub text: String,
    /// Who or what did it: "Jon Eide", "ERP open orders".
    pub by: String,
    /// How it feels.
    pub tone: Tone,
}

/// Known, firm or told, and the wait before it.
#[derive(Debug, Clone)]
pub struct Wait {
    /// "Known", "Firm", "Told"
    pub name: String,
    /// "Mon 2 Nov 05:12"; "not yet"
    pub when: String,
    /// "fact wait 11 h", "tell wait 40 min, still running"
    pub wait: Option<String>,
}
