//! A case as its history tells it, with everything needed to act on it.

use super::owed::{Place, StepKey, TimedRow};
use crate::db::{FromRow, Json, Reads, Row, Tx, Word, binds, marks};
use crate::error::{Result, StoreError};
use crate::scope::Condition;
use crate::terms::{CustomerTerms, TERMS, TermsBook};
use forewarn_domain::case::{Case, CaseEvent, ObligationKind, Recorded};
use forewarn_domain::escalation::Ladder;
use forewarn_domain::ids::{CaseId, CustomerId, PersonId, TeamId};
use forewarn_domain::policy::Terms;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A case with its history and the terms that hold for it.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// Its number.
    pub id: CaseId,
    /// Whose promises slipped.
    pub customer: CustomerId,
    /// The state, as the history makes it.
    pub case: Case,
    /// Everything that happened, oldest first.
    pub history: Vec<Recorded>,
    /// What holds for this customer and the owner of the case.
    pub terms: Terms,
    pub(super) team: TeamId,
    pub(super) customer_terms: CustomerTerms,
    pub(super) owed: Vec<TimedRow<ObligationKind>>,
    pub(super) steps: Vec<TimedRow<StepKey>>,
    /// The hash of the last event.
    pub(super) chain: String,
}

impl CaseFile {
    /// What happened and still holds, oldest first: not what was taken back, nor what a letter that came back had
    /// done.
    pub fn holding(&self) -> impl DoubleEndedIterator<Item = &Recorded> {
        let undone = Case::undone(&self.history);
        self.history.iter().filter(move |recorded| !undone.contains(&recorded.seq))
    }
}

const AT_ONCE: usize = 400;

/// The cases with these numbers that meet the condition, by number. Inside a transaction they are locked.
pub(super) async fn load(
    reads: Reads<'_>,
    book: &TermsBook,
    ids: &[CaseId],
    visible: &Condition,
) -> Result<Vec<CaseFile>> {
    let mut files = Vec::with_capacity(ids.len());
    for ids in ids.chunks(AT_ONCE) {
        let heads = heads(reads, ids, visible).await?;
        let found: Vec<CaseId> = heads.iter().map(|head| head.id).collect();
        if found.is_empty() {
            continue;
        }
        let mut histories = histories(reads, &found).await?;
        let mut owed = owed(reads, &found).await?;
        let mut steps = steps(reads, &found).await?;
        for head in heads {
            let (history, chain) = histories.remove(&head.id).unwrap_or_default();
            let case = Case::replay(&history).ok_or(StoreError::BrokenHistory(head.id))?;
            files.push(CaseFile {
                id: head.id,
                customer: head.customer,
                case,
                history,
                terms: book.terms(&head.terms, head.owner),
                team: head.team,
                customer_terms: head.terms,
                owed: owed.remove(&head.id).unwrap_or_default(),
                steps: steps.remove(&head.id).unwrap_or_default(),
                chain,
            });
        }
    }
    Ok(files)
}

/// The same, where another query has decided who may see them.
pub(crate) async fn load_all(reads: Reads<'_>, book: &TermsBook, ids: &[CaseId]) -> Result<Vec<CaseFile>> {
    load(reads, book, ids, &Condition { sql: "1 = 1".to_owned(), values: Vec::new() }).await
}

/// Those of these cases that nobody works on at this moment, locked until the transaction ends.
pub(crate) async fn unlocked(tx: &Tx, book: &TermsBook, ids: &[CaseId]) -> Result<Vec<CaseFile>> {
    let free = format!(
        "SELECT id FROM cases WHERE id IN ({}) ORDER BY id{}",
        marks(ids.len()),
        tx.engine().skip_locked()
    );
    let free: Vec<(CaseId,)> = tx.all(&free, ids.iter().flat_map(|id| binds![*id]).collect()).await?;
    let free: Vec<CaseId> = free.into_iter().map(|(id,)| id).collect();
    load_all(tx.reads(), book, &free).await
}

struct Head {
    id: CaseId,
    customer: CustomerId,
    team: TeamId,
    owner: Option<PersonId>,
    terms: CustomerTerms,
}

