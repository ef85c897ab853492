//! The door to `/api/v1`: who calls, what their token is good for, and how often they may.

use super::scopes::needed;
use crate::error::AppError;
use crate::me::Me;
use crate::state::AppState;
use axum::body::Body;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Lets in whoever has signed in, or brings a token that is good for this.
pub(super) async fn enter(State(state): State<AppState>, request: Request, next: Next) -> Response {
    // What there is no method for is told so, whoever asks.
    if !matches!(*request.method(), Method::GET | Method::HEAD | Method::POST) {
        return next.run(request).await;
    }
    let (mut head, body) = request.into_parts();
    let me = match Me::from_request_parts(&mut head, &state).await {
        Ok(me) => me,
        Err(error) => return error.into_response(),
    };
    let caller = me.person.id;
    let mut answer = let_in(&state, me, head, body, next).await;
    // For the log: who was refused.
    answer.extensions_mut().insert(caller);
    answer
}

async fn let_in(state: &AppState, me: Me, mut head: Parts, body: Body, next: Next) -> Response {
    let need = needed(&head.method, head.uri.path());
    if let Some(scope) = need.filter(|scope| !me.may(*scope)) {
        return AppError::Scope(scope).into_response();
    }
    if let Err(wait) = state.calls.count(me.person.id, me.now) {
        return AppError::TooMany(wait).into_response();
    }
    head.extensions.insert(me);
    next.run(Request::from_parts(head, body)).await
}

/// A call with a token is no browser's. What only a browser sends is taken off before anybody looks: the cookie,
/// so that it can't act for whoever is signed in there, and with it what tells a foreign page's post.
pub(crate) async fn token_alone(mut request: Request, next: Next) -> Response {
    let bearer = request.headers().get(header::AUTHORIZATION).is_some();
    if bearer && request.uri().path().starts_with("/api/") {
        let headers = request.headers_mut();
        headers.remove(header::COOKIE);
        headers.remove(header::ORIGIN);
        headers.remove("sec-fetch-site");
    }
    next.run(request).await
}
