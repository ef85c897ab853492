//! The second step of signing in: a secret shared with somebody's phone, codes of which each is good once, and
//! recovery codes, kept as hashes, for when the phone is gone.

use crate::db::{FromRow, Row, Store, Tx, Value, binds};
use crate::error::Result;
use crate::security_log::{self, SecurityEvent};
use crate::settings;
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Role;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Somebody's second step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondStep {
    /// The secret, in base 32.
    pub secret: String,
    /// Since when it is asked for.
    pub since: Timestamp,
    /// How many recovery codes have not been used.
    pub codes_left: u32,
}

/// Who has to have a second step to sign in with a password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequiredOf {
    /// Nobody: everybody may.
    #[default]
    Nobody,
    /// Admins.
    Admins,
    /// Leaders and admins.
    Leaders,
    /// Everybody.
    Everybody,
}

impl RequiredOf {
    /// Whether somebody of this role has to.
    #[must_use]
    pub fn has_to(self, role: Role) -> bool {
        self.roles().contains(&role)
    }

    fn roles(self) -> &'static [Role] {
        match self {
            Self::Nobody => &[],
            Self::Admins => &[Role::Admin],
            Self::Leaders => &[Role::Admin, Role::Leader],
            Self::Everybody => &[Role::Admin, Role::Leader, Role::Rep, Role::SupplyOwner],
        }
    }
}

const POLICY: &str = "second-step";

impl Store {
    /// Somebody's second step; `None` if they have none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn second_step(&self, person: PersonId) -> Result<Option<SecondStep>> {
        let sql = "SELECT s.secret, s.since, (SELECT COUNT(*) FROM recovery_code c \
                   WHERE c.person_id = s.person_id AND c.used_at IS NULL) AS codes_left \
                   FROM second_step s WHERE s.person_id = ?";
        self.reads().one(sql, binds![person]).await
    }

    /// Turns it on, with the thirty seconds of the first code, and recovery codes as hashes. All sessions but
    /// `here` end: they came in without it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turn_on_second_step(
        &self,
        person: PersonId,
        secret: &str,
        step: i64,
        codes: &[String],
        here: Option<&str>,
        event: &SecurityEvent,
    ) -> Result<()> {
        let tx = self.begin().await?;
        let sql = "INSERT INTO second_step (person_id, secret, since, last_step) VALUES (?, ?, ?, ?) \
                   ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, since = excluded.since, \
                   last_step = excluded.last_step";
        tx.execute(sql, binds![person, secret, event.at, step]).await?;
        replace_codes(&tx, person, codes).await?;
        let sql = "DELETE FROM session WHERE person_id = ? AND id_hash <> ?";
        tx.execute(sql, binds![person, here.unwrap_or_default()]).await?;
        security_log::note(&tx, event).await?;
        tx.commit_quietly().await
    }

    /// Turns it off; `false`, and nothing done, if it is not on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turn_off_second_step(&self, person: PersonId, event: &SecurityEvent) -> Result<bool> {
        let tx = self.begin().await?;
        let off = tx.execute("DELETE FROM second_step WHERE person_id = ?", binds![person]).await? > 0;
        if off {
            replace_codes(&tx, person, &[]).await?;
            security_log::note(&tx, event).await?;
        }
        tx.commit_quietly().await?;
        Ok(off)
    }

    /// Takes the code of these thirty seconds, if none of them or of later ones has been taken. Of two who come
    /// with the same code, one gets in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_step(&self, person: PersonId, step: i64) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "UPDATE second_step SET last_step = ? WHERE person_id = ? AND last_step < ?";
        let taken = tx.execute(sql, binds![step, person, step]).await? > 0;
        tx.commit_quietly().await?;
        Ok(taken)
    }

    /// Takes a recovery code, by its hash, if it has not been used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_recovery_code(
        &self,
        person: PersonId,
        hash: &str,
        event: &SecurityEvent,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let sql =
            "UPDATE recovery_code SET used_at = ? WHERE person_id = ? AND code_hash = ? AND used_at IS NULL";
        let taken = tx.execute(sql, binds![event.at, person, hash]).await? > 0;
        if taken {
            security_log::note(&tx, event).await?;
        }
        tx.commit_quietly().await?;
        Ok(taken)
    }

    /// Replaces the recovery codes of somebody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn replace_recovery_codes(
        &self,
        person: PersonId,
        codes: &[String],
        event: &SecurityEvent,
    ) -> Result<()> {
        let tx = self.begin().await?;
        replace_codes(&tx, person, codes).await?;
        security_log::note(&tx, event).await?;
        tx.commit_quietly().await
    }

    /// Who has to have a second step.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn second_step_required_of(&self) -> Result<RequiredOf> {
        Ok(self.setting(POLICY).await?.unwrap_or_default())
    }

    /// Says who has to have a second step. Those who have to and have none are signed out, and set it up when
    /// they come in again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn require_second_step(&self, of: RequiredOf, event: &SecurityEvent) -> Result<()> {
        let tx = self.begin().await?;
        settings::save(&tx, POLICY, crate::db::json(&of)).await?;
        for role in of.roles() {
            let sql = "DELETE FROM session WHERE person_id IN (SELECT p.id FROM person p WHERE p.role = ? \
                       AND p.password_hash IS NOT NULL \
                       AND NOT EXISTS (SELECT 1 FROM second_step s WHERE s.person_id = p.id))";
            tx.execute(sql, binds![role.word()]).await?;
        }
        security_log::note(&tx, event).await?;
        tx.commit_quietly().await
    }
}

async fn replace_codes(tx: &Tx, person: PersonId, codes: &[String]) -> Result<()> {
    tx.execute("DELETE FROM recovery_code WHERE person_id = ?", binds![person]).await?;
    let rows: Vec<Vec<Value>> = codes.iter().map(|hash| binds![person, hash]).collect();
    tx.insert_rows("recovery_code", &["person_id", "code_hash"], rows).await?;
    Ok(())
}

impl FromRow for SecondStep {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { secret: row.get("secret")?, since: row.get("since")?, codes_left: row.get("codes_left")? })
    }
}
