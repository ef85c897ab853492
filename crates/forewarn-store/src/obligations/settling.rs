//! A tick: finds what is due, and settles it, some cases to a transaction.

use super::{absent, anew, steps};
use crate::cases::{CaseFile, Ledger, stands, unlocked};
use crate::db::{Store, binds};
use crate::error::Result;
use crate::failpoints;
use crate::notices;
use crate::terms::TermsBook;
use forewarn_domain::case::{CaseEvent, ClockEvent};
use forewarn_domain::escalation::OutsideHours;
use forewarn_domain::ids::{CaseId, PersonId};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Cases to a transaction: enough to share its cost, few enough that nobody waits for it.
const AT_ONCE: usize = 40;

/// What a tick has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ticked {
    /// Cases in which a slip became news, since time ran out.
    pub news: u32,
    /// Next words whose moment has passed in silence.
    pub missed: u32,
    /// Steps of ladders that fired.
    pub fired: u32,
    /// Cases whose clocks were set anew.
    pub set_anew: u32,
    /// Cases that can't be read, and were left as they are.
    pub unreadable: u32,
    /// Whether clocks are still to be set anew: tick again soon.
    pub more: bool,
}

impl Store {
    /// Does what time alone does: slips whose facts were due become news, next words that nobody kept are noted
    /// as missed, steps of ladders fire, absences begin and end. Costs what is due, whatever else is owed.
    ///
    /// # Errors
    /// When the database fails; what was settled before stays settled.
    pub async fn tick(&self, now: Timestamp) -> Result<Ticked> {
        absent::begin_and_end(self, now).await?;
        let mut ticked = anew::some(self, now).await?;
        let due = self.cases_due(now).await?;
        if due.is_empty() {
            return Ok(ticked);
        }
        let book = TermsBook::load(self.reads(), now).await?;
        for cases in due.chunks(AT_ONCE) {
            self.settle(&book, cases, now, &mut ticked).await?;
        }
        Ok(ticked)
    }

    /// The cases for which time has something to do, those that wait longest first.
    async fn cases_due(&self, now: Timestamp) -> Result<Vec<CaseId>> {
        let due: Vec<(CaseId, Timestamp)> = self.reads().all(DUE, binds![now, now, now]).await?;
        let mut seen = BTreeSet::new();
        Ok(due.into_iter().map(|(case, _)| case).filter(|case| seen.insert(*case)).collect())
    }

    /// Cases that somebody works on at this moment are left to the next tick. One that can't be read must not
    /// keep the others waiting.
    async fn settle(
        &self,
        book: &TermsBook,
        cases: &[CaseId],
        now: Timestamp,
        ticked: &mut Ticked,
    ) -> Result<()> {
        match self.try_settle(book, cases, now, ticked).await {
            Err(error) if error.may_be_tried_again() || error.is_duplicate() => Ok(()),
            Err(error) if error.is_about_one_case() && cases.len() > 1 => {
                for case in cases {
                    Box::pin(self.settle(book, &[*case], now, ticked)).await?;
                }
                Ok(())
            }
            Err(error) if error.is_about_one_case() => {
                tracing::error!(?cases, %error, "the clocks of a case stand still: it can't be read");
                ticked.unreadable += 1;
                Ok(())
            }
            settled => settled,
        }
    }

    async fn try_settle(
        &self,
        book: &TermsBook,
        cases: &[CaseId],
        now: Timestamp,
        ticked: &mut Ticked,
    ) -> Result<()> {
        let tx = self.begin_briefly().await?;
        let mut files = unlocked(&tx, book, cases).await?;
        let mut ledger = Ledger::new(&tx, now);
        let mut told = Vec::new();
        let mut counted = *ticked;
        for file in &mut files {
            let outside_hours = leaves_at_any_hour(book, file);
            let working = |person: PersonId| {
                if outside_hours { now } else { book.calendar_of(person).next_opening(now) }
            };
            let events = file.case.let_time_pass(now, &file.terms, book.roster(), working);
            if events.is_empty() {
                // Another server was quicker, or the rows are stale.
                if !stands(file, &file.case) {
                    ledger.refresh(file);
                }
                continue;
            }
            count(&events, &mut counted);
            let seq = file.case.version;
            ledger.append(file, events, None, now, None).await?;
            told.extend(steps::fired(file, seq));
        }
        ledger.write().await?;
        let notices = steps::notices(&tx, book, &files, told, now).await?;
        notices::post(&tx, book, notices, now).await?;
        failpoints::reach("tick-before-commit");
        tx.commit().await?;
        failpoints::reach("tick-after-commit");
        *ticked = counted;
        Ok(())
    }
}

fn leaves_at_any_hour(book: &TermsBook, file: &CaseFile) -> bool {
    match book.policy().escalation.outside_hours {
        OutsideHours::Always => true,
        OutsideHours::WhenHot => file.case.is_hot(),
        OutsideHours::Never => false,
    }
}

fn count(events: &[CaseEvent], ticked: &mut Ticked) {
    let is_news = |event: &CaseEvent| matches!(event, CaseEvent::BecameNews { .. });
    ticked.news += u32::from(events.iter().any(is_news));
    for event in events {
        match event {
            CaseEvent::NextWordMissed { .. } => ticked.missed += 1,
            CaseEvent::Clock { what: ClockEvent::Escalated { .. } } => ticked.fired += 1,
            _ => {}
        }
    }
}

pub(crate) const DUE: &str = "SELECT case_id, due_at FROM escalation_step WHERE done_at IS NULL AND due_at <= ? \
    UNION ALL SELECT case_id, due_at FROM obligation \
        WHERE done_at IS NULL AND kind = 'facts-by' AND due_at <= ? \
    UNION ALL SELECT id AS case_id, next_word_by AS due_at FROM cases \
        WHERE closed_at IS NULL AND next_word_missed = FALSE AND next_word_by IS NOT NULL AND next_word_by < ? \
    ORDER BY due_at, case_id";
