//! Keeping the word: from told to back to business as usual.

use crate::pages::letters::LetterForm;
use crate::pages::tone::{Chip, Choice};

/// What follows once the customer has been told.
#[derive(Debug, Clone)]
pub struct After {
    /// "Mon 9 Nov 09:21 Anna Halvorsen heard from Jon Eide by phone:"
    pub told: String,
    /// "4471 / 10, 40 pcs Pump P200: Fri 27 Nov instead of Fri 6 Nov", a line each.
    pub heard: Vec<String>,
    /// Notice, understood, agreed.
    pub chips: Vec<Chip>,
    /// Better news than they have, while it is to be told.
    pub good_news: Option<GoodNews>,
    /// The promised moments of our next updates, the next one first.
    pub next_words: Vec<NextWordRow>,
    /// What the next word is proposed for: local date and time (`2026-11-12T10:00`).
    pub next_word_at: String,
    /// Whose clock that is: "Bergen time".
    pub zone: String,
    /// Whether another word can be promised: until the case is closed.
    pub can_promise: bool,
    /// Lines that have arrived or have not.
    pub arrivals: Vec<ArrivalRow>,
    /// The recap, composed from the record; `None` once the case is closed.
    pub recap: Option<LetterForm>,
    /// "Sent to Anna Halvorsen today 09:22."; then another one is the exception.
    pub recap_sent: Option<String>,
    /// Where an update is written, while a next word is owed.
    pub write_update: Option<String>,
    /// Where the notice of arrival is written, while they have not been told.
    pub write_delivered: Option<String>,
    /// Temperatures for the closing; `None` while lines are outstanding.
    pub closing: Option<Vec<Choice>>,
    /// Why it can't be closed yet, or how it was closed, as a sentence.
    pub closing_note: Option<String>,
}

/// A date that came back, or is there at last.
#[derive(Debug, Clone)]
pub struct GoodNews {
    /// "4471 / 10, 40 pcs Pump P200: now Mon 9 Nov, they know of Fri 27 Nov", a line each.
    pub lines: Vec<String>,
}

/// One promised moment.
#[derive(Debug, Clone)]
pub struct NextWordRow {
    /// "Thu 12 Nov 10:00"
    pub when: String,
    /// "even if nothing has changed: the airway bill"
    pub about: String,
    /// due, kept, late, missed
    pub state: Chip,
    /// The appointment as a file, while it is to come.
    pub ics: Option<String>,
    /// Where to say that it was kept; `None` if it is over.
    pub keep: Option<String>,
}

/// Whether one line has arrived, and whether the customer has been told so.
#[derive(Debug, Clone)]
pub struct ArrivalRow {
    /// The promise's number, for the form.
    pub line: String,
    /// "4471 / 10, 40 pcs Pump P200"
    pub title: String,
    /// "arrived Fri 27 Nov", "expected Fri 27 Nov"
    pub state: Chip,
    /// Whether the arrival can still be entered.
    pub can_arrive: bool,
    /// Whether it has arrived and the customer has not been told.
    pub can_tell: bool,
    /// The day that is proposed, ISO.
    pub today: String,
}
