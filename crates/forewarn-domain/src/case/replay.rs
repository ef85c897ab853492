//! From events to state. The only place where the fields of a case change.

use super::event::{CaseEvent, Recorded};
use super::letter::made_by_bounced_letters;
use super::line::{CaseLine, Heard, LineEnd};
use super::telling::Telling;
use super::{Case, Clocks, Contact, Fault, Leading, NextWord, NotNow, Owner};
use crate::erasing::ERASED;
use crate::evidence::Cause;
use crate::ids::{PersonId, PromiseId};
use crate::slip::Slip;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

impl Case {
    /// The state after these events, oldest first. `None` without an opening event.
    pub fn replay(events: &[Recorded]) -> Option<Case> {
        let undone = Case::undone(events);
        let first = events.first()?;
        let CaseEvent::Opened { owner, .. } = first.event else { return None };
        let mut case = Case::blank(owner, first.at);
        for recorded in events {
            if undone.contains(&recorded.seq) {
                case.version = recorded.seq;
            } else {
                case.apply(recorded);
            }
        }
        Some(case)
    }

    /// The numbers of the events that hold no more: taken back, or made by a letter that came back. They stay on
    /// record.
    pub fn undone(events: &[Recorded]) -> BTreeSet<u32> {
        let taken_back = events.iter().filter_map(|recorded| match recorded.event {
            CaseEvent::TakenBack { seq } => Some(seq),
            _ => None,
        });
        taken_back.chain(made_by_bounced_letters(events)).collect()
    }

    pub(super) fn blank(owner: Owner, at: Timestamp) -> Case {
        Case {
            owner,
            opened_at: at,
            lines: BTreeMap::new(),
            round: 1,
            fault: Fault::NotKnownYet,
            cause: Cause::default(),
            contact: None,
            ticks: BTreeSet::new(),
            actions: Vec::new(),
            options: Vec::new(),
            approvals: BTreeMap::new(),
            steps: BTreeMap::new(),
            attempts: Vec::new(),
            tellings: Vec::new(),
            temperatures: Vec::new(),
            impact: None,
            concerns: Vec::new(),
            next_word: None,
            not_now: None,
            severity: None,
            tell_by: None,
            first_viewed_at: None,
            leader_called_at: None,
            leading: Leading::default(),
            letters: BTreeMap::new(),
            replies: Vec::new(),
            clocks: Clocks::default(),
            closed: None,
            version: 0,
        }
    }

