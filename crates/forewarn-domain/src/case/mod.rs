//! A case: one piece of bad news for one customer, however many lines it covers.
//!
//! A case *is* its history: [`Case::replay`] folds the recorded events into the state below, and every act
//! (a method that takes `now`) answers with the events it makes, or with a [`Refused`] that says why not.
//! Whoever keeps the events keeps the case.

mod ahead;
mod clock;
mod closing;
mod escalating;
mod event;
mod hearing;
mod keeping;
mod known_told;
mod leading;
mod letter;
mod letters;
mod line;
mod not_now;
mod obligation;
mod preparing;
mod refused;
mod replay;
mod section;
mod step;
mod taking_back;
mod talking;
mod tell;
mod telling;

pub use clock::{Acknowledged, Climb, ClockEvent, Clocks, Fired, SupplyQuestion};
pub use closing::Closing;
pub use escalating::NextStep;
pub use event::{CaseEvent, ErasedText, OpenedFor, Owner, Recorded, Waits};
pub use hearing::{Observation, Observed};
pub use known_told::{KnownToTold, ToldLine};
pub use leading::{Age, Ask, CheckedWith, Finding, Leading, SpotCheck, picks};
pub use letter::{Bounce, CaseLetter, LetterEnd, LetterEvent, LetterFacts, Purpose, Resolution, Standing};
pub use line::{CaseLine, Heard, LineEnd, LineFacts};
pub use not_now::NotNow;
pub use obligation::{Obligation, ObligationKind};
pub use preparing::{Action, Choice, ChoiceKind, Fault, OptionAnswer, Tick};
pub use refused::Refused;
pub use section::{Section, triage};
pub use step::Step;
pub use telling::{Agreement, Attempt, Channel, EmailReason, Outcome, Telling};

use crate::evidence::Cause;
use crate::ids::{LetterId, PersonId, PromiseId, ReplyId};
use crate::promise::Promised;
use crate::severity::{Impact, Severity, Temperature};
use crate::text::{CustomerText, InternalText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The state of a case, as its events made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Who has to tell the customer.
    pub owner: Owner,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Its lines, open and ended.
    pub lines: BTreeMap<PromiseId, CaseLine>,
    /// 1 for the first conversation; one more for every repeat slip.
    pub round: u32,
    /// Whose doing it is.
    pub fault: Fault,
    /// Why, in two texts.
    pub cause: Cause,
    /// Whom to tell.
    pub contact: Option<Contact>,
    /// What has been confirmed before the talk.
    pub ticks: BTreeSet<Tick>,
    /// What we do about it.
    pub actions: Vec<Action>,
    /// Ways out, with what the customer said to each.
    pub options: Vec<(Choice, Option<OptionAnswer>)>,
    /// Who said that an option may be offered, by its number, counted from 1.
    pub approvals: BTreeMap<usize, Option<PersonId>>,
    /// What became of each step in this round.
    pub steps: BTreeMap<Step, StepState>,
    /// Tries to reach the contact, oldest first.
    pub attempts: Vec<(Timestamp, Attempt)>,
    /// Tellings, oldest first.
    pub tellings: Vec<(Timestamp, Option<PersonId>, Telling)>,
    /// How the customer took it, oldest first.
    pub temperatures: Vec<(Timestamp, Temperature)>,
    /// What it does to them.
    pub impact: Option<Impact>,
    /// What they said.
    pub concerns: Vec<InternalText>,
    /// When they hear from us next.
    pub next_word: Option<NextWord>,
    /// The reason for not telling now, and since when.
    pub not_now: Option<(Timestamp, NotNow)>,
    /// How much it weighs.
    pub severity: Option<Severity>,
    /// The deadline for telling.
    pub tell_by: Option<Timestamp>,
    /// When one of ours first looked at it.
    pub first_viewed_at: Option<Timestamp>,
    /// When a leader was asked in.
    pub leader_called_at: Option<Timestamp>,
    /// What leaders have done about it.
    pub leading: Leading,
    /// Letters that a person has approved.
    pub letters: BTreeMap<LetterId, CaseLetter>,
    /// What the customer has written to us, oldest first.
    pub replies: Vec<(Timestamp, ReplyId)>,
    /// What its clocks have done so far.
    pub clocks: Clocks,
    /// How it ended, if it has.
    pub closed: Option<(Timestamp, Closing)>,
    /// Number of the last event: grows with every act. Two people who act on the same number at once are
    /// told apart by it.
    pub version: u32,
}

