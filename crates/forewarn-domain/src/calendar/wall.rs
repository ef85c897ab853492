//! The clock on the wall as one straight line, without zones: days and nanoseconds since 1970-01-01 00:00
//! *on that clock*. Between two changes of a zone's offset every question about working time is a question
//! about this line, and whole weeks on it are one multiplication.

use super::{Block, WorkingCalendar};
use jiff::SignedDuration;
use jiff::civil::{Date, date};

/// Nanoseconds in a day of the wall clock.
pub(super) const DAY: i128 = 24 * 60 * MINUTE;
const MINUTE: i128 = 60_000_000_000;
const EPOCH: Date = date(1970, 1, 1);

impl WorkingCalendar {
    /// Whether the reading `wall` lies in a block.
    pub(super) fn is_open_at(&self, wall: i128) -> bool {
        let (day, time) = split(wall);
        self.blocks_on(date_of(day)).iter().any(|block| {
            let (from, to) = nanoseconds(*block);
            (from..to).contains(&time)
        })
    }

    /// Working time from one reading to another, negative if `to` comes first.
    pub(super) fn worked(&self, from: i128, to: i128) -> i128 {
        let ((first, _), (last, _)) = (split(from), split(to));
        let minutes =
            self.week.each_ref().map(|blocks| blocks.iter().map(|block| i64::from(block.minutes())).sum());
        let whole_days = i128::from(self.sum_over_days(minutes, first, last)) * MINUTE;
        whole_days + self.worked_since_midnight(to) - self.worked_since_midnight(from)
    }

    /// The earliest reading at which `work` (more than 0) has been done since `from`. The caller knows that
    /// there is one.
    pub(super) fn wall_after(&self, from: i128, work: i128) -> i128 {
        let day = first_day(split(from).0, |day| self.worked(from, start_of(day + 1)) >= work);
        let midnight = start_of(day);
        let mut left = work - self.worked(from, midnight);
        for block in self.blocks_on(date_of(day)) {
            let (start, end) = nanoseconds(*block);
            if left <= end - start {
                return midnight + start + left;
            }
            left -= end - start;
        }
        midnight + DAY
    }

    /// The latest reading from which `work` (more than 0) is still done by `to`. The caller knows that
    /// there is one.
    pub(super) fn wall_before(&self, to: i128, work: i128) -> i128 {
        let day = first_day(split(to).0, |day| self.worked(start_of(day + 1), to) < work);
        let midnight = start_of(day + 1);
        let mut left = work - self.worked(midnight, to);
        for block in self.blocks_on(date_of(day)).iter().rev() {
            let (start, end) = nanoseconds(*block);
            if left <= end - start {
                return midnight - DAY + end - left;
            }
            left -= end - start;
        }
        midnight - DAY
    }

    /// Adds up a weight for each weekday over the days from `from` up to, but not including, `to`, holidays
    /// left out; negative if `to` comes first. Takes the same time for a day and for a century without
    /// holidays.
    pub(super) fn sum_over_days(&self, weights: [i64; 7], from: i64, to: i64) -> i64 {
        if to < from {
            return -self.sum_over_days(weights, to, from);
        }
        if to == from {
            return 0;
        }
        let weight =
            |weekday: i64| usize::try_from(weekday).ok().and_then(|i| weights.get(i)).copied().unwrap_or(0);
        let (weeks, rest) = ((to - from) / 7, (to - from) % 7);
        let plain = weeks * weights.iter().sum::<i64>()
            + (to - rest..to).map(|day| weight(weekday(day))).sum::<i64>();
        let free = self.holidays.range(date_of(from)..=date_of(to - 1));
        plain - free.map(|holiday| weight(i64::from(holiday.weekday().to_monday_zero_offset()))).sum::<i64>()
    }

    fn worked_since_midnight(&self, wall: i128) -> i128 {
        let (day, time) = split(wall);
        let blocks = self.blocks_on(date_of(day)).iter().map(|block| nanoseconds(*block));
        blocks.map(|(from, to)| time.clamp(from, to) - from).sum()
    }
}

/// The first day for which `holds`, which must stay true once it is true; looked for near `near` first, in
/// ever larger steps. Ends at the first and last day that [`Date`] knows.
pub(super) fn first_day(near: i64, holds: impl Fn(i64) -> bool) -> i64 {
    let (min, max) = (number(Date::MIN), number(Date::MAX));
    let (mut before, mut found, mut step) = (near, near, 1);
    if holds(near) {
        while holds(before) {
            if before == min {
                return min;
            }
            (found, before, step) = (before, (before - step).max(min), step * 2);
        }
    } else {
        while !holds(found) {
            if found == max {
                return max;
            }
            (before, found, step) = (found, (found + step).min(max), step * 2);
        }
    }
    while found - before > 1 {
        let middle = before + (found - before) / 2;
        if holds(middle) {
            found = middle;
        } else {
            before = middle;
        }
    }
    found
}

/// Days from 1970-01-01 to `date`.
pub(super) fn number(date: Date) -> i64 {
    date.duration_since(EPOCH).as_hours() / 24
}

/// The date that many days after 1970-01-01, within what [`Date`] can hold.
pub(super) fn date_of(day: i64) -> Date {
    EPOCH.saturating_add(SignedDuration::from_hours(day * 24))
}

/// A reading as its day and the nanoseconds since that day's 00:00.
fn split(wall: i128) -> (i64, i128) {
    let day = i64::try_from(wall.div_euclid(DAY)).unwrap_or(if wall < 0 {
        number(Date::MIN)
    } else {
        number(Date::MAX)
    });
    (day, wall.rem_euclid(DAY))
}

fn start_of(day: i64) -> i128 {
    i128::from(day) * DAY
}

fn nanoseconds(block: Block) -> (i128, i128) {
    let (from, to) = block.bounds();
    (i128::from(from) * MINUTE, i128::from(to) * MINUTE)
}

/// 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday.
fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}
