//! Messages in the hands of whoever tries them.

use crate::db::{FromRow, Row, Store, Tx, binds};
use crate::error::Result;
use crate::notices::{self, NewNotice};
use crate::terms::TermsBook;
use forewarn_domain::ids::{PersonId, WebhookId, WebhookMessageId};
use forewarn_domain::notice::NoticeKind;
use jiff::{SignedDuration, Timestamp};

/// An address where nothing has got through for so long hears nothing more.
const FAILS_FOR: SignedDuration = SignedDuration::from_hours(5 * 24);

/// A message to be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedMessage {
    /// Its number.
    pub id: WebhookMessageId,
    /// To which address of ours.
    pub webhook: WebhookId,
    /// Where it goes.
    pub url: String,
    /// What it is signed with: the secret, and the one before while it still holds.
    pub secrets: Vec<String>,
    /// Its id on every try.
    pub message_id: String,
    /// What is sent.
    pub payload: String,
    /// Which try this is: 1 for the first.
    pub attempt: u32,
}

/// What the other side said, or what went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// The beginning of its words, or what went wrong.
    pub words: String,
}

impl Store {
    /// Takes up to `limit` messages that are due, for as long as `lease`; those whose time ran out in other hands are
    /// among them. What goes to a disabled address waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_webhook_messages(
        &self,
        token: &str,
        now: Timestamp,
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<ClaimedMessage>> {
        // A look that costs nothing, so that an idle job writes nothing.
        let due = "SELECT m.id FROM webhook_message m JOIN webhook w ON w.id = m.webhook_id \
                   WHERE w.disabled_at IS NULL AND ((m.state = 'pending' AND m.next_try_at <= ?) \
                   OR (m.state = 'claimed' AND m.lease_until <= ?)) LIMIT 1";
        if self.reads().one::<(WebhookMessageId,)>(due, binds![now, now]).await?.is_none() {
            return Ok(Vec::new());
        }
        let tx = self.begin().await?;
        let lapsed = "UPDATE webhook_message SET state = 'pending', token = NULL, lease_until = NULL \
                      WHERE state = 'claimed' AND lease_until <= ?";
        tx.execute(lapsed, binds![now]).await?;
        let claim = format!(
            "UPDATE webhook_message SET state = 'claimed', token = ?, lease_until = ?, attempts = attempts + 1 \
             WHERE id IN (SELECT id FROM webhook_message WHERE state = 'pending' AND next_try_at <= ? \
             AND webhook_id IN (SELECT id FROM webhook WHERE disabled_at IS NULL) \
             ORDER BY next_try_at, id LIMIT {limit}{})",
            tx.engine().skip_locked()
        );
        tx.execute(&claim, binds![token, now + lease, now]).await?;
        let sql = "SELECT m.id, m.webhook_id, m.message_id, m.payload, m.attempts, w.url, w.secret, \
                   CASE WHEN w.old_secret_until > ? THEN w.old_secret END AS old_secret \
                   FROM webhook_message m JOIN webhook w ON w.id = m.webhook_id \
                   WHERE m.token = ? AND m.state = 'claimed' ORDER BY m.id";
        let claimed = tx.all(sql, binds![now, token]).await?;
        tx.commit_quietly().await?;
        Ok(claimed)
    }

    /// Takes over what another run had in its hands: where there is only one program, that run is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release_webhook_messages(&self) -> Result<u64> {
        let tx = self.begin().await?;
        let sql = "UPDATE webhook_message SET state = 'pending', token = NULL, lease_until = NULL WHERE state = 'claimed'";
        let released = tx.execute(sql, binds![]).await?;
        tx.commit_quietly().await?;
        Ok(released)
    }

    /// A message got through. `false` if it was no longer ours.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn webhook_delivered(
        &self,
        message: &ClaimedMessage,
        token: &str,
        answer: &Answered,
        now: Timestamp,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "UPDATE webhook_message SET state = 'delivered', status = ?, answer = ?, ended_at = ?, token = NULL, \
                   lease_until = NULL WHERE id = ? AND token = ? AND state = 'claimed'";
        let status = answer.status.map(i32::from);
        let ours = tx.execute(sql, binds![status, &answer.words, now, message.id, token]).await? > 0;
        let sql = "UPDATE webhook SET failing_since = NULL WHERE id = ? AND failing_since IS NOT NULL";
        tx.execute(sql, binds![message.webhook]).await?;
        tx.commit().await?;
        Ok(ours)
    }

    /// A message did not get through: it is tried again at `retry_at`, or given up. An address where nothing has got
    /// through for days, or that says itself that it is `gone`, hears nothing more, and admins get a notice. `false` if it was
    /// no longer ours.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn webhook_failed(
        &self,
        message: &ClaimedMessage,
        token: &str,
        answer: &Answered,
        retry_at: Option<Timestamp>,
        gone: bool,
        now: Timestamp,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "UPDATE webhook_message SET state = ?, next_try_at = COALESCE(?, next_try_at), status = ?, answer = ?, \
                   ended_at = ?, token = NULL, lease_until = NULL WHERE id = ? AND token = ? AND state = 'claimed'";
        let (state, ended_at) = if retry_at.is_some() { ("pending", None) } else { ("dead", Some(now)) };
        let status = answer.status.map(i32::from);
        let values = binds![state, retry_at, status, &answer.words, ended_at, message.id, token];
        if tx.execute(sql, values).await? == 0 {
            return Ok(false);
        }
        let sql = "UPDATE webhook SET failing_since = COALESCE(failing_since, ?) WHERE id = ? \
                   AND disabled_at IS NULL RETURNING failing_since";
        let since: Option<(Timestamp,)> = tx.one(sql, binds![now, message.webhook]).await?;
        let for_days = since.is_some_and(|(since,)| now.duration_since(since) >= FAILS_FOR);
        if since.is_some() && (gone || for_days) {
            let because =
                if gone { "It says that it is gone (410)." } else { "Nothing got through for five days." };
            disable(&tx, message, because, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

async fn disable(tx: &Tx, message: &ClaimedMessage, because: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE webhook SET disabled_at = ?, disabled_because = ? WHERE id = ?";
    tx.execute(sql, binds![now, because, message.webhook]).await?;
    let admins: Vec<(PersonId,)> =
        tx.all("SELECT id FROM person WHERE role = 'admin' AND disabled_at IS NULL", binds![]).await?;
    let notice = |person: PersonId| NewNotice {
        key: format!("webhook/{}/{}/{person}", message.webhook, now.as_second()),
        person,
        case: None,
        kind: NoticeKind::Webhook,
        subject: "A webhook was disabled".to_owned(),
        words: format!(
            "The other program at webhook {} hears nothing more. {because} Look under Settings, Webhooks: once it works \
             again, enable it and replay what was given up.",
            message.webhook
        ),
        why: None,
        hot: false,
    };
    let notices = admins.into_iter().map(|(person,)| notice(person)).collect();
    let book = TermsBook::load(tx.reads(), now).await?;
    notices::post(tx, &book, notices, now).await?;
    Ok(())
}

impl FromRow for ClaimedMessage {
    fn from_row(row: &Row) -> Result<Self> {
        let (secret, old): (String, Option<String>) = (row.get("secret")?, row.get("old_secret")?);
        Ok(Self {
            id: row.get("id")?,
            webhook: row.get("webhook_id")?,
            url: row.get("url")?,
            secrets: std::iter::once(secret).chain(old).collect(),
            message_id: row.get("message_id")?,
            payload: row.get("payload")?,
            attempt: row.get("attempts")?,
        })
    }
}
