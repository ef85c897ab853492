//! Getting ready. Everything here may stay empty: missing preparation warns and never blocks.

use crate::pages::tone::Choice;
use crate::pages::words::Advice;

/// The preparation of a case.
#[derive(Debug, Clone)]
pub struct Preparation {
    /// Five do-confirm ticks.
    pub ticks: Vec<Tick>,
    /// "3 of 5 done"
    pub done: String,
    /// Whose doing it is.
    pub fault: Vec<Choice>,
    /// The same in words: "Ours", "not known yet".
    pub fault_says: String,
    /// The cause, in its two texts.
    pub cause: CauseTexts,
    /// What we do about it.
    pub actions: Vec<ActionRow>,
    /// Where the words for another one are checked.
    pub action_advice: Advice,
    /// What the customer can choose from.
    pub options: Vec<OptionRow>,
    /// Where the words for another one are checked.
    pub option_advice: Advice,
    /// Kinds of option that can be added.
    pub option_kinds: Vec<Choice>,
    /// What we mean to promise.
    pub expectation: ExpectationForm,
    /// The same in words: "Fri 27 Nov", "no date; next word by Thu 10:00", "not decided".
    pub expectation_says: String,
    /// Whom to reach, and how.
    pub contact: ContactPlan,
    /// People who may be asked to join; empty hides the form.
    pub leaders: Vec<Choice>,
    /// "asked today 09:02"
    pub leader_asked: Option<String>,
    /// Who tells them, and who else could.
    pub owner: OwnerPlan,
}

/// Who tells the customer.
#[derive(Debug, Clone)]
pub struct OwnerPlan {
    /// "Jon Eide", or whose inbox it lies in.
    pub says: String,
    /// Who else could.
    pub people: Vec<Choice>,
}

/// One thing to confirm before calling.
#[derive(Debug, Clone)]
pub struct Tick {
    /// The name of the field: facts, date, option, fault, person.
    pub name: String,
    /// "Facts checked"
    pub label: String,
    /// What is known about it so far: "No option yet".
    pub hint: String,
    /// Whether it is ticked.
    pub done: bool,
}

/// The cause. Only the second text can enter a script or a mail.
#[derive(Debug, Clone)]
pub struct CauseTexts {
    /// For us: names, departments, what went wrong.
    pub internal: String,
    /// For the customer: one neutral sentence.
    pub customer_safe: String,
    /// What the wording check says about the second.
    pub advice: Advice,
}

/// Something that we do about it.
#[derive(Debug, Clone)]
pub struct ActionRow {
    /// Customer-safe: "20 pumps go by air".
    pub what: String,
    /// Internal: who sees to it.
    pub owner: String,
    /// "Fri 13 Nov"
    pub due: String,
}

/// Something that the customer can choose.
#[derive(Debug, Clone)]
pub struct OptionRow {
    /// "Part by air: 20 pcs"
    pub title: String,
    /// "Fri 13 Nov", "no date"
    pub date: String,
    /// "20 pcs"
    pub quantity: String,
    /// "we pay 900 EUR"
    pub cost: String,
    /// "approved by Mia Lund"; `None` if nobody has approved it.
    pub approved: Option<String>,
    /// "wanted", "declined", "thinks it over"
    pub answer: Option<String>,
    /// Where it can be approved, by those who may.
    pub approve: Option<String>,
}

/// What we mean to promise: a date, a range, or no date and the next word.
#[derive(Debug, Clone, Default)]
pub struct ExpectationForm {
    /// `date`, `range` or `none`.
    pub kind: String,
    /// ISO date, for `date`.
    pub date: String,
    /// ISO date, for `range`.
    pub from: String,
    /// ISO date, for `range`.
    pub to: String,
    /// Local date and time (`2026-11-12T10:00`), for `none`.
    pub next_word_by: String,
    /// "Supply says likely, not firm: offer a range or add a buffer."
    pub warning: Option<String>,
}

/// Whom to reach, and how.
#[derive(Debug, Clone)]
pub struct ContactPlan {
    /// The contacts of the customer.
    pub contacts: Vec<Choice>,
    /// The plan in words: "Anna Halvorsen, by phone".
    pub says: String,
    /// "In person: 40 km, visit planned Wed – too late (they can act until Fri). Phone now."
    pub advice: String,
}
