//! Absences that begin or end by now.

use crate::absences;
use crate::db::{Store, binds};
use crate::error::Result;
use forewarn_domain::ids::AbsenceId;
use jiff::Timestamp;

/// Has the clocks of those concerned set anew. A tick without any writes nothing.
pub(super) async fn begin_and_end(store: &Store, now: Timestamp) -> Result<()> {
    let due = store.reads().one::<(AbsenceId,)>(absences::DUE, binds![now, now]).await?;
    if due.is_some() {
        let tx = store.begin().await?;
        absences::begin_and_end(&tx, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
