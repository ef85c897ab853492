//! Calls of programs that may be sent again: what one has led to is written in the very transaction of its
//! effect. Either both are there or neither, whatever dies between them and the answer.

use crate::db::{FromRow, Json, Row, Store, Tx, binds};
use crate::error::{Result, StoreError};
use forewarn_domain::ids::{CaseId, PersonId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// So long a call is remembered.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(48);

/// One call that changes something.
#[derive(Debug)]
pub struct Call {
    /// Who calls.
    pub person: PersonId,
    /// By what it is known when it comes again; `None` for one that is not to be remembered.
    pub key: Option<CallKey>,
    /// When it came.
    pub now: Timestamp,
    receipt: OnceLock<Receipt>,
}

/// By what a call is known when it comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallKey {
    /// Hash of the key that the program chose.
    pub key_hash: String,
    /// Hash of what it asked for.
    pub request_hash: String,
}

/// What a call has led to. Made from what its transaction has written, so that the same receipt gives the same
/// answer at any time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Receipt {
    /// Something happened in a case.
    Acted {
        /// Which case.
        case: CaseId,
        /// The number of its last event.
        version: u32,
        /// The numbers of the events that this call has made.
        events: Vec<u32>,
    },
    /// There is something new, with this number.
    Added {
        /// Its number.
        id: i64,
    },
    /// It is done, and there is nothing to say about it.
    Done,
}

/// What is remembered of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Hash of what was asked for.
    pub request_hash: String,
    /// What it has led to.
    pub receipt: Receipt,
}

impl Call {
    /// A call that has not led to anything yet.
    pub fn new(person: PersonId, key: Option<CallKey>, now: Timestamp) -> Self {
        Self { person, key, now, receipt: OnceLock::new() }
    }

    /// What it has led to; `None` while it has changed nothing.
    pub fn receipt(&self) -> Option<&Receipt> {
        self.receipt.get()
    }

    /// Written before the commit. A call has one effect; what is written after that follows from it.
    pub(crate) async fn keep(&self, tx: &Tx, receipt: &Receipt) -> Result<()> {
        let Some(CallKey { key_hash, request_hash }) = self.key.as_ref().filter(|_| self.receipt().is_none())
        else {
            return Ok(());
        };
        let sql = "INSERT INTO api_call (person_id, key_hash, request_hash, receipt, answered_at) \
                   VALUES (?, ?, ?, ?, ?)";
        let values = binds![self.person, key_hash, request_hash, Json(receipt), self.now];
        match tx.execute(sql, values).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_duplicate() => Err(StoreError::AnsweredBefore),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn settle(&self, receipt: Receipt) {
        // The first holds.
        let _later = self.receipt.set(receipt);
    }
}

impl Store {
    /// What this person was answered under this key; `None` if nothing was done under it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn answered(&self, person: PersonId, key_hash: &str) -> Result<Option<Answered>> {
        let sql = "SELECT request_hash, receipt FROM api_call WHERE person_id = ? AND key_hash = ?";
        self.reads().one(sql, binds![person, key_hash]).await
    }

    /// Forgets calls that were answered longer than [`REMEMBERED`] ago; gives how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_old_calls(&self, now: Timestamp) -> Result<u64> {
        let before = now.saturating_sub(REMEMBERED).unwrap_or(Timestamp::MIN);
        let tx = self.begin().await?;
        let forgotten = tx.execute("DELETE FROM api_call WHERE answered_at < ?", binds![before]).await?;
        tx.commit_quietly().await?;
        Ok(forgotten)
    }
}

impl FromRow for Answered {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { request_hash: row.get("request_hash")?, receipt: row.get::<Json<Receipt>>("receipt")?.0 })
    }
}
