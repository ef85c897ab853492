//! What time does to a case: slips become news, next words pass in silence, and steps of ladders fire.
//!
//! All of it is level-triggered. However long nobody looked, each step fires once; steps that came due together
//! fire together.

use super::ahead::must_be_to_come;
use super::clock::{Climb, ClockEvent, Fired, SupplyQuestion};
use super::hearing::{take_in, weigh_again};
use super::replay::Draft;
use super::{Case, CaseEvent, Obligation, ObligationKind, Refused, Stage};
use crate::escalation::{Because, EscalationStep, Ladder, Recipient, Span, a_working_day_after};
use crate::ids::PersonId;
use crate::policy::Terms;
use crate::roster::{Roster, Sought};
use crate::text::InternalText;
use jiff::{SignedDuration, Timestamp};

/// The step of a ladder that fires next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextStep {
    /// Which ladder.
    pub ladder: Ladder,
    /// Which step: 1 for the first.
    pub step: u32,
    /// When.
    pub due: Timestamp,
    /// Whom it tells.
    pub to: Recipient,
}

impl Case {
    /// Does what time alone does by `now`. `working` says when a notice would reach somebody: now, or when
    /// they work next.
    pub fn let_time_pass(
        &self,
        now: Timestamp,
        terms: &Terms,
        roster: &Roster,
        working: impl Fn(PersonId) -> Timestamp,
    ) -> Vec<CaseEvent> {
        let mut draft = Draft::of(self, now);
        take_in(&mut draft, now, terms, Vec::new());
        for event in draft.case.miss_next_word(now) {
            draft.record(event);
        }
        for ladder in Ladder::ALL {
            while let Some(step) = draft.case.next_step(ladder, terms).filter(|step| step.due <= now) {
                let event = draft.case.fire(step, roster, &working);
                draft.record(CaseEvent::Clock { what: event });
            }
        }
        draft.events()
    }

    /// The next step of each ladder that is under way.
    pub fn next_steps(&self, terms: &Terms) -> Vec<NextStep> {
        Ladder::ALL.into_iter().filter_map(|ladder| self.next_step(ladder, terms)).collect()
    }

    /// Says that somebody sees to it: the next step of the ladder waits for as long as the policy allows. What
    /// has been acknowledged is so until the next step fires; saying it twice changes nothing.
    ///
    /// # Errors
    /// [`Refused::NothingToAcknowledge`] when no step has fired, or nothing is owed any more;
    /// [`Refused::Closed`].
    pub fn acknowledge(
        &self,
        ladder: Ladder,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        let climb = self.clocks.climbs.get(&ladder).filter(|climb| !climb.fired.is_empty());
        let (Some(climb), Some(_)) = (climb, self.span(ladder, terms)) else {
            return Err(Refused::NothingToAcknowledge);
        };
        if climb.acknowledged.is_some() {
            return Ok(Vec::new());
        }
        let hours = SignedDuration::from_hours(i64::from(terms.policy.escalation.acknowledged_for_hours));
        let until = terms.owner_calendar.add_working_time(now, hours);
        self.if_open(CaseEvent::Clock { what: ClockEvent::Acknowledged { ladder, until } }, now)
    }

    /// Sets the clocks anew, since something that they go by has changed. `moved` looks at the case as it will
    /// be, and says whether something is owed at another time than before. Nothing is recorded if not, unless
    /// the work moves to somebody else.
    pub fn reschedule(
        &self,
        because: Because,
        moved: impl FnOnce(&Case) -> bool,
        now: Timestamp,
        terms: &Terms,
    ) -> Vec<CaseEvent> {
        if self.closed.is_some() {
            return Vec::new();
        }
        let mut draft = Draft::of(self, now);
        draft.record(CaseEvent::Clock { what: ClockEvent::Rescheduled { because } });
        weigh_again(&mut draft, now, terms);
        if because.moves_the_work() || moved(&draft.case) { draft.events() } else { Vec::new() }
    }

    /// Asks a supply owner for a date. Without a moment, half of the time that is left is theirs.
    ///
    /// # Errors
    /// [`Refused::MomentHasPassed`], [`Refused::MomentIsTooFar`], [`Refused::NothingSlips`],
    /// [`Refused::Closed`].
    pub fn ask_supply(
        &self,
        of: PersonId,
        question: InternalText,
        answer_by: Option<Timestamp>,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        if self.slipping().next().is_none() {
            return Err(Refused::NothingSlips);
        }
        if let Some(by) = answer_by {
            must_be_to_come(by, now)?;
        }
        let answer_by = answer_by.unwrap_or_else(|| self.half_of_what_is_left(now, terms));
        self.if_open(CaseEvent::Clock { what: ClockEvent::SupplyAsked { of, question, answer_by } }, now)
    }

