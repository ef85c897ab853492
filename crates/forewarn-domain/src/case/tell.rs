//! The acts of reaching the customer and telling them.

use super::ahead::{date_must_be_to_come, must_be_to_come};
use super::event::{CaseEvent, Waits};
use super::hearing::{follow_up, take_in_outlook};
use super::replay::Draft;
use super::telling::{Agreement, Attempt, Channel, EmailReason, Outcome, Telling};
use super::{Case, CaseLine, Refused};
use crate::ids::PromiseId;
use crate::policy::Terms;
use crate::promise::Expectation;
use crate::slip::can_act_days;
use jiff::Timestamp;
use std::collections::BTreeMap;

impl Case {
    /// Records a try to reach the contact. It tells nobody anything, and stops no clock (rule 5).
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn attempt(&self, attempt: Attempt, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        let mut draft = Draft::of(self, now);
        draft.record(CaseEvent::Attempted { attempt });
        Ok(draft.events())
    }

    /// Records that the customer was told: whom, how, and what they expect now, line by line. The promise of
    /// each line becomes what was said (rule 1). Where the newest evidence already contradicts what was
    /// said, the record keeps both, and the next round begins at once.
    ///
    /// # Errors
    /// Refuses a telling without lines or person, with a date that has passed or lies more than ten years ahead,
    /// a range that runs backwards, a next word in the past or more than a year ahead, and e-mail as the first
    /// word without a reason that holds (rule 6).
    pub fn tell(
        &self,
        telling: Telling,
        next_word: Option<Timestamp>,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        self.check_lines(&telling, now, terms)?;
        self.check_channel(&telling.channel, terms)?;
        if let Some(by) = next_word {
            must_be_to_come(by, now)?;
        }
        Ok(self.record_telling(telling, next_word, now, terms))
    }

    /// What follows when they have heard it: nothing is refused any more.
    pub(super) fn record_telling(
        &self,
        telling: Telling,
        next_word: Option<Timestamp>,
        now: Timestamp,
        terms: &Terms,
    ) -> Vec<CaseEvent> {
        let next_word = next_word_of(&telling, next_word);
        let told: Vec<_> = telling.lines.iter().map(|(promise, _)| *promise).collect();
        let mut draft = Draft::of(self, now);
        if let Some(attempt) = self.attempt_behind(&telling) {
            draft.record(CaseEvent::Attempted { attempt });
        }
        let today = terms.customer_calendar.local_date(now);
        let promised = told.iter().filter_map(|id| self.lines.get(id)).map(|line| line.promised);
        let notice_days =
            promised.filter_map(|promised| can_act_days(promised, &terms.customer_calendar, today)).min();
        let waits = self.waits(&told, now, terms);
        draft.record(CaseEvent::Told { telling, notice_days, waits });
        if let Some(by) = next_word {
            draft.record(CaseEvent::NextWordPromised { by });
        }
        for promise in told {
            let Some(line) = self.lines.get(&promise) else { continue };
            take_in_contradiction(&mut draft, promise, line, terms);
        }
        follow_up(&mut draft, now, terms);
        draft.events()
    }

    /// Records whether they repeated the news back right.
    ///
    /// # Errors
    /// [`Refused::NotToldYet`] before they were told.
    pub fn understood(
        &self,
        promises: Vec<PromiseId>,
        yes: bool,
        now: Timestamp,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_have_told(&promises)?;
        let mut draft = Draft::of(self, now);
        draft.record(CaseEvent::Understood { promises, yes });
        Ok(draft.events())
    }

    /// Records what they said to the new expectation.
    ///
    /// # Errors
    /// [`Refused::NotToldYet`] before they were told.
    pub fn answered(
        &self,
        promises: Vec<PromiseId>,
        agreement: Agreement,
        now: Timestamp,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_have_told(&promises)?;
        let mut draft = Draft::of(self, now);
        draft.record(CaseEvent::Answered { promises, agreement });
        Ok(draft.events())
    }

    /// Tells good news: a date came back, or a line without a date has one at last. The promise becomes what
    /// was said, as with bad news.
    ///
    /// # Errors
    /// [`Refused::NoGoodNews`] when none of the lines has any.
    pub fn tell_good_news(
        &self,
        lines: Vec<(PromiseId, Expectation)>,
        channel: Channel,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        let has_good_news =
            |id: &PromiseId| self.lines.get(id).is_some_and(|line| line.is_open() && line.good_news);
        if lines.is_empty() || !lines.iter().all(|(promise, _)| has_good_news(promise)) {
            return Err(Refused::NoGoodNews);
        }
        let today = terms.customer_calendar.local_date(now);
        lines.iter().try_for_each(|(_, expectation)| check_expectation(*expectation, today, now))?;
        let lines: Vec<_> = lines.into_iter().map(|(id, expectation)| (id, expectation.promised())).collect();
        let told: BTreeMap<_, _> = lines.iter().copied().collect();
        let mut draft = Draft::of(self, now);
        draft.record(CaseEvent::GoodNewsTold { lines, channel });
        for promise in told.into_keys() {
            let Some(line) = self.lines.get(&promise) else { continue };
            take_in_contradiction(&mut draft, promise, line, terms);
        }
        follow_up(&mut draft, now, terms);
        Ok(draft.events())
    }

