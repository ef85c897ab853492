//! A date that isn't the case's. See `wrong-date.md`.

use jiff::civil::Date;

use super::{Found, Rule};
use crate::calendar::{self, Written};
use crate::reading::Reading;
use crate::report::Severity;
use crate::say;

pub(super) const RULE: Rule = Rule {
    id: "wrong-date",
    severity: Severity::Fix,
    why: "The customer will plan with this date, and the case says another.",
    page: include_str!("wrong-date.md"),
    find,
    instead,
};

fn find(reading: &Reading<'_>) -> Vec<Found> {
    let known = known(reading);
    let mut out = Vec::new();
    for words in reading.runs("date") {
        let Some(written) = calendar::read(reading, words.clone()) else { continue };
        let place = reading.draft.sentence(words.start).place;
        if matches!(place, crate::draft::Place::Signature | crate::draft::Place::Quoted) {
            continue;
        }
        if let Some(why) = mistake(written, &known, reading) {
            out.push(Found { words, why: Some(why) });
        }
    }
    out
}

/// Every date the case knows.
fn known(reading: &Reading<'_>) -> Vec<Date> {
    let case = reading.context;
    let mut dates = case.dates.clone();
    dates.extend(
        [case.promised, case.expected, case.expected_to, case.today, case.next_word.map(|at| at.date())]
            .into_iter()
            .flatten(),
    );
    dates
}

/// What is wrong with a date: its weekday, or that the case doesn't know it.
fn mistake(written: Written, known: &[Date], reading: &Reading<'_>) -> Option<String> {
    let case = reading.context;
    let near = known.iter().find(|date| date.month() == written.month && date.day() == written.day);
    let year = written.year.or(near.map(|date| date.year()));
    let date = match year {
        Some(year) => Date::new(year, written.month, written.day).ok(),
        None => case.today.and_then(|today| nearest(today, written)),
    };
    if let (Some(date), Some(weekday)) = (date, written.weekday)
        && date.weekday() != weekday
        && (written.year.is_some() || case.expected.is_some())
    {
        return Some(format!("The {} is a {}.", date.strftime("%-d %B %Y"), date.strftime("%A")));
    }
    if case.expected.is_none() && case.promised.is_none() {
        return None;
    }
    let same_year = near.is_some_and(|date| written.year.is_none_or(|year| year == date.year()));
    let within = date.is_some_and(|date| {
        case.expected.zip(case.expected_to).is_some_and(|(from, to)| from <= date && date <= to)
            || case.today.is_some_and(|today| date < today)
    });
    if same_year || within {
        return None;
    }
    let says = say::when(case).unwrap_or_else(|| "no date yet".to_owned());
    Some(format!("The case doesn't know this date; it says {says}."))
}

/// The day without a year that a writer means: at most half a year back, otherwise still to come.
fn nearest(today: Date, written: Written) -> Option<Date> {
    const HALF_A_YEAR: i32 = 183;
    let date = Date::new(today.year(), written.month, written.day).ok()?;
    let back = today.duration_since(date).as_hours() / 24;
    if back > i64::from(HALF_A_YEAR) {
        Date::new(today.year() + 1, written.month, written.day).ok()
    } else {
        Some(date)
    }
}

fn instead(reading: &Reading<'_>, _: &Found) -> String {
    say::or(
        "Use the case's date:",
        say::news(reading.context),
        "Check the weekday and the day against a calendar before they are planned with.",
    )
}
