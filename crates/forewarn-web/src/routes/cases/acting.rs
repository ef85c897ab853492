//! One act on a case, from the form to the next page.

use super::number;
use crate::answer::Answer;
use crate::error::AppError;
use crate::me::Me;
use crate::state::AppState;
use crate::typed::Typed;
use axum::response::Response;
use forewarn_domain::case::{Case, CaseEvent, Recorded, Refused};
use forewarn_store::cases::{Act, ActFailed, Acted, CaseFile};
use jiff::Timestamp;

/// The address of a case.
pub(crate) fn address(id: &str) -> String {
    format!("/cases/{id}")
}

/// Acts, says `done` on the next page with a way to take it back if there is one, and goes on to
/// `onward`, or else to the case. The same form twice does nothing the second time, and answers the same.
///
/// # Errors
/// A refusal carries what was typed, so that nothing has to be typed again.
#[expect(clippy::too_many_arguments, reason = "an act is who, where, what was typed, and what to do with it")]
pub(crate) async fn act(
    state: &AppState,
    me: &Me,
    id: &str,
    typed: &Typed,
    answer: Answer,
    onward: Option<&str>,
    done: &str,
    decide: impl Fn(&CaseFile, Timestamp) -> Result<Vec<CaseEvent>, Refused> + Send + Sync,
) -> Result<Response, AppError> {
    let acted = record(state, me, id, typed, decide).await;
    let acted = acted.map_err(|failed| AppError::act(failed, typed.written(), &address(id)))?;
    if let (Acted::Done(events), false) = (acted, answer.is_json() || done.is_empty()) {
        me.say(done, undo(me, id, &events)).await?;
    }
    Ok(answer.done(onward.unwrap_or(&address(id))))
}

/// Acts, and leaves the answer to the caller.
pub(crate) async fn record(
    state: &AppState,
    me: &Me,
    id: &str,
    typed: &Typed,
    decide: impl Fn(&CaseFile, Timestamp) -> Result<Vec<CaseEvent>, Refused> + Send + Sync,
) -> Result<Acted, ActFailed> {
    let id = number(id).map_err(|_| ActFailed::NotFound)?;
    let (now, act) = (me.now, Act::now(me.scope(), me.now));
    let act = Act { entry: typed.entry(), ..act };
    state.store.act(id, act, |file| decide(file, now)).await
}

/// Where the last of these events that can be taken back is taken back. Whoever has given a case away may not
/// see it any more; a leader does.
fn undo(me: &Me, id: &str, events: &[Recorded]) -> Option<String> {
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
