//! One request about one case: which case, who asks, and what they sent along.

use super::acting::{address, undo};
use super::letters::of_case;
use super::scene::load;
use crate::answer::Answer;
use crate::error::AppError;
use crate::me::Me;
use crate::pages::shell::{Place, Shell};
use crate::routes::sign_in::ours;
use crate::state::AppState;
use crate::typed::Typed;
use crate::views::scene::Scene;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::response::Response;
use forewarn_domain::case::{CaseEvent, Refused};
use forewarn_domain::ids::CaseId;
use forewarn_store::cases::{Act, ActFailed, Acted, CaseFile};
use forewarn_store::letters::Letter;
use jiff::Timestamp;
use std::collections::HashMap;
use std::str::FromStr;

/// This case, this person, this form. A page that is only looked at has what stands in the query as its form.
pub(crate) struct OnCase {
    /// What every handler has at hand.
    pub(crate) state: AppState,
    /// Who asks.
    pub(crate) me: Me,
    /// Which case. Whether there is one that they may see is for the store to say.
    pub(crate) id: CaseId,
    /// What they sent along.
    pub(crate) typed: Typed,
    /// How they want to hear that it is done.
    pub(crate) answer: Answer,
    /// The version of the case that a program insists on.
    pub(crate) expected: Option<u32>,
    /// Under what a program's draft of a letter is found when the same call comes again.
    pub(crate) draft_entry: Option<String>,
    pub(crate) parts: HashMap<String, String>,
}

impl OnCase {
    /// Acts, says `done` on the next page with a way to take it back if there is one, and goes on to the case.
    ///
    /// # Errors
    /// A refusal carries what was typed, so that nothing has to be typed again.
    pub(crate) async fn act(
        &self,
        done: &str,
        decide: impl Fn(&CaseFile, Timestamp) -> Result<Vec<CaseEvent>, Refused> + Send + Sync,
    ) -> Result<Response, AppError> {
        self.act_then(&self.href(), done, decide).await
    }

    /// The same, and goes on to `onward`. The same form twice does nothing the second time, and answers the
    /// same.
    ///
    /// # Errors
    /// A refusal carries what was typed, so that nothing has to be typed again.
    pub(crate) async fn act_then(
        &self,
        onward: &str,
        done: &str,
        decide: impl Fn(&CaseFile, Timestamp) -> Result<Vec<CaseEvent>, Refused> + Send + Sync,
    ) -> Result<Response, AppError> {
        let acted = self.record(decide).await.map_err(|failed| self.failed(failed))?;
        if let (Acted::Done(events), false) = (acted, self.answer.is_json() || done.is_empty()) {
            self.me.say(done, undo(&self.me, self.id, &events)).await?;
        }
        Ok(self.answer.done(onward))
    }

    /// Acts, and leaves the answer to the caller.
    pub(crate) async fn record(
        &self,
        decide: impl Fn(&CaseFile, Timestamp) -> Result<Vec<CaseEvent>, Refused> + Send + Sync,
    ) -> Result<Acted, ActFailed> {
        let now = self.me.now;
        self.state.store.act(self.id, self.entry(), |file| decide(file, now)).await
    }

    /// An act of this person, now, under the number of their form.
    pub(crate) fn entry(&self) -> Act<'_> {
        let act = Act::now(self.me.scope(), self.me.now);
        Act { entry: self.typed.entry(), expected: self.expected, ..act }
    }

    /// The case with everything around it.
    pub(crate) async fn scene(&self) -> Result<Scene, AppError> {
        load(&self.state, &self.me, self.id).await
    }

    /// The frame of a page about the case.
    pub(crate) async fn shell(&self) -> Result<Shell, AppError> {
        self.me.shell(&self.state, Place::Today).await
    }

    /// The letter that the address names, if it is one of this case.
    pub(crate) async fn letter(&self) -> Result<Letter, AppError> {
        of_case(&self.state, &self.me, self.id, self.named("letter")).await
    }

    /// The address of the case.
    pub(crate) fn href(&self) -> String {
        address(self.id)
    }

    /// A place on the page of the case.
    pub(crate) fn anchor(&self, anchor: &str) -> String {
        format!("{}#{anchor}", self.href())
    }

    /// A further part of the address: `option` in `/cases/{id}/options/{option}/approval`.
    pub(crate) fn named(&self, part: &str) -> &str {
        self.parts.get(part).map_or("", String::as_str)
    }

    /// The same as a number. What is none names nothing.
    pub(crate) fn numbered<T: FromStr>(&self, part: &str) -> Result<T, AppError> {
        self.named(part).parse().map_err(|_| AppError::NotFound)
    }

    /// Back to where they came from, or to the case.
    pub(crate) fn back(&self) -> String {
        self.onward().map_or_else(|| self.href(), str::to_owned)
    }

    /// Where they came from: Team as it was filtered, Today, or the case. No other place.
    pub(crate) fn onward(&self) -> Option<&str> {
        let to = ours(self.typed.get("onward"))?;
        let known = to == "/today" || to == "/team" || to.starts_with("/team?") || to == self.href();
        known.then_some(to)
    }

    /// Where they came from within the case (a card of the talk, a place on the page), or else the case.
    pub(crate) fn onward_within(&self) -> String {
        let href = self.href();
        let onward = ours(self.typed.get("onward"));
        let within =
            onward.filter(|to| to.strip_prefix(&href).is_some_and(|rest| rest.starts_with(['/', '#'])));
        within.map_or(href, str::to_owned)
    }

    /// Something that is missing in the form itself.
    pub(crate) fn refused(&self, why: impl Into<String>) -> AppError {
        AppError::refused(why, self.typed.written(), self.href())
    }

    /// What an act has come to, with what was typed.
    pub(crate) fn failed(&self, failed: ActFailed) -> AppError {
        AppError::act(failed, self.typed.written(), &self.href())
    }
}

/// What the address names.
pub(crate) struct Named {
    /// The case.
    pub(crate) id: CaseId,
    /// All parts of the address, by name.
    pub(crate) parts: HashMap<String, String>,
}

impl FromRequestParts<AppState> for Named {
    type Rejection = AppError;

    /// What is no number names nothing.
    async fn from_request_parts(head: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let parts = Path::<HashMap<String, String>>::from_request_parts(head, state).await;
        let Path(parts) = parts.map_err(|_| AppError::NotFound)?;
        let id = parts.get("id").and_then(|id| id.parse().ok()).ok_or(AppError::NotFound)?;
        Ok(Self { id, parts })
    }
}

impl FromRequest<AppState> for OnCase {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, AppError> {
        let (mut head, body) = request.into_parts();
        let me = Me::from_request_parts(&mut head, state).await?;
        let Named { id, parts } = Named::from_request_parts(&mut head, state).await?;
        let answer = Answer::to(&head.headers);
        let typed = Typed::from_request(Request::from_parts(head, body), state).await?;
        let (state, expected, draft_entry) = (state.clone(), None, None);
        Ok(Self { state, me, id, typed, answer, expected, draft_entry, parts })
    }
}
