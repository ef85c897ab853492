//! How a thing is meant to feel. A tone never stands alone: a word and an icon go with it.

/// How much a thing wants to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Act on this first: time is running out for the customer.
    Urgent,
    /// Keep an eye on this.
    Watch,
    /// This went well.
    Good,
    /// Neutral, and ours to act on.
    Calm,
    /// Information only.
    #[default]
    Quiet,
}

impl Tone {
    /// The class that colours whatever stands in it.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Urgent => "tone-urgent",
            Self::Watch => "tone-watch",
            Self::Good => "tone-good",
            Self::Calm => "tone-calm",
            Self::Quiet => "tone-quiet",
        }
    }

    /// The icon that says the same without colour.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Watch => "clock",
            Self::Good => "check",
            Self::Calm => "dot",
            Self::Quiet => "note",
        }
    }
}

/// A word or two in a coloured capsule.
#[derive(Debug, Clone)]
pub struct Chip {
    /// What it says: "Firm", "repeat", "HOT".
    pub text: String,
    /// How it feels.
    pub tone: Tone,
}

impl Chip {
    /// A capsule that says `text` in `tone`.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

/// One entry of a `<select>`, a group of radio buttons or of chips.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is the answer so far.
    pub chosen: bool,
}

impl Choice {
    /// An answer that is not chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), chosen: false }
    }

    /// The same answer, chosen.
    #[must_use]
    pub fn chosen(self) -> Self {
        Self { chosen: true, ..self }
    }

    /// The choices `(value, label)` with the one called `chosen` chosen.
    #[must_use]
    pub fn list(choices: &[(&str, &str)], chosen: &str) -> Vec<Self> {
        let entry =
            |(value, label): &(&str, &str)| Self { chosen: *value == chosen, ..Self::new(*value, *label) };
        choices.iter().map(entry).collect()
    }
}

/// How the customer felt, as the rep felt it.
pub const TEMPERATURES: [(&str, &str); 4] =
    [("calm", "Calm"), ("concerned", "Concerned"), ("upset", "Upset"), ("furious", "Furious")];

/// What it does to the customer.
pub const IMPACTS: [(&str, &str); 5] = [
    ("none", "No impact"),
    ("inconvenience", "Inconvenience"),
    ("cost", "Cost or penalty"),
    ("their-customers", "Their customers"),
    ("line-down", "Line down"),
];

/// Whose doing it is.
pub const FAULTS: [(&str, &str); 5] = [
    ("ours", "Ours"),
    ("should-have-anticipated", "We should have seen it coming"),
    ("outside-our-control", "Outside our control"),
    ("customers", "The customer’s"),
    ("not-known-yet", "Not known yet"),
];
