//! Public holidays of some countries, by rule, to fill a [`WorkingCalendar`](crate::calendar::WorkingCalendar)
//! with. A company edits the list afterwards: bridge days, regional holidays, the works holiday.
//!
//! The rules are those in force since 2020, with the one-off days since then. They were compared, for 2020 to
//! 2035, with the `holidays` package of PyPI.

mod countries;
mod days_off;
mod rule;
#[cfg(test)]
mod tests;

pub use days_off::{DayOff, DaysOff};

use jiff::civil::Date;
use rule::Rule;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The public holidays of a country in a year, in order, with their English names.
///
/// A holiday that is also kept on another day because it falls on a weekend is listed twice, under the same
/// name: on its own date and on the day that is free instead.
///
/// ```
/// use forewarn_domain::holidays::{Country, holidays};
/// use jiff::civil::date;
///
/// let days = holidays(Country::UnitedStates, 2026);
/// assert!(days.contains(&(date(2026, 7, 3), "Independence Day")));
/// ```
pub fn holidays(country: Country, year: i16) -> Vec<(Date, &'static str)> {
    // A New Year's Day on a Saturday is kept on the last day of the year before.
    let mut days: Vec<_> = [year, year.saturating_add(1)]
        .into_iter()
        .flat_map(|rules_of| holidays_by_rules_of(country, rules_of))
        .filter(|(date, _)| date.year() == year)
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// A country, or a part of one, whose public holidays are known by rule. Written as its ISO 3166 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Country {
    /// The days on which federal offices are closed (5 U.S.C. 6103).
    UnitedStates,
    /// Bank holidays in England and Wales.
    EnglandAndWales,
    /// The nine holidays of all sixteen states.
    Germany,
    /// The eleven holidays of the Code du travail; Alsace and Moselle have two more.
    France,
    /// The holidays common to all of Spain, on their own dates: regions move or replace some of them.
    Spain,
    /// The holidays that the Dutch government lists; Liberation Day every fifth year, when it is a day off.
    Netherlands,
    /// Holy days and public holidays by Norwegian law.
    Norway,
    /// Public holidays by Swedish law (1989:253). The eves of Midsummer, Christmas and New Year, which most
    /// companies keep too, are not among them.
    Sweden,
    /// Public holidays by Danish law; Great Prayer Day until 2023.
    Denmark,
    /// General holidays of the Canada Labour Code; provinces have others.
    Canada,
}

/// Why a text is not a [`Country`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no holidays are known for “{0}”: use one of {known}, or enter the days by hand", known = known_codes())]
pub struct NotACountry(String);

impl Country {
    /// All of them, in the order of their English names.
    pub const ALL: [Self; 10] = [
        Self::Canada,
        Self::Denmark,
        Self::EnglandAndWales,
        Self::France,
        Self::Germany,
        Self::Netherlands,
        Self::Norway,
        Self::Spain,
        Self::Sweden,
        Self::UnitedStates,
    ];

    /// The ISO 3166 code, such as `NO` or `GB-EAW`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnitedStates => "US",
            Self::EnglandAndWales => "GB-EAW",
            Self::Germany => "DE",
            Self::France => "FR",
            Self::Spain => "ES",
            Self::Netherlands => "NL",
            Self::Norway => "NO",
            Self::Sweden => "SE",
            Self::Denmark => "DK",
            Self::Canada => "CA",
        }
    }

    /// The English name, saying which holidays are meant where a country has several lists.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnitedStates => "United States (federal)",
            Self::EnglandAndWales => "England and Wales",
            Self::Germany => "Germany (nationwide)",
            Self::France => "France",
            Self::Spain => "Spain (national)",
            Self::Netherlands => "Netherlands",
            Self::Norway => "Norway",
            Self::Sweden => "Sweden",
            Self::Denmark => "Denmark",
            Self::Canada => "Canada (federal)",
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Country {
    type Err = NotACountry;

    /// Reads the code, in capitals or not.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|country| country.code().eq_ignore_ascii_case(text.trim()));
        known.ok_or_else(|| NotACountry(text.to_owned()))
    }
}

impl From<Country> for &'static str {
    fn from(country: Country) -> Self {
        country.code()
    }
}

impl TryFrom<String> for Country {
    type Error = NotACountry;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

fn holidays_by_rules_of(country: Country, year: i16) -> Vec<(Date, &'static str)> {
    let mut days: Vec<(Date, &Rule)> =
        countries::rules(country).iter().filter_map(|rule| Some((rule.date_in(year)?, rule))).collect();
    days.sort_unstable_by_key(|(date, _)| *date);
    let mut taken: BTreeSet<Date> = days.iter().map(|(date, _)| *date).collect();
    let mut listed = Vec::with_capacity(days.len());
    for (date, rule) in days {
        listed.push((date, rule.name));
        if let Some(instead) = rule.free_instead(date, &taken) {
            taken.insert(instead);
            listed.push((instead, rule.name));
        }
    }
    listed
}

fn known_codes() -> String {
    Country::ALL.map(Country::code).join(", ")
}
