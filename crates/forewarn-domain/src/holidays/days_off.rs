//! Which days a calendar is free on, and why: the holidays of a country, days of one's own, and the holidays
//! on which people work nonetheless.

use super::{Country, holidays};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The days off behind a [`WorkingCalendar`](crate::calendar::WorkingCalendar), as people enter them. The
/// calendar itself holds bare dates; [`dates`](Self::dates) makes them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DaysOff {
    /// Whose public holidays are kept.
    pub country: Option<Country>,
    /// Days of one's own with their names: the works holiday, the day between.
    pub own: BTreeMap<Date, String>,
    /// Public holidays on which people work nonetheless.
    pub worked: BTreeSet<Date>,
}

/// One day of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    /// What it is called.
    pub name: String,
    /// The country whose holiday it is; `None` for a day of one's own.
    pub of: Option<Country>,
    /// Whether people work on it nonetheless.
    pub worked: bool,
}

impl DaysOff {
    /// How many years after the present one the dates are worked out for.
    pub const YEARS_AHEAD: i16 = 10;
    /// The longest name of a day of one's own, in characters.
    pub const LONGEST_NAME: usize = 100;
    /// The most days of one's own that a calendar may hold: each page that reckons with it reads them all.
    pub const MOST_OWN: usize = 2_000;

    /// The days from `first` to `last`, both included, in order; also those on which people work nonetheless.
    /// A day of one's own goes before a public holiday on the same date.
    pub fn between(&self, first: Date, last: Date) -> BTreeMap<Date, DayOff> {
        let mut days = BTreeMap::new();
        if let Some(country) = self.country {
            let of_years = (first.year()..=last.year()).flat_map(|year| holidays(country, year));
            for (day, name) in of_years.filter(|(day, _)| (first..=last).contains(day)) {
                let worked = self.worked.contains(&day);
                let off = DayOff { name: name.to_owned(), of: Some(country), worked };
                days.entry(day)
                    .and_modify(|known: &mut DayOff| known.name += &format!(", {name}"))
                    .or_insert(off);
            }
        }
        if first <= last {
            for (day, name) in self.own.range(first..=last) {
                days.insert(*day, DayOff { name: name.clone(), of: None, worked: false });
            }
        }
        days
    }

    /// The dates on which nobody works, for the calendar: from the year before `year` to
    /// [`YEARS_AHEAD`](Self::YEARS_AHEAD) after it, and all days of one's own.
    pub fn dates(&self, year: i16) -> BTreeSet<Date> {
        let (first, last) = (year.saturating_sub(1), year.saturating_add(Self::YEARS_AHEAD).min(9999));
        let by_rule = self.between(date(first, 1, 1), date(last, 12, 31));
        let free = by_rule.into_iter().filter(|(_, day)| !day.worked).map(|(day, _)| day);
        free.chain(self.own.keys().copied()).collect()
    }

    /// What lies behind dates that were kept without names: the country whose holidays of all those years are
    /// among them, with the rest as days of one's own.
    pub fn behind(dates: &BTreeSet<Date>) -> Self {
        let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return Self::default() };
        let of = |country| (first.year()..=last.year()).flat_map(move |year| holidays(country, year));
        let all_there = |country: &Country| of(*country).all(|(day, _)| dates.contains(&day));
        let country = Country::ALL.into_iter().filter(all_there).max_by_key(|country| of(*country).count());
        let known: BTreeSet<Date> = country.into_iter().flat_map(of).map(|(day, _)| day).collect();
        let own = dates.difference(&known).map(|day| (*day, UNNAMED.to_owned())).collect();
        Self { country, own, worked: BTreeSet::new() }
    }

    /// Adds days of one's own; gives those that were not free before. A name that is there stays, and one that is
    /// too long is cut.
    pub fn add(&mut self, days: impl IntoIterator<Item = (Date, String)>) -> Vec<Date> {
        let mut added = Vec::new();
        for (day, name) in days {
            let known = self.between(day, day);
            if known.get(&day).is_none_or(|known| known.worked) {
                self.worked.remove(&day);
                let name: String = name.trim().chars().take(Self::LONGEST_NAME).collect();
                let name = if name.is_empty() { UNNAMED.to_owned() } else { name };
                if known.is_empty() {
                    self.own.insert(day, name);
                }
                added.push(day);
            }
        }
        added
    }

    /// Makes a day an ordinary one: takes out a day of one's own, or lets people work on a public holiday.
    /// Whether it was free.
    pub fn take_out(&mut self, day: Date) -> bool {
        let own = self.own.remove(&day).is_some();
        let public = self.between(day, day).contains_key(&day);
        let newly_worked = public && self.worked.insert(day);
        own || newly_worked
    }
}

const UNNAMED: &str = "Day off";

#[cfg(test)]
mod tests {
    use super::*;

    fn norway() -> DaysOff {
        DaysOff { country: Some(Country::Norway), ..DaysOff::default() }
    }

    #[test]
    fn holidays_come_by_rule_and_ones_own_days_come_on_top() {
        let mut days = norway();
        let added = days.add([
            (date(2026, 12, 24), "Christmas Eve".to_owned()),
            (date(2026, 12, 25), "Christmas".to_owned()),
        ]);
        assert_eq!(added, [date(2026, 12, 24)], "the 25th is free already");
        let named: Vec<_> = days
            .between(date(2026, 12, 1), date(2026, 12, 31))
            .into_iter()
            .map(|(day, off)| (day.day(), off.name, off.of))
            .collect();
        let norway = Some(Country::Norway);
        let expected = [
            (24, "Christmas Eve".to_owned(), None),
            (25, "Christmas Day".to_owned(), norway),
            (26, "Second Day of Christmas".to_owned(), norway),
        ];
        assert_eq!(named, expected);
    }

    #[test]
    fn two_holidays_on_one_date_are_both_named() {
        let day = date(2027, 5, 17);
        assert_eq!(norway().between(day, day)[&day].name, "Constitution Day, Whit Monday");
    }

    #[test]
    fn a_public_holiday_can_be_worked_and_made_free_again() {
        let mut days = norway();
        assert!(days.take_out(date(2027, 5, 17)));
        assert!(!days.take_out(date(2027, 5, 17)), "once is enough");
        assert!(!days.dates(2026).contains(&date(2027, 5, 17)));
        assert!(
            days.between(date(2027, 5, 17), date(2027, 5, 17))[&date(2027, 5, 17)].worked,
            "still listed"
        );
        assert_eq!(days.add([(date(2027, 5, 17), String::new())]), [date(2027, 5, 17)]);
        assert_eq!(days, norway());
    }

    #[test]
    fn the_dates_of_a_calendar_reach_ten_years_ahead() {
        let dates = norway().dates(2026);
        assert_eq!(dates.first(), Some(&date(2025, 1, 1)));
        assert_eq!(dates.last(), Some(&date(2036, 12, 26)));
    }

    #[test]
    fn what_lies_behind_bare_dates_is_found() {
        let mut dates = norway().dates(2026);
        dates.insert(date(2026, 12, 24));
        let found = DaysOff::behind(&dates);
        assert_eq!(found.country, Some(Country::Norway));
        assert_eq!(found.own, BTreeMap::from([(date(2026, 12, 24), "Day off".to_owned())]));
        assert_eq!(DaysOff::behind(&BTreeSet::new()), DaysOff::default());
        let alone = BTreeSet::from([date(2026, 7, 1)]);
        assert_eq!(DaysOff::behind(&alone).country, None);
    }
}
