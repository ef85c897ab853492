//! How a calendar is written down: the zone by its IANA name.

use super::{Block, NotACalendar, WorkingCalendar};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The parts of a [`WorkingCalendar`] before they are checked.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stored {
    zone: String,
    week: [Vec<Block>; 7],
    #[serde(default)]
    holidays: BTreeSet<Date>,
    #[serde(default = "first_version")]
    version: u32,
}

fn first_version() -> u32 {
    1
}

impl From<WorkingCalendar> for Stored {
    fn from(calendar: WorkingCalendar) -> Self {
        let zone = calendar.zone_name().to_owned();
        Self { zone, week: calendar.week, holidays: calendar.holidays, version: calendar.version }
    }
}

impl TryFrom<Stored> for WorkingCalendar {
    type Error = NotACalendar;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        let Ok(zone) = TimeZone::get(&stored.zone) else {
            return Err(NotACalendar::UnknownZone(stored.zone));
        };
        Self::new(zone, stored.week, stored.holidays, stored.version)
    }
}
