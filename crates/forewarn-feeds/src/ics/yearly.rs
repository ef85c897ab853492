//! Repeat rules that come once a year: on the same date, or on the n-th weekday of a month.

use jiff::civil::{Date, Weekday};

/// A rule `FREQ=YEARLY` of RFC 5545, 3.3.10, as far as lists of holidays use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Yearly {
    on: On,
    every: i16,
    until: Option<Date>,
    times: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    /// The month and day of the first time.
    SameDate,
    /// The n-th such weekday of a month; -1 is the last.
    Nth { month: i8, nth: i8, weekday: Weekday },
}

impl Yearly {
    /// Reads a rule of something that first happens on `first`; `None` for any that is not understood whole.
    pub(super) fn read(rule: &str, first: Date) -> Option<Self> {
        let mut read = Self { on: On::SameDate, every: 1, until: None, times: None };
        let (mut month, mut weekday, mut yearly) = (first.month(), None, false);
        for part in rule.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            match name.to_ascii_uppercase().as_str() {
                "FREQ" => yearly = value.eq_ignore_ascii_case("YEARLY"),
                "INTERVAL" => read.every = value.parse().ok().filter(|every| *every > 0)?,
                "COUNT" => read.times = Some(value.parse().ok()?),
                "UNTIL" => read.until = Some(Date::strptime("%Y%m%d", value.get(..8)?).ok()?),
                "BYMONTH" => month = value.parse().ok().filter(|month| (1..=12).contains(month))?,
                "BYMONTHDAY" if value.parse() == Ok(first.day()) => {}
                "BYDAY" => weekday = Some(nth_weekday(value)?),
                "WKST" => {}
                _ => return None,
            }
        }
        if let Some((nth, weekday)) = weekday {
            read.on = On::Nth { month, nth, weekday };
        } else if month != first.month() {
            return None;
        }
        yearly.then_some(read)
    }

    /// The days from `first` on, in order, up to the end of the year `last`.
    pub(super) fn dates(self, first: Date, last: i16) -> impl Iterator<Item = Date> {
        let step = usize::try_from(self.every).unwrap_or(1);
        let in_years = (first.year()..=last).step_by(step).filter_map(move |year| self.date_in(year, first));
        let from_first = in_years.filter(move |day| *day >= first);
        let in_time = from_first.take_while(move |day| self.until.is_none_or(|until| *day <= until));
        in_time.take(self.times.unwrap_or(usize::MAX))
    }

    fn date_in(self, year: i16, first: Date) -> Option<Date> {
        match self.on {
            On::SameDate => Date::new(year, first.month(), first.day()).ok(),
            On::Nth { month, nth, weekday } => {
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
        }
    }
}

/// "4TH" is the fourth Thursday, "-1MO" the last Monday.
fn nth_weekday(text: &str) -> Option<(i8, Weekday)> {
    let (nth, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = match day.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    let nth: i8 = nth.parse().ok().filter(|nth| (-5..=5).contains(nth) && *nth != 0)?;
    Some((nth, weekday))
}
