//! Working calendars: when somebody works, and how much working time lies between two moments.
//!
//! A calendar is a week of open blocks, the dates on which nobody works, and a time zone. All of it is
//! pure: nothing here reads a clock, and the same calendar gives the same answer for ever. A deadline that
//! was computed with a calendar is stored beside the calendar's [`version`](WorkingCalendar::version), so
//! that it can be computed again when the calendar changes.
//!
//! Two kinds of counting, never mixed:
//!
//! - **Working days** ([`working_days_between`](WorkingCalendar::working_days_between)) count dates. They
//!   know weeks and holidays, no time of day and no zone.
//! - **Working time** ([`working_time_between`](WorkingCalendar::working_time_between)) counts the moments
//!   at which the clock on the wall stands inside a block. When that clock is set back inside a block, the
//!   hour is worked twice; when it is set forward, the hour that never was is not worked.

mod block;
mod days;
mod stored;
#[cfg(test)]
mod tests;
mod time;
mod wall;

pub use block::{Block, NotABlock};

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// When somebody works: blocks for each weekday, holidays, and the time zone in which both are meant.
///
/// Serialised as `{"zone":"Europe/Oslo","week":[["08:00-12:00","13:00-17:00"],…],"holidays":["2026-05-17"],
/// "version":1}`, Monday first; reading it back applies the checks of [`WorkingCalendar::new`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "stored::Stored", into = "stored::Stored")]
pub struct WorkingCalendar {
    zone: TimeZone,
    week: [Vec<Block>; 7],
    holidays: BTreeSet<Date>,
    version: u32,
}

/// Why a week, a zone and holidays are not a [`WorkingCalendar`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotACalendar {
    /// Nobody ever works, so no deadline could be computed.
    #[error("the week has no working hours: give at least one day a block such as 08:00-17:00")]
    NeverOpen,
    /// Two blocks of one day share time.
    #[error(
        "on {day} the blocks {first} and {second} overlap: let the second begin at or after the end of the first"
    )]
    Overlap {
        /// The English name of the weekday.
        day: &'static str,
        /// The block that begins first.
        first: Block,
        /// The block that begins inside it.
        second: Block,
    },
    /// The zone is a bare offset or a rule without a name, so it could not be stored.
    #[error("the time zone has no IANA name: choose one such as Europe/Oslo or UTC")]
    NamelessZone,
    /// No time zone has this name.
    #[error("“{0}” is not a time zone: use an IANA name such as Europe/Oslo, America/New_York or UTC")]
    UnknownZone(String),
}

impl Default for WorkingCalendar {
    /// Office hours by UTC, until the company has said where it is.
    fn default() -> Self {
        let day = [Block::OFFICE_MORNING, Block::OFFICE_AFTERNOON];
        let week = std::array::from_fn(|weekday| if weekday < 5 { day.to_vec() } else { Vec::new() });
        Self { zone: TimeZone::UTC, week, holidays: BTreeSet::new(), version: 1 }
    }
}

impl WorkingCalendar {
    /// A calendar from its parts. `week` begins with Monday; the blocks of a day may come in any order, and
    /// a day without blocks is free. Work past midnight is a block up to 24:00 and one from 00:00 on the
    /// next day. `version` is the caller's: raise it with every change that is saved.
    ///
    /// # Errors
    ///
    /// If no day has a block, two blocks of a day overlap, or the zone has no IANA name.
    pub fn new(
        zone: TimeZone,
        mut week: [Vec<Block>; 7],
        holidays: BTreeSet<Date>,
        version: u32,
    ) -> Result<Self, NotACalendar> {
        if zone.iana_name().is_none() || zone.is_unknown() {
            return Err(NotACalendar::NamelessZone);
        }
        if week.iter().all(Vec::is_empty) {
            return Err(NotACalendar::NeverOpen);
        }
        for (blocks, day) in week.iter_mut().zip(WEEKDAYS) {
            blocks.sort_unstable();
            if let Some(&[first, second]) = blocks.array_windows().find(|[a, b]| a.overlaps(*b)) {
                return Err(NotACalendar::Overlap { day, first, second });
            }
        }
        Ok(Self { zone, week, holidays, version })
    }

    /// Monday to Friday, 08:00–12:00 and 13:00–17:00, no holidays, version 1: what a company has before it
    /// has said anything.
    ///
    /// # Errors
    ///
    /// If the zone has no IANA name.
    pub fn office_hours(zone: TimeZone) -> Result<Self, NotACalendar> {
        Self::default().in_zone(zone)
    }

    /// The same calendar with these holidays added.
    #[must_use]
    pub fn with_holidays(mut self, dates: impl IntoIterator<Item = Date>) -> Self {
        self.holidays.extend(dates);
        self
    }

    /// The same hours with these holidays, and no others.
    #[must_use]
    pub fn with_days_off(self, dates: BTreeSet<Date>) -> Self {
        Self { holidays: dates, ..self }
    }

    /// The same hours and holidays on the clocks of another zone.
    ///
    /// # Errors
    ///
    /// If the zone has no IANA name.
    pub fn in_zone(&self, zone: TimeZone) -> Result<Self, NotACalendar> {
        Self::new(zone, self.week.clone(), self.holidays.clone(), self.version)
    }

    /// The same calendar under another version number.
    #[must_use]
    pub fn with_version(mut self, version: u32) -> Self {
        self.version = version;
        self
    }

    /// The zone whose clock hangs on the wall.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The zone's IANA name, such as `Europe/Oslo`.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The open blocks of a weekday, in order; holidays aside.
    pub fn blocks(&self, weekday: Weekday) -> &[Block] {
        self.week.get(usize::from(weekday.to_monday_zero_offset().unsigned_abs())).map_or(&[], Vec::as_slice)
    }

    /// The open blocks of one date, in order; none on a holiday.
    pub fn blocks_on(&self, date: Date) -> &[Block] {
        if self.holidays.contains(&date) { &[] } else { self.blocks(date.weekday()) }
    }

    /// The dates on which nobody works, whatever the weekday.
    pub fn holidays(&self) -> &BTreeSet<Date> {
        &self.holidays
    }

    /// Which state of the calendar this is: deadlines computed with an older one are computed again.
    pub fn version(&self) -> u32 {
        self.version
    }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
