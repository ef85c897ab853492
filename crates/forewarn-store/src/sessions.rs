//! Sessions of people who have signed in. The store keeps hashes of their tokens, never the tokens.

use crate::db::{FromRow, Row, Store, binds};
use crate::error::Result;
use crate::security_log::{self, SecurityEvent};
use crate::tokens;
use forewarn_domain::ids::PersonId;
use jiff::Timestamp;

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of the token.
    pub id_hash: String,
    /// Whose it is; `None` before they have signed in.
    pub person: Option<PersonId>,
    /// What the pages keep in it.
    pub data: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends, unless it is used before.
    pub expires_at: Timestamp,
}

impl Store {
    /// Adds a session; `false`, and nothing done, if there is one with this hash.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_session(&self, session: &Session) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "INSERT INTO session (id_hash, person_id, data, created_at, expires_at) \
                   VALUES (?, ?, ?, ?, ?) ON CONFLICT (id_hash) DO NOTHING";
        let Session { id_hash, person, data, created_at, expires_at } = session;
        let added = tx.execute(sql, binds![id_hash, *person, data, *created_at, *expires_at]).await?;
        tx.commit_quietly().await?;
        Ok(added > 0)
    }

    /// Saves what a session holds and when it ends. One that has been ended meanwhile stays ended: a request
    /// that was under way doesn't bring it back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_session(&self, session: &Session) -> Result<()> {
        let tx = self.begin().await?;
        let sql = "UPDATE session SET person_id = ?, data = ?, expires_at = ? WHERE id_hash = ?";
        let Session { id_hash, person, data, expires_at, .. } = session;
        tx.execute(sql, binds![*person, data, *expires_at, id_hash]).await?;
        tx.commit_quietly().await
    }

    /// The session with this hash, if it has not ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, id_hash: &str, now: Timestamp) -> Result<Option<Session>> {
        let sql = "SELECT id_hash, person_id, data, created_at, expires_at FROM session \
                   WHERE id_hash = ? AND expires_at > ?";
        self.reads().one(sql, binds![id_hash, now]).await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, id_hash: &str) -> Result<()> {
        let tx = self.begin().await?;
        tx.execute("DELETE FROM session WHERE id_hash = ?", binds![id_hash]).await?;
        tx.commit_quietly().await
    }

    /// Where somebody is signed in, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sessions_of(&self, person: PersonId, now: Timestamp) -> Result<Vec<Session>> {
        let sql = "SELECT id_hash, person_id, data, created_at, expires_at FROM session \
                   WHERE person_id = ? AND expires_at > ? ORDER BY created_at DESC, id_hash";
        self.reads().all(sql, binds![person, now]).await
    }

    /// Ends one session of a person; `false`, and nothing done, if it is not theirs or has ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session_of(
        &self,
        person: PersonId,
        id_hash: &str,
        event: &SecurityEvent,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "DELETE FROM session WHERE person_id = ? AND id_hash = ?";
        let ended = tx.execute(sql, binds![person, id_hash]).await? > 0;
        if ended {
            security_log::note(&tx, event).await?;
        }
        tx.commit_quietly().await?;
        Ok(ended)
    }

    /// Ends all sessions of a person but one, or all of them, and with them the tokens of programs; gives how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_sessions_of(
        &self,
        person: PersonId,
        but: Option<&str>,
        event: &SecurityEvent,
    ) -> Result<u64> {
        let tx = self.begin().await?;
        let sql = "DELETE FROM session WHERE person_id = ? AND id_hash <> ?";
        let ended = tx.execute(sql, binds![person, but.unwrap_or_default()]).await?;
        if but.is_none() {
            tokens::revoke_all_of(&tx, person, event.at).await?;
        }
        security_log::note(&tx, event).await?;
        tx.commit_quietly().await?;
        Ok(ended)
    }

    /// Forgets sessions that have ended; gives how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_ended_sessions(&self, now: Timestamp) -> Result<u64> {
        let tx = self.begin().await?;
        let forgotten = tx.execute("DELETE FROM session WHERE expires_at <= ?", binds![now]).await?;
        tx.commit_quietly().await?;
        Ok(forgotten)
    }
}

impl FromRow for Session {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id_hash: row.get("id_hash")?,
            person: row.get("person_id")?,
            data: row.get("data")?,
            created_at: row.get("created_at")?,
            expires_at: row.get("expires_at")?,
        })
    }
}
