//! Giving the open cases of a customer to somebody.

use super::file;
use super::ledger::Ledger;
use crate::db::{Tx, binds};
use crate::error::Result;
use crate::scope::Condition;
use crate::terms::TermsBook;
use forewarn_domain::case::Owner;
use forewarn_domain::ids::{CaseId, CustomerId, PersonId};
use jiff::Timestamp;

/// Gives all open cases of a customer to `owner`; those that are there already stay as they are.
pub(crate) async fn assign_cases(
    tx: &Tx,
    book: &TermsBook,
    customer: CustomerId,
    owner: Owner,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<()> {
    let sql = "SELECT id FROM cases WHERE customer_id = ? AND closed_at IS NULL ORDER BY id";
    let open: Vec<(CaseId,)> = tx.all(sql, binds![customer]).await?;
    let ids: Vec<CaseId> = open.into_iter().map(|(id,)| id).collect();
    let everything = Condition { sql: "1 = 1".to_owned(), values: Vec::new() };
    let mut ledger = Ledger::new(tx, now);
    for mut file in file::load(tx.reads(), book, &ids, &everything).await? {
        if file.case.owner == owner {
            continue;
        }
        // A case that is open can be assigned; there is nothing to refuse.
        let events = file.case.assign(owner, None, now, &file.terms).unwrap_or_default();
        ledger.append(&mut file, events, by, now, None).await?;
    }
    ledger.write().await
}
