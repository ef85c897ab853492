//! Tokens with which programs come in for a person. The store keeps hashes of them, never the tokens.

use crate::db::{FromRow, Json, Row, Store, Tx, binds};
use crate::error::Result;
use crate::security_log::{self, SecurityEvent, What};
use forewarn_domain::ids::{PersonId, TokenId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a token is good for. It never does more than its person may, whatever stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenScope {
    /// Looking.
    Read,
    /// Acts on cases, and evidence.
    Write,
    /// Bringing reports.
    Import,
    /// The wording check.
    Check,
    /// People, teams and how customers are treated.
    Admin,
}

impl TokenScope {
    /// All of them.
    pub const ALL: [TokenScope; 5] =
        [TokenScope::Read, TokenScope::Write, TokenScope::Import, TokenScope::Check, TokenScope::Admin];

    /// As stored, and as sent.
    pub fn word(self) -> &'static str {
        match self {
            TokenScope::Read => "read",
            TokenScope::Write => "write",
            TokenScope::Import => "import",
            TokenScope::Check => "check",
            TokenScope::Admin => "admin",
        }
    }
}

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// Hash of the token.
    pub token_hash: String,
    /// For whom it acts.
    pub person: PersonId,
    /// What it is called: the program that has it.
    pub name: String,
    /// What it is good for.
    pub scopes: BTreeSet<TokenScope>,
    /// Who made it.
    pub by: PersonId,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// Now.
    pub now: Timestamp,
}

/// A token, without the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its number.
    pub id: TokenId,
    /// For whom it acts.
    pub person: PersonId,
    /// What it is called.
    pub name: String,
    /// What it is good for.
    pub scopes: BTreeSet<TokenScope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: Option<PersonId>,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// When a program last came with it, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

impl ApiToken {
    /// Whether it still works.
    pub fn works(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// A use is noted again after so long.
const NOTE_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// Takes back all tokens of a person, and those that they made for others: what was made under a password or a role that
/// is no more.
pub(crate) async fn revoke_all_of(tx: &Tx, person: PersonId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE api_token SET revoked_at = ? WHERE (person_id = ? OR created_by = ?) AND revoked_at IS NULL AND expires_at > ?";
    if tx.execute(sql, binds![now, person, person, now]).await? > 0 {
        security_log::note(tx, &SecurityEvent::without_browser(What::TokenRevoked, person, now)).await?;
    }
    Ok(())
}

impl Store {
    /// Adds a token.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_token(&self, new: &NewToken, event: &SecurityEvent) -> Result<TokenId> {
        let NewToken { token_hash, person, name, scopes, by, expires_at, now } = new;
        let sql = "INSERT INTO api_token (token_hash, person_id, name, scopes, created_at, created_by, expires_at) \
                   VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id";
        let tx = self.begin().await?;
        let mut values = binds![token_hash, *person, name, Json(scopes)];
        values.extend(binds![*now, *by, *expires_at]);
        let id = tx.one::<(TokenId,)>(sql, values).await?.map_or(TokenId(0), |(id,)| id);
        security_log::note(&tx, event).await?;
        tx.commit_quietly().await?;
        Ok(id)
    }

    /// The token with this hash, whether it still works or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn token(&self, token_hash: &str) -> Result<Option<ApiToken>> {
        self.reads().one(&format!("{SELECT} WHERE token_hash = ?"), binds![token_hash]).await
    }

    /// The tokens of a person, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tokens_of(&self, person: PersonId) -> Result<Vec<ApiToken>> {
        self.reads().all(&format!("{SELECT} WHERE person_id = ? ORDER BY id DESC"), binds![person]).await
    }

    /// Everybody's tokens, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tokens(&self) -> Result<Vec<ApiToken>> {
        self.reads().all(&format!("{SELECT} ORDER BY id DESC"), Vec::new()).await
    }

    /// Takes a token back, of this person only if one is given; `false` if there is none. Twice is once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_token(
        &self,
        id: TokenId,
        of: Option<PersonId>,
        event: &SecurityEvent,
    ) -> Result<bool> {
        let theirs = of.map_or(String::new(), |person| format!(" AND person_id = {person}"));
        let sql = format!(
            "UPDATE api_token SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?{theirs} RETURNING person_id"
        );
        let tx = self.begin().await?;
        let Some((person,)) = tx.one::<(PersonId,)>(&sql, binds![event.at, id]).await? else {
            return Ok(false);
        };
        let by = event.by.filter(|by| *by != person);
        security_log::note(&tx, &SecurityEvent { person: Some(person), by, ..event.clone() }).await?;
        tx.commit_quietly().await?;
        Ok(true)
    }

    /// Notes that a program came with a token, unless that was noted a moment ago.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn token_used(&self, token: &ApiToken, now: Timestamp) -> Result<()> {
        let noted = token.last_used_at.is_some_and(|last| now.duration_since(last) < NOTE_AFTER);
        // Reading goes on while nothing can be written.
        if noted || self.not_writable().is_some() {
            return Ok(());
        }
        let tx = self.begin().await?;
        tx.execute("UPDATE api_token SET last_used_at = ? WHERE id = ?", binds![now, token.id]).await?;
        tx.commit_quietly().await
    }
}

const SELECT: &str = "SELECT id, person_id, name, scopes, created_at, created_by, expires_at, last_used_at, \
                      revoked_at FROM api_token";

impl FromRow for ApiToken {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            person: row.get("person_id")?,
            name: row.get("name")?,
            scopes: row.get::<Json<BTreeSet<TokenScope>>>("scopes")?.0,
            created_at: row.get("created_at")?,
            created_by: row.get("created_by")?,
            expires_at: row.get("expires_at")?,
            last_used_at: row.get("last_used_at")?,
            revoked_at: row.get("revoked_at")?,
        })
    }
}
