//! The answer to a call that has changed something.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use forewarn_store::calls::Receipt;
use serde::Serialize;
use utoipa::ToSchema;

/// It is done, or had been done before: both say the same.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct Done {
    /// Always true: what is not done is a problem.
    #[schema(example = true)]
    pub(crate) done: bool,
    /// The case in which something has happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<i64>,
    /// The number of its last event: what `If-Match` takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<u32>,
    /// The numbers of the events that this call has made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) events: Option<Vec<u32>>,
    /// The number of what is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<i64>,
}

/// What a receipt says, the same each time.
pub(super) fn answer(receipt: &Receipt) -> Response {
    match receipt {
        Receipt::Acted { case, version, events } => {
            let done = Done {
                done: true,
                case: Some(case.0),
                version: Some(*version),
                events: Some(events.clone()),
                id: None,
            };
            let mut response = Json(done).into_response();
            if let Ok(version) = HeaderValue::from_str(&format!("\"{version}\"")) {
                response.headers_mut().insert(header::ETAG, version);
            }
            response
        }
        Receipt::Added { id } => {
            let done = Done { done: true, id: Some(*id), ..Done::default() };
            (StatusCode::CREATED, Json(done)).into_response()
        }
        Receipt::Done => Json(Done { done: true, ..Done::default() }).into_response(),
    }
}

/// Says where the new thing is, under the address that made it.
pub(super) fn located(mut response: Response, place: &str) -> Response {
    if let Ok(place) = HeaderValue::from_str(place) {
        response.headers_mut().insert(HeaderName::from_static("location"), place);
    }
    response
}
