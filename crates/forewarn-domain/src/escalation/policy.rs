//! The ladders as the company has set them.

use super::{Ladder, Recipient, When};
use serde::{Deserialize, Serialize};

/// The ladders, and when mail may leave. Part of the [`Policy`](crate::policy::Policy).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EscalationPolicy {
    /// News that is not told.
    pub tell: Vec<EscalationStep>,
    /// The same for a repeat slip, and for a customer who is furious.
    pub tell_when_hot: Vec<EscalationStep>,
    /// A next word that is not kept.
    pub next_word: Vec<EscalationStep>,
    /// Goods whose arrival nobody has confirmed.
    pub confirm_delivery: Vec<EscalationStep>,
    /// A question to a supply owner.
    pub supply: Vec<EscalationStep>,
    /// Whether mail and chat may reach people outside of their working hours.
    pub outside_hours: OutsideHours,
    /// Working hours for which an acknowledgement holds the next step back.
    pub acknowledged_for_hours: u32,
    /// Whether leaders hear once a week what is known and not told, what was told, and what is due.
    pub weekly_words: bool,
}

/// One step of a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EscalationStep {
    /// When it is due.
    pub when: When,
    /// Whom it tells.
    pub to: Recipient,
}

/// Whether mail and chat may reach people outside of their working hours. In the program itself a notice is
/// always there at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutsideHours {
    /// They wait for the next working hour of whoever gets them.
    #[default]
    Never,
    /// Only for repeat slips and furious customers.
    WhenHot,
    /// At any time.
    Always,
}

/// Why ladders can't be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEscalation {
    /// A ladder without steps: nobody would ever hear of it.
    #[error("“{}” has no step, so nobody would hear of it. Give it at least one.", .0.name())]
    NoStep(Ladder),
    /// A ladder that asks a supply owner, where none was asked.
    #[error("“{}” has no supply owner to tell. Choose the owner or a leader.", .0.name())]
    NoSupplyOwner(Ladder),
    /// More steps than anybody can follow.
    #[error("“{}” has more than {most} steps. Leave some out: the last one repeats every working day.", .0.name(), most = EscalationPolicy::MOST_STEPS)]
    TooManySteps(Ladder),
}

impl Default for EscalationPolicy {
    fn default() -> Self {
        let step = |when, to| EscalationStep { when, to };
        let a_day_after = When::WorkingDaysAfter { days: 1 };
        Self {
            tell: vec![
                step(When::HalfOfTheTime, Recipient::Owner),
                step(When::AtDue, Recipient::DeputyOrLeader),
                step(a_day_after, Recipient::NextLeader),
            ],
            tell_when_hot: vec![
                step(When::AtOnce, Recipient::Owner),
                step(When::AtOnce, Recipient::Leader),
                step(When::HalfOfTheTime, Recipient::DeputyOrLeader),
                step(When::AtDue, Recipient::NextLeader),
            ],
            next_word: vec![
                step(When::WorkingHoursBefore { hours: 1 }, Recipient::Owner),
                step(When::AtDue, Recipient::Owner),
                step(When::AtDue, Recipient::Leader),
                step(a_day_after, Recipient::Leader),
            ],
            confirm_delivery: vec![step(When::AtDue, Recipient::Owner), step(a_day_after, Recipient::Leader)],
            supply: vec![step(When::AtOnce, Recipient::SupplyOwner), step(When::AtDue, Recipient::Leader)],
            outside_hours: OutsideHours::Never,
            acknowledged_for_hours: 2,
            weekly_words: true,
        }
    }
}

impl EscalationPolicy {
    /// The most steps that a ladder has.
    pub const MOST_STEPS: usize = 8;

    /// The steps of a ladder; `hot` for a repeat slip or a customer who is furious.
    pub fn steps(&self, ladder: Ladder, hot: bool) -> &[EscalationStep] {
        match ladder {
            Ladder::Tell if hot => &self.tell_when_hot,
            Ladder::Tell => &self.tell,
            Ladder::NextWord => &self.next_word,
            Ladder::ConfirmDelivery => &self.confirm_delivery,
            Ladder::Supply => &self.supply,
        }
    }

    /// Whether it can be saved.
    ///
    /// # Errors
    /// [`NotAnEscalation`] names the ladder and says what to do.
    pub fn check(&self) -> Result<(), NotAnEscalation> {
        for ladder in Ladder::ALL {
            for steps in [self.steps(ladder, false), self.steps(ladder, true)] {
                if steps.is_empty() {
                    return Err(NotAnEscalation::NoStep(ladder));
                }
                if steps.len() > Self::MOST_STEPS {
                    return Err(NotAnEscalation::TooManySteps(ladder));
                }
                let asks_supply = steps.iter().any(|step| step.to == Recipient::SupplyOwner);
                if asks_supply && ladder != Ladder::Supply {
                    return Err(NotAnEscalation::NoSupplyOwner(ladder));
                }
            }
        }
        Ok(())
    }
}
