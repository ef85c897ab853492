//! Passwords, as hashes: chosen by a link that works once, or changed. Each ends the sessions that there are.

use crate::db::{Store, Tx, binds};
use crate::error::Result;
use crate::links;
use crate::security_log::{self, SecurityEvent};
use crate::tokens;
use forewarn_domain::ids::PersonId;
use jiff::Timestamp;

impl Store {
    /// Sets a password, and ends all sessions of the person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_password_hash(&self, id: PersonId, hash: &str) -> Result<()> {
        let tx = self.begin().await?;
        tx.execute("UPDATE person SET password_hash = ? WHERE id = ?", binds![hash, id]).await?;
        end_what_was(&tx, id).await?;
        tx.commit_quietly().await
    }

    /// The same with what happened beside it: for a person who knew the password they had.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_password(&self, id: PersonId, hash: &str, event: &SecurityEvent) -> Result<()> {
        let tx = self.begin().await?;
        set(&tx, id, hash, event).await?;
        tx.commit_quietly().await
    }

    /// Sets the password of whomever the link is for, and uses the link up; of two who try at once, one does.
    /// `None`, and nothing done, when it works no more. `event` says what happened; its person is filled in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn choose_password(
        &self,
        token_hash: &str,
        purpose: &str,
        hash: &str,
        event: SecurityEvent,
    ) -> Result<Option<PersonId>> {
        let tx = self.begin().await?;
        let link = links::use_up(&tx, token_hash, purpose, event.at).await?;
        let Some(person) = link.and_then(|link| link.person) else { return Ok(None) };
        set(&tx, person, hash, &SecurityEvent { person: Some(person), ..event }).await?;
        tx.commit_quietly().await?;
        Ok(Some(person))
    }

    /// The hash of somebody's password; `None` if they have none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn password_hash(&self, id: PersonId) -> Result<Option<String>> {
        let sql = "SELECT password_hash FROM person WHERE id = ? AND password_hash IS NOT NULL";
        Ok(self.reads().one::<(String,)>(sql, binds![id]).await?.map(|(hash,)| hash))
    }

    /// When somebody last chose or changed their password; `None` if nobody remembers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn password_changed_at(&self, id: PersonId) -> Result<Option<Timestamp>> {
        let sql = "SELECT password_changed_at FROM person WHERE id = ?";
        let row = self.reads().one::<(Option<Timestamp>,)>(sql, binds![id]).await?;
        Ok(row.and_then(|(at,)| at))
    }
}

async fn set(tx: &Tx, id: PersonId, hash: &str, event: &SecurityEvent) -> Result<()> {
    let sql = "UPDATE person SET password_hash = ?, password_changed_at = ? WHERE id = ?";
    tx.execute(sql, binds![hash, event.at, id]).await?;
    end_what_was(tx, id).await?;
    tokens::revoke_all_of(tx, id, event.at).await?;
    security_log::note(tx, event).await
}

/// Whoever came in with what was known before is out, and links that were made for it work no more.
async fn end_what_was(tx: &Tx, id: PersonId) -> Result<()> {
    tx.execute("DELETE FROM session WHERE person_id = ?", binds![id]).await?;
    links::forget_of(tx, id).await
}
