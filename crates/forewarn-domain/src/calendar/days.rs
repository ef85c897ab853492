//! Counting in working days: dates only, no time of day and no zone.

use super::WorkingCalendar;
use super::wall::{date_of, first_day, number};
use jiff::civil::Date;

impl WorkingCalendar {
    /// Whether somebody works at some time of this date: it has a block and is no holiday.
    ///
    /// A date that the zone skipped (30 December 2011 in Apia) is judged like any other; add it to the
    /// holidays to leave it out.
    pub fn is_working_day(&self, date: Date) -> bool {
        !self.blocks_on(date).is_empty()
    }

    /// How many working days after `from` lie up to and including `to`: from Monday to Tuesday is 1, from
    /// Friday to Monday is 1, from Friday to Sunday is 0.
    ///
    /// With `to` before `from` it is the same count, negative, so that swapping the dates only changes the
    /// sign, and so that counts add up: a→b plus b→c is a→c.
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        let count = self.count_working_days(number(from), number(to));
        i32::try_from(count).unwrap_or(if count < 0 { i32::MIN } else { i32::MAX })
    }

    /// The working day that lies `days` working days after `date`, or before it if `days` is negative.
    ///
    /// A date without work counts as the last working day before it: Saturday plus 1 is Monday, like Friday
    /// plus 1; Sunday minus 1 is Thursday, like Friday minus 1. So `working_days_between(date, result)` is
    /// always `days`. With 0 the date itself is returned, working day or not. Ends at [`Date::MAX`] and
    /// [`Date::MIN`].
    pub fn add_working_days(&self, date: Date, days: i32) -> Date {
        if days == 0 {
            return date;
        }
        let start = number(date);
        date_of(first_day(start, |day| self.count_working_days(start, day) >= i64::from(days)))
    }

    /// Working days after day `from` up to and including day `to`, negative the other way round.
    fn count_working_days(&self, from: i64, to: i64) -> i64 {
        let weights = self.week.each_ref().map(|blocks| i64::from(!blocks.is_empty()));
        self.sum_over_days(weights, from + 1, to + 1)
    }
}
