//! What a leader can do about a case, on Team and on the case itself.

use crate::pages::tone::Choice;

/// The forms of a leader.
#[derive(Debug, Clone)]
pub struct LeaderActs {
    /// The case: "/cases/7"; acts are posted under it.
    pub href: String,
    /// The customer, to tell the buttons of one row from those of the next.
    pub customer: String,
    /// Whom to ask: "Jon"; `None` where nobody has it, or the leader does.
    pub ask: Option<String>,
    /// The note to begin with.
    pub template: String,
    /// Whether joining is offered.
    pub can_join: bool,
    /// Whether taking over is offered.
    pub can_take: bool,
    /// Who else could tell them; empty where that is asked elsewhere on the page.
    pub people: Vec<Choice>,
    /// Where to go on afterwards: "/team?rep=3".
    pub onward: String,
}

/// A question that waits for an answer.
#[derive(Debug, Clone)]
pub struct OpenAsk {
    /// "Kari Nilsen"
    pub by: String,
    /// "today 09:02"
    pub when: String,
    /// "What do you need to make this call?"
    pub words: String,
    /// Where to answer; `None` for whoever asks.
    pub answer: Option<String>,
}
