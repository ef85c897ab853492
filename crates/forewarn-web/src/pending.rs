//! Somebody half-way in: the password was right, and the second step is still to come.

use crate::client::Client;
use crate::error::AppError;
use crate::me::Me;
use crate::second_step;
use crate::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use forewarn_domain::ids::PersonId;
use forewarn_store::people::Person;
use forewarn_store::security_log::What;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

/// Under this key the session keeps it.
const PENDING: &str = "pending";

/// How long somebody has for the second step.
const FOR: SignedDuration = SignedDuration::from_mins(10);

/// Somebody half-way in.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    /// Who they say they are, and whose password they know.
    pub(crate) person: Person,
    /// Where they were going.
    pub(crate) onward: String,
    /// The secret to be shared with their phone, where they have to set up a second step first.
    pub(crate) secret: Option<String>,
    /// Their session.
    pub(crate) session: Session,
}

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    person: i64,
    onward: String,
    secret: Option<String>,
    since: Timestamp,
}

/// Where somebody goes whose password was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// They are in.
    In,
    /// To the code of their phone.
    Code,
    /// To setting up a second step, which is required of them.
    SetUp,
}

impl Next {
    /// Where that is; `onward` for somebody who is in.
    pub(crate) fn leads_to(self, onward: &str) -> &str {
        match self {
            Self::In => onward,
            Self::Code => "/sign-in/code",
            Self::SetUp => "/sign-in/second-step",
        }
    }
}

impl Pending {
    /// What comes after a right password, under a new token in any case.
    pub(crate) async fn after_password(
        state: &AppState,
        session: &Session,
        client: &Client,
        person: &Person,
        onward: &str,
    ) -> Result<Next, AppError> {
        let now = state.now();
        let has_one = state.store.second_step(person.id).await?.is_some();
        let has_to = state.store.second_step_required_of().await?.has_to(person.role);
        if !has_one && !has_to {
            Me::sign_in(session, person.id, client, now).await?;
            state.store.note_security(&client.event(What::SignedIn, Some(person.id), now)).await?;
            return Ok(Next::In);
        }
        let secret = (!has_one).then(|| second_step::new_secret(state.fresh_ids()));
        let next = if has_one { Next::Code } else { Next::SetUp };
        session.clear().await;
        session.cycle_id().await?;
        let kept = Kept { person: person.id.0, onward: onward.to_owned(), secret, since: now };
        session.insert(PENDING, kept).await?;
        Ok(next)
    }

    /// Lets them in.
    pub(crate) async fn come_in(&self, state: &AppState, client: &Client) -> Result<(), AppError> {
        let now = state.now();
        Me::sign_in(&self.session, self.person.id, client, now).await?;
        let event = client.event(What::SignedIn, Some(self.person.id), now);
        Ok(state.store.note_security(&event).await?)
    }
}

impl FromRequestParts<AppState> for Pending {
    type Rejection = AppError;

    /// Others are sent to the beginning.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let session = Session::from_request_parts(parts, state).await;
        let session = session.map_err(|(_, why)| AppError::Ours(why.to_owned()))?;
        let from_the_beginning = || AppError::SignIn(String::new());
        let kept: Kept = session.get(PENDING).await?.ok_or_else(from_the_beginning)?;
        let person = state.store.person(PersonId(kept.person)).await?;
        let person = person.filter(|person| person.disabled_at.is_none());
        let in_time = state.now().duration_since(kept.since) < FOR;
        let person = person.filter(|_| in_time).ok_or_else(from_the_beginning)?;
        Ok(Self { person, onward: kept.onward, secret: kept.secret, session })
    }
}
