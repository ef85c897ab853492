//! Handing all cases of one of our people to another at once, for a holiday; and giving them back.

use super::file::{self, CaseFile};
use super::{ActFailed, Ledger};
use crate::db::{Store, Tx, binds};
use crate::error::Result;
use crate::scope;
use crate::terms::TermsBook;
use forewarn_domain::case::{Owner, Recorded};
use forewarn_domain::ids::{CaseId, PersonId};
use forewarn_domain::people::Scope;
use forewarn_domain::text::InternalText;
use jiff::Timestamp;

/// All cases of somebody go to somebody else.
#[derive(Debug, Clone)]
pub struct Handover<'a> {
    /// Whose.
    pub from: PersonId,
    /// To whom.
    pub to: PersonId,
    /// Why; each case keeps it.
    pub reason: Option<InternalText>,
    /// The number of the submitted form. The same entry twice moves nothing the second time, and it names the
    /// handover when it is taken back.
    pub entry: &'a str,
}

impl Store {
    /// Hands over every open case of `from` that this person may see, in one transaction. Gives how many moved.
    ///
    /// # Errors
    /// When the database fails; then none has moved.
    pub async fn hand_over_all(
        &self,
        scope: Scope,
        handover: &Handover<'_>,
        now: Timestamp,
    ) -> Result<usize, ActFailed> {
        let tx = self.begin().await?;
        let before = moved_by(&tx, handover.entry).await?;
        if !before.is_empty() {
            return Ok(before.len());
        }
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT k.id FROM cases k WHERE k.owner_id = ? AND k.closed_at IS NULL AND {} ORDER BY k.id",
            visible.sql
        );
        let ids: Vec<(CaseId,)> = tx.all(&sql, [binds![handover.from], visible.values].concat()).await?;
        let ids: Vec<CaseId> = ids.into_iter().map(|(id,)| id).collect();
        let book = TermsBook::load(tx.reads(), now).await?;
        let owner = Owner::Person { person: handover.to };
        let mut ledger = Ledger::new(&tx, now);
        let mut moved = Vec::new();
        for mut file in file::load(tx.reads(), &book, &ids, &scope::cases(scope, now)).await? {
            if file.case.owner == owner {
                continue;
            }
            file.terms = book.terms(&file.customer_terms, Some(handover.to));
            let events = file.case.assign(owner, handover.reason.clone(), now, &file.terms)?;
            moved.push(binds![handover.entry, file.id, file.case.version + 1]);
            ledger.append(&mut file, events, scope.person(), now, None).await?;
        }
        ledger.write().await?;
        let count = moved.len();
        tx.insert_rows("handover", &["entry", "case_id", "seq"], moved).await?;
        tx.commit().await?;
        Ok(count)
    }

    /// Gives back the cases of a handover that are still where it has put them. Gives how many went back.
    ///
    /// # Errors
    /// When the database fails; then none has gone back.
    pub async fn take_back_handover(
        &self,
        scope: Scope,
        entry: &str,
        now: Timestamp,
    ) -> Result<usize, ActFailed> {
        let tx = self.begin().await?;
        let moved = moved_by(&tx, entry).await?;
        let ids: Vec<CaseId> = moved.iter().map(|(case, _)| *case).collect();
        let book = TermsBook::load(tx.reads(), now).await?;
        let mut ledger = Ledger::new(&tx, now);
        let mut back = 0;
        for mut file in file::load(tx.reads(), &book, &ids, &scope::cases(scope, now)).await? {
            let Some(recorded) = handover_of(&file, &moved) else { continue };
            // Given on since, or given back already: then it stays.
            let Ok(events) = file.case.take_back(&recorded, scope, now) else { continue };
            ledger.append(&mut file, events, scope.person(), now, None).await?;
            back += 1;
        }
        ledger.write().await?;
        tx.commit().await?;
        Ok(back)
    }
}

/// The event by which this case was moved.
fn handover_of(file: &CaseFile, moved: &[(CaseId, u32)]) -> Option<Recorded> {
    let (_, seq) = moved.iter().find(|(case, _)| *case == file.id)?;
    file.history.iter().find(|recorded| recorded.seq == *seq).cloned()
}

/// Which cases were moved under this entry, and by which of their events.
async fn moved_by(tx: &Tx, entry: &str) -> Result<Vec<(CaseId, u32)>> {
    let sql = "SELECT case_id, seq FROM handover WHERE entry = ? ORDER BY case_id";
    tx.all(sql, binds![entry]).await
}
