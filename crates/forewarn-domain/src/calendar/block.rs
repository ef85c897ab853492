//! One stretch of open hours within a day.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Open hours within one day, from its first minute up to, but not including, its last: `08:00-12:00`.
///
/// The end may be 24:00, the end of the day, which [`Time`] can't say: there 00:00 as an end means 24:00.
/// Read and written as text, `08:00-12:00` or `22:00-24:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Block {
    /// Minutes since 00:00, less than `to`.
    from: u16,
    /// Minutes since 00:00, at most [`DAY_MINUTES`].
    to: u16,
}

/// Why two times, or a text, are not a [`Block`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotABlock {
    /// The text is not two times with a hyphen between them.
    #[error("“{0}” is not a block of hours: write it as 08:00-12:00, the end at most 24:00")]
    Unreadable(String),
    /// A time has seconds.
    #[error("{0} is not a whole minute: working hours begin and end on full minutes")]
    NotAFullMinute(Time),
    /// The block ends before it begins, or at once.
    #[error(
        "{from}-{to} ends before it begins: for work past midnight give this day {from}-24:00 and the next day 00:00-{to}"
    )]
    Backwards {
        /// When it was to begin, as `HH:MM`.
        from: String,
        /// When it was to end, as `HH:MM`.
        to: String,
    },
}

const DAY_MINUTES: u16 = 24 * 60;

impl Block {
    pub(super) const OFFICE_MORNING: Self = Self { from: 8 * 60, to: 12 * 60 };
    pub(super) const OFFICE_AFTERNOON: Self = Self { from: 13 * 60, to: 17 * 60 };

    /// A block from one time of the day to a later one; 00:00 as `to` means 24:00, the end of the day.
    ///
    /// # Errors
    ///
    /// If a time has seconds, or the block would not end after it begins.
    pub fn new(from: Time, to: Time) -> Result<Self, NotABlock> {
        let end = match minute_of(to)? {
            0 => DAY_MINUTES,
            minute => minute,
        };
        Self::of_minutes(minute_of(from)?, end)
    }

    /// When it begins.
    pub fn from(self) -> Time {
        time_of(self.from)
    }

    /// When it ends; 00:00 means 24:00, the end of the day.
    pub fn to(self) -> Time {
        time_of(self.to)
    }

    /// How long it is, in minutes of the clock on the wall: 1 to 1440.
    pub fn minutes(self) -> u16 {
        self.to - self.from
    }

    /// First minute and the minute after the last, counted from 00:00.
    pub(super) fn bounds(self) -> (u16, u16) {
        (self.from, self.to)
    }

    /// Whether a block that begins no earlier shares time with this one.
    pub(super) fn overlaps(self, later: Self) -> bool {
        later.from < self.to
    }

    fn of_minutes(from: u16, to: u16) -> Result<Self, NotABlock> {
        if from < to {
            Ok(Self { from, to })
        } else {
            Err(NotABlock::Backwards { from: clock(from), to: clock(to) })
        }
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", clock(self.from), clock(self.to))
    }
}

impl FromStr for Block {
    type Err = NotABlock;

    /// Reads `08:00-12:00`; an en dash and spaces around it are fine too.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unreadable = || NotABlock::Unreadable(text.to_owned());
        let (from, to) = text.split_once(['-', '–']).ok_or_else(unreadable)?;
        let from = minute_in(from).ok_or_else(unreadable)?;
        let to = minute_in(to).ok_or_else(unreadable)?;
        Self::of_minutes(from, to)
    }
}

impl From<Block> for String {
    fn from(block: Block) -> Self {
        block.to_string()
    }
}

impl TryFrom<String> for Block {
    type Error = NotABlock;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

fn minute_of(time: Time) -> Result<u16, NotABlock> {
    if time.second() != 0 || time.subsec_nanosecond() != 0 {
        return Err(NotABlock::NotAFullMinute(time));
    }
    Ok(u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs()))
}

fn time_of(minute: u16) -> Time {
    let (hour, minute) = (minute % DAY_MINUTES / 60, minute % 60);
    Time::MIN.saturating_add(jiff::SignedDuration::from_mins(i64::from(hour * 60 + minute)))
}

fn minute_in(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |digits: &str| -> Option<u16> {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain { digits.parse().ok() } else { None }
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY_MINUTES).then_some(total)
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