    fn check_lines(&self, telling: &Telling, now: Timestamp, terms: &Terms) -> Result<(), Refused> {
        if telling.lines.is_empty() {
            return Err(Refused::NothingTold);
        }
        let today = terms.customer_calendar.local_date(now);
        for (promise, expectation) in &telling.lines {
            if !self.lines.get(promise).is_some_and(CaseLine::is_open) {
                return Err(Refused::NotALine(*promise));
            }
            check_expectation(*expectation, today, now)?;
        }
        Ok(())
    }

    fn check_channel(&self, channel: &Channel, terms: &Terms) -> Result<(), Refused> {
        let Channel::Email { reason } = channel else { return Ok(()) };
        let needed = terms.policy.attempts_before_email;
        match reason {
            // In a later round they know us by now, but each round of bad news is a first word again.
            None => Err(Refused::EmailFirstNeedsReason),
            Some(EmailReason::NoAnswer) if self.unanswered() < needed => {
                Err(Refused::TooFewAttempts { made: self.unanswered(), needed })
            }
            Some(_) => Ok(()),
        }
    }

    /// A telling by phone or in person implies that somebody was reached; where no attempt says so yet, this
    /// is it.
    fn attempt_behind(&self, telling: &Telling) -> Option<Attempt> {
        let outcome = match telling.channel {
            Channel::InPerson => Outcome::Met,
            Channel::Phone => Outcome::Spoke,
            Channel::Email { .. } => return None,
        };
        let last_told = self.tellings.last().map(|(at, ..)| *at);
        let on_record = self
            .attempts
            .iter()
            .any(|(at, attempt)| attempt.outcome.reached() && last_told.is_none_or(|told| *at > told));
        (!on_record).then(|| Attempt { outcome, to: Some(telling.to.clone()) })
    }

    fn waits(&self, told: &[PromiseId], now: Timestamp, terms: &Terms) -> Waits {
        let lines = || told.iter().filter_map(|id| self.lines.get(id)).filter(|line| line.is_slipping());
        let Some(known_at) = lines().map(|line| line.known_at).min() else { return Waits::default() };
        let firm_at = lines().filter_map(|line| line.firm_at).min().unwrap_or(now);
        let minutes = |from, to| terms.owner_calendar.working_time_between(from, to).as_mins();
        Waits { fact_minutes: minutes(known_at, firm_at), tell_minutes: minutes(firm_at, now) }
    }

    pub(super) fn must_be_open(&self) -> Result<(), Refused> {
        if self.closed.is_some() { Err(Refused::Closed) } else { Ok(()) }
    }

    fn must_have_told(&self, promises: &[PromiseId]) -> Result<(), Refused> {
        self.must_be_open()?;
        let told = |id: &PromiseId| self.lines.get(id).is_some_and(|line| !line.told.is_empty());
        if promises.is_empty() || !promises.iter().all(told) {
            return Err(Refused::NotToldYet);
        }
        Ok(())
    }
}

fn check_expectation(
    expectation: Expectation,
    today: jiff::civil::Date,
    now: Timestamp,
) -> Result<(), Refused> {
    match expectation {
        Expectation::NewDate { on } => date_must_be_to_come(on, today),
        Expectation::Range { from, to } if to < from => Err(Refused::RangeIsBackwards),
        Expectation::Range { to, .. } => date_must_be_to_come(to, today),
        Expectation::NoDateYet { next_word_by } => must_be_to_come(next_word_by, now),
    }
}

/// The earliest moment that was promised in this telling.
fn next_word_of(telling: &Telling, stated: Option<Timestamp>) -> Option<Timestamp> {
    let without_date = telling.lines.iter().filter_map(|(_, expectation)| match expectation {
        Expectation::NoDateYet { next_word_by } => Some(*next_word_by),
        Expectation::NewDate { .. } | Expectation::Range { .. } => None,
    });
    without_date.chain(stated).min()
}

/// What was said is on record; what the evidence says still counts against it.
fn take_in_contradiction(draft: &mut Draft, promise: PromiseId, before: &CaseLine, terms: &Terms) {
    let source = "the newest evidence, against what was said".to_owned();
    take_in_outlook(draft, promise, before.outlook, before.observed_at, source, terms);
}
