//! What is prepared before the talk. Missing preparation warns; it never blocks (rule 9).

use crate::text::{CustomerText, InternalText};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whose doing it is. Picks the words (rule 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// We did it.
    Ours,
    /// We didn't do it, and should have seen it coming.
    ShouldHaveAnticipated,
    /// A strike, a storm, a closed port.
    OutsideOurControl,
    /// They changed or omitted something. Nobody says so in these words.
    Customers,
    /// Nobody knows yet.
    #[default]
    NotKnownYet,
}

impl Fault {
    /// Whether we own it and apologise, once.
    pub fn is_on_us(self) -> bool {
        matches!(self, Fault::Ours | Fault::ShouldHaveAnticipated)
    }
}

/// The five things to confirm before the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tick {
    /// The facts are checked.
    FactsChecked,
    /// There is a new date, or a date for the next word.
    DateOrNextWord,
    /// There is at least one option.
    OneOption,
    /// Whose doing it is, is decided.
    FaultDecided,
    /// The right person, their local time, their number.
    RightPerson,
}

impl Tick {
    /// All five, in the order of the card.
    pub const ALL: [Tick; 5] =
        [Tick::FactsChecked, Tick::DateOrNextWord, Tick::OneOption, Tick::FaultDecided, Tick::RightPerson];
}

/// Something that we do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What, as the customer may hear it.
    pub what: CustomerText,
    /// Who of ours sees to it. Never said outside.
    pub internal_owner: Option<InternalText>,
    /// By when.
    pub due: Option<Date>,
}

/// A way out that is laid before the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What sort it is.
    pub kind: ChoiceKind,
    /// In words: "20 pumps by air".
    pub what: CustomerText,
    /// When it would arrive.
    pub date: Option<Date>,
    /// How many.
    pub quantity: Option<String>,
    /// What it costs, and whom.
    pub cost: Option<InternalText>,
    /// Whether we may offer it.
    pub approved: bool,
}

impl Choice {
    /// Whether it can still be offered on this day: its own day, if it has one, is not over.
    pub fn lies_ahead(&self, today: Date) -> bool {
        self.date.is_none_or(|date| date >= today)
    }
}

/// Sorts of options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChoiceKind {
    /// Part now, the rest later.
    PartShipment,
    /// Something else that does the job.
    Substitute,
    /// Faster, for money.
    Expedite,
    /// From somewhere else.
    OtherSource,
    /// Wait for the new date.
    Wait,
    /// Money back, or off.
    Credit,
    /// Call it off.
    Cancel,
    /// Found together in the talk.
    Brainstormed,
}

impl ChoiceKind {
    /// All sorts, in the order in which they are offered.
    pub const ALL: [ChoiceKind; 8] = [
        ChoiceKind::PartShipment,
        ChoiceKind::Substitute,
        ChoiceKind::Expedite,
        ChoiceKind::OtherSource,
        ChoiceKind::Wait,
        ChoiceKind::Credit,
        ChoiceKind::Cancel,
        ChoiceKind::Brainstormed,
    ];

    /// The name on screen.
    pub fn name(self) -> &'static str {
        match self {
            ChoiceKind::PartShipment => "Part-shipment",
            ChoiceKind::Substitute => "Substitute",
            ChoiceKind::Expedite => "Expedite",
            ChoiceKind::OtherSource => "Other source",
            ChoiceKind::Wait => "Wait",
            ChoiceKind::Credit => "Credit",
            ChoiceKind::Cancel => "Cancel",
            ChoiceKind::Brainstormed => "Found together",
        }
    }
}

/// What the customer said to an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OptionAnswer {
    /// They take it.
    Taken,
    /// They don't.
    Declined,
    /// They think about it.
    Thinking,
    /// They want to speak to someone above.
    WantsALeader,
}