    pub(super) fn apply(&mut self, recorded: &Recorded) {
        let Recorded { seq, at, by, event } = recorded;
        let was_hot = self.is_hot();
        self.version = *seq;
        match event {
            CaseEvent::Opened { owner, .. } => self.owner = *owner,
            CaseEvent::Assigned { owner, .. } | CaseEvent::TakenOver { owner, .. } => {
                self.owner = *owner;
                self.leading.handed_over = Some(*seq);
            }
            CaseEvent::Asked { words } => self.leading.asked(*at, *by, words),
            CaseEvent::AskAnswered { words } => self.leading.answered(*at, words),
            CaseEvent::LeaderJoined => self.leading.joins = Some((*at, *by)),
            CaseEvent::LineJoined { line } => {
                if self.takes_line(line.promise) {
                    self.lines.insert(line.promise, CaseLine::new(line));
                }
            }
            CaseEvent::LineMoved { promise, outlook, slip, observed_at, .. } => {
                self.with_line(*promise, |line| {
                    if slip.counts() && !line.slip.counts() {
                        line.known_at = *observed_at;
                        line.firm_at = None;
                    }
                    line.outlook = *outlook;
                    line.slip = *slip;
                    line.observed_at = *observed_at;
                    line.good_news = false;
                });
            }
            CaseEvent::BecameNews { promises, .. } => {
                for promise in promises {
                    self.with_line(*promise, |line| line.firm_at = Some(*at));
                }
            }
            CaseEvent::RepeatSlip { round, .. } if *round == self.round => {}
            CaseEvent::RepeatSlip { round, .. } => {
                self.round = *round;
                self.steps.clear();
                self.ticks.clear();
                self.not_now = None;
            }
            CaseEvent::Recovered { promise, after_telling } => self.with_line(*promise, |line| {
                line.firm_at = None;
                if *after_telling {
                    line.good_news = true;
                } else {
                    line.end = Some(LineEnd::Recovered);
                }
            }),
            CaseEvent::LineCancelled { promise } => self.end_line(*promise, LineEnd::Cancelled),
            CaseEvent::LineWithdrawn { promise, .. } => self.end_line(*promise, LineEnd::Withdrawn),
            CaseEvent::LineReopened { promise, .. } => self.with_line(*promise, |line| line.end = None),
            CaseEvent::LineDelivered { promise, on } => {
                self.end_line(*promise, LineEnd::Delivered { on: *on, confirmed: false });
            }
            CaseEvent::Weighed { severity, tell_by } => {
                self.severity = Some(severity.clone());
                self.tell_by = *tell_by;
            }
            CaseEvent::Viewed => {
                self.first_viewed_at.get_or_insert(*at);
            }
            CaseEvent::NotNow { reason } => self.apply_not_now(*at, reason),
            CaseEvent::Ticked { tick, on: true } => {
                self.ticks.insert(*tick);
            }
            CaseEvent::Ticked { tick, on: false } => {
                self.ticks.remove(tick);
            }
            CaseEvent::FaultSet { fault } => self.fault = *fault,
            CaseEvent::CauseSet { cause } => self.cause = cause.clone(),
            CaseEvent::ContactSet { name, phone, email } => {
                self.contact =
                    Some(Contact { name: name.clone(), phone: phone.clone(), email: email.clone() });
            }
            CaseEvent::ActionAdded { action } => self.actions.push(action.clone()),
            CaseEvent::OptionAdded { option } => {
                self.options.push((option.clone(), None));
                if option.approved {
                    self.approvals.insert(self.options.len(), *by);
                }
            }
            CaseEvent::OptionApproved { option } => {
                let number = *option as usize;
                if let Some((option, _)) = self.options.get_mut(number.saturating_sub(1)) {
                    option.approved = true;
                    self.approvals.insert(number, *by);
                }
            }
            CaseEvent::OptionAnswered { option, answer } => {
                let index = option.saturating_sub(1) as usize;
                if let Some((_, slot)) = self.options.get_mut(index) {
                    *slot = Some(*answer);
                }
            }
            CaseEvent::StepTaken { step } => {
                let state = self.steps.entry(*step).or_default();
                state.taken += 1;
                state.skipped = false;
            }
            CaseEvent::StepSkipped { step } => self.steps.entry(*step).or_default().skipped = true,
            CaseEvent::Attempted { attempt } => self.attempts.push((*at, attempt.clone())),
            CaseEvent::Told { telling, .. } => self.apply_telling(*at, *by, telling),
            CaseEvent::Understood { promises, yes } => {
                self.with_last_heard(promises, |heard| heard.understood = Some(*yes));
            }
            CaseEvent::Answered { promises, agreement } => {
                self.with_last_heard(promises, |heard| heard.agreement = Some(*agreement));
            }
            CaseEvent::TemperatureFelt { temperature } => self.temperatures.push((*at, *temperature)),
            CaseEvent::ImpactNamed { impact } => self.impact = Some(*impact),
            CaseEvent::ConcernNoted { words } => self.concerns.push(words.clone()),
            CaseEvent::LeaderCalled { .. } => self.leader_called_at = Some(*at),
            CaseEvent::NextWordPromised { by } => {
                self.next_word = Some(NextWord { by: *by, missed: false });
            }
            CaseEvent::NextWordKept { .. } => self.next_word = None,
            CaseEvent::NextWordMissed { .. } => {
                if let Some(word) = &mut self.next_word {
                    word.missed = true;
                }
            }
            CaseEvent::GoodNewsTold { lines, .. } => {
                for (promise, promised) in lines {
                    self.with_line(*promise, |line| {
                        line.promised = *promised;
                        line.good_news = false;
                    });
                }
            }
            CaseEvent::DeliveryConfirmed { promises, .. } => {
                for promise in promises {
                    self.with_line(*promise, |line| {
                        if let Some(LineEnd::Delivered { confirmed, .. }) = &mut line.end {
                            *confirmed = true;
                        }
                    });
                }
            }
            CaseEvent::Letter { letter, what } => self.apply_letter(*letter, what, *at, *by),
            CaseEvent::ReplyReceived { reply, .. } => self.replies.push((*at, *reply)),
            CaseEvent::Clock { what } => self.apply_clock(*at, *by, what),
            CaseEvent::Closed { closing } => self.closed = Some((*at, closing.clone())),
            CaseEvent::Erased { .. } => {
                self.contact.take_if(|contact| contact.name.as_str().contains(ERASED));
            }
            CaseEvent::ConcernAnswered { .. }
            | CaseEvent::RecapTaken
            | CaseEvent::TakenBack { .. }
            | CaseEvent::SpotChecked { .. } => {}
        }
        self.wind(recorded, was_hot);
    }

    fn apply_not_now(&mut self, at: Timestamp, reason: &NotNow) {
        self.not_now = Some((at, reason.clone()));
        if let NotNow::NotNews { why } = reason {
            self.closed = Some((at, super::Closing::NotNews { why: why.clone() }));
        }
    }

    fn apply_telling(&mut self, at: Timestamp, by: Option<PersonId>, telling: &Telling) {
        for (promise, expectation) in &telling.lines {
            let promised = expectation.promised();
            self.with_line(*promise, |line| {
                line.told.push(Heard {
                    at,
                    before: line.promised,
                    expectation: promised,
                    understood: None,
                    agreement: None,
                });
                line.promised = promised;
                line.slip = Slip::None;
                line.firm_at = None;
                line.good_news = false;
            });
        }
        self.tellings.push((at, by, telling.clone()));
        self.not_now = None;
        self.leading.joins = None;
    }

    fn with_line(&mut self, promise: PromiseId, change: impl FnOnce(&mut CaseLine)) {
        if let Some(line) = self.lines.get_mut(&promise) {
            change(line);
        }
    }

    fn with_last_heard(&mut self, promises: &[PromiseId], mut change: impl FnMut(&mut Heard)) {
        for promise in promises {
            self.with_line(*promise, |line| {
                if let Some(heard) = line.told.last_mut() {
                    change(heard);
                }
            });
        }
    }

    fn end_line(&mut self, promise: PromiseId, end: LineEnd) {
        self.with_line(promise, |line| {
            line.end = Some(end);
            line.good_news = false;
        });
    }
}

/// An act in the making: the case as it will be, and the events that make it so.
pub(super) struct Draft {
    pub(super) case: Case,
    at: Timestamp,
    events: Vec<CaseEvent>,
}

impl Draft {
    pub(super) fn of(case: &Case, at: Timestamp) -> Self {
        Self { case: case.clone(), at, events: Vec::new() }
    }

    pub(super) fn record(&mut self, event: CaseEvent) {
        let seq = self.case.version + 1;
        let recorded = Recorded { seq, at: self.at, by: None, event };
        self.case.apply(&recorded);
        self.events.push(recorded.event);
    }

    pub(super) fn events(self) -> Vec<CaseEvent> {
        self.events
    }
}
