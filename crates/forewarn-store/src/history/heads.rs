//! Heads: one hash a day over all that was recorded since the head before, so that a whole history can be held
//! against a line that somebody has put away.
//!
//! `head(n) = SHA-256(head(n-1), a line "case seq chain" for each event recorded since, by case and seq)`. The first
//! head follows nothing. An event belongs to the first head that reaches to its `recorded_at`.

use super::StoredEvent;
use super::chain::hex;
use crate::db::{FromRow, Row, Store, binds};
use crate::error::Result;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A hash over everything that was recorded until a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// What was recorded until then is in it.
    pub until: Timestamp,
    /// When it was made.
    pub made_at: Timestamp,
    /// How many events it adds to the head before.
    pub events: u64,
    /// The hash, as hexadecimal digits.
    pub head: String,
}

/// What is recorded now may still be under way in a transaction that began before.
pub(super) const SETTLED_AFTER: SignedDuration = SignedDuration::from_hours(1);

impl Store {
    /// Sums up what was recorded since the last head and is an hour old by `now`. `None` where nothing was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_head(&self, now: Timestamp) -> Result<Option<Head>> {
        let until = now.saturating_sub(SETTLED_AFTER).unwrap_or(Timestamp::MIN);
        let tx = self.begin().await?;
        let last = tx.one::<Head>(&format!("{SELECT} ORDER BY until_at DESC LIMIT 1"), binds![]).await?;
        let since = last.as_ref().map_or(Timestamp::MIN, |last| last.until);
        if since >= until {
            return Ok(None);
        }
        let mut sum = Sum::after(last.as_ref());
        let (mut case, mut seq) = (0, 0);
        loop {
            let page: Vec<StoredEvent> =
                tx.all(BETWEEN, binds![since, until, case, case, seq, 5_000]).await?;
            let Some(end) = page.last() else { break };
            (case, seq) = (end.case, end.seq);
            page.iter().for_each(|event| sum.add(event));
        }
        if sum.events == 0 {
            return Ok(None);
        }
        let head = Head { until, made_at: now, events: sum.events, head: sum.head() };
        let sql = "INSERT INTO history_head (until_at, made_at, events, head) VALUES (?, ?, ?, ?) \
                   ON CONFLICT (until_at) DO NOTHING";
        let events = i64::try_from(head.events).unwrap_or(i64::MAX);
        tx.execute(sql, binds![head.until, head.made_at, events, &head.head]).await?;
        tx.commit_quietly().await?;
        Ok(Some(head))
    }

    /// All heads, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn heads(&self) -> Result<Vec<Head>> {
        self.reads().all(&format!("{SELECT} ORDER BY until_at"), binds![]).await
    }
}

/// A head in the making.
pub(super) struct Sum {
    sha: Sha256,
    pub(super) events: u64,
}

impl Sum {
    pub(super) fn after(head: Option<&Head>) -> Self {
        let mut sha = Sha256::new();
        sha.update(head.map_or("", |head| head.head.as_str()));
        Self { sha, events: 0 }
    }

    pub(super) fn add(&mut self, StoredEvent { case, seq, chain, .. }: &StoredEvent) {
        self.sha.update(format!("{case} {seq} {chain}\n"));
        self.events += 1;
    }

    pub(super) fn head(self) -> String {
        hex(&self.sha.finalize())
    }
}

const SELECT: &str = "SELECT until_at, made_at, events, head FROM history_head";

const BETWEEN: &str = "SELECT case_id, seq, happened_at, recorded_at, person_id, kind, entry, event, erased_hash, chain \
                       FROM case_event WHERE recorded_at > ? AND recorded_at <= ? \
                       AND (case_id > ? OR (case_id = ? AND seq > ?)) ORDER BY case_id, seq LIMIT ?";

impl FromRow for Head {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            until: row.get("until_at")?,
            made_at: row.get("made_at")?,
            events: row.get::<i64>("events")?.try_into().unwrap_or(0),
            head: row.get("head")?,
        })
    }
}
