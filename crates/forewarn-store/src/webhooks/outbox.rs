//! Messages, written with the events that they tell.

use super::payload;
use crate::cases::CaseFile;
use crate::db::{FromRow, Json, Row, Tx, Value, binds, marks};
use crate::error::Result;
use forewarn_domain::case::Recorded;
use forewarn_domain::ids::{CaseId, CustomerId, WebhookId};
use forewarn_domain::webhook::Told;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be told of a transaction. Empty where nobody listens.
pub(crate) struct Outbox {
    hooks: Vec<Hook>,
    noted: Vec<Noted>,
}

/// Who listens to what.
struct Hook {
    id: WebhookId,
    events: Vec<Told>,
    internal: bool,
}

/// An event that somebody wants to hear of.
struct Noted {
    case: CaseId,
    customer: CustomerId,
    seq: u32,
    at: Timestamp,
    told: Told,
    plain: serde_json::Value,
    /// With internal words, if anybody hears those.
    internal: Option<serde_json::Value>,
}

impl Outbox {
    /// Asks who listens.
    pub(crate) async fn open(tx: &Tx) -> Result<Self> {
        let sql = "SELECT id, events, internal FROM webhook WHERE disabled_at IS NULL ORDER BY id";
        Ok(Self { hooks: tx.all(sql, binds![]).await?, noted: Vec::new() })
    }

    /// Notes what of this somebody wants to hear.
    pub(crate) fn note(&mut self, file: &CaseFile, new: &[Recorded]) {
        for recorded in new {
            let Some(told) = Told::of(&recorded.event) else { continue };
            let mut hears = self.hooks.iter().filter(|hook| hook.events.contains(&told)).peekable();
            if hears.peek().is_none() {
                continue;
            }
            let internal = hears.any(|hook| hook.internal);
            self.noted.push(Noted {
                case: file.id,
                customer: file.customer,
                seq: recorded.seq,
                at: recorded.at,
                told,
                plain: payload::data(&file.case, &recorded.event, false),
                internal: internal.then(|| payload::data(&file.case, &recorded.event, true)),
            });
        }
    }

    /// Writes a message for each who listens.
    pub(crate) async fn write(self, tx: &Tx, now: Timestamp) -> Result<()> {
        const MESSAGE: [&str; 7] =
            ["webhook_id", "message_id", "case_id", "told", "payload", "created_at", "next_try_at"];
        if self.noted.is_empty() {
            return Ok(());
        }
        let names = names(tx, &self.noted).await?;
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for noted in &self.noted {
            let customer = names.get(&noted.customer).map_or("", String::as_str);
            for hook in self.hooks.iter().filter(|hook| hook.events.contains(&noted.told)) {
                let data = noted.internal.as_ref().filter(|_| hook.internal).unwrap_or(&noted.plain);
                let about = payload::About { case: noted.case, seq: noted.seq, id: noted.customer, customer };
                let body = payload::body(noted.told, noted.at, Some(&about), data);
                let id = format!("evt_{}_{}", noted.case, noted.seq);
                rows.push(binds![hook.id, id, noted.case, noted.told.name(), body, now, now]);
            }
        }
        tx.insert_rows("webhook_message", &MESSAGE, rows).await?;
        Ok(())
    }
}

async fn names(tx: &Tx, noted: &[Noted]) -> Result<BTreeMap<CustomerId, String>> {
    let ids: BTreeSet<CustomerId> = noted.iter().map(|noted| noted.customer).collect();
    let ids: Vec<CustomerId> = ids.into_iter().collect();
    let mut names = BTreeMap::new();
    for ids in ids.chunks(400) {
        let sql = format!("SELECT id, name FROM customer WHERE id IN ({})", marks(ids.len()));
        names.extend(
            tx.all::<(CustomerId, String)>(&sql, ids.iter().flat_map(|id| binds![*id]).collect()).await?,
        );
    }
    Ok(names)
}

impl FromRow for Hook {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            events: row.get::<Json<Vec<Told>>>("events")?.0,
            internal: row.get("internal")?,
        })
    }
}
