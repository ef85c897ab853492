//! What the clocks of a case have done so far: which steps of which ladder have fired, whom they reached, and
//! who has said that they see to it.

use super::{Case, CaseEvent, Owner, Recorded};
use crate::escalation::{Because, Ladder, Recipient};
use crate::ids::PersonId;
use crate::roster::PassedOver;
use crate::severity::Temperature;
use crate::text::InternalText;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that the clocks of a case have done, or that was done about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "kebab-case")]
pub enum ClockEvent {
    /// A step of a ladder fired.
    Escalated {
        /// Which ladder.
        ladder: Ladder,
        /// Which step: 1 for the first. Beyond the last of the policy it is that one again.
        step: u32,
        /// Whom the policy names.
        asked: Recipient,
        /// Whom it reached; `None` if nobody is there.
        to: Option<PersonId>,
        /// Who was passed over, and why.
        passed_over: Vec<PassedOver>,
        /// Who had said that they see to it, and has not.
        lapsed: Option<PersonId>,
    },
    /// Somebody says that they see to it. The next step waits until then, and no longer.
    Acknowledged {
        /// What they see to.
        ladder: Ladder,
        /// Until when.
        until: Timestamp,
    },
    /// The clocks were set anew.
    Rescheduled {
        /// Why.
        because: Because,
    },
    /// A supply owner was asked for a date.
    SupplyAsked {
        /// Who.
        of: PersonId,
        /// What.
        question: InternalText,
        /// By when an answer is due.
        answer_by: Timestamp,
    },
    /// They answered.
    SupplyAnswered {
        /// What they say.
        answer: InternalText,
    },
}

/// The clocks of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clocks {
    /// How far each ladder has gone that has begun.
    pub climbs: BTreeMap<Ladder, Climb>,
    /// What a supply owner was asked, and has not answered.
    pub question: Option<SupplyQuestion>,
    /// When the next word was promised.
    pub(super) word_given_at: Option<Timestamp>,
}

/// How far a ladder has gone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Climb {
    /// The steps that have fired, by their place, 0 for the first.
    pub fired: BTreeMap<u32, Fired>,
    /// Who sees to it, for how long.
    pub acknowledged: Option<Acknowledged>,
}

/// A step that has fired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fired {
    /// When.
    pub at: Timestamp,
    /// Whom the policy names.
    pub asked: Recipient,
    /// Whom it reached.
    pub to: Option<PersonId>,
}

/// Somebody sees to it, until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acknowledged {
    /// Who; `None` for nobody in particular.
    pub by: Option<PersonId>,
    /// When it lapses, unless it is done by then.
    pub until: Timestamp,
}

/// A question to a supply owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplyQuestion {
    /// Who asked.
    pub by: Option<PersonId>,
    /// Who was asked.
    pub of: PersonId,
    /// What.
    pub question: InternalText,
    /// When.
    pub asked_at: Timestamp,
    /// By when an answer is due.
    pub answer_by: Timestamp,
}

impl Case {
    /// Whether it is a repeat slip, or the customer is furious: everything is a step earlier then.
    pub fn is_hot(&self) -> bool {
        self.round > 1 || self.temperature() == Some(Temperature::Furious)
    }

    pub(super) fn apply_clock(&mut self, at: Timestamp, by: Option<PersonId>, event: &ClockEvent) {
        match event {
            ClockEvent::Escalated { ladder, step, asked, to, .. } => {
                let climb = self.clocks.climbs.entry(*ladder).or_default();
                climb.fired.insert(step.saturating_sub(1), Fired { at, asked: *asked, to: *to });
                climb.acknowledged = None;
            }
            ClockEvent::Acknowledged { ladder, until } => {
                let climb = self.clocks.climbs.entry(*ladder).or_default();
                climb.acknowledged = Some(Acknowledged { by, until: *until });
            }
            ClockEvent::Rescheduled { because } => self.clocks.pass_on(because),
            ClockEvent::SupplyAsked { of, question, answer_by } => {
                self.clocks.climbs.remove(&Ladder::Supply);
                let question = question.clone();
                self.clocks.question =
                    Some(SupplyQuestion { by, of: *of, question, asked_at: at, answer_by: *answer_by });
            }
            ClockEvent::SupplyAnswered { .. } => self.clocks.supply_is_done(),
        }
    }

    /// What else moves the clocks: a ladder begins anew with what it watches over.
    pub(super) fn wind(&mut self, recorded: &Recorded, was_hot: bool) {
        let Recorded { at, by, event, .. } = recorded;
        match event {
            CaseEvent::Assigned { owner, .. } | CaseEvent::TakenOver { owner, .. } => {
                self.clocks.hand_over(*owner, *by);
            }
            CaseEvent::NextWordPromised { .. } => {
                self.clocks.word_given_at = Some(*at);
                self.clocks.climbs.remove(&Ladder::NextWord);
                self.clocks.climbs.remove(&Ladder::ConfirmDelivery);
            }
            CaseEvent::NextWordKept { .. } => {
                self.clocks.climbs.remove(&Ladder::NextWord);
            }
            CaseEvent::Told { .. }
            | CaseEvent::GoodNewsTold { .. }
            | CaseEvent::LineDelivered { .. }
            | CaseEvent::LineReopened { .. }
            | CaseEvent::LineJoined { .. } => {
                self.clocks.climbs.remove(&Ladder::ConfirmDelivery);
            }
            CaseEvent::LineMoved { outlook, .. } if outlook.is_firm() => self.clocks.supply_is_done(),
            _ => {}
        }
        if self.is_hot() != was_hot
            || (self.clocks.climbs.contains_key(&Ladder::Tell) && self.firm_at().is_none())
        {
            self.clocks.climbs.remove(&Ladder::Tell);
        }
    }
}

impl Clocks {
    /// A new owner has not heard of it yet, unless they took it themselves. Nobody's word for the owner before
    /// counts any more.
    fn hand_over(&mut self, owner: Owner, by: Option<PersonId>) {
        let took_it_themselves = by.is_some_and(|person| owner == Owner::Person { person });
        if took_it_themselves {
            return;
        }
        for climb in self.climbs.values_mut() {
            climb.fired.retain(|_, fired| fired.asked != Recipient::Owner);
            climb.acknowledged = None;
        }
    }

    /// Steps whose recipient is out of reach now, or was only in another's place, fire again for whoever acts.
    fn pass_on(&mut self, because: &Because) {
        for climb in self.climbs.values_mut() {
            let gone = |climb: &mut Climb, person: PersonId| {
                climb.fired.retain(|_, fired| fired.to != Some(person));
                climb.acknowledged = climb.acknowledged.filter(|lease| lease.by != Some(person));
            };
            match because {
                Because::AbsenceBegan { person, .. } | Because::MailComesBack { person } => {
                    gone(climb, *person);
                }
                Because::AbsenceEnded { person } => climb
                    .fired
                    .retain(|_, fired| fired.asked != Recipient::Owner || fired.to == Some(*person)),
                _ => {}
            }
        }
    }

    fn supply_is_done(&mut self) {
        self.question = None;
        self.climbs.remove(&Ladder::Supply);
    }
}
