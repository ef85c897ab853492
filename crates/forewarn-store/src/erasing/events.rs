//! Erasing somebody from the history of cases, in a way that everybody can see.

use super::finding::Place;
use crate::cases::{Ledger, load_files};
use crate::db::{Tx, binds};
use crate::error::{Result, StoreError};
use crate::history::chain;
use crate::terms::TermsBook;
use forewarn_domain::case::{CaseEvent, ErasedText};
use forewarn_domain::ids::{CaseId, PersonId};
use forewarn_domain::text::InternalText;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Where the events are.
pub(super) const TABLE: &str = "case_event";

/// Overwrites what the events say, keeps the hash of what they said, and records in each case that it was done. Gives
/// the number of cases.
pub(super) async fn erase(
    tx: &Tx,
    places: &[Place],
    erasure: i64,
    because: &InternalText,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<u64> {
    let mut erased: BTreeMap<CaseId, Vec<ErasedText>> = BTreeMap::new();
    for place in places.iter().filter(|place| place.table == TABLE) {
        let event = place.found.iter().find(|found| found.column == "event");
        let (Some(case), Some(seq), Some(event)) = (place.case, place.seq, event) else { continue };
        // An event that can't be read any more would take its case with it.
        if serde_json::from_str::<CaseEvent>(&event.erased).is_err() {
            return Err(StoreError::Unreadable { column: "event".to_owned(), found: format!("event {seq}") });
        }
        let sql = "UPDATE case_event SET event = ?, erased_hash = COALESCE(erased_hash, ?), erasure_id = ? \
                   WHERE case_id = ? AND seq = ?";
        let said = chain::sum(event.text.as_bytes());
        tx.execute(sql, binds![&event.erased, said, erasure, case, seq]).await?;
        let text = ErasedText {
            seq: u32::try_from(seq).unwrap_or_default(),
            now: chain::sum(event.erased.as_bytes()),
        };
        erased.entry(CaseId(case)).or_default().push(text);
    }
    let ids: Vec<CaseId> = erased.keys().copied().collect();
    let book = TermsBook::load(tx.reads(), now).await?;
    let mut ledger = Ledger::new(tx, now);
    for mut file in load_files(tx.reads(), &book, &ids).await? {
        let mut events = erased.remove(&file.id).unwrap_or_default();
        events.sort_by_key(|text| text.seq);
        let event = CaseEvent::Erased { events, because: because.clone() };
        ledger.append(&mut file, vec![event], by, now, None).await?;
    }
    ledger.write().await?;
    Ok(ids.len() as u64)
}
