//! What is owed, and what time alone does to a case.
//!
//! Level-triggered: a tick looks for everything that is due by now, however long nobody looked, and settles
//! each case in a transaction of its own. Two servers that tick at once do nothing twice.

use crate::cases::{Ledger, locked};
use crate::db::{FromRow, Row, Store, Word, binds};
use crate::error::Result;
use crate::scope;
use forewarn_domain::case::{CaseEvent, ObligationKind};
use forewarn_domain::ids::{CaseId, CustomerId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// Something owed to a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// In which case.
    pub case: CaseId,
    /// To whom.
    pub customer: CustomerId,
    /// That customer's name.
    pub customer_name: String,
    /// What.
    pub kind: ObligationKind,
    /// By when.
    pub due: Timestamp,
}

/// What a tick has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ticked {
    /// Cases in which a slip became news, since time ran out.
    pub news: u32,
    /// Next words whose moment has passed in silence.
    pub missed: u32,
}

impl Store {
    /// Everything that is owed by `until`, the earliest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owed(&self, scope: Scope, until: Timestamp, now: Timestamp) -> Result<Vec<Owed>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT b.case_id, b.kind, b.due_at, k.customer_id, c.name AS customer_name FROM obligation b \
             JOIN cases k ON k.id = b.case_id JOIN customer c ON c.id = k.customer_id \
             WHERE b.done_at IS NULL AND b.due_at <= ? AND {} ORDER BY b.due_at, b.id",
            visible.sql
        );
        self.reads().all(&sql, [binds![until], visible.values].concat()).await
    }

    /// Does what time alone does: slips whose facts were due become news, and next words that nobody kept
    /// are noted as missed.
    ///
    /// # Errors
    /// When the database fails; what was settled before stays settled.
    pub async fn tick(&self, now: Timestamp) -> Result<Ticked> {
        let mut ticked = Ticked::default();
        for case in self.cases_due(FACTS_DUE, now).await? {
            ticked.news += u32::from(self.settle(case, ObligationKind::FactsBy, now).await?);
        }
        for case in self.cases_due(WORDS_DUE, now).await? {
            ticked.missed += u32::from(self.settle(case, ObligationKind::NextWord, now).await?);
        }
        Ok(ticked)
    }

    async fn cases_due(&self, sql: &str, now: Timestamp) -> Result<Vec<CaseId>> {
        let due = self.reads().all::<(CaseId,)>(sql, binds![now]).await?;
        Ok(due.into_iter().map(|(case,)| case).collect())
    }

    /// A case that somebody works on at this moment is left to the next tick.
    async fn settle(&self, case: CaseId, kind: ObligationKind, now: Timestamp) -> Result<bool> {
        match self.try_settle(case, kind, now).await {
            Err(error) if error.may_be_tried_again() => Ok(false),
            answer => answer,
        }
    }

    async fn try_settle(&self, case: CaseId, kind: ObligationKind, now: Timestamp) -> Result<bool> {
        let tx = self.begin_briefly().await?;
        let Some(mut file) = locked(&tx, Scope::Program, case, now).await? else { return Ok(false) };
        let events = match kind {
            ObligationKind::NextWord => file.case.miss_next_word(now),
            _ => file.case.hear(now, &file.terms, Vec::new()),
        };
        let sign = |event: &CaseEvent| {
            matches!(event, CaseEvent::BecameNews { .. } | CaseEvent::NextWordMissed { .. })
        };
        let done = events.iter().any(sign);
        if events.is_empty() {
            return Ok(false);
        }
        let mut ledger = Ledger::new(&tx, now);
        ledger.append(&mut file, events, None, now, None).await?;
        ledger.write().await?;
        tx.commit().await?;
        Ok(done)
    }
}

const FACTS_DUE: &str = "SELECT DISTINCT case_id FROM obligation \
                         WHERE done_at IS NULL AND due_at <= ? AND kind = 'facts-by' ORDER BY case_id";

const WORDS_DUE: &str = "SELECT DISTINCT b.case_id FROM obligation b JOIN cases k ON k.id = b.case_id \
                         WHERE b.done_at IS NULL AND b.due_at < ? AND b.kind = 'next-word' \
                         AND k.next_word_missed = FALSE ORDER BY b.case_id";

impl FromRow for Owed {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            case: row.get("case_id")?,
            customer: row.get("customer_id")?,
            customer_name: row.get("customer_name")?,
            kind: row.get::<Word<ObligationKind>>("kind")?.0,
            due: row.get("due_at")?,
        })
    }
}
