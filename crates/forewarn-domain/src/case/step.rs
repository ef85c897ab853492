//! The eight steps of telling bad news.

use serde::{Deserialize, Serialize};

/// One step of the conversation. Any order, skipped or repeated (rule 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// A warning shot, the news, then silence.
    AdviseEarly,
    /// Why they hear it now: so that they can re-plan.
    WhyNow,
    /// Listen. Don't explain.
    LetThemVent,
    /// Read their concern back; apologise as the fault asks for.
    Acknowledge,
    /// What we are doing, by when.
    CorrectiveAction,
    /// Options, the new promise, and the read-back.
    ResetExpectations,
    /// For patience and understanding.
    Thank,
    /// When they hear from us next, and every time after.
    KeepInformed,
}

impl Step {
    /// All eight, in the order that suits most conversations.
    pub const ALL: [Step; 8] = [
        Step::AdviseEarly,
        Step::WhyNow,
        Step::LetThemVent,
        Step::Acknowledge,
        Step::CorrectiveAction,
        Step::ResetExpectations,
        Step::Thank,
        Step::KeepInformed,
    ];

    /// 1 to 8.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The step with this number, 1 to 8.
    pub fn numbered(number: u8) -> Option<Step> {
        Step::ALL.get(usize::from(number.checked_sub(1)?)).copied()
    }

    /// The name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Step::AdviseEarly => "Advise early",
            Step::WhyNow => "Why now",
            Step::LetThemVent => "Let them vent",
            Step::Acknowledge => "Acknowledge",
            Step::CorrectiveAction => "Corrective action",
            Step::ResetExpectations => "Reset expectations",
            Step::Thank => "Thank",
            Step::KeepInformed => "Keep informed",
        }
    }
}
