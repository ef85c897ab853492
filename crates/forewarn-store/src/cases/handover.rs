//! Moving cases to another owner, each through [`Case::assign`](forewarn_domain::case::Case::assign).

use super::file;
use super::ledger::Ledger;
use crate::db::{Tx, binds};
use crate::error::Result;
use crate::scope::Condition;
use crate::terms::TermsBook;
use forewarn_domain::case::Owner;
use forewarn_domain::ids::{CaseId, CustomerId, PersonId};
use forewarn_domain::text::InternalText;
use jiff::Timestamp;

/// Which open cases of a customer move with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that lie in an inbox: whoever has one keeps it.
    Inbox,
    /// Those of one person.
    OwnedBy(PersonId),
    /// All.
    All,
}

/// Gives all open cases of a customer to another owner, since the reports name another.
pub(crate) async fn assign_cases(
    tx: &Tx,
    book: &TermsBook,
    customer: CustomerId,
    owner: Owner,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<()> {
    let reason = "the reports name another owner";
    hand_over(tx, book, &[(customer, owner)], Which::All, reason, by, now).await?;
    Ok(())
}

/// Hands the open cases of these customers to their new owners; gives how many moved.
pub(crate) async fn hand_over(
    tx: &Tx,
    book: &TermsBook,
    customers: &[(CustomerId, Owner)],
    which: Which,
    reason: &str,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<usize> {
    let everything = Condition { sql: "1 = 1".to_owned(), values: Vec::new() };
    let which = match which {
        Which::Inbox => " AND owner_id IS NULL".to_owned(),
        Which::OwnedBy(person) => format!(" AND owner_id = {person}"),
        Which::All => String::new(),
    };
    let sql = format!("SELECT id FROM cases WHERE customer_id = ? AND closed_at IS NULL{which} ORDER BY id");
    let mut ledger = Ledger::new(tx, now);
    let mut moved = 0;
    for (customer, owner) in customers {
        let ids: Vec<(CaseId,)> = tx.all(&sql, binds![*customer]).await?;
        let ids: Vec<CaseId> = ids.into_iter().map(|(id,)| id).collect();
        for mut file in file::load(tx.reads(), book, &ids, &everything).await? {
            let person = match owner {
                Owner::Person { person } => Some(*person),
                Owner::Inbox { .. } => None,
            };
            if file.case.owner == *owner {
                continue;
            }
            file.terms = book.terms(&file.customer_terms, person);
            let assigned = file.case.assign(*owner, InternalText::new(reason), now, &file.terms);
            // Refused only if closed, and the query left those out.
            if let Ok(events) = assigned {
                moved += usize::from(!events.is_empty());
                ledger.append(&mut file, events, by, now, None).await?;
            }
        }
    }
    ledger.write().await?;
    Ok(moved)
}
