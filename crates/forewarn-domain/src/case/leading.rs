//! What a leader does about a case: asks what the rep needs, joins the call, takes it over, and looks later
//! whether the record is true. None of it stops the clock (rule 5), and all of it stands in the history that
//! the rep reads, too (rule 11).

mod age;
mod spot;

pub use age::Age;
pub use spot::{CheckedWith, Finding, SpotCheck, picks};

use super::hearing::weigh_again;
use super::replay::Draft;
use super::{Case, CaseEvent, Owner, Refused};
use crate::ids::PersonId;
use crate::policy::Terms;
use crate::text::InternalText;
use jiff::Timestamp;

/// What leaders have done about a case so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leading {
    /// What they asked, oldest first.
    pub asks: Vec<Ask>,
    /// Who joins the next call, and since when they said so. Gone once the customer has been told.
    pub joins: Option<(Timestamp, Option<PersonId>)>,
    /// Number of the event by which the owner has the case; `None` if it was never handed over.
    pub handed_over: Option<u32>,
}

/// A leader's question to whoever tells the customer; private, as everything internal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// When it was asked.
    pub at: Timestamp,
    /// Who asks.
    pub by: Option<PersonId>,
    /// "What do you need to make this call?"
    pub words: InternalText,
    /// When it was answered, and how.
    pub answer: Option<(Timestamp, InternalText)>,
}

impl Case {
    /// Asks whoever tells the customer something.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn ask(&self, words: InternalText, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::Asked { words }, now)
    }

    /// Answers what was asked.
    ///
    /// # Errors
    /// [`Refused::NothingAsked`], [`Refused::Closed`].
    pub fn answer_ask(&self, words: InternalText, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        if self.closed.is_none() && self.open_ask().is_none() {
            return Err(Refused::NothingAsked);
        }
        self.if_open(CaseEvent::AskAnswered { words }, now)
    }

    /// Says that a leader is there when the customer is called. They have not told anybody anything by that.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn join(&self, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::LeaderJoined, now)
    }

    /// Takes the work over from whoever has it. The deadline goes with it.
    ///
    /// # Errors
    /// [`Refused::AlreadyTheirs`], [`Refused::Closed`].
    pub fn take_over(&self, by: PersonId, now: Timestamp, terms: &Terms) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        let owner = Owner::Person { person: by };
        if self.owner == owner {
            return Err(Refused::AlreadyTheirs);
        }
        let mut draft = Draft::of(self, now);
        draft.record(CaseEvent::TakenOver { from: self.owner, owner });
        weigh_again(&mut draft, now, terms);
        Ok(draft.events())
    }

    /// Records what the rep or the customer said when somebody looked whether the record of a telling is true.
    /// A case that has ended may be looked at, too.
    ///
    /// # Errors
    /// [`Refused::NotToldYet`].
    pub fn spot_check(&self, check: SpotCheck, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        if self.tellings.is_empty() {
            return Err(Refused::NotToldYet);
        }
        let mut draft = Draft::of(self, now);
        draft.record(CaseEvent::SpotChecked { check });
        Ok(draft.events())
    }

    /// The question that waits for an answer. Once the customer has been told, an older one has had its own.
    pub fn open_ask(&self) -> Option<&Ask> {
        let told = self.tellings.last().map(|(at, ..)| *at);
        let ask = self.leading.asks.last().filter(|ask| ask.answer.is_none())?;
        told.is_none_or(|told| ask.at >= told).then_some(ask)
    }
}

impl Leading {
    pub(super) fn asked(&mut self, at: Timestamp, by: Option<PersonId>, words: &InternalText) {
        self.asks.push(Ask { at, by, words: words.clone(), answer: None });
    }

    /// One answer answers everything that was asked before it.
    pub(super) fn answered(&mut self, at: Timestamp, words: &InternalText) {
        for ask in self.asks.iter_mut().filter(|ask| ask.answer.is_none()) {
            ask.answer = Some((at, words.clone()));
        }
    }
}
