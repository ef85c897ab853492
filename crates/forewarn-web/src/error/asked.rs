//! What of a request goes into the log when it was refused or has failed: never more of its address than the route, for
//! what stands in an address may open something.

use super::AppError;
use crate::client::Client;
use crate::state::AppState;
use axum::extract::{FromRequestParts as _, MatchedPath, Request};
use axum::http::Method;
use forewarn_domain::ids::PersonId;

/// What was asked for, and from where.
pub(super) struct Asked {
    method: Method,
    /// `/cases/{id}`; `None` where there is no such address.
    route: Option<MatchedPath>,
    client: Client,
}

impl Asked {
    /// What a request asks for.
    pub(super) async fn of(request: Request, state: &AppState) -> (Self, Request) {
        let (mut head, body) = request.into_parts();
        let Ok(client) = Client::from_request_parts(&mut head, state).await;
        let (method, route) = (head.method.clone(), head.extensions.get::<MatchedPath>().cloned());
        (Self { method, route, client }, Request::from_parts(head, body))
    }

    /// Writes the line, if it is worth one.
    pub(super) fn note(&self, error: &AppError, person: Option<PersonId>, reference: Option<&str>) {
        if !is_worth_a_line(error) {
            return;
        }
        let (method, address) = (self.method.as_str(), self.client.address());
        let route = self.route.as_ref().map_or("", MatchedPath::as_str);
        let person = person.map(|person| person.0);
        match error {
            AppError::Ours(cause) => {
                tracing::error!(
                    reference,
                    method,
                    route,
                    person,
                    cause,
                    "a request failed through our own fault"
                );
            }
            refused => {
                tracing::warn!(target: "security", method, route, person, address, why = %refused, "refused");
            }
        }
    }
}

/// Whether whoever runs the program should be able to find it again: refusals, and our own failures. What is not there,
/// or typed wrong, is everyday.
pub(super) fn is_worth_a_line(error: &AppError) -> bool {
    match error {
        AppError::Forbidden(_)
        | AppError::Scope(_)
        | AppError::NoToken(_)
        | AppError::TooMany(_)
        | AppError::Ours(_) => true,
        AppError::NotFound
        | AppError::SignIn(_)
        | AppError::Unreadable(_)
        | AppError::TooLarge(_)
        | AppError::Stale(_)
        | AppError::WrongMedia(_)
        | AppError::Refused(_)
        | AppError::Conflict(_)
        | AppError::NotWritable(_) => false,
    }
}
