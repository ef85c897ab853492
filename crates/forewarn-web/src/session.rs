//! Sessions: kept in the database under the hash of their token, for so long without use and so long at most.

use crate::links;
use crate::state::AppState;
use async_trait::async_trait;
use forewarn_domain::ids::PersonId;
use forewarn_store::StoreError;
use forewarn_store::sessions::Session as Row;
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::{Duration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::Error;
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

/// What a store of sessions answers.
type Result<T, E = Error> = std::result::Result<T, E>;

/// Under this key a session keeps who has signed in.
pub(crate) const PERSON: &str = "person";

/// Under these it keeps where and with what they have.
pub(crate) const ADDRESS: &str = "address";
pub(crate) const DEVICE: &str = "device";

/// Under this it keeps that they came in through the company's provider.
pub(crate) const ELSEWHERE: &str = "elsewhere";

/// Under this it keeps when it was last used, in seconds.
pub(crate) const USED: &str = "used";

/// When sessions end by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// After so long without use.
    pub idle: SignedDuration,
    /// After so long, used or not.
    pub longest: SignedDuration,
}

impl Default for SessionLimits {
    /// Twelve hours without use, fourteen days at most.
    fn default() -> Self {
        Self { idle: SignedDuration::from_hours(12), longest: SignedDuration::from_hours(14 * 24) }
    }
}

impl SessionLimits {
    /// A session that is used is saved again after so many seconds, not on every page.
    pub(crate) fn save_after(self) -> i64 {
        (self.idle.as_secs() / 10).clamp(1, 600)
    }
}

/// The layer that gives every request its session.
pub(crate) fn layer(state: &AppState) -> SessionManagerLayer<Sessions> {
    // A browser takes a `__Host-` cookie over HTTPS only, and gives it to no other host and no other path.
    let name = if state.secure { "__Host-forewarn" } else { "forewarn" };
    SessionManagerLayer::new(Sessions { state: state.clone() })
        .with_name(name)
        .with_secure(state.secure)
        .with_http_only(true)
        // Lax: a link in a mail of ours leads in; a form of another site does not.
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::seconds(state.sessions.idle.as_secs())))
}

/// The sessions in the database.
#[derive(Clone)]
pub(crate) struct Sessions {
    state: AppState,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

impl Sessions {
    fn row(&self, record: &Record) -> Result<Row> {
        let now = self.state.now();
        let person = record.data.get(PERSON).and_then(serde_json::Value::as_i64).map(PersonId);
        let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        let expires_at = now.saturating_add(self.state.sessions.idle).unwrap_or(Timestamp::MAX);
        Ok(Row { id_hash: key(&record.id), person, data, created_at: now, expires_at })
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !self.state.store.add_session(&self.row(record)?).await.map_err(backend)? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        unless_read_only(self.state.store.save_session(&self.row(record)?).await)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.state.now();
        let row = self.state.store.session(&key(id), now).await.map_err(backend)?;
        let Some(row) = row.filter(|row| now.duration_since(row.created_at) < self.state.sessions.longest)
        else {
            return Ok(None);
        };
        let data = serde_json::from_str(&row.data).map_err(|error| Error::Decode(error.to_string()))?;
        let seconds = row.expires_at.as_second();
        let expiry_date =
            OffsetDateTime::from_unix_timestamp(seconds).map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        unless_read_only(self.state.store.end_session(&key(id)).await)
    }
}

/// Under what the store keeps a session.
pub(crate) fn key(id: &Id) -> String {
    links::hash(&id.to_string())
}

/// While nothing can be written, pages are shown all the same; that somebody looked at them is not noted.
fn unless_read_only(kept: Result<(), StoreError>) -> Result<()> {
    match kept {
        Err(StoreError::NotWritable(_)) => Ok(()),
        kept => kept.map_err(backend),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}
