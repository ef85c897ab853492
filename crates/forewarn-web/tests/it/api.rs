//! `/api/v1`: the JSON side of the pages, as programs meet it.

mod any_order;
mod document;
mod once;
mod problems;
mod reading;
mod tokens;

use crate::app::{Answer, App, Visitor};
use axum::body::Body;
use axum::http::{Request, header};
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Role;
use forewarn_store::security_log::{SecurityEvent, What};
use forewarn_store::tokens::{NewToken, TokenScope};
use forewarn_web::links;
use jiff::SignedDuration;
use serde_json::Value;

/// A program that calls in somebody's name.
pub(crate) struct Program<'a> {
    door: Visitor<'a>,
    pub(crate) token: String,
}

impl<'a> Program<'a> {
    /// With a token of this person that is good for these things, for a week.
    pub(crate) async fn of(app: &'a App, person: PersonId, scopes: &[TokenScope]) -> Program<'a> {
        let token = format!("{}{person}-{}", links::TOKEN_MARK, scopes.len());
        let new = NewToken {
            token_hash: links::hash(&token),
            person,
            name: "Nightly".to_owned(),
            scopes: scopes.iter().copied().collect(),
            by: person,
            expires_at: app.now() + SignedDuration::from_hours(7 * 24),
            now: app.now(),
        };
        let made = SecurityEvent::without_browser(What::TokenMade, person, app.now());
        app.store.add_token(&new, &made).await.unwrap();
        Self { door: app.stranger(), token }
    }

    /// Of somebody new who does this here, good for everything.
    pub(crate) async fn somebody(app: &'a App, email: &str, role: Role) -> Program<'a> {
        let person = app.add(email, role).await;
        Self::of(app, person, &TokenScope::ALL).await
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.call("GET", path, &[], "").await
    }

    pub(crate) async fn post(&mut self, path: &str, said: &Value) -> Answer {
        self.call("POST", path, &[], &said.to_string()).await
    }

    /// Under a key.
    pub(crate) async fn post_once(&mut self, path: &str, key: &str, said: &Value) -> Answer {
        self.call("POST", path, &[("idempotency-key", key)], &said.to_string()).await
    }

    /// With whatever headers; a body, if there is one, is JSON.
    pub(crate) async fn call(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        if !body.is_empty() && !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.door.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }
}

impl Answer {
    /// The JSON in it.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}: {}", self.status, self.body))
    }

    /// A header, as text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
