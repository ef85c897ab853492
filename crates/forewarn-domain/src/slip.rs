//! When does a moved date count, and when is it fit to tell? Tolerance and damping.

use crate::calendar::WorkingCalendar;
use crate::evidence::Outlook;
use crate::policy::Terms;
use crate::promise::Promised;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How a line's evidence stands against what the customer was last told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Slip {
    /// As promised, or earlier.
    None,
    /// Later, but inside the customer's tolerance: a *quiet change*, listed and never news.
    Quiet {
        /// Calendar days after the promised date.
        days: i32,
    },
    /// Later than the customer puts up with.
    Late {
        /// Calendar days after the promised date.
        days: i32,
    },
    /// They were promised a date, and there is none any more.
    NoDate,
}

impl Slip {
    /// Measures `outlook` against `promised`. Tolerance counts working days of the customer; the length
    /// shown to people counts calendar days. Someone who was told "no date yet" can't be let down by a
    /// date, nor by the lack of one: their next word is what we owe.
    pub fn measure(promised: Promised, outlook: Outlook, terms: &Terms) -> Slip {
        let Some(promised) = promised.latest() else { return Slip::None };
        let Some(expected) = outlook.latest() else { return Slip::NoDate };
        let days = calendar_days(promised, expected);
        if days <= 0 {
            Slip::None
        } else if terms.customer_calendar.working_days_between(promised, expected) > terms.tolerance_days {
            Slip::Late { days }
        } else {
            Slip::Quiet { days }
        }
    }

    /// Whether the customer has to hear of it sooner or later.
    pub fn counts(self) -> bool {
        matches!(self, Slip::Late { .. } | Slip::NoDate)
    }

    /// Calendar days after the promised date; `None` where there is no date to count to.
    pub fn days(self) -> Option<i32> {
        match self {
            Slip::None => Some(0),
            Slip::Quiet { days } | Slip::Late { days } => Some(days),
            Slip::NoDate => None,
        }
    }
}

/// What is known of a slip over time: the input to damping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// First evidence of the slip.
    pub known_at: Timestamp,
    /// Newest observation that still shows it.
    pub observed_at: Timestamp,
    /// What that observation says.
    pub outlook: Outlook,
    /// Whether a person of ours has confirmed it.
    pub confirmed: bool,
    /// What the customer was promised.
    pub promised: Promised,
}

/// Why a slip is fit to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewsBecause {
    /// Somebody stands behind the new date.
    Firm,
    /// A second observation, at least the policy's hours later, still shows it.
    StoodThrough,
    /// A person confirmed it.
    Confirmed,
    /// The customer needs the time that is left: "we may miss it; next word by …" is the news.
    LittleTimeLeft,
}

impl NewsBecause {
    /// The reason as people read it.
    pub fn in_words(self) -> &'static str {
        match self {
            NewsBecause::Firm => "the new date is firm",
            NewsBecause::StoodThrough => "a second report says the same",
            NewsBecause::Confirmed => "a person confirmed it",
            NewsBecause::LittleTimeLeft => "the customer needs the time that is left",
        }
    }
}

/// Damping: noise of an ERP must not make anybody cry wolf. Gives the reason why a slip is news at `now`,
/// or `None` while it is only known.
pub fn news_because(standing: &Standing, terms: &Terms, now: Timestamp) -> Option<NewsBecause> {
    let stood = standing.observed_at.duration_since(standing.known_at);
    if standing.confirmed {
        Some(NewsBecause::Confirmed)
    } else if standing.outlook.is_firm() {
        Some(NewsBecause::Firm)
    } else if stood >= SignedDuration::from_hours(i64::from(terms.policy.damping_hours)) {
        Some(NewsBecause::StoodThrough)
    } else if news_by(standing.promised, terms).is_some_and(|by| by <= now) {
        Some(NewsBecause::LittleTimeLeft)
    } else {
        None
    }
}

/// When a slip becomes news by the mere passing of time: the midnight that begins the first day, at the
/// customer's, on which fewer working days are left than they need to react.
pub fn news_by(promised: Promised, terms: &Terms) -> Option<Timestamp> {
    let calendar = &terms.customer_calendar;
    let last_quiet_day = calendar.add_working_days(promised.latest()?, -terms.reaction_days);
    let day = calendar.add_working_days(last_quiet_day, 1);
    day.to_zoned(calendar.zone().clone()).ok().map(|midnight| midnight.timestamp())
}

/// Working days from `today` to the date the customer was promised: how long they can still act. Negative
/// once the date has passed; `None` when they were told that there is no date.
pub fn can_act_days(promised: Promised, calendar: &WorkingCalendar, today: Date) -> Option<i32> {
    Some(calendar.working_days_between(today, promised.latest()?))
}

fn calendar_days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