async fn heads(reads: Reads<'_>, ids: &[CaseId], visible: &Condition) -> Result<Vec<Head>> {
    let sql = format!(
        "SELECT k.id, k.customer_id, k.team_id, COALESCE(k.owner_id, c.owner_id) AS owner_id, {TERMS} \
         FROM cases k JOIN customer c ON c.id = k.customer_id \
         WHERE k.id IN ({}) AND {} ORDER BY k.id{}",
        marks(ids.len()),
        visible.sql,
        reads.for_update("k"),
    );
    let mut values: Vec<_> = ids.iter().flat_map(|id| binds![*id]).collect();
    values.extend(visible.values.iter().cloned());
    reads.all(&sql, values).await
}

/// What happened in each case, and the hash of its last event.
async fn histories(reads: Reads<'_>, ids: &[CaseId]) -> Result<BTreeMap<CaseId, (Vec<Recorded>, String)>> {
    let sql = format!(
        "SELECT case_id, seq, happened_at, person_id, event, chain FROM case_event WHERE case_id IN ({}) \
         ORDER BY case_id, seq",
        marks(ids.len())
    );
    let values = ids.iter().flat_map(|id| binds![*id]).collect();
    let mut histories: BTreeMap<CaseId, (Vec<Recorded>, String)> = BTreeMap::new();
    for CaseRecorded { case, recorded, chain } in reads.all(&sql, values).await? {
        let (history, last) = histories.entry(case).or_default();
        history.push(recorded);
        *last = chain;
    }
    Ok(histories)
}

async fn owed(reads: Reads<'_>, ids: &[CaseId]) -> Result<BTreeMap<CaseId, Vec<TimedRow<ObligationKind>>>> {
    let sql = format!(
        "SELECT id, case_id, kind, generation, due_at, done_at FROM obligation WHERE case_id IN ({}) \
         ORDER BY id",
        marks(ids.len())
    );
    by_case(reads.all(&sql, ids.iter().flat_map(|id| binds![*id]).collect()).await?)
}

async fn steps(reads: Reads<'_>, ids: &[CaseId]) -> Result<BTreeMap<CaseId, Vec<TimedRow<StepKey>>>> {
    let sql = format!(
        "SELECT id, case_id, ladder, step, generation, due_at, done_at FROM escalation_step \
         WHERE case_id IN ({}) ORDER BY id",
        marks(ids.len())
    );
    by_case(reads.all(&sql, ids.iter().flat_map(|id| binds![*id]).collect()).await?)
}

fn by_case<K>(rows: Vec<OfCase<K>>) -> Result<BTreeMap<CaseId, Vec<TimedRow<K>>>> {
    let mut by_case: BTreeMap<CaseId, Vec<TimedRow<K>>> = BTreeMap::new();
    for OfCase { case, row } in rows {
        by_case.entry(case).or_default().push(row);
    }
    Ok(by_case)
}

struct OfCase<K> {
    case: CaseId,
    row: TimedRow<K>,
}

struct CaseRecorded {
    case: CaseId,
    recorded: Recorded,
    chain: String,
}

impl FromRow for Head {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            customer: row.get("customer_id")?,
            team: row.get("team_id")?,
            owner: row.get("owner_id")?,
            terms: CustomerTerms::from_row(row)?,
        })
    }
}

impl FromRow for CaseRecorded {
    fn from_row(row: &Row) -> Result<Self> {
        let recorded = Recorded {
            seq: row.get("seq")?,
            at: row.get("happened_at")?,
            by: row.get("person_id")?,
            event: row.get::<Json<CaseEvent>>("event")?.0,
        };
        Ok(Self { case: row.get("case_id")?, recorded, chain: row.get("chain")? })
    }
}

impl FromRow for OfCase<ObligationKind> {
    fn from_row(row: &Row) -> Result<Self> {
        timed(row, row.get::<Word<ObligationKind>>("kind")?.0)
    }
}

impl FromRow for OfCase<StepKey> {
    fn from_row(row: &Row) -> Result<Self> {
        timed(row, (row.get::<Word<Ladder>>("ladder")?.0, row.get("step")?))
    }
}

fn timed<K>(row: &Row, key: K) -> Result<OfCase<K>> {
    let timed = TimedRow {
        row: Place::Written(row.get("id")?),
        key,
        generation: row.get("generation")?,
        due: row.get("due_at")?,
        done: row.get::<Option<Timestamp>>("done_at")?.is_some(),
    };
    Ok(OfCase { case: row.get("case_id")?, row: timed })
}
