//! Cases: reading one, and acting on it.
//!
//! An act is loaded, decided and recorded inside one write transaction. Two people who act at once act one
//! after the other, each on what the one before has left: nothing is lost.

mod asking;
mod file;
mod handover;
mod hearing;
mod leading;
mod ledger;
mod line_rows;
mod listing;
mod owed;
mod projection;

pub use file::CaseFile;
pub(crate) use file::{load_all as load_files, unlocked};
pub(crate) use handover::{Which, assign_cases, hand_over};
pub(crate) use hearing::{Heard, take_in};
pub use leading::Handover;
pub(crate) use ledger::Ledger;
pub use listing::{CaseRow, CaseSearch};
pub(crate) use owed::stands;

use crate::calls::Receipt;
use crate::db::{FromRow, Json, Row, Store, Tx, Word, binds};
use crate::error::{Result, StoreError};
use crate::failpoints;
use crate::scope;
use crate::terms::TermsBook;
use forewarn_domain::case::{CaseEvent, Recorded, Refused, Stage};
use forewarn_domain::ids::{CaseId, CustomerId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// Who acts on a case, when, and under which entry.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// Who acts. They must be allowed to see the case.
    pub scope: Scope,
    /// The number of the submitted form. The same entry twice does nothing the second time.
    pub entry: Option<&'a str>,
    /// The version that the person had before them; another one is a [`ActFailed::Conflict`]. `None` acts on
    /// whatever is there.
    pub expected: Option<u32>,
    /// When it happened. Earlier than `now` for what was kept on a device without a connection.
    pub at: Timestamp,
    /// When it is recorded.
    pub now: Timestamp,
}

impl<'a> Act<'a> {
    /// An act that happens now.
    pub fn now(scope: Scope, now: Timestamp) -> Self {
        Self { scope, entry: None, expected: None, at: now, now }
    }

    /// The same act, under an entry.
    #[must_use]
    pub fn entry(self, entry: &'a str) -> Self {
        Self { entry: Some(entry), ..self }
    }
}

/// What an act has led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acted {
    /// These events were recorded; none if there was nothing to record.
    Done(Vec<Recorded>),
    /// The same entry had been recorded before; nothing was done now.
    AlreadyDone,
}

/// Why an act was not recorded. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum ActFailed {
    /// There is no such case for this person.
    #[error("There is no such case, or it is not yours to see. Look it up under Customers.")]
    NotFound,
    /// The case has moved on since the person looked at it.
    #[error("Somebody has worked on this case in the meantime. Reload the page to see it as it is now.")]
    Conflict,
    /// The case says no.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// One case with its history and terms; `None` if there is none that this person may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case(&self, scope: Scope, id: CaseId, now: Timestamp) -> Result<Option<CaseFile>> {
        let book = TermsBook::load(self.reads(), now).await?;
        let mut files = file::load(self.reads(), &book, &[id], &scope::cases(scope, now)).await?;
        Ok(files.pop())
    }

    /// Acts on a case: `decide` sees it as it is inside the transaction and answers with events.
    ///
    /// # Errors
    /// [`ActFailed`] says which; then nothing was recorded.
    pub async fn act(
        &self,
        id: CaseId,
        act: Act<'_>,
        decide: impl Fn(&CaseFile) -> Result<Vec<CaseEvent>, Refused> + Send + Sync,
    ) -> Result<Acted, ActFailed> {
        // Each waits for less than a second: a minute is longer than an import takes.
        const TRIES: u32 = 80;
        for _ in 1..TRIES {
            match self.try_act(id, act, &decide).await {
                Err(ActFailed::Store(error)) if error.may_be_tried_again() => {}
                answer => return answer,
            }
        }
        self.try_act(id, act, &decide).await
    }

    async fn try_act(
        &self,
        id: CaseId,
        act: Act<'_>,
        decide: &(impl Fn(&CaseFile) -> Result<Vec<CaseEvent>, Refused> + Send + Sync),
    ) -> Result<Acted, ActFailed> {
        let tx = self.begin_briefly().await?;
        let Some(mut file) = locked(&tx, act.scope, id, act.now).await? else {
            return Err(ActFailed::NotFound);
        };
        if let Some(entry) = act.entry
            && is_recorded(&tx, entry).await?
        {
            return Ok(Acted::AlreadyDone);
        }
        if act.expected.is_some_and(|expected| expected != file.case.version) {
            return Err(ActFailed::Conflict);
        }
        let events = decide(&file)?;
        let before = file.history.len();
        let mut ledger = Ledger::new(&tx, act.now);
        ledger.append(&mut file, events, act.scope.person(), act.at, act.entry).await?;
        ledger.write().await?;
        asking::bring_questions(&tx, &file, file.history.get(before..).unwrap_or_default(), act.now).await?;
        tx.receipt(|| acted(&file, before));
        failpoints::reach("act-before-commit");
        tx.commit().await?;
        failpoints::reach("act-after-commit");
        Ok(Acted::Done(file.history.split_off(before)))
    }

    /// The cases of one customer, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cases_of(
        &self,
        scope: Scope,
        customer: CustomerId,
        now: Timestamp,
    ) -> Result<Vec<CaseSummary>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT k.id, k.stage, k.round, k.severity, k.lines, k.orders, k.worst_slip_days, k.no_date, \
             k.opened_at, k.first_told_at, k.closed_at FROM cases k \
             WHERE k.customer_id = ? AND {} ORDER BY k.opened_at DESC, k.id DESC",
            visible.sql
        );
        self.reads().all(&sql, [binds![customer], visible.values].concat()).await
    }

    /// Everything that happened in a case, oldest first, with the names of who did it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn timeline(&self, scope: Scope, id: CaseId, now: Timestamp) -> Result<Vec<TimelineEntry>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT e.seq, e.happened_at, e.recorded_at, e.person_id, e.event, p.name AS person_name \
             FROM case_event e JOIN cases k ON k.id = e.case_id LEFT JOIN person p ON p.id = e.person_id \
             WHERE k.id = ? AND {} ORDER BY e.seq",
            visible.sql
        );
        self.reads().all(&sql, [binds![id], visible.values].concat()).await
    }
}

