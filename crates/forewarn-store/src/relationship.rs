//! How it has gone with a customer so far: what a rep should know before the call.

use crate::cases::CaseSummary;
use crate::db::{FromRow, Json, Row, Store, binds};
use crate::error::Result;
use crate::scope;
use forewarn_domain::case::{CaseEvent, Recorded};
use forewarn_domain::ids::{CaseId, CustomerId};
use forewarn_domain::people::Scope;
use forewarn_domain::severity::Temperature;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The record of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Relationship {
    /// Promises that have arrived.
    pub delivered: u32,
    /// Those that arrived by the first date we gave.
    pub on_first_promise: u32,
    /// Those that arrived by the date they were last told. Never the only measure (rule 2).
    pub on_current_promise: u32,
    /// Cases, newest first.
    pub cases: Vec<CaseSummary>,
    /// When we apologised, as the one who did it said.
    pub apologies: Vec<Timestamp>,
    /// How they took it, over all cases, oldest first.
    pub temperatures: Vec<(Timestamp, Temperature)>,
}

impl Relationship {
    /// Apologies since a moment: repeated ones wear out.
    pub fn apologies_since(&self, since: Timestamp) -> usize {
        self.apologies.iter().filter(|at| **at >= since).count()
    }
}

impl Store {
    /// The record of one account, if this person may see it. Whoever sees no conversations gets the figures
    /// only.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn relationship(
        &self,
        scope: Scope,
        customer: CustomerId,
        now: Timestamp,
    ) -> Result<Option<Relationship>> {
        let visible = scope::customers(scope, now);
        let sql = format!(
            "SELECT COUNT(p.id), \
             COUNT(CASE WHEN p.delivered <= p.first_promised THEN 1 END), \
             COUNT(CASE WHEN p.delivered <= p.promised_to THEN 1 END) \
             FROM customer c LEFT JOIN promise p \
             ON p.customer_id = c.id AND p.delivered IS NOT NULL AND p.withdrawn_at IS NULL \
             WHERE c.id = ? AND {} GROUP BY c.id",
            visible.sql
        );
        let figures = self.reads().one::<(u32, u32, u32)>(&sql, [binds![customer], visible.values].concat());
        let Some((delivered, on_first_promise, on_current_promise)) = figures.await? else {
            return Ok(None);
        };
        let (apologies, temperatures) = if scope.sees_conversations() {
            felt(&self.moments(customer).await?)
        } else {
            Default::default()
        };
        let cases = self.cases_of(scope, customer, now).await?;
        Ok(Some(Relationship {
            delivered,
            on_first_promise,
            on_current_promise,
            cases,
            apologies,
            temperatures,
        }))
    }

    async fn moments(&self, customer: CustomerId) -> Result<Vec<Moment>> {
        let sql = "SELECT e.case_id, e.seq, e.happened_at, e.event FROM case_event e \
                   JOIN cases k ON k.id = e.case_id WHERE k.customer_id = ? \
                   AND e.kind IN ('concern-answered', 'temperature-felt', 'taken-back') \
                   ORDER BY e.case_id, e.seq";
        self.reads().all(sql, binds![customer]).await
    }
}

/// An event of one of the customer's cases.
struct Moment {
    case: CaseId,
    recorded: Recorded,
}

/// Apologies and temperatures, oldest first, without what was taken back.
fn felt(moments: &[Moment]) -> (Vec<Timestamp>, Vec<(Timestamp, Temperature)>) {
    let taken_back: BTreeSet<(CaseId, u32)> = moments
        .iter()
        .filter_map(|moment| match moment.recorded.event {
            CaseEvent::TakenBack { seq } => Some((moment.case, seq)),
            _ => None,
        })
        .collect();
    let (mut apologies, mut temperatures) = (Vec::new(), Vec::new());
    for Moment { case, recorded } in moments {
        if taken_back.contains(&(*case, recorded.seq)) {
            continue;
        }
        match &recorded.event {
            CaseEvent::ConcernAnswered { apologised: true, .. } => apologies.push(recorded.at),
            CaseEvent::TemperatureFelt { temperature } => temperatures.push((recorded.at, *temperature)),
            _ => {}
        }
    }
    apologies.sort_unstable();
    temperatures.sort_by_key(|(at, _)| *at);
    (apologies, temperatures)
}

impl FromRow for Moment {
    fn from_row(row: &Row) -> Result<Self> {
        let recorded = Recorded {
            seq: row.get("seq")?,
            at: row.get("happened_at")?,
            by: None,
            event: row.get::<Json<CaseEvent>>("event")?.0,
        };
        Ok(Self { case: row.get("case_id")?, recorded })
    }
}
