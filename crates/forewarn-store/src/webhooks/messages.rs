//! Messages as an admin sees them: what was sent, what came back, what was given up.

use super::payload;
use crate::db::{FromRow, Row, Store, Word, binds};
use crate::error::Result;
use forewarn_domain::ids::{WebhookId, WebhookMessageId};
use forewarn_domain::webhook::Told;
use jiff::Timestamp;
use serde::Deserialize;

/// A message to another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub id: WebhookMessageId,
    /// Its id on every try: `evt_7_12`.
    pub message_id: String,
    /// What it tells.
    pub told: Told,
    /// What is sent, as JSON.
    pub payload: String,
    /// When it came to be.
    pub created_at: Timestamp,
    /// Where it is on its way.
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, while it waits.
    pub next_try_at: Timestamp,
    /// The status of the last answer, if there was one.
    pub status: Option<u32>,
    /// What was said with it, or what went wrong.
    pub answer: Option<String>,
    /// When it was delivered or given up.
    pub ended_at: Option<Timestamp>,
}

/// Where a message is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageState {
    /// It waits to be tried.
    Pending,
    /// It is being tried.
    Claimed,
    /// It got through.
    Delivered,
    /// It was given up. Somebody can replay it.
    Dead,
}

impl Store {
    /// The newest messages to an address; those that were given up first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn webhook_messages(&self, id: WebhookId, limit: u32) -> Result<Vec<Message>> {
        let sql = format!(
            "SELECT * FROM webhook_message WHERE webhook_id = ? \
             ORDER BY CASE WHEN state = 'dead' THEN 0 ELSE 1 END, id DESC LIMIT {limit}"
        );
        self.reads().all(&sql, binds![id]).await
    }

    /// Writes a message that says nothing but that it is a test. `name` makes it the same when it is asked for twice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn try_webhook(&self, id: WebhookId, name: &str, now: Timestamp) -> Result<()> {
        let says = serde_json::json!({ "says": "Forewarn reaches you. Nothing has happened." });
        let body = payload::body(Told::Test, now, None, &says);
        let tx = self.begin().await?;
        let sql = "INSERT INTO webhook_message (webhook_id, message_id, told, payload, created_at, next_try_at) \
                   VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (webhook_id, message_id) DO NOTHING";
        tx.execute(sql, binds![id, format!("test_{name}"), Told::Test.name(), body, now, now]).await?;
        tx.commit().await
    }

    /// Puts messages that were given up on their way again, under the same id: one, or all of an address. Says
    /// how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn replay_webhook(
        &self,
        id: WebhookId,
        which: Option<WebhookMessageId>,
        now: Timestamp,
    ) -> Result<u64> {
        let tx = self.begin().await?;
        let sql = "UPDATE webhook_message SET state = 'pending', attempts = 0, next_try_at = ?, ended_at = NULL \
                   WHERE webhook_id = ? AND state = 'dead' AND (id = ? OR ?)";
        let replayed = tx.execute(sql, binds![now, id, which, which.is_none()]).await?;
        tx.commit().await?;
        Ok(replayed)
    }

    /// Forgets what was delivered before then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_webhook_messages(&self, before: Timestamp) -> Result<u64> {
        let tx = self.begin().await?;
        let sql = "DELETE FROM webhook_message WHERE state = 'delivered' AND ended_at < ?";
        let forgotten = tx.execute(sql, binds![before]).await?;
        tx.commit_quietly().await?;
        Ok(forgotten)
    }
}

impl FromRow for Message {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            message_id: row.get("message_id")?,
            told: row.get::<Word<Told>>("told")?.0,
            payload: row.get("payload")?,
            created_at: row.get("created_at")?,
            state: row.get::<Word<MessageState>>("state")?.0,
            attempts: row.get("attempts")?,
            next_try_at: row.get("next_try_at")?,
            status: row.get("status")?,
            answer: row.get("answer")?,
            ended_at: row.get("ended_at")?,
        })
    }
}
