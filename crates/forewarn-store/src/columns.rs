//! How the sums of the domain lie in columns: a word, and two days of which the second is the one that counts.

use crate::db::{Bind as _, Row, Value, binds};
use crate::error::{Result, StoreError};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::promise::Promised;
use forewarn_domain::slip::Slip;
use jiff::civil::Date;

/// `promised_is, promised_from, promised_to`.
pub(crate) fn promised_values(promised: Promised) -> [Value; 3] {
    let (word, from, to) = match promised {
        Promised::Date { on } => ("date", None, Some(on)),
        Promised::Range { from, to } => ("range", Some(from), Some(to)),
        Promised::NoDateYet => ("no-date-yet", None, None),
    };
    [word.bind(), from.bind(), to.bind()]
}

pub(crate) fn promised(row: &Row) -> Result<Promised> {
    promised_of(row.get("promised_is")?, (row.get("promised_from")?, row.get("promised_to")?))
}

/// What these columns hold.
pub(crate) fn promised_of(word: String, days: (Option<Date>, Option<Date>)) -> Result<Promised> {
    match (word.as_str(), days) {
        ("date", (_, Some(on))) => Ok(Promised::Date { on }),
        ("range", (Some(from), Some(to))) => Ok(Promised::Range { from, to }),
        ("no-date-yet", _) => Ok(Promised::NoDateYet),
        _ => Err(unreadable("promised_is", word)),
    }
}

/// `outlook_is, outlook_from, outlook_to`.
pub(crate) fn outlook_values(outlook: Option<Outlook>) -> [Value; 3] {
    let (word, from, to) = match outlook {
        None => (None, None, None),
        Some(Outlook::Firm { on }) => (Some("firm"), None, Some(on)),
        Some(Outlook::Likely { on }) => (Some("likely"), None, Some(on)),
        Some(Outlook::Range { from, to }) => (Some("range"), Some(from), Some(to)),
        Some(Outlook::NoDate) => (Some("no-date"), None, None),
    };
    [word.bind(), from.bind(), to.bind()]
}

pub(crate) fn outlook(row: &Row) -> Result<Option<Outlook>> {
    outlook_of(row.get("outlook_is")?, (row.get("outlook_from")?, row.get("outlook_to")?))
}

/// What these columns hold.
pub(crate) fn outlook_of(
    word: Option<String>,
    days: (Option<Date>, Option<Date>),
) -> Result<Option<Outlook>> {
    let Some(word) = word else { return Ok(None) };
    match (word.as_str(), days) {
        ("firm", (_, Some(on))) => Ok(Some(Outlook::Firm { on })),
        ("likely", (_, Some(on))) => Ok(Some(Outlook::Likely { on })),
        ("range", (Some(from), Some(to))) => Ok(Some(Outlook::Range { from, to })),
        ("no-date", _) => Ok(Some(Outlook::NoDate)),
        _ => Err(unreadable("outlook_is", word)),
    }
}

/// `slip, slip_days`.
pub(crate) fn slip_values(slip: Slip) -> Vec<Value> {
    let (word, days) = match slip {
        Slip::None => ("none", None),
        Slip::Quiet { days } => ("quiet", Some(days)),
        Slip::Late { days } => ("late", Some(days)),
        Slip::NoDate => ("no-date", None),
    };
    binds![word, days]
}

pub(crate) fn slip(row: &Row) -> Result<Slip> {
    slip_of(row.get("slip")?, row.get("slip_days")?)
}

/// What these columns hold.
pub(crate) fn slip_of(word: String, days: Option<i32>) -> Result<Slip> {
    match (word.as_str(), days) {
        ("none", _) => Ok(Slip::None),
        ("quiet", Some(days)) => Ok(Slip::Quiet { days }),
        ("late", Some(days)) => Ok(Slip::Late { days }),
        ("no-date", _) => Ok(Slip::NoDate),
        _ => Err(unreadable("slip", word)),
    }
}

fn unreadable(column: &str, found: String) -> StoreError {
    StoreError::Unreadable { column: column.to_owned(), found }
}
