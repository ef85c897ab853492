//! What someone or something says about when a line will really arrive. Append-only (rule 2).

use crate::ids::{PersonId, PromiseId};
use crate::text::{CustomerText, InternalText};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One statement about one promise. Newer statements are added; none is ever changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The promise it is about.
    pub promise: PromiseId,
    /// What it says.
    pub outlook: Outlook,
    /// Who or what says so.
    pub source: Source,
    /// Why, in two texts that never mix.
    pub cause: Cause,
    /// When it was observed: the time of the report, not of the import.
    pub observed_at: Timestamp,
}

/// When a line is expected to arrive, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Outlook {
    /// A date that somebody stands behind.
    Firm {
        /// The day.
        on: Date,
    },
    /// A date that a system computed or somebody estimated. Reports give these.
    Likely {
        /// The day.
        on: Date,
    },
    /// Between two days, both included.
    Range {
        /// The earliest day.
        from: Date,
        /// The latest day: the one that counts against a promise.
        to: Date,
    },
    /// Nobody can say when. A state of its own (rule 4).
    NoDate,
}

impl Outlook {
    /// The day to measure a promise against: the last possible one. `None` where there is no date.
    pub fn latest(self) -> Option<Date> {
        match self {
            Outlook::Firm { on } | Outlook::Likely { on } => Some(on),
            Outlook::Range { to, .. } => Some(to),
            Outlook::NoDate => None,
        }
    }

    /// Whether all its days lie in years that a date may have.
    pub fn is_in_our_years(self) -> bool {
        let fits = |day: Date| crate::fact::YEARS.contains(&day.year());
        match self {
            Outlook::Firm { on } | Outlook::Likely { on } => fits(on),
            Outlook::Range { from, to } => fits(from) && fits(to),
            Outlook::NoDate => true,
        }
    }

    /// Whether somebody stands behind it.
    pub fn is_firm(self) -> bool {
        matches!(self, Outlook::Firm { .. })
    }

    /// The word on screen: *Firm*, *Likely*, *Range*, *No date*.
    pub fn firmness(self) -> &'static str {
        match self {
            Outlook::Firm { .. } => "Firm",
            Outlook::Likely { .. } => "Likely",
            Outlook::Range { .. } => "Range",
            Outlook::NoDate => "No date",
        }
    }
}

/// Who or what made a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub enum Source {
    /// A report that was imported.
    Report {
        /// The file's name.
        file: String,
    },
    /// One of our people.
    Person {
        /// Who.
        person: PersonId,
    },
}

/// Why a date moved: once for our own people, once for the customer (rule 12).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cause {
    /// What really happened, with names. Never shown outside.
    pub internal: Option<InternalText>,
    /// What the customer may hear: one cause, nobody blamed.
    pub customer: Option<CustomerText>,
}
