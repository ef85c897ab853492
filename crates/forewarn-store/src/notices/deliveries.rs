//! Notices on their way over mail and chat: tried until done, at least once.
//!
//! A delivery is *pending*, then *claimed* for a while by whoever tries it, then *sent*, or pending again, or
//! *given up*; it is *dropped* when there is nothing left to do before it has left. A claim whose time has
//! run out is pending again: whoever held it may be dead.

use super::links;
use crate::db::{FromRow, Row, Store, Tx, Value, Word, binds, marks};
use crate::error::{Result, StoreError};
use crate::recompute::{self, Whose};
use forewarn_domain::escalation::Because;
use forewarn_domain::ids::{CaseId, DeliveryId, NoticeId, PersonId};
use forewarn_domain::notice::{ChatTarget, NoticeKind};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// What nobody has tried for so long is out of date.
const OUT_OF_DATE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A notice to be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedDelivery {
    /// Its number.
    pub id: DeliveryId,
    /// Proves that it is ours: goes into the answer.
    pub token: String,
    /// Which notice.
    pub notice: NoticeId,
    /// Which case it is about.
    pub case: Option<CaseId>,
    /// What it is about.
    pub kind: NoticeKind,
    /// Over which way, and where to.
    pub channel: DeliveryChannel,
    /// The recipient's name.
    pub name: String,
    /// One line.
    pub subject: String,
    /// A few plain sentences, with the reason why it comes to this person.
    pub body: String,
    /// The path of the page that shows it and lets one act: `/n/…`.
    pub link: String,
    /// Which try this is: 1 for the first.
    pub attempt: u32,
}

/// The way a notice travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryChannel {
    /// Mail to this address.
    Mail(String),
    /// A message in a chat.
    Chat(ChatTarget),
}

impl Store {
    /// Takes up to `limit` deliveries that are due, for as long as `lease`; those whose time ran out in other
    /// hands are among them. With `mail` or `chat` false, those wait. `fresh` makes numbers that nobody can guess.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_deliveries(
        &self,
        (mail, chat): (bool, bool),
        now: Timestamp,
        lease: SignedDuration,
        limit: u32,
        fresh: &(dyn Fn() -> Uuid + Send + Sync),
    ) -> Result<Vec<ClaimedDelivery>> {
        if !self.may_deliver(now).await? {
            return Ok(Vec::new());
        }
        let tx = self.begin().await?;
        let lapsed = "UPDATE notice_delivery SET state = 'pending', token = NULL, lease_until = NULL \
                      WHERE state = 'claimed' AND lease_until <= ?";
        tx.execute(lapsed, binds![now]).await?;
        let forgotten = "UPDATE notice_delivery SET state = 'given-up', error = 'out of date' \
                         WHERE state = 'pending' AND attempts = 0 AND next_try_at <= ?";
        tx.execute(forgotten, binds![now - OUT_OF_DATE]).await?;
        let claim = format!(
            "UPDATE notice_delivery SET state = 'claimed', token = ?, lease_until = ?, attempts = attempts + 1 \
             WHERE id IN (SELECT id FROM notice_delivery WHERE state = 'pending' AND next_try_at <= ? \
             AND ((channel = 'mail' AND ?) OR (channel = 'chat' AND ?)) ORDER BY next_try_at, id LIMIT {limit}{}) \
             RETURNING id",
            tx.engine().skip_locked()
        );
        let token = fresh().simple().to_string();
        let values = binds![&token, now + lease, now, mail, chat];
        let ids: Vec<(DeliveryId,)> = tx.all(&claim, values).await?;
        let claimed = claimed(&tx, &ids, &token, fresh).await?;
        let made: Vec<(String, NoticeId)> = claimed
            .iter()
            .map(|delivery| (delivery.link.trim_start_matches("/n/").to_owned(), delivery.notice))
            .collect();
        links::add(&tx, &made, now).await?;
        tx.commit_quietly().await?;
        Ok(claimed)
    }

    /// A delivery has arrived where it was to. `false` if it was no longer ours.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delivery_sent(&self, id: DeliveryId, token: &str, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "UPDATE notice_delivery SET state = 'sent', sent_at = ?, token = NULL, lease_until = NULL, \
                   error = NULL WHERE id = ? AND token = ? AND state = 'claimed' RETURNING channel, target";
        let Some((channel, target)) = tx.one::<(String, String)>(sql, binds![now, id, token]).await? else {
            return Ok(false);
        };
        if channel == "mail" {
            let sql = "UPDATE person SET mail_trouble_at = NULL, mail_trouble = NULL \
                       WHERE email = ? AND mail_trouble_at IS NOT NULL";
            tx.execute(sql, binds![target]).await?;
        }
        tx.commit_quietly().await?;
        Ok(true)
    }

    /// A delivery has failed: it is tried again at `retry_at`, or given up. Whoever's mail is given up counts as
    /// out of reach from then on. `false` if it was no longer ours.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delivery_failed(
        &self,
        id: DeliveryId,
        token: &str,
        error: &str,
        retry_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "UPDATE notice_delivery SET state = ?, next_try_at = COALESCE(?, next_try_at), error = ?, \
                   token = NULL, lease_until = NULL WHERE id = ? AND token = ? AND state = 'claimed' \
                   RETURNING channel, target";
        let state = if retry_at.is_some() { "pending" } else { "given-up" };
        let values = binds![state, retry_at, error, id, token];
        let Some((channel, target)) = tx.one::<(String, String)>(sql, values).await? else {
            return Ok(false);
        };
        if retry_at.is_none() && channel == "mail" {
            note_trouble(&tx, &target, error, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// A mail to one of our own people came back. Steps that went to them pass on to whoever is next.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mail_came_back(&self, email: &str, error: &str, now: Timestamp) -> Result<()> {
        let tx = self.begin().await?;
        note_trouble(&tx, &email.trim().to_lowercase(), error, now).await?;
        tx.commit().await
    }

    /// A look that costs nothing, so that an idle job writes nothing.
    async fn may_deliver(&self, now: Timestamp) -> Result<bool> {
        let sql = "SELECT id FROM notice_delivery WHERE state = 'pending' AND next_try_at <= ? \
                   UNION ALL SELECT id FROM notice_delivery WHERE state = 'claimed' AND lease_until <= ? LIMIT 1";
        Ok(self.reads().one::<(DeliveryId,)>(sql, binds![now, now]).await?.is_some())
    }
}