/// Where a case stands. Follows from the lines; nobody sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// A slip is known and not fit to tell.
    WaitingForFacts,
    /// There is news, and the customer doesn't know.
    ToTell,
    /// They know; we keep our word until the goods arrive.
    KeepingWord,
    /// Everything has arrived or was called off; are they back to business as usual?
    Arrived,
    /// It has ended.
    Closed,
}

/// The person at the customer who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub name: CustomerText,
    /// Number, as written.
    pub phone: Option<String>,
    /// Address.
    pub email: Option<String>,
}

/// What became of a step in the current round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StepState {
    /// How often it was taken.
    pub taken: u32,
    /// Whether it was left out on purpose, and not taken since.
    pub skipped: bool,
}

/// A promised moment of our next update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextWord {
    /// By when.
    pub by: Timestamp,
    /// Whether that moment has passed in silence.
    pub missed: bool,
}

impl Case {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        if self.closed.is_some() {
            Stage::Closed
        } else if self.lines.values().any(CaseLine::is_news) {
            Stage::ToTell
        } else if self.lines.values().any(|line| line.is_open() && line.is_told()) {
            Stage::KeepingWord
        } else if self.lines.values().any(CaseLine::is_slipping) {
            Stage::WaitingForFacts
        } else {
            Stage::Arrived
        }
    }

    /// Whether a new slip of the same customer joins this conversation: until it is told (rule 3).
    pub fn takes_new_lines(&self) -> bool {
        matches!(self.stage(), Stage::WaitingForFacts | Stage::ToTell)
    }

    /// Whether a slip of this promise can join: it is no line of the case, or its date had come back before
    /// anyone was told, and now it slips again.
    pub fn takes_line(&self, promise: PromiseId) -> bool {
        self.lines.get(&promise).is_none_or(|line| line.end == Some(LineEnd::Recovered))
    }

    /// Lines that slip and are not ended.
    pub fn slipping(&self) -> impl Iterator<Item = (PromiseId, &CaseLine)> {
        self.lines.iter().filter(|(_, line)| line.is_slipping()).map(|(id, line)| (*id, line))
    }

    /// Lines with better news than the customer has.
    pub fn good_news(&self) -> impl Iterator<Item = (PromiseId, &CaseLine)> {
        self.lines.iter().filter(|(_, line)| line.is_open() && line.good_news).map(|(id, line)| (*id, line))
    }

    /// First evidence of what is open now; of anything at all when nothing is.
    pub fn known_at(&self) -> Timestamp {
        let open = self.slipping().map(|(_, line)| line.known_at).min();
        let any = || self.lines.values().map(|line| line.known_at).min();
        open.or_else(any).unwrap_or(self.opened_at)
    }

    /// When the open news became fit to tell.
    pub fn firm_at(&self) -> Option<Timestamp> {
        self.lines.values().filter(|line| line.is_news()).filter_map(|line| line.firm_at).min()
    }

    /// What they were promised for the lines that slip; the input to "they can still act".
    pub fn promised_of_slipping(&self) -> impl Iterator<Item = Promised> {
        self.slipping().map(|(_, line)| line.promised)
    }

    /// The temperature as last felt.
    pub fn temperature(&self) -> Option<Temperature> {
        self.temperatures.last().map(|(_, temperature)| *temperature)
    }

    /// Calls in this round that reached nobody.
    pub fn unanswered(&self) -> u32 {
        let since = self.tellings.last().map(|(at, ..)| *at);
        let tries = self
            .attempts
            .iter()
            .filter(|(at, attempt)| since.is_none_or(|since| *at > since) && !attempt.outcome.reached());
        tries.count().try_into().unwrap_or(u32::MAX)
    }

    /// The five ticks, as far as the record itself answers them.
    pub fn prepared(&self, tick: Tick) -> bool {
        self.ticks.contains(&tick)
            || match tick {
                Tick::FactsChecked => false,
                Tick::DateOrNextWord => {
                    self.slipping().next().is_some()
                        && self.slipping().all(|(_, line)| line.outlook.is_firm())
                }
                Tick::OneOption => !self.options.is_empty(),
                Tick::FaultDecided => self.fault != Fault::NotKnownYet,
                Tick::RightPerson => self.contact.is_some(),
            }
    }
}

#[cfg(test)]
mod tests;
