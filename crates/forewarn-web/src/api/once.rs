//! A call that is sent again: under the same `Idempotency-Key` it gets the answer of the first, and does nothing.
//!
//! What the first has led to was written in the transaction of its effect
//! ([`calls`](forewarn_store::calls)): there is no moment at which the one is there without the other. Two that come
//! at once meet in the database: the later one finds the key taken, leaves nothing, and answers as the first.

use super::done;
use crate::error::AppError;
use crate::links;
use crate::me::Me;
use crate::state::AppState;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use forewarn_domain::ids::ImportId;
use forewarn_store::calls::{Answered, Call, CallKey, Receipt};
use std::sync::Arc;

const KEY: &str = "idempotency-key";
const LONGEST_KEY: usize = 255;
/// Bytes of JSON that a call may have.
pub(super) const MOST: usize = 256 * 1024;

/// Gives every call that may change something its [`Call`], and answers one that was answered before.
pub(super) async fn answer_once(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let Some(me) = request.extensions().get::<Me>().cloned() else { return next.run(request).await };
    let key = match key(request.headers()) {
        Ok(key) => key,
        Err(error) => return error.into_response(),
    };
    // A file is read as it comes; its door looks at the key itself.
    let is_file = request.headers().get("content-type").is_some_and(is_multipart);
    if is_file {
        return with(&me, None, request, next).await;
    }
    let Some(key) = key else { return with(&me, None, request, next).await };
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST).await else {
        let why = "That is more than 256 kB of JSON, or it broke off. Send less at a time.";
        return AppError::TooLarge(why.to_owned()).into_response();
    };
    let asked = format!("{} {}\n", head.method, head.uri);
    let call = call_key(&me, &key, &[asked.as_bytes(), &body]);
    match before(&state, &me, &call).await {
        Err(error) => return error.into_response(),
        Ok(Some(again)) => return again.response,
        Ok(None) => {}
    }
    let request = Request::from_parts(head, Body::from(body));
    let response = with(&me, Some(call.clone()), request, next).await;
    if response.status().is_success() {
        return response;
    }
    // Refused, because the same call has done it meanwhile?
    match before(&state, &me, &call).await {
        Ok(Some(again)) => again.response,
        _ => response,
    }
}

async fn with(me: &Me, key: Option<CallKey>, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(Arc::new(Call::new(me.person.id, key, me.now)));
    next.run(request).await
}

/// An answer that was given before.
pub(super) struct Again {
    /// The answer.
    pub(super) response: Response,
    /// The import that it is about, if it is about a new one.
    pub(super) import: Option<ImportId>,
}

/// The answer that this call got before, if it did.
///
/// # Errors
/// The key was used for something else.
pub(super) async fn before(state: &AppState, me: &Me, call: &CallKey) -> Result<Option<Again>, AppError> {
    let Some(Answered { request_hash, receipt }) = state.store.answered(me.person.id, &call.key_hash).await?
    else {
        return Ok(None);
    };
    if request_hash != call.request_hash {
        return Err(AppError::invalid(
            "This Idempotency-Key was used for another call. Choose a new key for each call, and the old one only to send the very same again.",
        ));
    }
    let mut response = done::answer(&receipt);
    response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    let import = match receipt {
        Receipt::Added { id } => Some(ImportId(id)),
        Receipt::Acted { .. } | Receipt::Done => None,
    };
    Ok(Some(Again { response, import }))
}

/// The key that a program has chosen.
///
/// # Errors
/// It is none.
pub(super) fn key(headers: &HeaderMap) -> Result<Option<String>, AppError> {
    let Some(key) = headers.get(KEY) else { return Ok(None) };
    let key = key.to_str().unwrap_or_default().trim();
    let fits = !key.is_empty() && key.len() <= LONGEST_KEY && key.bytes().all(|sign| sign.is_ascii_graphic());
    let why = "An Idempotency-Key has 1 to 255 visible characters; a UUID is good.";
    fits.then(|| Some(key.to_owned())).ok_or_else(|| AppError::invalid(why))
}

/// By what this call is known when it comes again.
pub(super) fn call_key(me: &Me, key: &str, asked: &[&[u8]]) -> CallKey {
    let parts: Vec<String> = asked.iter().map(|part| links::hash_bytes(part)).collect();
    CallKey {
        key_hash: links::hash(&format!("{} {key}", me.person.id)),
        request_hash: links::hash(&parts.join(" ")),
    }
}

fn is_multipart(said: &HeaderValue) -> bool {
    said.to_str().is_ok_and(|said| said.to_ascii_lowercase().starts_with("multipart/"))
}
