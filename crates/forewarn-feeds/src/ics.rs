//! Days off from a calendar file (.ics, RFC 5545): whole days and stretches of them, also those that come
//! back each year. What has a time of the day is an appointment and is left out, with the reason.

mod entries;
mod yearly;

use entries::{Entry, entries};
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use yearly::Yearly;

/// What a calendar file says about days off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DaysInFile {
    /// The days with their names, in order. Two names of one day stand together: "Christmas Eve, Closed".
    pub days: BTreeMap<Date, String>,
    /// The entries that are no days off, with the reason, in the order of the file.
    pub left_out: Vec<LeftOut>,
}

/// An entry of the file that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name in the file.
    pub name: String,
    /// Why: "has a time of the day, so it is an appointment".
    pub why: &'static str,
}

/// Why a file can't be read as a calendar. The text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnIcs {
    /// It is something else.
    #[error(
        "This is no calendar file. Choose one that ends in .ics: calendars have “Export”, and pages with public holidays offer it for download."
    )]
    NoCalendar,
    /// It begins like a calendar and breaks off, or has a line that can't be read.
    #[error("This calendar file can’t be read to its end. Export it once more, and choose the new file.")]
    Broken,
    /// It is longer than lists of days off are.
    #[error(
        "This calendar file is longer than lists of days off are. Export the calendar with the days off only."
    )]
    TooLong,
}

/// The largest file that is read.
pub const MOST_BYTES: usize = 512 * 1024;

/// The days off in `file` that lie in `within`.
///
/// # Errors
/// [`NotAnIcs`] says what is wrong and what to do.
pub fn days_off(file: &[u8], within: RangeInclusive<Date>) -> Result<DaysInFile, NotAnIcs> {
    if file.len() > MOST_BYTES {
        return Err(NotAnIcs::TooLong);
    }
    let text = String::from_utf8_lossy(file);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(NotAnIcs::NoCalendar);
    }
    let entries = entries(text)?;
    let mut found = DaysInFile::default();
    for entry in &entries {
        let name = name_of(entry);
        match days_of(entry, &within) {
            Ok(days) => days.into_iter().for_each(|day| found.name_day(day, &name)),
            Err(why) => found.left_out.push(LeftOut { name, why }),
        }
    }
    Ok(found)
}

impl DaysInFile {
    fn name_day(&mut self, day: Date, name: &str) {
        let names = self.days.entry(day).or_default();
        if names.is_empty() {
            name.clone_into(names);
        } else if names.len() < LONGEST_NAME && !names.split(", ").any(|known| known == name) {
            names.push_str(", ");
            names.push_str(name);
        }
    }
}

const AN_APPOINTMENT: &str = "has a time of the day, so it is an appointment";
const NO_DATE: &str = "has no date";
const CANCELLED: &str = "is cancelled";
const OTHER_REPEAT: &str =
    "comes back in a way that is not read: only what comes once a year is. Enter its days by hand";
const TOO_LONG: &str = "lasts longer than a year";
/// An entry that lasts longer is no day off.
const LONGEST_DAYS: i32 = 366;

/// The days of one entry that lie within the range, in order.
fn days_of(entry: &Entry, within: &RangeInclusive<Date>) -> Result<Vec<Date>, &'static str> {
    if entry.value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
        return Err(CANCELLED);
    }
    let first = whole_day(entry.value("DTSTART").ok_or(NO_DATE)?)?;
    let lasts = lasts(entry, first)?;
    // First what is near: a rule may begin with the first year that there is.
    let near = |start: &Date| later(*start, LONGEST_DAYS).is_none_or(|end| end >= *within.start());
    let starts = match entry.value("RRULE") {
        None => vec![first],
        Some(rule) => {
            let rule = Yearly::read(rule, first).ok_or(OTHER_REPEAT)?;
            rule.dates(first, within.end().year())
                .filter(near)
                .filter(|day| !is_excepted(entry, *day))
                .collect()
        }
    };
    let days =
        starts.into_iter().filter(near).flat_map(|start| (0..lasts).map_while(move |n| later(start, n)));
    Ok(days.filter(|day| within.contains(day)).collect())
}

/// How many days an entry lasts that begins on `first`: at least one.
fn lasts(entry: &Entry, first: Date) -> Result<i32, &'static str> {
    let days = if let Some(end) = entry.value("DTEND") {
        // The end is the first day after it.
        whole_day(end)?.since(first).map_or(0, |span| span.get_days())
    } else if let Some(duration) = entry.value("DURATION") {
        let span: Span = duration.parse().map_err(|_| NO_DATE)?;
        if span.get_hours() != 0 || span.get_minutes() != 0 || span.get_seconds() != 0 {
            return Err(AN_APPOINTMENT);
        }
        span.get_weeks().clamp(0, LONGEST_DAYS).saturating_mul(7).saturating_add(span.get_days())
    } else {
        1
    };
    if days > LONGEST_DAYS { Err(TOO_LONG) } else { Ok(days.max(1)) }
}

fn later(day: Date, days: i32) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

/// The date of a property that names a whole day; midnight counts as one, as some programs write it.
fn whole_day(value: &str) -> Result<Date, &'static str> {
    let (day, time) = value.split_once('T').map_or((value, None), |(day, time)| (day, Some(time)));
    if time.is_some_and(|time| time.trim_end_matches('Z') != "000000") {
        return Err(AN_APPOINTMENT);
    }
    Date::strptime("%Y%m%d", day).map_err(|_| NO_DATE)
}

/// Whether the entry says that it is not kept on that day.
fn is_excepted(entry: &Entry, day: Date) -> bool {
    let written = day.strftime("%Y%m%d").to_string();
    entry.values("EXDATE").flat_map(|dates| dates.split(',')).any(|date| date.starts_with(&written))
}

/// Its name, with what iCalendar writes before commas and semicolons taken out; on one line.
fn name_of(entry: &Entry) -> String {
    let Some(summary) = entry.value("SUMMARY") else { return String::new() };
    let text = summary.replace("\\n", " ").replace("\\N", " ");
    let text: String = text.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_NAME).collect()
}

const LONGEST_NAME: usize = 100;
