//! One calendar: its hours now and through the week, and its days off.

use super::week::{fields, hours_a_week, strip};
use crate::pages::settings::{CalendarPage, CountryChoice, DayRow, Nav};
use crate::pages::shell::Shell;
use crate::pages::tone::Choice;
use crate::views::clocks::{city, near};
use crate::views::shown::Wall;
use forewarn_domain::calendar::{Block, WorkingCalendar};
use forewarn_domain::holidays::{Country, DayOff, DaysOff};
use forewarn_store::days_off::{CalendarBook, CalendarOf};
use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, ToSpan as _};

/// What is known of somebody's calendar.
pub(crate) struct Known<'a> {
    /// Whose it is.
    pub(crate) of: CalendarOf,
    /// Their name.
    pub(crate) name: &'a str,
    /// Their own calendar, or the one that holds for them.
    pub(crate) book: &'a CalendarBook,
    /// Whether it is their own.
    pub(crate) own: bool,
    /// Whether whoever looks may change it.
    pub(crate) can_change: bool,
}

/// Days that are listed at once.
const DAYS_SHOWN: i32 = 400;

/// The page.
pub(crate) fn page(shell: Shell, nav: Nav, known: &Known<'_>, now: Timestamp) -> CalendarPage {
    let calendar = &known.book.calendar;
    let wall = Wall { now, zone: calendar.zone().clone() };
    let (days, later) = days_off(&known.book.days_off, &wall);
    CalendarPage {
        shell,
        nav,
        href: address(known.of),
        name: known.name.to_owned(),
        says: says(known),
        now: format!("{} {} hours a week.", open_now(calendar, &wall), hours_a_week(calendar)),
        own: known.own,
        can_give_up: known.of != CalendarOf::Company,
        can_change: known.can_change,
        strip: strip(calendar),
        week: fields(calendar),
        zone: calendar.zone_name().to_owned(),
        zone_wrong: None,
        zones: jiff::tz::db()
            .available()
            .map(|name| name.to_string())
            .filter(|name| is_place(name))
            .collect(),
        countries: countries(known.book.days_off.country),
        days,
        later,
        typed: Default::default(),
        wrong: Vec::new(),
    }
}

/// Where a calendar is.
pub(crate) fn address(of: CalendarOf) -> String {
    format!("/settings/calendars/{of}")
}

/// "40 hours a week in Oslo, holidays of Norway."
pub(crate) fn in_short(book: &CalendarBook) -> String {
    let place = city(book.calendar.zone_name());
    let holidays = match book.days_off.country {
        Some(country) => format!("holidays of {}", country.name()),
        None if book.days_off.own.is_empty() => "no public holidays".to_owned(),
        None => "days off of their own".to_owned(),
    };
    format!("{} hours a week in {place}, {holidays}.", hours_a_week(&book.calendar))
}

/// "Next day off: Thu 24 Dec, Christmas Eve."
pub(crate) fn next_off(book: &CalendarBook, now: Timestamp) -> String {
    let wall = Wall { now, zone: book.calendar.zone().clone() };
    let (days, _) = days_off(&book.days_off, &wall);
    let next = days.into_iter().find(|day| !day.worked && !day.weekend);
    next.map_or_else(String::new, |day| format!("Next day off: {}, {}.", day.day, day.name))
}

fn says(known: &Known<'_>) -> String {
    let (what, above) = match known.of {
        CalendarOf::Company => ("It holds for everybody without a calendar of their own.", ""),
        CalendarOf::Team(_) => {
            ("It holds for everybody in the team without a calendar of their own.", "the company’s")
        }
        CalendarOf::Person(_) => {
            ("It decides by when they have to tell their customers.", "that of the team")
        }
        CalendarOf::Customer(_) => {
            ("It decides how many working days they have left to act.", "ours, on their clock")
        }
    };
    if known.own || above.is_empty() {
        what.to_owned()
    } else {
        format!("{what} At present it is {above}; a change here makes one of their own.")
    }
}

