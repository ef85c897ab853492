//! The answer to an act: on to the next page, or for a program that it is done.

use crate::error::wants_json;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Json, http::StatusCode};
use serde_json::json;
use std::convert::Infallible;

/// How whoever acts wants to hear that it is done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer {
    json: bool,
}

impl Answer {
    /// As these headers ask for.
    pub(crate) fn to(headers: &HeaderMap) -> Self {
        Self { json: wants_json(headers) }
    }

    /// As a program hears it.
    pub(crate) fn json() -> Self {
        Self { json: true }
    }

    /// It is done, or had been done before: both say the same. A browser goes on to `to`.
    pub(crate) fn done(self, to: &str) -> Response {
        if self.json {
            (StatusCode::OK, Json(json!({ "done": true }))).into_response()
        } else {
            Redirect::to(to).into_response()
        }
    }

    /// Whether it is a program that asks.
    pub(crate) fn is_json(self) -> bool {
        self.json
    }
}

impl<S: Sync> FromRequestParts<S> for Answer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::to(&parts.headers))
    }
}
