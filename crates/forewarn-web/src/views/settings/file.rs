//! What a calendar file would add.

use super::calendar::{address, is_weekend};
use crate::pages::settings::{FileDay, FilePage, Nav};
use crate::pages::shell::Shell;
use crate::views::shown::{Wall, count};
use forewarn_domain::holidays::DaysOff;
use forewarn_feeds::ics::DaysInFile;
use forewarn_store::days_off::CalendarOf;
use jiff::civil::Date;

/// A file that was read.
pub(crate) struct Read<'a> {
    /// Its name.
    pub(crate) file: &'a str,
    /// What is in it.
    pub(crate) found: &'a DaysInFile,
    /// Whose calendar it is meant for.
    pub(crate) of: CalendarOf,
    /// Their name.
    pub(crate) name: &'a str,
    /// What is free there already.
    pub(crate) days_off: &'a DaysOff,
}

/// The page.
pub(crate) fn page(shell: Shell, nav: Nav, read: &Read<'_>, wall: &Wall) -> FilePage {
    let Read { file, found, of, name, days_off } = read;
    let is_free = |day: Date| days_off.between(day, day).values().any(|off| !off.worked);
    let (known, new): (Vec<_>, Vec<_>) = found.days.iter().partition(|(day, _)| is_free(**day));
    let row = |(day, name): (&Date, &String)| FileDay {
        value: format!("{day} {name}"),
        day: wall.day(*day),
        name: if name.is_empty() { "Without a name".to_owned() } else { name.clone() },
        weekend: is_weekend(*day),
    };
    FilePage {
        shell,
        nav,
        href: address(*of),
        name: (*name).to_owned(),
        file: (*file).to_owned(),
        days: new.into_iter().map(row).collect(),
        known: known_in_words(known.len()),
        left_out: found.left_out.iter().map(|left| (left.name.clone(), left.why.to_owned())).collect(),
    }
}

fn known_in_words(known: usize) -> String {
    match known {
        0 => String::new(),
        1 => "1 day of the file is free already.".to_owned(),
        many => format!("{} of the file are free already.", count(many as u64, "day", "days")),
    }
}
