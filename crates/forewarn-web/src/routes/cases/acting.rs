//! What an act leaves behind for the next page, and acts that are made of several.

use crate::me::Me;
use forewarn_domain::case::{Case, CaseEvent, Recorded, Refused};
use forewarn_domain::ids::CaseId;
use forewarn_store::cases::CaseFile;
use jiff::Timestamp;

/// The address of a case.
pub(crate) fn address(id: CaseId) -> String {
    format!("/cases/{id}")
}

/// Where the last of these events that can be taken back is taken back. Whoever has given a case away may not
/// see it any more; a leader does.
pub(super) fn undo(me: &Me, id: CaseId, events: &[Recorded]) -> Option<String> {
    let last = events.iter().rev().find(|recorded| recorded.event.can_be_taken_back())?;
    if matches!(last.event, CaseEvent::Assigned { .. }) && !me.leads() {
        return None;
    }
    Some(format!("/cases/{id}/events/{}/taking-back", last.seq))
}

/// Several acts in one submit: each sees what the ones before it have done.
#[derive(Debug)]
pub(crate) struct Chain {
    history: Vec<Recorded>,
    case: Case,
    events: Vec<CaseEvent>,
    at: Timestamp,
}

impl Chain {
    /// Begins with the case as it is.
    pub(crate) fn on(file: &CaseFile, at: Timestamp) -> Self {
        Self { history: file.history.clone(), case: file.case.clone(), events: Vec::new(), at }
    }

    /// One more act, on what the ones before have left.
    pub(crate) fn then(
        &mut self,
        act: impl FnOnce(&Case) -> Result<Vec<CaseEvent>, Refused>,
    ) -> Result<(), Refused> {
        let events = act(&self.case)?;
        for event in &events {
            let seq = self.history.last().map_or(1, |last| last.seq + 1);
            self.history.push(Recorded { seq, at: self.at, by: None, event: event.clone() });
        }
        if let Some(case) = Case::replay(&self.history) {
            self.case = case;
        }
        self.events.extend(events);
        Ok(())
    }

    /// All that has happened.
    pub(crate) fn events(self) -> Vec<CaseEvent> {
        self.events
    }
}
