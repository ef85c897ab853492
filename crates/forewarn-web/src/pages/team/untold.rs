//! A row of *Known, not told*.

use super::{LeaderActs, OpenAsk};
use crate::pages::tone::Chip;

/// A customer who doesn't know what we know.
#[derive(Debug, Clone)]
pub struct UntoldRow {
    /// "/cases/7"
    pub href: String,
    /// The name of the customer.
    pub customer: String,
    /// "6 lines, 18,400 EUR"
    pub what: String,
    /// "worst +21 days", "no date"
    pub worst: String,
    /// Repeat, temperature, suspicion.
    pub chips: Vec<Chip>,
    /// "4 days left", "too late for 2 days"
    pub left: Chip,
    /// "Tell by today 14:00", "Tell-by passed yesterday 14:00", "Not firm yet"
    pub tell_by: Chip,
    /// "Mon 9 Nov 05:12"
    pub known: String,
    /// "ERP open orders"
    pub source: String,
    /// Both waits.
    pub waits: WaitBar,
    /// Who has to tell them: "Jon Berg", "Inbox: KUNZE".
    pub owner: String,
    /// Who stands in while the owner is away: "Maja Lindqvist stands in".
    pub deputy: Option<String>,
    /// "opened today 08:02", "not opened"
    pub opened: Chip,
    /// "2 tries, last: voicemail yesterday 10:40", "no try yet"
    pub attempts: String,
    /// The reason that was given for *Not now*, and when; or that there is none.
    pub reason: String,
    /// Whether there is none that holds, though the deadline has passed: the one thing to ask about.
    pub without_reason: bool,
    /// "Kari Nilsen sees to it until tomorrow 10:00."
    pub acknowledged: Option<String>,
    /// "Ola Fjeld was asked for a date, by today 14:00."
    pub supply: Option<String>,
    /// What was asked.
    pub ask: Option<OpenAsk>,
    /// The answer to it.
    pub answer: Option<String>,
    /// "Kari Nilsen joins the call"
    pub joins: Option<String>,
    /// What a leader can do; `None` on the page about oneself.
    pub acts: Option<LeaderActs>,
}

/// The two waits: a bar of two parts, and the same in words.
#[derive(Debug, Clone)]
pub struct WaitBar {
    /// "facts 8 h", "facts 8 h so far"
    pub fact: String,
    /// "telling 14 h"; `None` while nothing is firm.
    pub tell: Option<String>,
    /// How long the first part is: 0 to 100, on the scale of the longest row.
    pub fact_width: u8,
    /// How long the second part is.
    pub tell_width: u8,
}
