//! Which acts a person may take back.

use super::CaseEvent;

impl CaseEvent {
    /// Whether a person may take this act back. What a customer has heard can't be taken back.
    pub fn can_be_taken_back(&self) -> bool {
        matches!(
            self,
            CaseEvent::NotNow { .. }
                | CaseEvent::Assigned { .. }
                | CaseEvent::TakenOver { .. }
                | CaseEvent::Asked { .. }
                | CaseEvent::AskAnswered { .. }
                | CaseEvent::LeaderJoined
                | CaseEvent::SpotChecked { .. }
                | CaseEvent::Ticked { .. }
                | CaseEvent::FaultSet { .. }
                | CaseEvent::ActionAdded { .. }
                | CaseEvent::OptionApproved { .. }
                | CaseEvent::OptionAnswered { .. }
                | CaseEvent::StepTaken { .. }
                | CaseEvent::StepSkipped { .. }
                | CaseEvent::ConcernAnswered { .. }
                | CaseEvent::TemperatureFelt { .. }
                | CaseEvent::ImpactNamed { .. }
                | CaseEvent::ConcernNoted { .. }
                | CaseEvent::Closed { .. }
        )
    }
}
