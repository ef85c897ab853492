//! Sessions: kept in the database under the hash of their token, for twelve hours without use and
//! fourteen days at most.

use crate::links;
use crate::state::AppState;
use async_trait::async_trait;
use forewarn_domain::ids::PersonId;
use forewarn_store::sessions::Session as Row;
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::{Duration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

/// Under this key a session keeps who has signed in.
pub(crate) const PERSON: &str = "person";

const IDLE: SignedDuration = SignedDuration::from_hours(12);
const LONGEST: SignedDuration = SignedDuration::from_hours(14 * 24);

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
        .with_expiry(Expiry::OnInactivity(Duration::hours(12)))
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
        let expires_at = now.saturating_add(IDLE).unwrap_or(Timestamp::MAX);
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
        self.state.store.save_session(&self.row(record)?).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.state.now();
        let row = self.state.store.session(&key(id), now).await.map_err(backend)?;
        let Some(row) = row.filter(|row| now.duration_since(row.created_at) < LONGEST) else {
            return Ok(None);
        };
        let data = serde_json::from_str(&row.data).map_err(|error| Error::Decode(error.to_string()))?;
        let seconds = row.expires_at.as_second();
        let expiry_date =
            OffsetDateTime::from_unix_timestamp(seconds).map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.state.store.end_session(&key(id)).await.map_err(backend)
    }
}

fn key(id: &Id) -> String {
    links::hash(&id.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn backend(error: forewarn_store::StoreError) -> Error {
    Error::Backend(error.to_string())
}
