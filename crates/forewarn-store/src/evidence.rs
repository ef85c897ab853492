//! What one of our people says about a date: confirms it, corrects it, or says that there is none.

use crate::cases::{Heard, Ledger, locked, take_in};
use crate::columns::{outlook_values, slip_values};
use crate::db::{Store, Tx, binds, json};
use crate::error::{Result, StoreError};
use crate::judging::{Before, Judgement, Statement, judge};
use crate::promises::{PromiseRow, SELECT};
use crate::scope;
use crate::terms::{CustomerTerms, TERMS, TermsBook};
use forewarn_domain::evidence::{Cause, Outlook, Source};
use forewarn_domain::fact::LineStatus;
use forewarn_domain::ids::{CaseId, PersonId, PromiseId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// Why a statement was not taken.
#[derive(Debug, thiserror::Error)]
pub enum StateFailed {
    /// There is no such promise for this person.
    #[error("There is no such promise, or it is not yours to see. Look it up under Promises.")]
    NotFound,
    /// The program itself states nothing; a person does.
    #[error("Only a person can confirm or correct a date. Sign in first.")]
    Nobody,
    /// Nothing is open any more.
    #[error("This line has arrived or was cancelled. There is no date left to state.")]
    Ended,
    /// A range whose end is before its start.
    #[error("The range ends before it starts. Swap the two dates.")]
    RangeIsBackwards,
    /// A year that no date has.
    #[error("Give a date between 1950 and 2200, as in a report. Check the year.")]
    YearIsOff,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Records what a person of ours says about a promise. They stand behind it, so a slip is news at once. A
    /// cause goes to the open case of the line, too.
    ///
    /// # Errors
    /// [`StateFailed`] says which; then nothing was recorded.
    pub async fn state_date(
        &self,
        scope: Scope,
        promise: PromiseId,
        outlook: Outlook,
        cause: Cause,
        now: Timestamp,
    ) -> Result<(), StateFailed> {
        if matches!(outlook, Outlook::Range { from, to } if to < from) {
            return Err(StateFailed::RangeIsBackwards);
        }
        if !outlook.is_in_our_years() {
            return Err(StateFailed::YearIsOff);
        }
        const TRIES: u32 = 80;
        for _ in 1..TRIES {
            match self.try_state(scope, promise, outlook, cause.clone(), now).await {
                Err(StateFailed::Store(error)) if error.may_be_tried_again() => {}
                answer => return answer,
            }
        }
        self.try_state(scope, promise, outlook, cause, now).await
    }

    async fn try_state(
        &self,
        scope: Scope,
        promise: PromiseId,
        outlook: Outlook,
        cause: Cause,
        now: Timestamp,
    ) -> Result<(), StateFailed> {
        let Some(person) = scope.person() else { return Err(StateFailed::Nobody) };
        let tx = self.begin_briefly().await?;
        let Some(row) = visible(&tx, scope, promise, now).await? else { return Err(StateFailed::NotFound) };
        if row.promise.delivered.is_some() || row.status == LineStatus::Cancelled {
            return Err(StateFailed::Ended);
        }
        append(&tx, promise, outlook, &cause, person, now).await?;
        let case = judged(&tx, &row, outlook, person, now).await?;
        if let Some(case) = case
            && cause != Cause::default()
        {
            note_cause(&tx, case, cause, person, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn visible(tx: &Tx, scope: Scope, id: PromiseId, now: Timestamp) -> Result<Option<PromiseRow>> {
    let visible = scope::customers(scope, now);
    let lock = tx.reads().for_update("p");
    let sql = format!("{SELECT} WHERE p.id = ? AND p.withdrawn_at IS NULL AND {}{lock}", visible.sql);
    tx.one(&sql, [binds![id], visible.values].concat()).await
}

async fn append(
    tx: &Tx,
    promise: PromiseId,
    outlook: Outlook,
    cause: &Cause,
    person: PersonId,
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO evidence (promise_id, outlook_is, outlook_from, outlook_to, source, cause_internal, \
               cause_customer, observed_at, recorded_at, person_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let internal = cause.internal.as_ref().map(|text| text.for_our_people());
    let customer = cause.customer.as_ref().map(|text| text.as_str());
    let source = json(&Source::Person { person });
    let values = [
        binds![promise],
        outlook_values(Some(outlook)).to_vec(),
        binds![source, internal, customer, now, now, person],
    ];
    tx.execute(sql, values.concat()).await?;
    Ok(())
}

/// Judges the statement and tells the case; gives the case that the line is part of now.
async fn judged(
    tx: &Tx,
    row: &PromiseRow,
    outlook: Outlook,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<CaseId>> {
    let book = TermsBook::load(tx.reads(), now).await?;
    let sql = format!("SELECT {TERMS} FROM customer c WHERE c.id = ?");
    let customer = row.promise.customer;
    let terms = tx.one::<CustomerTerms>(&sql, binds![customer]).await?.unwrap_or_default();
    let terms = book.terms(&terms, None);
    let source = source(tx, person).await?;
    let statement = Statement { outlook, observed_at: now, source, confirmed: true };
    let Some(judgement) = judge(&before(row), &statement, &terms) else { return Ok(row.case) };
    let Judgement { slip, known_at, observation } = judgement;
    let sql = "UPDATE promise SET outlook_is = ?, outlook_from = ?, outlook_to = ?, observed_at = ?, \
               slip = ?, slip_days = ?, known_at = ? WHERE id = ?";
    let values = [
        outlook_values(Some(outlook)).to_vec(),
        binds![now],
        slip_values(slip),
        binds![known_at, row.promise.id],
    ];
    tx.execute(sql, values.concat()).await?;
    if let Some(observation) = observation {
        let heard = Heard { customer, case: row.case, observation };
        take_in(tx, &book, vec![heard], Some(person), now, now).await?;
    }
    let sql = "SELECT case_id FROM promise WHERE id = ?";
    Ok(tx.one::<(Option<CaseId>,)>(sql, binds![row.promise.id]).await?.and_then(|(case,)| case))
}

fn before(row: &PromiseRow) -> Before {
    let promise = &row.promise;
    Before {
        promise: promise.id,
        key: promise.key.clone(),
        promised: promise.promised,
        outlook: promise.outlook,
        observed_at: promise.observed_at,
        slip: row.slip,
        known_at: row.known_at,
        value: promise.value,
        case: row.case,
    }
}

async fn source(tx: &Tx, person: PersonId) -> Result<String> {
    let name = tx.one::<(String,)>("SELECT name FROM person WHERE id = ?", binds![person]).await?;
    Ok(name.map_or_else(|| "one of us".to_owned(), |(name,)| name))
}

async fn note_cause(tx: &Tx, case: CaseId, cause: Cause, person: PersonId, now: Timestamp) -> Result<()> {
    let Some(mut file) = locked(tx, Scope::Program, case, now).await? else { return Ok(()) };
    // Refused only by a closed case, and then there is no conversation for a cause to enter.
    let Ok(events) = file.case.set_cause(cause, now) else { return Ok(()) };
    let mut ledger = Ledger::new(tx, now);
    ledger.append(&mut file, events, Some(person), now, None).await?;
    ledger.write().await
}
