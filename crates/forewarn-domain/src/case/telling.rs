//! Trying to reach somebody, telling them, and what they made of it: three facts, never one.

use crate::ids::PromiseId;
use crate::promise::Expectation;
use crate::text::{CustomerText, InternalText};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How word reaches a customer, in the order of preference (rule 6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Channel {
    /// Face to face, or by video.
    InPerson,
    /// By phone.
    Phone,
    /// By e-mail. As the first word it needs a reason; as follow-up it doesn't.
    Email {
        /// Why it was the first word.
        reason: Option<EmailReason>,
    },
}

/// What makes an e-mail the first word. The leader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum EmailReason {
    /// The customer asked for it.
    CustomerAsked,
    /// No number works: enough calls went unanswered.
    NoAnswer,
    /// There is no other way in time.
    NoOtherWay {
        /// In the rep's words.
        why: InternalText,
    },
}

/// One try to reach the contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// How it went.
    pub outcome: Outcome,
    /// Whom we tried to reach.
    pub to: Option<CustomerText>,
}

/// How a try went. Only *Spoke* and *Met* can lead on to *told*; a sent e-mail can, with a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// On the phone, with the right person.
    Spoke,
    /// Face to face.
    Met,
    /// Left our name and when we try again; no news on tape.
    Voicemail,
    /// Nobody there.
    NoAnswer,
    /// Someone who can't take it.
    WrongPerson,
}

impl Outcome {
    /// Whether the right person was there to hear it.
    pub fn reached(self) -> bool {
        matches!(self, Outcome::Spoke | Outcome::Met)
    }

    /// The name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Spoke => "Spoke",
            Outcome::Met => "Met",
            Outcome::Voicemail => "Voicemail",
            Outcome::NoAnswer => "No answer",
            Outcome::WrongPerson => "Wrong person",
        }
    }
}

/// The customer heard the news: exactly what was said, of which lines, to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// Who heard it.
    pub to: CustomerText,
    /// How.
    pub channel: Channel,
    /// What they expect now, line by line.
    pub lines: Vec<(PromiseId, Expectation)>,
}

/// What they said to the new expectation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Agreement {
    /// They accept it.
    Agreed,
    /// They don't.
    Refused,
    /// They think about it.
    Thinking {
        /// When they answer.
        answer_by: Option<Date>,
    },
}
