//! Who somebody is at a provider of sign-ins.

use crate::db::{Store, binds};
use crate::error::Result;
use crate::security_log::{self, SecurityEvent};
use forewarn_domain::ids::PersonId;

impl Store {
    /// Whoever is known by this name at this provider.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn person_by_identity(&self, issuer: &str, subject: &str) -> Result<Option<PersonId>> {
        let sql = "SELECT person_id FROM outside_identity WHERE issuer = ? AND subject = ?";
        Ok(self.reads().one::<(PersonId,)>(sql, binds![issuer, subject]).await?.map(|(person,)| person))
    }

    /// Remembers who somebody is at a provider; `false`, and nothing done, if they are somebody else there, or
    /// somebody else here is that one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn link_identity(
        &self,
        person: PersonId,
        issuer: &str,
        subject: &str,
        event: &SecurityEvent,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "INSERT INTO outside_identity (issuer, subject, person_id, since) VALUES (?, ?, ?, ?) \
                   ON CONFLICT DO NOTHING";
        let linked = tx.execute(sql, binds![issuer, subject, person, event.at]).await? > 0;
        if linked {
            security_log::note(&tx, event).await?;
        }
        tx.commit_quietly().await?;
        Ok(linked)
    }

    /// Whether somebody has come in through a provider.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_identity(&self, person: PersonId) -> Result<bool> {
        let sql = "SELECT person_id FROM outside_identity WHERE person_id = ? LIMIT 1";
        Ok(self.reads().one::<(PersonId,)>(sql, binds![person]).await?.is_some())
    }
}
