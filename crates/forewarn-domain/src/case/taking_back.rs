//! Which acts a person may take back, and who.

use super::{Case, CaseEvent, Closing, Recorded, Refused};
use crate::people::Scope;
use jiff::Timestamp;

impl Case {
    /// Takes an act back, where `past` is what happened. The history keeps both. A closing can be taken back when
    /// a person closed it; what a leader did, by that leader and by those who lead.
    ///
    /// # Errors
    /// [`Refused::CannotTakeBack`] for what a customer has heard and what reports have shown;
    /// [`Refused::NotTheirsToTakeBack`] for what a leader did; [`Refused::GivenOnSince`] for a handover that was
    /// not the last.
    pub fn take_back(&self, past: &Recorded, who: Scope, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
        let Recorded { seq, event, .. } = past;
        let by_itself =
            matches!(event, CaseEvent::Closed { closing: Closing::Recovered | Closing::NothingLeft });
        if !event.can_be_taken_back() || by_itself {
            return Err(Refused::CannotTakeBack);
        }
        let theirs = past.by.is_some() && past.by == who.person();
        if event.is_of_a_leader() && !theirs && !who.leads() {
            return Err(Refused::NotTheirsToTakeBack);
        }
        let handover = matches!(event, CaseEvent::Assigned { .. } | CaseEvent::TakenOver { .. });
        if handover && self.leading.handed_over != Some(*seq) {
            return Err(Refused::GivenOnSince);
        }
        Ok(self.one(CaseEvent::TakenBack { seq: *seq }, now))
    }
}

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
    /// Whether only a leader does it. If a rep could take it back, a check of their record would hold for as long
    /// as they like what it says.
    fn is_of_a_leader(&self) -> bool {
        matches!(
            self,
            CaseEvent::TakenOver { .. }
                | CaseEvent::Asked { .. }
                | CaseEvent::LeaderJoined
                | CaseEvent::SpotChecked { .. }
                | CaseEvent::OptionApproved { .. }
        )
    }
}
