//! The sentences that Forewarn puts into a rep's mouth and mail: plain, early, nobody blamed.
//!
//! Everything is composed from the record, and only from what a customer may read: dates, quantities,
//! [`CustomerText`]. Internal text has no way in (rule 12).

mod mail;
mod talk;

pub use mail::{Mail, Said};

use crate::case::Fault;
use crate::evidence::Outlook;
use crate::promise::Promised;
use crate::text::CustomerText;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// What there is to say, to whom, by whom.
#[derive(Debug, Clone)]
pub struct Brief {
    /// The rep's name.
    pub rep: String,
    /// The rep's number, to be called back on.
    pub rep_phone: Option<String>,
    /// Our company's name.
    pub company: String,
    /// The person who is told; `None` while nobody is named.
    pub contact: Option<CustomerText>,
    /// The lines to talk about.
    pub lines: Vec<LineNews>,
    /// Whose doing it is: picks the words (rule 8).
    pub fault: Fault,
    /// Why, as the customer may hear it.
    pub cause: Option<CustomerText>,
    /// What we do about it.
    pub actions: Vec<CustomerText>,
    /// Ways out that may be offered.
    pub options: Vec<CustomerText>,
    /// Those that they took.
    pub chosen: Vec<CustomerText>,
    /// When they hear from us next.
    pub next_word: Option<Timestamp>,
    /// 1 for the first conversation.
    pub round: u32,
    /// The day of the talk, in the customer's zone.
    pub today: Date,
    /// The customer's zone: all moments are said in their time.
    pub zone: TimeZone,
}

/// One line of the news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineNews {
    /// Order number.
    pub order: String,
    /// The item, as the customer calls it.
    pub what: String,
    /// What they were promised.
    pub promised: Promised,
    /// What is expected now.
    pub outlook: Outlook,
}

impl Brief {
    /// The orders, each once, in their order: "order 4471", "orders 4471 and 4480", "5 orders".
    pub fn orders(&self) -> String {
        let mut orders: Vec<&str> = Vec::new();
        for line in &self.lines {
            if !orders.contains(&line.order.as_str()) {
                orders.push(&line.order);
            }
        }
        match orders.as_slice() {
            [] => "your order".to_owned(),
            [one] => format!("order {one}"),
            [first, second] => format!("orders {first} and {second}"),
            [first, second, third] => format!("orders {first}, {second} and {third}"),
            many => format!("{} of your orders", many.len()),
        }
    }

    /// A day as one says it: "Friday 27 November", with the year when it is another one.
    pub fn day(&self, day: Date) -> String {
        say_day(day, self.today)
    }

    /// A moment as one says it, in the customer's time: "Thursday 5 November at 10:00".
    pub fn moment(&self, at: Timestamp) -> String {
        let local: Zoned = at.to_zoned(self.zone.clone());
        format!("{} at {}", self.day(local.date()), local.strftime("%H:%M"))
    }

    /// The person who is told, or "there" in a greeting.
    fn first_name(&self) -> &str {
        let name = self.contact.as_ref().map_or("", CustomerText::as_str);
        name.split_whitespace().next().unwrap_or("")
    }
}

/// A day as one says it: "Friday 27 November"; with the year when that is not the year of `today`.
pub fn say_day(day: Date, today: Date) -> String {
    let pattern = if day.year() == today.year() { "%A %-d %B" } else { "%A %-d %B %Y" };
    day.strftime(pattern).to_string()
}

/// A day within a sentence about the past promise: "on Friday 6 November".
fn say_promised(promised: Promised, today: Date) -> String {
    match promised {
        Promised::Date { on } => format!("on {}", say_day(on, today)),
        Promised::Range { from, to } => {
            format!("between {} and {}", say_day(from, today), say_day(to, today))
        }
        Promised::NoDateYet => "as soon as there is a date".to_owned(),
    }
}

#[cfg(test)]
mod tests;
