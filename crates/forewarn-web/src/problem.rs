//! A problem as programs read it: `application/problem+json`, RFC 9457, and what to do about it.

use crate::error::AppError;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// Why a call has not done what it asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What kind of problem it is, and where it is explained.
    #[serde(rename = "type")]
    #[schema(example = "/api#refused")]
    kind: String,
    /// The kind in a few words.
    #[schema(example = "Refused")]
    title: &'static str,
    /// The status of the answer.
    #[schema(example = 422, minimum = 400, maximum = 599)]
    status: u16,
    /// What was wrong this time.
    detail: String,
    /// The address that was called.
    #[schema(example = "/api/v1/cases/7/tellings")]
    instance: String,
    /// What to do.
    to_do: &'static str,
    /// By what whoever runs Forewarn finds it in the log, where it was our mistake.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

/// A kind of problem.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// The status.
    pub(crate) status: StatusCode,
    /// Its name in `type`: `/api#refused`.
    pub(crate) name: &'static str,
    /// A few words.
    pub(crate) title: &'static str,
    /// What to do.
    pub(crate) to_do: &'static str,
}

macro_rules! kinds {
    ($($constant:ident $status:ident $name:literal $title:literal $to_do:literal)+) => {
        $(const $constant: Kind =
            Kind { status: StatusCode::$status, name: $name, title: $title, to_do: $to_do };)+

        /// Every kind, by status.
        pub(crate) const KINDS: &[Kind] = &[$($constant),+];
    };
}

kinds! {
    UNREADABLE BAD_REQUEST "unreadable" "Can’t be read" "Send it as the document says."
    NO_TOKEN UNAUTHORIZED "no-token" "Nobody is signed in" "Send Authorization: Bearer with a token that works. Tokens are made on the page /me/tokens."
    FORBIDDEN FORBIDDEN "forbidden" "For others" "Let somebody do it who may, or bring a token that is good for it."
    NOT_FOUND NOT_FOUND "not-found" "Nothing here" "Look it up in the list: there is none, or none that you may see."
    METHOD METHOD_NOT_ALLOWED "method" "Not by this method" "Use a method that the header Allow names."
    CONFLICT CONFLICT "conflict" "Somebody was faster" "Read it again, and decide anew."
    STALE PRECONDITION_FAILED "stale" "It has changed" "Read it again, and send its new ETag in If-Match."
    TOO_LARGE PAYLOAD_TOO_LARGE "too-large" "Too large" "Send less at a time."
    MEDIA UNSUPPORTED_MEDIA_TYPE "media" "Not this media type" "Send the Content-Type that the document names."
    REFUSED UNPROCESSABLE_ENTITY "refused" "Refused" "Mend what detail says, and send it again. Nothing has changed so far."
    TOO_MANY TOO_MANY_REQUESTS "too-many" "Too many calls" "Wait for as many seconds as Retry-After says."
    OURS INTERNAL_SERVER_ERROR "ours" "Our mistake" "Send it again with the same Idempotency-Key. If it fails again, tell whoever runs Forewarn the reference."
    NOT_WRITABLE SERVICE_UNAVAILABLE "not-writable" "Nothing can be saved" "Wait for as many seconds as Retry-After says, and send it again with the same Idempotency-Key. Nothing has changed."
}

/// The kind that an answer with this status is of.
pub(crate) fn of_status(status: StatusCode) -> Kind {
    let known = KINDS.iter().find(|kind| kind.status == status).copied();
    known.unwrap_or(if status.is_server_error() { OURS } else { UNREADABLE })
}

/// The answer to a call at this address.
pub(crate) fn answer(error: &AppError, instance: &str, reference: Option<&str>) -> Response {
    let kind = of_status(error.status());
    let detail = match error {
        AppError::Ours(_) => "That was our mistake; nothing has changed.".to_owned(),
        AppError::SignIn(_) => "Nobody is signed in, and no token was sent.".to_owned(),
        other => other.to_string(),
    };
    let mut response = of_kind(kind, error.status(), detail, instance, reference);
    let said = match error {
        AppError::SignIn(_) => Some((header::WWW_AUTHENTICATE, r#"Bearer realm="forewarn""#.to_owned())),
        AppError::NoToken(_) => {
            Some((header::WWW_AUTHENTICATE, r#"Bearer realm="forewarn", error="invalid_token""#.to_owned()))
        }
        AppError::Scope(scope) => {
            let scope = scope.word();
            let said = format!(r#"Bearer realm="forewarn", error="insufficient_scope", scope="{scope}""#);
            Some((header::WWW_AUTHENTICATE, said))
        }
        AppError::TooMany(seconds) => Some((header::RETRY_AFTER, seconds.to_string())),
        _ => None,
    };
    if let Some((name, Ok(value))) = said.map(|(name, value)| (name, HeaderValue::from_str(&value))) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// The same for an answer that came about without words: a method, a media type, a path that can't be read.
pub(crate) fn explained(bare: &Response, detail: Option<String>, instance: &str) -> Response {
    let kind = of_status(bare.status());
    let detail = detail.filter(|detail| !detail.is_empty()).unwrap_or_else(|| kind.to_do.to_owned());
    let mut response = of_kind(kind, bare.status(), detail, instance, None);
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = bare.headers().get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

fn of_kind(
    kind: Kind,
    status: StatusCode,
    detail: String,
    instance: &str,
    reference: Option<&str>,
) -> Response {
    let problem = Problem {
        kind: format!("/api#{}", kind.name),
        title: kind.title,
        status: status.as_u16(),
        detail,
        instance: instance.to_owned(),
        to_do: kind.to_do,
        reference: reference.map(str::to_owned),
    };
    let mut response = (status, Json(problem)).into_response();
    let json = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
