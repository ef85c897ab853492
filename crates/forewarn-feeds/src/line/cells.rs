//! Single cells as dates, numbers and currencies, or what is wrong with them and how to mend it.

use crate::cell::{self, clean};
use crate::dates::{self, DateOrder};
use crate::field::Field;
use crate::numbers::{DecimalSign, read_number};
use crate::profile::{Profile, WordMeaning};
use forewarn_domain::amount::Amount;
use forewarn_domain::fact::{StatedDate, YEARS};

/// What should stand in a cell, and what to do.
pub(super) struct Wrong {
    pub(super) expected: String,
    pub(super) fix: String,
}

impl Wrong {
    fn new(expected: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { expected: expected.into(), fix: fix.into() }
    }
}

/// Reads a date cell.
pub(super) fn date(raw: &str, order: DateOrder, profile: &Profile) -> Result<StatedDate, Wrong> {
    let cell = clean(raw);
    if cell.is_empty() {
        return Ok(StatedDate::Blank);
    }
    let shape = dates::shape(&cell);
    if let Some(date) = shape.and_then(|shape| shape.read(order)) {
        return match dates::stand_in(date) {
            Some(stated) => Ok(stated),
            None if YEARS.contains(&date.year()) => Ok(StatedDate::On(date)),
            None => Err(Wrong::new(
                "a date between 1950 and 2200",
                "Correct the year in the file, or skip the row",
            )),
        };
    }
    if dates::is_null_date(&cell) {
        return Ok(StatedDate::Blank);
    }
    match profile.word(&cell).or_else(|| dates::known_word(&cell)) {
        Some(WordMeaning::NoDate) => Ok(StatedDate::NoDate),
        Some(WordMeaning::NotGiven) => Ok(StatedDate::NotGiven),
        None => Err(no_date(&cell, order, shape)),
    }
}

fn no_date(cell: &str, order: DateOrder, shape: Option<dates::Shape>) -> Wrong {
    let expected = format!("a date like {}", order.example());
    let turned = match order {
        DateOrder::DayFirst => DateOrder::MonthFirst,
        _ => DateOrder::DayFirst,
    };
    if shape.is_some_and(|shape| shape.read(turned).is_some()) {
        let fix = format!("Write it like the rest of the column ({}), or skip the row", order.label());
        return Wrong::new(expected, fix);
    }
    if cell.bytes().any(|b| b.is_ascii_digit()) {
        return Wrong::new(expected, "Correct the date in the file, or skip the row");
    }
    let word = cell::shorten(cell, 40);
    Wrong::new(
        expected,
        format!("Say once what “{word}” means here, no date or not given, or put a date in its place"),
    )
}

/// Reads a number cell; an empty one says nothing.
pub(super) fn number(raw: &str, sign: DecimalSign) -> Result<Option<Amount>, Wrong> {
    let cell = clean(raw);
    if cell.is_empty() || dates::known_word(&cell).is_some() {
        return Ok(None);
    }
    match read_number(&cell, sign) {
        Some(amount) => Ok(Some(amount)),
        None => Err(Wrong::new(
            format!("a number like {}", sign.example()),
            "Correct the number in the file, or leave the cell empty",
        )),
    }
}

/// Reads a currency cell; an empty one says nothing.
pub(super) fn currency(raw: &str) -> Result<Option<String>, Wrong> {
    let cell = clean(raw);
    let code = match cell.to_uppercase().as_str() {
        "" => return Ok(None),
        "€" | "EURO" | "EUROS" => "EUR".to_owned(),
        "$" | "US$" | "US DOLLAR" | "DOLLAR" => "USD".to_owned(),
        "£" => "GBP".to_owned(),
        "¥" => "JPY".to_owned(),
        code if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => code.to_owned(),
        _ => {
            return Err(Wrong::new(
                "a currency code like EUR",
                "Write the three letters of the currency, or leave the cell empty",
            ));
        }
    };
    Ok(Some(code))
}

/// A required cell is empty.
pub(super) fn missing(field: Field) -> Wrong {
    match field {
        Field::Order => {
            Wrong::new("an order number", "Fill it in; if this is a line of totals, leave it out")
        }
        Field::Line => Wrong::new("a line number", "Fill it in, or skip the row"),
        _ => Wrong::new("a customer", "Fill in the customer, or skip the row"),
    }
}

/// A text is longer than any such text is.
pub(super) fn too_long() -> Wrong {
    Wrong::new(
        format!("at most {} characters", cell::LONGEST),
        "Shorten the text; if other rows are in it, a quote is missing or too many",
    )
}
