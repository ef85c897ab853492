//! What a rule for a holiday can say: when it is, in which years, and what happens on a weekend.

use jiff::SignedDuration;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeSet;

/// One holiday of a country.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    when: When,
    on_a_weekend: OnAWeekend,
    since: i16,
    until: i16,
    not_in: Option<i16>,
    every: i16,
}

/// How the date follows from the year. Months and days count from 1.
#[derive(Debug, Clone, Copy)]
enum When {
    Fixed {
        month: i8,
        day: i8,
    },
    /// The date, or the day before it if it is a Sunday.
    FixedNotSunday {
        month: i8,
        day: i8,
    },
    OnOrAfter {
        weekday: Weekday,
        month: i8,
        day: i8,
    },
    OnOrBefore {
        weekday: Weekday,
        month: i8,
        day: i8,
    },
    /// Days after Easter Sunday; Good Friday is -2.
    Easter {
        days: i16,
    },
}

/// What is free in addition when a holiday falls on a Saturday or Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnAWeekend {
    Nothing,
    /// Friday for Saturday, Monday for Sunday.
    NearestWeekday,
    /// The next weekday that is not a holiday itself.
    NextFreeWeekday,
}

/// The same date every year.
pub(super) const fn on(month: i8, day: i8, name: &'static str) -> Rule {
    Rule::new(name, When::Fixed { month, day })
}

/// The same date every year, but the day before it if it is a Sunday.
pub(super) const fn not_on_sunday(month: i8, day: i8, name: &'static str) -> Rule {
    Rule::new(name, When::FixedNotSunday { month, day })
}

/// The first such weekday on this date or after it.
pub(super) const fn on_or_after(weekday: Weekday, month: i8, day: i8, name: &'static str) -> Rule {
    Rule::new(name, When::OnOrAfter { weekday, month, day })
}

/// The last such weekday on this date or before it.
pub(super) const fn on_or_before(weekday: Weekday, month: i8, day: i8, name: &'static str) -> Rule {
    Rule::new(name, When::OnOrBefore { weekday, month, day })
}

/// The n-th such weekday of a month.
pub(super) const fn nth(n: i8, weekday: Weekday, month: i8, name: &'static str) -> Rule {
    on_or_after(weekday, month, 7 * (n - 1) + 1, name)
}

/// Days after Easter Sunday, or before it.
pub(super) const fn easter(days: i16, name: &'static str) -> Rule {
    Rule::new(name, When::Easter { days })
}

/// A single day in history.
pub(super) const fn once(year: i16, month: i8, day: i8, name: &'static str) -> Rule {
    on(month, day, name).since(year).until(year)
}

impl Rule {
    const fn new(name: &'static str, when: When) -> Self {
        Self {
            name,
            when,
            on_a_weekend: OnAWeekend::Nothing,
            since: i16::MIN,
            until: i16::MAX,
            not_in: None,
            every: 1,
        }
    }

    /// What is free in addition when it falls on a weekend.
    pub(super) const fn moved_to(self, on_a_weekend: OnAWeekend) -> Self {
        Self { on_a_weekend, ..self }
    }

    /// The first year of the rule.
    pub(super) const fn since(self, since: i16) -> Self {
        Self { since, ..self }
    }

    /// The last year of the rule.
    pub(super) const fn until(self, until: i16) -> Self {
        Self { until, ..self }
    }

    /// A year in which the day was moved for an occasion.
    pub(super) const fn not_in(self, year: i16) -> Self {
        Self { not_in: Some(year), ..self }
    }

    /// Only in years that divide by `years`.
    pub(super) const fn every(self, years: i16) -> Self {
        Self { every: years, ..self }
    }

    /// The date of the holiday in a year, if it is kept in that year.
    pub(super) fn date_in(&self, year: i16) -> Option<Date> {
        let kept = (self.since..=self.until).contains(&year) && self.not_in != Some(year);
        if !kept || year.rem_euclid(self.every) != 0 {
            return None;
        }
        let date = |month, day| Date::new(year, month, day).ok();
        match self.when {
            When::Fixed { month, day } => date(month, day),
            When::FixedNotSunday { month, day } => date(month, day)
                .and_then(|date| days_after(date, if is(date, Weekday::Sunday) { -1 } else { 0 })),
            When::OnOrAfter { weekday, month, day } => {
                date(month, day).and_then(|date| days_after(date, i16::from(date.weekday().until(weekday))))
            }
            When::OnOrBefore { weekday, month, day } => {
                date(month, day).and_then(|date| days_after(date, -i16::from(date.weekday().since(weekday))))
            }
            When::Easter { days } => easter_sunday(year).and_then(|sunday| days_after(sunday, days)),
        }
    }

    /// The day that is free besides `date`, if that is on a weekend; never one that is taken already by
    /// another holiday.
    pub(super) fn free_instead(&self, date: Date, taken: &BTreeSet<Date>) -> Option<Date> {
        if !is_weekend(date) {
            return None;
        }
        match self.on_a_weekend {
            OnAWeekend::Nothing => None,
            OnAWeekend::NearestWeekday => days_after(date, if is(date, Weekday::Saturday) { -1 } else { 1 }),
            OnAWeekend::NextFreeWeekday => (1..=7)
                .filter_map(|days| days_after(date, days))
                .find(|day| !is_weekend(*day) && !taken.contains(day)),
        }
    }
}

/// Easter Sunday of the Gregorian calendar, by the "anonymous" computus (Nature, 20 April 1876; Meeus,
/// Astronomical Algorithms, chapter 8).
fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (century, of_century) = (y.div_euclid(100), y.rem_euclid(100));
    let golden = y.rem_euclid(19);
    let moon_drift = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - moon_drift + 15).rem_euclid(30);
    let to_sunday =
        (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * to_sunday).div_euclid(451);
    let days = epact + to_sunday - 7 * late + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}

fn is_weekend(date: Date) -> bool {
    is(date, Weekday::Saturday) || is(date, Weekday::Sunday)
}

fn is(date: Date, weekday: Weekday) -> bool {
    date.weekday() == weekday
}

fn days_after(date: Date, days: i16) -> Option<Date> {
    date.checked_add(SignedDuration::from_hours(i64::from(days) * 24)).ok()
}
