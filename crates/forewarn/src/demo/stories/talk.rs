//! The deeds that most conversations share: preparing, telling, closing.

use super::{Scene, Teller};
use crate::demo::deeds::{By, Deed};
use forewarn_domain::case::{Agreement, OptionAnswer, Step, Tick};
use forewarn_domain::severity::Temperature;
use jiff::Timestamp;

impl Teller {
    /// What a rep writes down before the call, `back` working days before the newest report.
    pub(super) fn prepared(&self, scene: &Scene, back: i32) -> Vec<Deed> {
        let cause = scene.cause;
        let within = |days: i32| self.days.day(days - back);
        let mut deeds = vec![
            Deed::View,
            Deed::Fault(cause.fault),
            Deed::Cause { internal: cause.internal, customer: cause.customer },
            Deed::Act { what: cause.action, who: cause.who, due: within(3) },
        ];
        deeds.extend((5..).step_by(2).zip(cause.options).map(|(days, way)| Deed::Offer {
            kind: way.kind,
            what: way.what,
            date: Some(within(days)),
            cost: way.cost,
            approved: way.approved,
        }));
        deeds.extend([Deed::Tick(Tick::FactsChecked), Deed::Tick(Tick::RightPerson)]);
        deeds
    }
}

/// A talk through all eight steps, in which they take the first way out.
pub(super) fn talk(scene: &Scene, by: By, next_word: Option<Timestamp>) -> Vec<Deed> {
    vec![
        Deed::Step(Step::AdviseEarly),
        Deed::Tell { by, next_word },
        Deed::Step(Step::WhyNow),
        Deed::Step(Step::LetThemVent),
        Deed::Hear(scene.words),
        Deed::Feel(scene.felt),
        Deed::Hit(scene.hit),
        Deed::Step(Step::Acknowledge),
        Deed::AnswerConcern,
        Deed::Step(Step::CorrectiveAction),
        Deed::Step(Step::ResetExpectations),
        Deed::Choose(1, OptionAnswer::Taken),
        Deed::Understood(true),
        Deed::Answer(Agreement::Agreed),
        Deed::Step(Step::Thank),
        Deed::Step(Step::KeepInformed),
    ]
}

/// A short talk: they were in a hurry, and think about it.
pub(super) fn short_talk(scene: &Scene, by: By, next_word: Option<Timestamp>) -> Vec<Deed> {
    vec![
        Deed::Step(Step::AdviseEarly),
        Deed::Tell { by, next_word },
        Deed::Skip(Step::LetThemVent),
        Deed::Hear(scene.words),
        Deed::Feel(scene.felt),
        Deed::Step(Step::Acknowledge),
        Deed::AnswerConcern,
        Deed::Step(Step::ResetExpectations),
        Deed::Choose(1, OptionAnswer::Thinking),
        Deed::Understood(true),
        Deed::Answer(Agreement::Thinking { answer_by: None }),
        Deed::Step(Step::KeepInformed),
    ]
}

/// The goods are there, all is well, and the case ends.
pub(super) fn back_to_business(changed: &'static str) -> Vec<Deed> {
    vec![
        Deed::Feel(Temperature::Calm),
        Deed::Close { temperature: Temperature::Calm, changed: Some(changed) },
    ]
}