/// A case in one line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSummary {
    /// Its number.
    pub id: CaseId,
    /// Where it stands.
    pub stage: Stage,
    /// 1 for the first conversation.
    pub round: u32,
    /// 0 to 100.
    pub severity: u8,
    /// How many lines it covers.
    pub lines: u32,
    /// Their order numbers.
    pub orders: Vec<String>,
    /// Longest slip that is still to be told, in calendar days.
    pub worst_slip_days: i32,
    /// Whether a line to tell has no date.
    pub no_date: bool,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When the customer was first told.
    pub first_told_at: Option<Timestamp>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
}

/// Something that happened, and who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// What happened, when.
    pub recorded: Recorded,
    /// When it reached us: later than it happened for what was kept on a device.
    pub recorded_at: Timestamp,
    /// The name of who did it; `None` for what the software observed.
    pub by: Option<String>,
}

/// What a call has led to, whose events are those of the case after the first `before`.
pub(crate) fn acted(file: &CaseFile, before: usize) -> Receipt {
    let events = file.history.iter().skip(before).map(|recorded| recorded.seq).collect();
    Receipt::Acted { case: file.id, version: file.case.version, events }
}

/// The case, locked until the transaction ends.
pub(crate) async fn locked(tx: &Tx, scope: Scope, id: CaseId, now: Timestamp) -> Result<Option<CaseFile>> {
    let book = TermsBook::load(tx.reads(), now).await?;
    let mut files = file::load(tx.reads(), &book, &[id], &scope::cases(scope, now)).await?;
    Ok(files.pop())
}

pub(crate) async fn is_recorded(tx: &Tx, entry: &str) -> Result<bool> {
    let sql = "SELECT case_id FROM case_event WHERE entry = ?";
    Ok(tx.one::<(CaseId,)>(sql, binds![entry]).await?.is_some())
}

impl FromRow for CaseSummary {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            stage: row.get::<Word<Stage>>("stage")?.0,
            round: row.get("round")?,
            severity: row.get("severity")?,
            lines: row.get("lines")?,
            orders: row.get::<Json<Vec<String>>>("orders")?.0,
            worst_slip_days: row.get("worst_slip_days")?,
            no_date: row.get("no_date")?,
            opened_at: row.get("opened_at")?,
            first_told_at: row.get("first_told_at")?,
            closed_at: row.get("closed_at")?,
        })
    }
}

impl FromRow for TimelineEntry {
    fn from_row(row: &Row) -> Result<Self> {
        let recorded = Recorded {
            seq: row.get("seq")?,
            at: row.get("happened_at")?,
            by: row.get("person_id")?,
            event: row.get::<Json<CaseEvent>>("event")?.0,
        };
        Ok(Self { recorded, recorded_at: row.get("recorded_at")?, by: row.get("person_name")? })
    }
}
