//! What a report says about one order line, before anyone has judged it.
//!
//! Every door (command line, upload, later EDI and the API) turns bytes into these facts and ends in the
//! same import job.

use crate::amount::Amount;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One row of an open-order report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OrderLine {
    /// Which line of which order.
    pub key: LineKey,
    /// The customer's name, as the report writes it.
    pub customer: String,
    /// The person there.
    pub contact: Option<String>,
    /// That person's phone number, as written.
    pub phone: Option<String>,
    /// That person's address.
    pub email: Option<String>,
    /// Who owns the account: an e-mail address, or a name or code that an admin maps to a person.
    pub owner: Option<String>,
    /// Item number.
    pub item: Option<String>,
    /// What the item is, in words.
    pub description: Option<String>,
    /// Ordered quantity.
    pub quantity: Option<Amount>,
    /// Unit of the quantity.
    pub unit: Option<String>,
    /// Value of the line, in `currency`.
    pub value: Option<Amount>,
    /// ISO 4217 code, upper case.
    pub currency: Option<String>,
    /// What the customer asked for.
    pub requested: StatedDate,
    /// The date the report calls promised. The first one seen becomes the first promise.
    pub promised: StatedDate,
    /// The date the ERP now believes.
    pub expected: StatedDate,
    /// When it arrived.
    pub delivered: StatedDate,
    /// What the report says of the line's state.
    pub status: LineStatus,
}

/// The identity of a promise across reports: order, line and, where a line is split, schedule.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct LineKey {
    /// Order number.
    pub order: String,
    /// Line within the order.
    pub line: String,
    /// Schedule within the line; empty where lines are not split.
    pub schedule: String,
}

/// The years that a date may have, whether a report states it or a person.
pub const YEARS: std::ops::RangeInclusive<i16> = 1950..=2200;

/// A date cell of a report. "No date" is a state of its own, never a missing value (rule 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatedDate {
    /// The report has no such column, or a word there means "not given".
    #[default]
    NotGiven,
    /// The column is there and the cell is empty: *no date* for a line that had one before, and *not
    /// given* for a line where it was never filled.
    Blank,
    /// The report says in words that there is no date.
    NoDate,
    /// A date.
    On(Date),
}

impl StatedDate {
    /// The date, where one is stated.
    pub fn date(self) -> Option<Date> {
        match self {
            StatedDate::On(date) => Some(date),
            StatedDate::NotGiven | StatedDate::Blank | StatedDate::NoDate => None,
        }
    }
}

/// What a report's status column says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineStatus {
    /// Open, or nothing said.
    #[default]
    Open,
    /// Arrived. Counts as delivered even where no delivery date is given: then the day of the report.
    Delivered,
    /// Cancelled: nothing is owed any more.
    Cancelled,
    /// Held back (delivery block, credit hold): there is no date one could tell.
    OnHold,
}