    /// Answers what a supply owner was asked. It is no evidence: a date is stated on the line.
    ///
    /// # Errors
    /// [`Refused::NothingAsked`], [`Refused::Closed`].
    pub fn answer_supply(&self, answer: InternalText, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        if self.clocks.question.is_none() {
            return Err(Refused::NothingAsked);
        }
        self.if_open(CaseEvent::Clock { what: ClockEvent::SupplyAnswered { answer } }, now)
    }

    /// The time that a ladder watches over; `None` while it has nothing to watch.
    pub fn span(&self, ladder: Ladder, terms: &Terms) -> Option<Span> {
        if self.stage() == Stage::Closed {
            return None;
        }
        match ladder {
            Ladder::Tell => Some(Span { begins: self.firm_at()?, due: self.tell_by? }),
            Ladder::NextWord => {
                let due = self.next_word?.by;
                Some(Span { begins: self.clocks.word_given_at.unwrap_or(due).min(due), due })
            }
            Ladder::ConfirmDelivery => {
                let arrival = |owed: &Obligation| {
                    matches!(owed.kind, ObligationKind::ArrivalCheck | ObligationKind::ConfirmDelivery)
                };
                let due = self.obligations(terms).into_iter().find(arrival)?.due;
                Some(Span { begins: due, due })
            }
            Ladder::Supply => {
                let SupplyQuestion { asked_at, answer_by, .. } = self.clocks.question.as_ref()?;
                self.slipping().next()?;
                Some(Span { begins: *asked_at, due: *answer_by })
            }
        }
    }

    fn next_step(&self, ladder: Ladder, terms: &Terms) -> Option<NextStep> {
        let span = self.span(ladder, terms)?;
        let steps = terms.policy.escalation.steps(ladder, self.is_hot());
        let idle = Climb::default();
        let climb = self.clocks.climbs.get(&ladder).unwrap_or(&idle);
        let (place, to, due) = match first_of(steps, climb, span, terms) {
            Some(first) => first,
            None => again(steps, climb, terms)?,
        };
        let due = climb.acknowledged.map_or(due, |lease| due.max(lease.until));
        Some(NextStep { ladder, step: place + 1, due, to })
    }

    fn fire(&self, next: NextStep, roster: &Roster, working: &impl Fn(PersonId) -> Timestamp) -> ClockEvent {
        let NextStep { ladder, step, to: asked, .. } = next;
        let climb = self.clocks.climbs.get(&ladder);
        let told = climb.into_iter().flat_map(|climb| climb.fired.values()).filter_map(|fired| fired.to);
        let sought = Sought {
            to: asked,
            owner: self.owner,
            supply_owner: self.clocks.question.as_ref().map(|question| question.of),
            told: told.collect(),
        };
        let found = roster.find(&sought, working);
        let lapsed = climb.and_then(|climb| climb.acknowledged).and_then(|lease| lease.by);
        let (to, passed_over) = (found.person, found.passed_over);
        ClockEvent::Escalated { ladder, step, asked, to, passed_over, lapsed }
    }

    fn half_of_what_is_left(&self, now: Timestamp, terms: &Terms) -> Timestamp {
        let calendar = &terms.owner_calendar;
        let owed = self.obligations(terms).into_iter();
        let pressing =
            owed.filter(|owed| matches!(owed.kind, ObligationKind::FactsBy | ObligationKind::TellBy));
        let by = pressing.map(|owed| owed.due).filter(|due| *due > now).min();
        let half = by.map(|due| calendar.add_working_time(now, calendar.working_time_between(now, due) / 2));
        half.filter(|half| *half > now).unwrap_or_else(|| a_working_day_after(now, calendar))
    }
}

/// Of the steps that have not fired, the first to come.
fn first_of(
    steps: &[EscalationStep],
    climb: &Climb,
    span: Span,
    terms: &Terms,
) -> Option<(u32, Recipient, Timestamp)> {
    (0..)
        .zip(steps)
        .filter(|(place, _)| !climb.fired.contains_key(place))
        .map(|(place, step)| (place, step.to, span.moment(step.when, &terms.owner_calendar)))
        .min_by_key(|(place, _, due)| (*due, *place))
}

/// All have fired: the last one again, a working day after anything fired.
fn again(steps: &[EscalationStep], climb: &Climb, terms: &Terms) -> Option<(u32, Recipient, Timestamp)> {
    let to = steps.last()?.to;
    let (place, _) = climb.fired.last_key_value()?;
    let last: Timestamp = climb.fired.values().map(|Fired { at, .. }| *at).max()?;
    Some((place + 1, to, a_working_day_after(last, &terms.owner_calendar)))
}
