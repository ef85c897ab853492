//! A letter with its case, both locked in that order, so that no two transactions wait for each other.

use super::{LETTER, Letter};
use crate::cases::{Act, ActFailed, CaseFile, locked};
use crate::db::{Reads, Tx, binds};
use crate::error::Result;
use forewarn_domain::ids::{CaseId, LetterId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// A letter, whoever asks.
pub(super) async fn letter(reads: Reads<'_>, id: LetterId) -> Result<Option<Letter>> {
    let sql = format!(
        "SELECT {LETTER} FROM letter l LEFT JOIN person a ON a.id = l.approved_by WHERE l.id = ?{}",
        reads.for_update("l")
    );
    reads.one(&sql, binds![id]).await
}

/// The letter that a person acts on, with its case; they must be allowed to see it.
pub(super) async fn of_person(tx: &Tx, act: Act<'_>, id: LetterId) -> Result<(CaseFile, Letter), ActFailed> {
    let of_case = with_case(tx, act.scope, id, act.now).await?;
    of_case.ok_or(ActFailed::NotFound)
}

/// The letter with its case, as far as `scope` may see it.
pub(super) async fn with_case(
    tx: &Tx,
    scope: Scope,
    id: LetterId,
    now: Timestamp,
) -> Result<Option<(CaseFile, Letter)>> {
    let sql = "SELECT case_id FROM letter WHERE id = ?";
    let Some((case,)) = tx.one::<(CaseId,)>(sql, binds![id]).await? else { return Ok(None) };
    let Some(file) = locked(tx, scope, case, now).await? else { return Ok(None) };
    Ok(letter(tx.reads(), id).await?.map(|letter| (file, letter)))
}
