//! How much a case weighs: one small sum whose terms a rep can read.

use crate::amount::Amount;
use crate::calendar::WorkingCalendar;
use crate::policy::{Terms, Tier};
use crate::promise::Promised;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What the formula looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weighed {
    /// Longest slip among the case's open lines, in calendar days.
    pub worst_slip_days: i32,
    /// Whether a line has no date.
    pub no_date: bool,
    /// How often this customer was already told of these lines.
    pub earlier_tellings: u32,
    /// Sum of the values of the open lines; currencies are not converted, since only the order of
    /// magnitude counts.
    pub value: Amount,
    /// How much the customer weighs.
    pub tier: Tier,
    /// What it does to them, as far as they have said.
    pub impact: Option<Impact>,
    /// How upset they are.
    pub temperature: Option<Temperature>,
}

/// The weight of a case, 0 to 100, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Severity {
    /// 0 to 100.
    pub points: u8,
    /// The terms of the sum, in reading order; those of zero points are left out.
    pub terms: Vec<Term>,
}

/// One summand, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// What counts: "21 days late".
    pub what: String,
    /// What it adds.
    pub points: u8,
}

/// Three levels, each with its own deadline in the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Under 30 points.
    Low,
    /// 30 to 59 points.
    Raised,
    /// 60 points and more.
    High,
}

/// What the bad news does to the customer, in the words the rep taps during the talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Impact {
    /// Nothing.
    None,
    /// They have to rearrange.
    Inconvenience,
    /// They pay more, or pay a penalty.
    Cost,
    /// Their own customers are hit.
    TheirCustomers,
    /// Their line stands still.
    LineDown,
}

/// How the customer takes it, as the rep felt it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Temperature {
    /// Takes it as it comes.
    Calm,
    /// Worried.
    Concerned,
    /// Annoyed, and says so.
    Upset,
    /// Beside themselves.
    Furious,
}

/// The formula. Points add up and end at 100:
///
/// | term | points |
/// | --- | --- |
/// | slip | 2 a calendar day, at most 40 |
/// | no date | 35 |
/// | told before | 15 for each earlier telling, at most 30 |
/// | value | 5 from 10,000, 10 from 50,000, 15 from 250,000 |
/// | key customer | 10 |
/// | impact | inconvenience 5, cost 10, their customers 15, line down 25 |
/// | temperature | upset 5, furious 15 |
pub fn weigh(weighed: &Weighed) -> Severity {
    let terms: Vec<Term> = [
        slip_term(weighed.worst_slip_days),
        (if weighed.no_date { 35 } else { 0 }, "no date".to_owned()),
        (
            15 * weighed.earlier_tellings.min(2),
            match weighed.earlier_tellings {
                1 => "told once before".to_owned(),
                n => format!("told {n} times before"),
            },
        ),
        value_term(weighed.value),
        (if weighed.tier == Tier::Key { 10 } else { 0 }, "key customer".to_owned()),
        impact_term(weighed.impact),
        temperature_term(weighed.temperature),
    ]
    .into_iter()
    .filter(|(points, _)| *points > 0)
    .map(|(points, what)| Term { what, points: points.min(100) as u8 })
    .collect();
    let points = terms.iter().map(|term| u32::from(term.points)).sum::<u32>().min(100) as u8;
    Severity { points, terms }
}

impl Severity {
    /// The level these points fall in.
    pub fn level(&self) -> Level {
        match self.points {
            0..30 => Level::Low,
            30..60 => Level::Raised,
            _ => Level::High,
        }
    }
}

/// The deadline for telling: the earlier of `firm_at` plus the policy's working hours for the level, and
/// the start of the day that leaves the customer their reaction days. Never later than the promised day's
/// start, and never before `firm_at`, since nobody can tell what isn't news yet.
pub fn tell_by(
    firm_at: Timestamp,
    level: Level,
    promised: impl IntoIterator<Item = Promised>,
    terms: &Terms,
) -> Timestamp {
    let hours = i64::from(terms.policy.tell_within_hours(level));
    let by_policy = terms.owner_calendar.add_working_time(firm_at, SignedDuration::from_hours(hours));
    let first_promised = promised.into_iter().filter_map(Promised::latest).min();
    let by_customer = first_promised.map(|day| leave_time_to_react(day, terms));
    by_customer.map_or(by_policy, |by| by.min(by_policy)).max(firm_at)
}

fn leave_time_to_react(promised: jiff::civil::Date, terms: &Terms) -> Timestamp {
    let calendar: &WorkingCalendar = &terms.customer_calendar;
    let day = calendar.add_working_days(promised, -terms.reaction_days.max(0));
    calendar.start_of_work(day).min(calendar.start_of_work(promised))
}

fn slip_term(days: i32) -> (u32, String) {
    let days = days.max(0).unsigned_abs();
    (days.saturating_mul(2).min(40), format!("{days} {} late", if days == 1 { "day" } else { "days" }))
}

fn value_term(value: Amount) -> (u32, String) {
    let points = match value {
        v if v >= Amount::whole(250_000) => 15,
        v if v >= Amount::whole(50_000) => 10,
        v if v >= Amount::whole(10_000) => 5,
        _ => 0,
    };
    (points, "value of the lines".to_owned())
}

fn impact_term(impact: Option<Impact>) -> (u32, String) {
    match impact {
        None | Some(Impact::None) => (0, String::new()),
        Some(Impact::Inconvenience) => (5, "inconveniences them".to_owned()),
        Some(Impact::Cost) => (10, "costs them money".to_owned()),
        Some(Impact::TheirCustomers) => (15, "hits their customers".to_owned()),
        Some(Impact::LineDown) => (25, "their line is down".to_owned()),
    }
}

fn temperature_term(temperature: Option<Temperature>) -> (u32, String) {
    match temperature {
        None | Some(Temperature::Calm | Temperature::Concerned) => (0, String::new()),
        Some(Temperature::Upset) => (5, "upset".to_owned()),
        Some(Temperature::Furious) => (15, "furious".to_owned()),
    }
}
