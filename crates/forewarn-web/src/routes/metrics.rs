//! `/metrics`: figures about Forewarn itself, as Prometheus reads them.

use crate::client::Client;
use crate::error::AppError;
use crate::links;
use crate::state::AppState;
use crate::table::Table;
use crate::watch::Readers;
use axum::extract::{FromRequestParts, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use std::convert::Infallible;

pub(crate) fn routes() -> Table {
    Table::new().route("/metrics", get(metrics))
}

/// To others there is nothing here.
async fn metrics(State(state): State<AppState>, MayRead(may): MayRead) -> Result<Response, AppError> {
    let figures = state.watch.figures().filter(|_| may).ok_or(AppError::NotFound)?;
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], figures).into_response())
}

/// Whether whoever asks may read the figures; see [`Readers`].
pub(super) struct MayRead(pub(super) bool);

impl FromRequestParts<AppState> for MayRead {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self(match state.watch.readers() {
            Readers::Nobody => false,
            Readers::ThisMachine => {
                let Ok(client) = Client::from_request_parts(parts, state).await;
                client.ip.is_some_and(|ip| ip.is_loopback())
            }
            Readers::WithToken(hash) => {
                let brought = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
                let token = brought.and_then(|words| words.strip_prefix("Bearer "));
                token.is_some_and(|token| links::hash(token) == *hash)
            }
        }))
    }
}
