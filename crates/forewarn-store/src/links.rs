//! Links that work once: to create the first admin, to choose a password. Kept as hashes of their tokens.

use crate::db::{FromRow, Row, Store, Tx, binds};
use crate::error::Result;
use crate::security_log::{self, SecurityEvent};
use forewarn_domain::ids::PersonId;
use jiff::Timestamp;

/// A link that works once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is good for, and nothing else.
    pub purpose: String,
    /// Whom it is for.
    pub person: Option<PersonId>,
    /// Until when it works.
    pub expires_at: Timestamp,
}

impl Store {
    /// Adds a link under the hash of its token.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_link(&self, token_hash: &str, link: &Link) -> Result<()> {
        let tx = self.begin().await?;
        add(&tx, token_hash, link).await?;
        tx.commit_quietly().await
    }

    /// The link with this hash and purpose, if it still works. Looking doesn't use it up: a mail scanner that
    /// opens it changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn link(&self, token_hash: &str, purpose: &str, now: Timestamp) -> Result<Option<Link>> {
        let sql = "SELECT purpose, person_id, expires_at FROM one_time_link \
                   WHERE token_hash = ? AND purpose = ? AND used_at IS NULL AND expires_at > ?";
        self.reads().one(sql, binds![token_hash, purpose, now]).await
    }

    /// Uses a link up. Of two who try at once, one gets it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_link(&self, token_hash: &str, purpose: &str, now: Timestamp) -> Result<Option<Link>> {
        let tx = self.begin().await?;
        let link = use_up(&tx, token_hash, purpose, now).await?;
        tx.commit_quietly().await?;
        Ok(link)
    }

    /// Adds a link with which a person chooses a password. Those made for them before work no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_password_link(
        &self,
        token_hash: &str,
        link: &Link,
        event: &SecurityEvent,
    ) -> Result<()> {
        let tx = self.begin().await?;
        if let Some(person) = link.person {
            forget_of(&tx, person).await?;
        }
        add(&tx, token_hash, link).await?;
        security_log::note(&tx, event).await?;
        tx.commit_quietly().await
    }
}

async fn add(tx: &Tx, token_hash: &str, link: &Link) -> Result<()> {
    let sql = "INSERT INTO one_time_link (token_hash, purpose, person_id, expires_at) VALUES (?, ?, ?, ?)";
    tx.execute(sql, binds![token_hash, &link.purpose, link.person, link.expires_at]).await?;
    Ok(())
}

pub(crate) async fn use_up(tx: &Tx, token_hash: &str, purpose: &str, now: Timestamp) -> Result<Option<Link>> {
    let sql = "UPDATE one_time_link SET used_at = ? \
               WHERE token_hash = ? AND purpose = ? AND used_at IS NULL AND expires_at > ? \
               RETURNING purpose, person_id, expires_at";
    tx.one(sql, binds![now, token_hash, purpose, now]).await
}

/// No link of theirs that has not been used works any more.
pub(crate) async fn forget_of(tx: &Tx, person: PersonId) -> Result<()> {
    tx.execute("DELETE FROM one_time_link WHERE person_id = ? AND used_at IS NULL", binds![person]).await?;
    Ok(())
}

impl FromRow for Link {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            purpose: row.get("purpose")?,
            person: row.get("person_id")?,
            expires_at: row.get("expires_at")?,
        })
    }
}
