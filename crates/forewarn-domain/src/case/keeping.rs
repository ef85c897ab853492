//! The acts of keeping our word: next words, arrival, and back to business as usual.

use super::ahead::must_be_to_come;
use super::closing::Closing;
use super::event::CaseEvent;
use super::hearing::{Observation, Observed};
use super::line::{CaseLine, LineEnd};
use super::replay::Draft;
use super::telling::Channel;
use super::{Case, Refused};
use crate::ids::PromiseId;
use crate::policy::Terms;
use crate::promise::Promised;
use crate::severity::Temperature;
use crate::text::InternalText;
use jiff::Timestamp;
use jiff::civil::Date;

impl Case {
    /// Promises a moment by which the customer hears from us.
    ///
    /// # Errors
    /// [`Refused::MomentHasPassed`], [`Refused::MomentIsTooFar`], [`Refused::Closed`].
    pub fn promise_next_word(&self, by: Timestamp, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        must_be_to_come(by, now)?;
        self.if_open(CaseEvent::NextWordPromised { by }, now)
    }

    /// Keeps the next word, late or in time, and promises another. Lines without a date always need one
    /// (rule 4).
    ///
    /// # Errors
    /// [`Refused::NoNextWord`] when none was promised, [`Refused::NextWordNeeded`] when a line has no date
    /// and `then` is missing, [`Refused::MomentHasPassed`], [`Refused::MomentIsTooFar`].
    pub fn keep_next_word(
        &self,
        channel: Channel,
        then: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        let Some(word) = self.next_word else { return Err(Refused::NoNextWord) };
        match then {
            None if self.has_line_without_date() => return Err(Refused::NextWordNeeded),
            Some(by) => must_be_to_come(by, now)?,
            None => {}
        }
        let mut draft = Draft::of(self, now);
        draft.record(CaseEvent::NextWordKept { due: word.by, channel, late: now > word.by });
        if let Some(by) = then {
            draft.record(CaseEvent::NextWordPromised { by });
        }
        Ok(draft.events())
    }

    /// Notes that the moment of a next word passed in silence. It stays due until it is kept. Done once a
    /// word; does nothing before its time.
    pub fn miss_next_word(&self, now: Timestamp) -> Vec<CaseEvent> {
        match self.next_word {
            Some(word) if !word.missed && word.by < now && self.closed.is_none() => {
                let mut draft = Draft::of(self, now);
                draft.record(CaseEvent::NextWordMissed { due: word.by });
                draft.events()
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// Records that lines have arrived, when somebody knows it before a report does.
    ///
    /// # Errors
    /// [`Refused::NotALine`] for lines that are not open, [`Refused::NotThereYet`] for a day that is still to
    /// come, [`Refused::Closed`].
    pub fn arrive(
        &self,
        promises: &[PromiseId],
        on: Date,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        if on > terms.customer_calendar.local_date(now) {
            return Err(Refused::NotThereYet);
        }
        let open = |id: &PromiseId| self.lines.get(id).is_some_and(CaseLine::is_open);
        if let Some(other) = promises.iter().find(|id| !open(id)) {
            return Err(Refused::NotALine(*other));
        }
        let arrived =
            |promise: &PromiseId| Observation { promise: *promise, observed: Observed::Delivered { on } };
        Ok(self.hear(now, terms, promises.iter().map(arrived).collect()))
    }

    /// Records that the customer was told of the arrival and asked whether all is well.
    ///
    /// # Errors
    /// [`Refused::NotArrived`] for lines that have not, [`Refused::Closed`].
    pub fn confirm_delivery(
        &self,
        promises: Vec<PromiseId>,
        channel: Channel,
        now: Timestamp,
    ) -> Result<Vec<CaseEvent>, Refused> {
        let arrived = |id: &&PromiseId| {
            let end = self.lines.get(*id).and_then(|line| line.end);
            matches!(end, Some(LineEnd::Delivered { .. }))
        };
        let missing = promises.len() - promises.iter().filter(arrived).count();
        if promises.is_empty() || missing > 0 {
            return Err(Refused::NotArrived(missing.max(1)));
        }
        self.if_open(CaseEvent::DeliveryConfirmed { promises, channel }, now)
    }

    /// Ends the case: the goods are there, and the customer is back to business as usual.
    ///
    /// # Errors
    /// [`Refused::StillToTell`] and [`Refused::NotArrived`] while lines are open.
    pub fn close(
        &self,
        temperature: Temperature,
        what_we_changed: Option<InternalText>,
        now: Timestamp,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        let to_tell = self.slipping().count();
        if to_tell > 0 {
            return Err(Refused::StillToTell(to_tell));
        }
        let open = self.lines.values().filter(|line| line.is_open()).count();
        if open > 0 {
            return Err(Refused::NotArrived(open));
        }
        self.if_open(
            CaseEvent::Closed { closing: Closing::BackToBusiness { temperature, what_we_changed } },
            now,
        )
    }

    fn has_line_without_date(&self) -> bool {
        self.lines.values().any(|line| line.is_open() && line.promised == Promised::NoDateYet)
    }
}
