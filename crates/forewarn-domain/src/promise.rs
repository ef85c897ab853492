//! A promise: one order line of one customer, and its dates.

use crate::amount::Amount;
use crate::evidence::Outlook;
use crate::fact::LineKey;
use crate::ids::{CustomerId, PromiseId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One order line, or one schedule of a line, that a customer was promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Its number.
    pub id: PromiseId,
    /// Who was promised.
    pub customer: CustomerId,
    /// Which line of which order.
    pub key: LineKey,
    /// Item number.
    pub item: Option<String>,
    /// The item in words.
    pub description: Option<String>,
    /// Ordered quantity.
    pub quantity: Option<Amount>,
    /// Unit of the quantity.
    pub unit: Option<String>,
    /// Value of the line in `currency`.
    pub value: Option<Amount>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// What the customer asked for.
    pub requested: Option<Date>,
    /// The first date we gave. Nothing changes it (rule 1).
    pub first_promised: Date,
    /// What the customer has last been told. Only a telling changes it (rule 1).
    pub promised: Promised,
    /// What the newest evidence says; `None` while nothing but the promise itself is known.
    pub outlook: Option<Outlook>,
    /// When the newest evidence was observed.
    pub observed_at: Timestamp,
    /// When it arrived.
    pub delivered: Option<Date>,
}

/// What a customer was last told about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Promised {
    /// By this day.
    Date {
        /// The day.
        on: Date,
    },
    /// Between two days, both included.
    Range {
        /// The earliest day.
        from: Date,
        /// The latest day: the one we are held to.
        to: Date,
    },
    /// That there is no date yet, and when they hear from us next.
    NoDateYet,
}

impl Promised {
    /// The day we are held to; `None` when we said that there is no date yet.
    pub fn latest(self) -> Option<Date> {
        match self {
            Promised::Date { on } => Some(on),
            Promised::Range { to, .. } => Some(to),
            Promised::NoDateYet => None,
        }
    }
}

/// What a customer is told to expect. There is no way to write "no date" without a next word (rule 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Expectation {
    /// It arrives on this day.
    NewDate {
        /// The day.
        on: Date,
    },
    /// It arrives between two days, both included.
    Range {
        /// The earliest day.
        from: Date,
        /// The latest day.
        to: Date,
    },
    /// We can't say yet; they hear from us again by this moment, even if nothing has changed.
    NoDateYet {
        /// When they hear from us.
        next_word_by: Timestamp,
    },
}

impl Expectation {
    /// What the promise becomes once the customer has heard this.
    pub fn promised(self) -> Promised {
        match self {
            Expectation::NewDate { on } => Promised::Date { on },
            Expectation::Range { from, to } => Promised::Range { from, to },
            Expectation::NoDateYet { .. } => Promised::NoDateYet,
        }
    }
}
