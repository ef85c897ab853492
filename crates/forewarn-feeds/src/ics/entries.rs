//! The entries of a calendar file: cut out line by line, so that no nesting, however deep or however hidden, is gone into.
//! Of each entry the few properties that days off are made of are read, each by itself.

use super::NotAnIcs;
use icalendar::parser::read_components;

/// The most entries that are read.
const MOST_ENTRIES: usize = 2_000;
/// The most lines of an entry that are read: of exceptions there may be many.
const MOST_LINES: usize = 500;
/// What days off are made of.
const READ: [&str; 7] = ["SUMMARY", "STATUS", "DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE"];

/// One entry: the names and values of its properties that matter.
#[derive(Debug, Default)]
pub(super) struct Entry(Vec<(&'static str, String)>);

impl Entry {
    /// The first value under this name.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// All values under this name.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    fn read(&mut self, line: &str) -> Result<(), NotAnIcs> {
        let named = |name: &&&str| {
            let (start, rest) = line.split_at_checked(name.len()).unwrap_or_default();
            start.eq_ignore_ascii_case(name) && rest.starts_with([':', ';'])
        };
        let Some(name) = READ.iter().find(named) else { return Ok(()) };
        if self.0.len() >= MOST_LINES {
            return Err(NotAnIcs::TooLong);
        }
        self.0.push((*name, value(line).ok_or(NotAnIcs::Broken)?));
        Ok(())
    }
}

/// The entries (`VEVENT`) that lie in a calendar and in nothing else.
pub(super) fn entries(text: &str) -> Result<Vec<Entry>, NotAnIcs> {
    let mut entries = Vec::new();
    let mut depth = 0_usize;
    let mut under_way: Option<Entry> = None;
    for line in unfolded(text) {
        if starts(&line, "BEGIN:") {
            depth += 1;
            if depth == 2 && starts(&line, "BEGIN:VEVENT") {
                under_way = Some(Entry::default());
            }
        } else if starts(&line, "END:") {
            if depth == 2 {
                entries.extend(under_way.take());
            }
            depth = depth.checked_sub(1).ok_or(NotAnIcs::Broken)?;
        } else if depth == 2
            && let Some(entry) = &mut under_way
        {
            entry.read(&line)?;
        }
        if entries.len() > MOST_ENTRIES {
            return Err(NotAnIcs::TooLong);
        }
    }
    if depth == 0 { Ok(entries) } else { Err(NotAnIcs::Broken) }
}

/// The lines, those that go on with a blank or a tab in the next one put together (RFC 5545, 3.1), however they end.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split(['\n', '\r']).filter(|line| !line.is_empty()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(before)) => before.push_str(more),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn starts(line: &str, with: &str) -> bool {
    line.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// The value of one property, its parameters read by the library. A line by itself has nothing to go into.
fn value(line: &str) -> Option<String> {
    let alone = format!("BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n");
    let read = read_components(&alone).ok()?;
    let [property] = read.first()?.properties.as_slice() else { return None };
    Some(property.val.as_str().to_owned())
}
