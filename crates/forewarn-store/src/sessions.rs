//! Sessions of people who have signed in. The store keeps hashes of their tokens, never the tokens.

use crate::db::{FromRow, Row, Store, binds};
use crate::error::Result;
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
        self.write_session(session, "DO NOTHING").await
    }

    /// Saves a session; when it began stays as it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_session(&self, session: &Session) -> Result<()> {
        let update = "DO UPDATE SET person_id = excluded.person_id, data = excluded.data, \
                      expires_at = excluded.expires_at";
        self.write_session(session, update).await?;
        Ok(())
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

    /// Ends all sessions of a person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_sessions_of(&self, person: PersonId) -> Result<()> {
        let tx = self.begin().await?;
        tx.execute("DELETE FROM session WHERE person_id = ?", binds![person]).await?;
        tx.commit_quietly().await
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

    async fn write_session(&self, session: &Session, if_there: &str) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = format!(
            "INSERT INTO session (id_hash, person_id, data, created_at, expires_at) VALUES (?, ?, ?, ?, ?) \
             ON CONFLICT (id_hash) {if_there}"
        );
        let Session { id_hash, person, data, created_at, expires_at } = session;
        let written = tx.execute(&sql, binds![id_hash, *person, data, *created_at, *expires_at]).await?;
        tx.commit_quietly().await?;
        Ok(written > 0)
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