/// "Open now in Oslo, until 17:00." or "Closed now in Oslo; opens tomorrow 08:00."
fn open_now(calendar: &WorkingCalendar, wall: &Wall) -> String {
    let local = wall.zone.to_datetime(wall.now);
    let place = city(calendar.zone_name());
    let at = |block: &&Block| {
        block.from() <= local.time() && (local.time() < block.to() || block.to() == Time::MIN)
    };
    let open = calendar.blocks_on(local.date()).iter().find(at);
    match open {
        Some(block) if block.to() == Time::MIN => format!("Open now in {place}, until midnight."),
        Some(block) => format!("Open now in {place}, until {}.", block.to().strftime("%H:%M")),
        None => {
            let opens = calendar.next_opening(wall.now);
            format!("Closed now in {place}; opens {}.", near(wall, opens))
        }
    }
}

/// The days off from today on: the next months, and what has been entered beyond them.
fn days_off(days: &DaysOff, wall: &Wall) -> (Vec<DayRow>, Vec<DayRow>) {
    let today = wall.today();
    let last = today.checked_add(DAYS_SHOWN.days()).unwrap_or(Date::MAX);
    let near = days.between(today, last).into_iter().map(|(day, off)| row(day, &off, wall)).collect();
    let beyond = days.own.iter().filter(|(day, _)| **day > last);
    let later = beyond.map(|(day, name)| {
        let off = DayOff { name: name.clone(), of: None, worked: false };
        row(*day, &off, wall)
    });
    (near, later.collect())
}

fn row(day: Date, off: &DayOff, wall: &Wall) -> DayRow {
    DayRow {
        date: day.to_string(),
        day: wall.day(day),
        name: off.name.clone(),
        of: off.of.map_or("", Country::name).to_owned(),
        worked: off.worked,
        weekend: is_weekend(day),
    }
}

pub(super) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn countries(chosen: Option<Country>) -> Vec<CountryChoice> {
    let none = Choice::new("", "None");
    let countries = Country::ALL.map(|country| {
        let choice = Choice::new(country.code(), country.name());
        if chosen == Some(country) { choice.chosen() } else { choice }
    });
    std::iter::once(none).chain(countries).collect()
}

/// Whether the name of a zone is a place: old aliases and bare offsets are left out of the list.
fn is_place(zone: &str) -> bool {
    const CONTINENTS: [&str; 10] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    zone == "UTC" || CONTINENTS.iter().any(|continent| zone.starts_with(continent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    fn book() -> CalendarBook {
        let calendar = WorkingCalendar::office_hours(TimeZone::get("Europe/Oslo").unwrap()).unwrap();
        let mut days_off = DaysOff { country: Some(Country::Norway), ..DaysOff::default() };
        days_off
            .add([(date(2026, 12, 24), "Christmas Eve".to_owned()), (date(2029, 7, 2), "Move".to_owned())]);
        CalendarBook { calendar, days_off }.worked_out(2026)
    }

    fn at(now: &str) -> Wall {
        Wall { now: now.parse().unwrap(), zone: TimeZone::get("Europe/Oslo").unwrap() }
    }

    #[test]
    fn whether_they_are_open_is_said_with_the_next_change() {
        let calendar = book().calendar;
        assert_eq!(open_now(&calendar, &at("2026-11-23T08:00:00Z")), "Open now in Oslo, until 12:00.");
        assert_eq!(
            open_now(&calendar, &at("2026-11-23T11:30:00Z")),
            "Closed now in Oslo; opens today 13:00."
        );
        let eve = open_now(&calendar, &at("2026-12-23T18:00:00Z"));
        assert_eq!(eve, "Closed now in Oslo; opens Mon 28 Dec 08:00.");
    }

    #[test]
    fn the_days_off_of_the_next_months_are_listed_and_what_lies_beyond_them_is_kept_apart() {
        let (near, later) = days_off(&book().days_off, &at("2026-11-23T08:00:00Z"));
        assert_eq!(near[0].day, "Thu 24 Dec");
        assert_eq!((near[1].name.as_str(), near[1].of.as_str()), ("Christmas Day", "Norway"));
        assert!(near[2].weekend, "Boxing Day is a Saturday");
        assert_eq!(later.len(), 1);
        let now = "2026-11-23T08:00:00Z".parse().unwrap();
        assert_eq!(next_off(&book(), now), "Next day off: Thu 24 Dec, Christmas Eve.");
        assert_eq!(in_short(&book()), "40 hours a week in Oslo, holidays of Norway.");
    }
}
