//! `ETag` and `If-None-Match`: what has not changed is not sent again.

use crate::links;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// The version of a case that an answer shows. It stands before the dot of the tag, where `If-Match` finds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version(pub(super) u32);

/// More than any answer has.
const MOST: usize = 64 << 20;

/// Tags what is read, and leaves it out for whoever has it already.
pub(super) async fn tag(request: Request, next: Next) -> Response {
    let reads = request.method() == Method::GET;
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !reads || response.status() != StatusCode::OK || !is_json(response.headers()) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(body) = to_bytes(body, MOST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let hash = links::hash_bytes(&body);
    let hash = hash.get(..16).unwrap_or_default();
    let tag = match head.extensions.get::<Version>() {
        Some(Version(version)) => format!("\"{version}.{hash}\""),
        None => format!("\"{hash}\""),
    };
    let same = known.and_then(|known| known.to_str().map(|known| holds(known, &tag)).ok()).unwrap_or(false);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        head.headers.insert(header::ETAG, tag);
    }
    head.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if same {
        head.status = StatusCode::NOT_MODIFIED;
        head.headers.remove(header::CONTENT_TYPE);
        head.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(head, Body::empty());
    }
    Response::from_parts(head, Body::from(body))
}

fn holds(known: &str, tag: &str) -> bool {
    known.split(',').any(|one| one.trim() == "*" || one.trim().trim_start_matches("W/") == tag)
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|said| said.as_bytes().starts_with(b"application/json"))
}
