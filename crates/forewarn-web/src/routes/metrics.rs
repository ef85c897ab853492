//! `/metrics`: figures about Forewarn itself, as Prometheus reads them.

use crate::error::AppError;
use crate::links;
use crate::state::AppState;
use crate::watch::Readers;
use axum::Router;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use std::convert::Infallible;
use std::net::SocketAddr;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/metrics", get(metrics))
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
            // The peer itself, never a header that anybody can write.
            Readers::ThisMachine => parts
                .extensions
                .get::<ConnectInfo<SocketAddr>>()
                .is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback()),
            Readers::WithToken(hash) => {
                let brought = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
                let token = brought.and_then(|words| words.strip_prefix("Bearer "));
                token.is_some_and(|token| links::hash(token) == *hash)
            }
        }))
    }
}
