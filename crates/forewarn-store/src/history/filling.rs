//! Binding the events of a database that is older than the chain.

use super::StoredEvent;
use crate::db::{Engine, FromRow as _, Row, binds};
use sea_orm::{ConnectionTrait, DbErr};

/// The columns that were there before anything could be erased, a page at a time.
const PAGE: &str = "SELECT case_id, seq, happened_at, recorded_at, person_id, kind, entry, event, \
                    CAST(NULL AS TEXT) AS erased_hash, chain FROM case_event \
                    WHERE case_id > ? OR (case_id = ? AND seq > ?) ORDER BY case_id, seq LIMIT ?";

/// Computes the hash of every event that is there. Part of a migration: nothing else writes meanwhile.
pub(crate) async fn bind_what_is_there(engine: Engine, on: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut last: Option<StoredEvent> = None;
    loop {
        let (case, seq) = last.as_ref().map_or((0, 0), |event| (event.case, event.seq));
        let page = on.query_all_raw(engine.statement(PAGE, binds![case, case, seq, 1_000])).await?;
        if page.is_empty() {
            return Ok(());
        }
        for row in page {
            let event = StoredEvent::from_row(&Row(row)).map_err(|error| DbErr::Custom(error.to_string()))?;
            let before = last.as_ref().filter(|last| last.case == event.case);
            let chain = event.chain_after(before.map(|before| before.chain.as_str()));
            let sql = "UPDATE case_event SET chain = ? WHERE case_id = ? AND seq = ?";
            on.execute_raw(engine.statement(sql, binds![&chain, event.case, event.seq])).await?;
            last = Some(StoredEvent { chain, ..event });
        }
    }
}
