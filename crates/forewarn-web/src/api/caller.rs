//! Who calls, and what their call has led to.

use super::{body, done};
use crate::answer::Answer;
use crate::error::AppError;
use crate::me::Me;
use crate::routes::cases::{Named, OnCase};
use crate::state::AppState;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use forewarn_store::calls::{Call, CallKey, Receipt};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

/// Whoever calls, with a store that writes down what their call leads to.
pub(crate) struct Caller {
    /// What every handler has at hand.
    pub(crate) state: AppState,
    /// Who calls.
    pub(crate) me: Me,
    call: Option<Arc<Call>>,
}

impl Caller {
    /// The answer to a call that is done.
    pub(crate) fn done(&self) -> Response {
        let receipt = self.call.as_ref().and_then(|call| call.receipt());
        done::answer(receipt.unwrap_or(&Receipt::Done))
    }

    /// The same for something new, which is found at `place` with its number behind it.
    pub(crate) fn added(&self, place: &str) -> Response {
        match self.call.as_ref().and_then(|call| call.receipt()) {
            Some(receipt @ Receipt::Added { id }) => {
                done::located(done::answer(receipt), &format!("{place}/{id}"))
            }
            _ => self.done(),
        }
    }

    /// The same call, known by a key that could only be told after what was sent had been read.
    pub(crate) fn under(self, key: Option<CallKey>) -> Self {
        let call = Arc::new(Call::new(self.me.person.id, key, self.me.now));
        Self { state: self.state.within(&call), call: Some(call), ..self }
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let me = Me::from_request_parts(parts, state).await?;
        let call = parts.extensions.get::<Arc<Call>>().cloned();
        let state = call.as_ref().map_or_else(|| state.clone(), |call| state.within(call));
        Ok(Self { state, me, call })
    }
}

/// A call with a body.
pub(crate) struct Says<B> {
    /// Who calls.
    pub(crate) by: Caller,
    /// What they say.
    pub(crate) said: B,
}

impl<B: DeserializeOwned> FromRequest<AppState> for Says<B> {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, AppError> {
        let (mut head, content) = request.into_parts();
        let by = Caller::from_request_parts(&mut head, state).await?;
        let said = body::read(Request::from_parts(head, content), state).await?;
        Ok(Self { by, said })
    }
}

/// An act on a case, with a body that says what its form says.
pub(crate) struct Act<B> {
    on: OnCase,
    by: Caller,
    body: PhantomData<B>,
}

impl<B> Act<B> {
    /// Carries it out as the page does, and answers with what has happened.
    ///
    /// # Errors
    /// What the page would say; and that the case is another by now than the one that `If-Match` names.
    pub(crate) async fn through<F>(self, handler: impl Fn(OnCase) -> F) -> Result<Response, AppError>
    where
        F: Future<Output = Result<Response, AppError>>,
    {
        let expected = self.on.expected.is_some();
        match handler(self.on).await {
            Ok(_page) => Ok(self.by.done()),
            Err(AppError::Conflict(not_kept)) if expected => Err(AppError::Stale(not_kept.why)),
            Err(other) => Err(other),
        }
    }
}

impl<B: DeserializeOwned + Serialize> FromRequest<AppState> for Act<B> {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, AppError> {
        let (mut head, content) = request.into_parts();
        let by = Caller::from_request_parts(&mut head, state).await?;
        let expected = expected(&head.headers)?;
        let Named { id, parts } = Named::from_request_parts(&mut head, state).await?;
        let said: B = body::read(Request::from_parts(head, content), state).await?;
        let on = OnCase {
            state: by.state.clone(),
            me: by.me.clone(),
            id,
            typed: body::as_typed(&said),
            answer: Answer::json(),
            expected,
            draft_entry: by.call.as_ref().and_then(|call| call.key.as_ref()).map(|key| key.key_hash.clone()),
            parts,
        };
        Ok(Self { on, by, body: PhantomData })
    }
}

/// The version of the case that the program insists on: the number before the dot of an `ETag`.
///
/// # Errors
/// No version can be read in it: then it is of nothing that there is.
fn expected(headers: &HeaderMap) -> Result<Option<u32>, AppError> {
    let Some(said) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let said = said.to_str().unwrap_or_default().trim();
    if said == "*" {
        return Ok(None);
    }
    let tag = said.trim_start_matches("W/").trim_matches('"');
    let version = tag.split('.').next().and_then(|version| version.parse().ok());
    let stale = || {
        AppError::Stale(
            "If-Match names no version of this case. Read it again, and send its ETag.".to_owned(),
        )
    };
    version.map(Some).ok_or_else(stale)
}