async fn note_trouble(tx: &Tx, email: &str, error: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE person SET mail_trouble_at = ?, mail_trouble = ? \
               WHERE email = ? AND mail_trouble_at IS NULL RETURNING id";
    for (person,) in tx.all::<(PersonId,)>(sql, binds![now, error, email]).await? {
        recompute::ask(tx, Whose::Person(person), Because::MailComesBack { person }).await?;
    }
    Ok(())
}

async fn claimed(
    tx: &Tx,
    ids: &[(DeliveryId,)],
    token: &str,
    fresh: &(dyn Fn() -> Uuid + Send + Sync),
) -> Result<Vec<ClaimedDelivery>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT d.id, d.token, d.notice_id, d.channel, d.target, d.attempts, n.case_id, n.kind, n.subject, n.words, \
         n.why, p.name FROM notice_delivery d JOIN notice n ON n.id = d.notice_id \
         JOIN person p ON p.id = n.person_id WHERE d.token = ? AND d.id IN ({}) ORDER BY d.next_try_at, d.id",
        marks(ids.len())
    );
    let numbers = ids.iter().flat_map(|(id,)| binds![*id]);
    let values: Vec<Value> = binds![token].into_iter().chain(numbers).collect();
    let mut claimed: Vec<ClaimedDelivery> = tx.all(&sql, values).await?;
    for delivery in &mut claimed {
        delivery.link = format!("/n/{}{}", fresh().simple(), fresh().simple());
    }
    Ok(claimed)
}

impl FromRow for ClaimedDelivery {
    fn from_row(row: &Row) -> Result<Self> {
        let (channel, target): (String, String) = (row.get("channel")?, row.get("target")?);
        let channel = match channel.as_str() {
            "chat" => DeliveryChannel::Chat(serde_json::from_str(&target).map_err(|_| {
                StoreError::Unreadable { column: "target".to_owned(), found: "no chat target".to_owned() }
            })?),
            _ => DeliveryChannel::Mail(target),
        };
        let (words, why): (String, Option<String>) = (row.get("words")?, row.get("why")?);
        Ok(Self {
            id: row.get("id")?,
            token: row.get("token")?,
            notice: row.get("notice_id")?,
            case: row.get("case_id")?,
            kind: row.get::<Word<NoticeKind>>("kind")?.0,
            channel,
            name: row.get("name")?,
            subject: row.get("subject")?,
            body: why.map_or(words.clone(), |why| format!("{words}\n\n{why}")),
            link: String::new(),
            attempt: row.get("attempts")?,
        })
    }
}
