//! The record of what we knew and told, and the proof that nobody has rewritten it.
//!
//! Every event carries a hash over itself and the event before it in its case ([`chain`]). Whoever changes, drops or
//! slips in an event breaks the chain behind it. Whoever is able to compute the whole chain anew is found out by
//! a head that was exported before: see [`heads`]. What the chain says is compared with the tables around it
//! ([`outside`]), and whether the database still refuses to change it ([`guards`]).

mod broken;
pub(crate) mod chain;
mod erased;
mod filling;
mod guards;
mod heads;
mod one_case;
mod outside;
mod verifying;

pub use broken::{Broken, Wrong};
pub(crate) use chain::Link;
pub(crate) use filling::bind_what_is_there;
pub use heads::Head;
pub use one_case::CaseProof;
pub use verifying::{Erasure, Verified};

use crate::db::{FromRow, Row, Store, binds};
use crate::error::Result;
use forewarn_domain::ids::{CaseId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An event as it is stored, for exports: the text of the event is not read, so that its hash can be computed
/// again by anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredEvent {
    /// In which case.
    pub case: i64,
    /// Its place there, from 1.
    pub seq: u32,
    /// When it happened: microseconds since 1970, UTC.
    pub happened_at: i64,
    /// When it was recorded: microseconds since 1970, UTC.
    pub recorded_at: i64,
    /// Who did it; `None` for the program.
    pub person: Option<i64>,
    /// What sort of event.
    pub kind: String,
    /// The number of the form that was submitted, if one was.
    pub entry: Option<String>,
    /// The event, as JSON text.
    pub event: String,
    /// Where personal data was erased from that text: the hash of what was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<String>,
    /// The hash over it and all before it in its case.
    pub chain: String,
}

impl StoredEvent {
    /// The hash of the text that was recorded, whatever of it was erased since.
    pub fn text_hash(&self) -> String {
        self.erased.clone().unwrap_or_else(|| chain::sum(self.event.as_bytes()))
    }

    /// Whether this is still the record that `other` was before; all that may have come in between is an erasure.
    pub fn is_record_of(&self, other: &Self) -> bool {
        let erased_since = self.erased.is_some() && self.event != other.event;
        let bare =
            |event: &Self| Self { event: String::new(), erased: Some(event.text_hash()), ..event.clone() };
        bare(self) == bare(other) && (!erased_since || erased::only_erased(&other.event, &self.event))
    }

    /// The hash that it must have after an event whose hash is `before`; `None` at the beginning of a case.
    /// Empty if one of its moments is none.
    pub fn chain_after(&self, before: Option<&str>) -> String {
        let case = CaseId(self.case);
        let (Ok(happened_at), Ok(recorded_at)) =
            (Timestamp::from_microsecond(self.happened_at), Timestamp::from_microsecond(self.recorded_at))
        else {
            return String::new();
        };
        let link = Link {
            case,
            seq: self.seq,
            happened_at,
            recorded_at,
            person: self.person.map(PersonId),
            kind: &self.kind,
            entry: self.entry.as_deref(),
            text_hash: &self.text_hash(),
        };
        before.map_or_else(|| link.after(&chain::beginning(case)), |before| link.after(before))
    }
}

impl Store {
    /// At most `limit` events behind `after`, a case and a place in it, in the order of cases.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stored_events(&self, after: (CaseId, u32), limit: u32) -> Result<Vec<StoredEvent>> {
        let (case, seq) = after;
        self.reads().all(PAGE, binds![case, case, seq, limit]).await
    }
}

/// The columns of an event, a page at a time.
const PAGE: &str = "SELECT case_id, seq, happened_at, recorded_at, person_id, kind, entry, event, erased_hash, chain \
                    FROM case_event WHERE case_id > ? OR (case_id = ? AND seq > ?) \
                    ORDER BY case_id, seq LIMIT ?";

impl FromRow for StoredEvent {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            case: row.get("case_id")?,
            seq: row.get("seq")?,
            happened_at: row.get("happened_at")?,
            recorded_at: row.get("recorded_at")?,
            person: row.get("person_id")?,
            kind: row.get("kind")?,
            entry: row.get("entry")?,
            event: row.get("event")?,
            erased: row.get("erased_hash")?,
            chain: row.get::<Option<String>>("chain")?.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod any_change;
#[cfg(test)]
mod forgeries;
#[cfg(test)]
mod tests;
