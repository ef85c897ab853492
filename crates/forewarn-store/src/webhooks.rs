//! Telling other programs what happens: addresses, and messages on their way to them.
//!
//! A message is written in the transaction of the event that it tells ([`outbox`]), so that neither is without the
//! other. It is *pending*, then *claimed* for a while by whoever tries it, then *delivered*, or pending again, or
//! *dead* until somebody replays it: at least once, always under the same id.

mod delivering;
mod messages;
mod outbox;
mod payload;

pub use delivering::{Answered, ClaimedMessage};
pub use messages::{Message, MessageState};
pub(crate) use outbox::Outbox;

use crate::db::{FromRow, Json, Row, Store, binds, json};
use crate::error::Result;
use forewarn_domain::ids::WebhookId;
use forewarn_domain::webhook::Told;
use jiff::Timestamp;

/// The address of another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its number.
    pub id: WebhookId,
    /// Where messages go.
    pub url: String,
    /// What it hears.
    pub events: Vec<Told>,
    /// Whether it hears internal words and the names of contacts, too.
    pub internal: bool,
    /// Until when the secret before this one holds, if it still does.
    pub old_secret_until: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Since when nothing has got through.
    pub failing_since: Option<Timestamp>,
    /// Since when it hears nothing, and why.
    pub disabled: Option<(Timestamp, String)>,
    /// Messages that wait, and messages that were given up.
    pub waiting: u32,
    /// Messages that were given up.
    pub dead: u32,
}

/// An address to be added.
#[derive(Debug, Clone)]
pub struct NewWebhook<'a> {
    /// Where messages go.
    pub url: &'a str,
    /// What it hears.
    pub events: &'a [Told],
    /// Whether it hears internal words and the names of contacts, too.
    pub internal: bool,
    /// What messages are signed with: `whsec_…`.
    pub secret: &'a str,
    /// When.
    pub now: Timestamp,
}

impl Store {
    /// Adds an address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_webhook(&self, new: &NewWebhook<'_>) -> Result<WebhookId> {
        let tx = self.begin().await?;
        let sql = "INSERT INTO webhook (url, events, internal, secret, created_at) VALUES (?, ?, ?, ?, ?) \
                   RETURNING id";
        let values = binds![new.url, json(&new.events), new.internal, new.secret, new.now];
        let (id,): (WebhookId,) = tx.one(sql, values).await?.unwrap_or((WebhookId(0),));
        tx.commit().await?;
        Ok(id)
    }

    /// All addresses, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn webhooks(&self) -> Result<Vec<Webhook>> {
        self.reads().all(&format!("{SELECT} ORDER BY w.id"), binds![]).await
    }

    /// One of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn webhook(&self, id: WebhookId) -> Result<Option<Webhook>> {
        self.reads().one(&format!("{SELECT} WHERE w.id = ?"), binds![id]).await
    }

    /// Changes what an address hears from now on. `false` if there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn choose_webhook_events(
        &self,
        id: WebhookId,
        events: &[Told],
        internal: bool,
    ) -> Result<bool> {
        let sql = "UPDATE webhook SET events = ?, internal = ? WHERE id = ?";
        self.change(sql, binds![json(&events), internal, id]).await
    }

    /// Gives it another secret; the one before holds until then. `false` if there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rotate_webhook_secret(&self, id: WebhookId, secret: &str, until: Timestamp) -> Result<bool> {
        let sql = "UPDATE webhook SET old_secret = secret, old_secret_until = ?, secret = ? WHERE id = ?";
        self.change(sql, binds![until, secret, id]).await
    }

    /// Lets it hear nothing more, for a reason. What waits keeps waiting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disable_webhook(&self, id: WebhookId, because: &str, now: Timestamp) -> Result<bool> {
        let sql =
            "UPDATE webhook SET disabled_at = ?, disabled_because = ? WHERE id = ? AND disabled_at IS NULL";
        self.change(sql, binds![now, because, id]).await
    }

    /// Lets it hear again, beginning with what waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enable_webhook(&self, id: WebhookId, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "UPDATE webhook SET disabled_at = NULL, disabled_because = NULL, failing_since = NULL WHERE id = ?";
        let found = tx.execute(sql, binds![id]).await? > 0;
        let sql = "UPDATE webhook_message SET next_try_at = ? WHERE webhook_id = ? AND state = 'pending'";
        tx.execute(sql, binds![now, id]).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// Forgets an address, and every message to it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_webhook(&self, id: WebhookId) -> Result<bool> {
        let tx = self.begin().await?;
        tx.execute("DELETE FROM webhook_message WHERE webhook_id = ?", binds![id]).await?;
        let found = tx.execute("DELETE FROM webhook WHERE id = ?", binds![id]).await? > 0;
        tx.commit().await?;
        Ok(found)
    }

    async fn change(&self, sql: &str, values: Vec<crate::db::Value>) -> Result<bool> {
        let tx = self.begin().await?;
        let found = tx.execute(sql, values).await? > 0;
        tx.commit().await?;
        Ok(found)
    }
}

const SELECT: &str = "SELECT w.*, \
    (SELECT COUNT(*) FROM webhook_message m WHERE m.webhook_id = w.id AND m.state IN ('pending', 'claimed')) AS waiting, \
    (SELECT COUNT(*) FROM webhook_message m WHERE m.webhook_id = w.id AND m.state = 'dead') AS dead FROM webhook w";

impl FromRow for Webhook {
    fn from_row(row: &Row) -> Result<Self> {
        let disabled_at: Option<Timestamp> = row.get("disabled_at")?;
        let because: Option<String> = row.get("disabled_because")?;
        Ok(Self {
            id: row.get("id")?,
            url: row.get("url")?,
            events: row.get::<Json<Vec<Told>>>("events")?.0,
            internal: row.get("internal")?,
            old_secret_until: row.get("old_secret_until")?,
            created_at: row.get("created_at")?,
            failing_since: row.get("failing_since")?,
            disabled: disabled_at.map(|at| (at, because.unwrap_or_default())),
            waiting: row.get("waiting")?,
            dead: row.get("dead")?,
        })
    }
}
