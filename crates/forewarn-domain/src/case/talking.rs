//! The acts of preparing and holding the conversation. Any order, skipped, repeated (rule 10).

use super::ahead::must_be_to_come;
use super::event::CaseEvent;
use super::hearing::weigh_again;
use super::not_now::NotNow;
use super::preparing::{Action, Choice, Fault, OptionAnswer, Tick};
use super::replay::Draft;
use super::{Case, Contact, Owner, Refused, Step};
use crate::evidence::Cause;
use crate::policy::Terms;
use crate::severity::{Impact, Temperature};
use crate::text::InternalText;
use jiff::Timestamp;

impl Case {
    /// Somebody of ours looked at it. Recorded once a round of viewing; stops no clock (rule 5).
    pub fn view(&self, now: Timestamp) -> Vec<CaseEvent> {
        if self.closed.is_some() || self.first_viewed_at.is_some() {
            return Vec::new();
        }
        self.one(CaseEvent::Viewed, now)
    }

    /// Gives the work to somebody.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn assign(
        &self,
        owner: Owner,
        reason: Option<InternalText>,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        let mut draft = Draft::of(self, now);
        draft.record(CaseEvent::Assigned { owner, reason });
        weigh_again(&mut draft, now, terms);
        Ok(draft.events())
    }

    /// Doesn't tell now, for a reason that the leader sees. The clock keeps running (rule 5); only *not
    /// news* ends the case.
    ///
    /// # Errors
    /// [`Refused::MomentHasPassed`] for a time in the past, [`Refused::MomentIsTooFar`] for one more than a year
    /// ahead; [`Refused::Closed`].
    pub fn not_now(&self, reason: NotNow, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        if let Some(until) = reason.holds_until() {
            must_be_to_come(until, now)?;
        }
        if matches!(reason, NotNow::NotNews { .. }) && !self.tellings.is_empty() {
            let open = self.lines.values().filter(|line| line.is_open()).count();
            return Err(Refused::NotArrived(open));
        }
        Ok(self.one(CaseEvent::NotNow { reason }, now))
    }

    /// Sets or takes away one of the five ticks.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn tick(&self, tick: Tick, on: bool, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::Ticked { tick, on }, now)
    }

    /// Decides whose doing it is.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn set_fault(&self, fault: Fault, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::FaultSet { fault }, now)
    }

    /// Writes down the cause, for us and for them.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn set_cause(&self, cause: Cause, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::CauseSet { cause }, now)
    }

    /// Says whom to tell.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn set_contact(&self, contact: Contact, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        let Contact { name, phone, email } = contact;
        self.if_open(CaseEvent::ContactSet { name, phone, email }, now)
    }

    /// Adds something that we do about it.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn add_action(&self, action: Action, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::ActionAdded { action }, now)
    }

    /// Adds a way out.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn add_option(&self, option: Choice, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::OptionAdded { option }, now)
    }

    /// Allows an option to be offered; `option` counts from 1. Nothing happens if it was allowed before.
    ///
    /// # Errors
    /// [`Refused::NoSuchOption`], [`Refused::Closed`].
    pub fn approve_option(&self, option: u32, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        let index = (option as usize).checked_sub(1);
        let (choice, _) =
            index.and_then(|index| self.options.get(index)).ok_or(Refused::NoSuchOption(option))?;
        if choice.approved {
            return Ok(Vec::new());
        }
        self.if_open(CaseEvent::OptionApproved { option }, now)
    }

    /// Records what the customer said to an option; `option` counts from 1.
    ///
    /// # Errors
    /// [`Refused::NoSuchOption`], [`Refused::Closed`].
    pub fn answer_option(
        &self,
        option: u32,
        answer: OptionAnswer,
        now: Timestamp,
    ) -> Result<Vec<CaseEvent>, Refused> {
        if option == 0 || option as usize > self.options.len() {
            return Err(Refused::NoSuchOption(option));
        }
        self.if_open(CaseEvent::OptionAnswered { option, answer }, now)
    }

    /// Takes a step of the conversation, for the first time or again.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn take_step(&self, step: Step, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::StepTaken { step }, now)
    }

    /// Records what we said to their concern; nothing, if nothing was said.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn answer_concern(
        &self,
        read_back: bool,
        owned: bool,
        apologised: bool,
        now: Timestamp,
    ) -> Result<Vec<CaseEvent>, Refused> {
        if !(read_back || owned || apologised) {
            return Ok(Vec::new());
        }
        self.if_open(CaseEvent::ConcernAnswered { read_back, owned, apologised }, now)
    }

    /// Leaves a step out, visibly.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn skip_step(&self, step: Step, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::StepSkipped { step }, now)
    }

    /// Records how the customer takes it.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn feel(
        &self,
        temperature: Temperature,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.and_weigh(CaseEvent::TemperatureFelt { temperature }, now, terms)
    }

    /// Records what it does to them.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn name_impact(
        &self,
        impact: Impact,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.and_weigh(CaseEvent::ImpactNamed { impact }, now, terms)
    }

    /// Keeps what they said, in their own words.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn note_concern(&self, words: InternalText, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::ConcernNoted { words }, now)
    }

    /// Asks a leader in.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn call_leader(&self, need: Option<InternalText>, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.if_open(CaseEvent::LeaderCalled { need }, now)
    }

    pub(super) fn if_open(&self, event: CaseEvent, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        Ok(self.one(event, now))
    }

    pub(super) fn one(&self, event: CaseEvent, now: Timestamp) -> Vec<CaseEvent> {
        let mut draft = Draft::of(self, now);
        draft.record(event);
        draft.events()
    }

    fn and_weigh(&self, event: CaseEvent, now: Timestamp, terms: &Terms) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        let mut draft = Draft::of(self, now);
        draft.record(event);
        weigh_again(&mut draft, now, terms);
        Ok(draft.events())
    }
}
