//! While nothing can be written, whatever would change something is refused before it begins.

use crate::error::{AppError, asks_for_json, told_as_json, told_as_page};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// What is posted and changes nothing.
const ASKS_ONLY: [&str; 1] = ["/api/v1/check"];

/// The layer that refuses, with 503 and the reason. Reading goes on.
pub(crate) async fn refuse(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
        || ASKS_ONLY.contains(&request.uri().path());
    match state.store.not_writable().filter(|_| !reads) {
        Some(why) => AppError::NotWritable(why).into_response(),
        None => next.run(request).await,
    }
}

/// The layer around the sessions: when it is a session that could not be kept, the reason is told all the same.
pub(crate) async fn explain(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (json, instance) = (asks_for_json(&request), request.uri().path().to_owned());
    let response = next.run(request).await;
    match state.store.not_writable() {
        Some(why) if response.status() == StatusCode::INTERNAL_SERVER_ERROR => {
            let error = AppError::NotWritable(why);
            if json {
                told_as_json(&error, &instance, None)
            } else {
                told_as_page(error, state.outside(), None)
            }
        }
        _ => response,
    }
}
