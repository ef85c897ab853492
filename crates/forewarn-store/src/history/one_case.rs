//! The chain of one case, for its printed history.

use super::verifying::Round;
use super::{Broken, StoredEvent, outside};
use crate::db::{Store, binds};
use crate::error::Result;
use crate::scope;
use forewarn_domain::ids::CaseId;
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// The events of one case as they are stored, and whether they are what was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseProof {
    /// All of them, oldest first.
    pub events: Vec<StoredEvent>,
    /// What is wrong with them; `None` if nothing is.
    pub broken: Option<Broken>,
}

impl CaseProof {
    /// The hash of the last event: who has put it away can tell later whether anything was changed.
    pub fn chain(&self) -> &str {
        self.events.last().map_or("", |event| event.chain.as_str())
    }
}

impl Store {
    /// Goes through the events of a case, link by link; without any if there is no such case for this person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prove_case(&self, scope: Scope, id: CaseId, now: Timestamp) -> Result<CaseProof> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT e.* FROM case_event e JOIN cases k ON k.id = e.case_id WHERE k.id = ? AND {} ORDER BY e.seq",
            visible.sql
        );
        let events: Vec<StoredEvent> =
            self.reads().all(&sql, [binds![id], visible.values.clone()].concat()).await?;
        let said = format!("SELECT k.id, k.version FROM cases k WHERE k.id = ? AND {}", visible.sql);
        let said: Option<(CaseId, u32)> =
            self.reads().one(&said, [binds![id], visible.values].concat()).await?;
        let outside = outside::compared(self.reads(), &events).await?;
        let mut round = Round::new(&[]);
        events.iter().cloned().for_each(|event| round.take(event));
        let last = events.last().map_or(0, |event| event.seq);
        let said: Vec<_> = said.map(|(id, version)| (id, version, last)).into_iter().collect();
        Ok(CaseProof { broken: round.end(&said, outside).broken.into_iter().next(), events })
    }
}
