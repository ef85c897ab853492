//! The rows of what is owed, and of the steps that fire next: they follow from the case, whatever happened in it.
//!
//! A changed time is a new generation, so that a stale timer can't fire. When the work moves to somebody else, or
//! clocks are set anew, everything gets a new generation.

use super::file::CaseFile;
use crate::db::{Holds, Tx, Value, Word, binds, table_value};
use crate::error::Result;
use crate::notices;
use forewarn_domain::case::{Case, CaseEvent, ClockEvent, ObligationKind, Recorded};
use forewarn_domain::escalation::Ladder;
use forewarn_domain::ids::{CaseId, PersonId};
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::policy::Terms;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Something with a time, as stored, done or not.
#[derive(Debug, Clone)]
pub(super) struct TimedRow<K> {
    pub(super) row: Place,
    pub(super) key: K,
    pub(super) generation: u32,
    pub(super) due: Timestamp,
    pub(super) done: bool,
}

/// Where a row is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// In the table, under its number.
    Written(i64),
    /// Still to be written, the n-th of its table.
    Gathered(usize),
}

/// A ladder and one of its steps.
pub(super) type StepKey = (Ladder, u32);

/// Gathers rows of many cases until they are written.
#[derive(Debug, Default)]
pub(super) struct Owed {
    obligations: Gathered<ObligationKind>,
    steps: Gathered<StepKey>,
    settled: BTreeSet<(CaseId, NoticeKind, PersonId)>,
}

#[derive(Debug)]
struct Gathered<K> {
    new: Vec<NewRow<K>>,
    /// Rows that are done, and whether they fired.
    done: Vec<(i64, bool)>,
}

#[derive(Debug)]
struct NewRow<K> {
    case: CaseId,
    key: K,
    generation: u32,
    due: Timestamp,
    rule: String,
    done: bool,
    fired: bool,
}

impl Owed {
    /// Takes in how a case stands after `events`, which came after `before`.
    pub(super) fn follow(&mut self, file: &mut CaseFile, before: Option<&Case>, events: &[Recorded]) {
        let owed = file.case.obligations(&file.terms);
        let owed: Vec<_> = owed.iter().map(|owed| (owed.kind, owed.due)).collect();
        let steps = file.case.next_steps(&file.terms);
        let steps: Vec<_> = steps.iter().map(|next| ((next.ladder, next.step), next.due)).collect();
        let fired: Vec<_> = events.iter().filter_map(fired).collect();
        let anew = events.iter().any(|recorded| sets_anew(&recorded.event));
        let (id, terms) = (file.id, &file.terms);
        self.obligations.follow(id, &mut file.owed, &owed, &[], anew, |kind| rule(*kind, terms));
        let by_owner = |_: &StepKey| rule(ObligationKind::TellBy, terms);
        self.steps.follow(id, &mut file.steps, &steps, &fired, anew, by_owner);
        if let Some(before) = before {
            self.settled.extend(settled(before, &file.case).map(|(kind, person)| (id, kind, person)));
        }
    }

    pub(super) async fn write(self, tx: &Tx, now: Timestamp) -> Result<()> {
        const OBLIGATION: [&str; 6] = ["case_id", "kind", "generation", "due_at", "rule", "done_at"];
        const STEP: [&str; 8] =
            ["case_id", "ladder", "step", "generation", "due_at", "rule", "done_at", "fired"];
        let done = |done: bool| done.then_some(now);
        let obligations =
            self.obligations.new.into_iter().map(|row| {
                binds![row.case, Word(row.key), row.generation, row.due, row.rule, done(row.done)]
            });
        let steps = self.steps.new.into_iter().map(|row| {
            let (ladder, step) = row.key;
            let values = binds![row.case, Word(ladder), step, row.generation, row.due, row.rule];
            [values, binds![done(row.done), row.fired]].concat()
        });
        // What is done goes first: there is never more than one open row of a kind.
        let sql = "UPDATE obligation SET done_at = ? FROM {table} AS t WHERE obligation.id = t.id";
        finish(tx, sql, &self.obligations.done, now).await?;
        let sql = "UPDATE escalation_step SET done_at = ?, fired = (t.fired = 1) FROM {table} AS t \
                   WHERE escalation_step.id = t.id";
        finish(tx, sql, &self.steps.done, now).await?;
        tx.insert_rows("obligation", &OBLIGATION, obligations.collect::<Vec<_>>()).await?;
        tx.insert_rows("escalation_step", &STEP, steps.collect::<Vec<_>>()).await?;
        notices::settle(tx, &self.settled, now).await
    }
}

/// Whether the rows of a case stand as the case wants them: nothing has to be set anew.
pub(crate) fn stands(file: &CaseFile, case: &Case) -> bool {
    let owed = case.obligations(&file.terms);
    let steps = case.next_steps(&file.terms);
    let open_owed = file.owed.iter().filter(|row| !row.done).count();
    let open_steps = file.steps.iter().filter(|row| !row.done).count();
    open_owed == owed.len()
        && open_steps == steps.len()
        && owed.iter().all(|owed| is_open(&file.owed, owed.kind, owed.due))
        && steps.iter().all(|next| is_open(&file.steps, (next.ladder, next.step), next.due))
}

impl<K: Copy + PartialEq> Gathered<K> {
    fn follow(
        &mut self,
        case: CaseId,
        rows: &mut Vec<TimedRow<K>>,
        owed: &[(K, Timestamp)],
        fired: &[(K, Timestamp)],
        anew: bool,
        rule: impl Fn(&K) -> String,
    ) {
        let open = |rows: &[TimedRow<K>], key: K| rows.iter().any(|row| !row.done && row.key == key);
        // Steps that came due behind the next one have no row yet.
        for (key, at) in fired {
            if !open(rows, *key) {
                self.add(case, rows, *key, *at, rule(key));
            }
        }
        for row in rows.iter_mut().filter(|row| !row.done) {
            let has_fired = fired.iter().any(|(key, _)| *key == row.key);
            let stays = owed.iter().any(|(key, due)| *key == row.key && same_instant(*due, row.due));
            if has_fired || anew || !stays {
                row.done = true;
                self.finish(row.row, has_fired);
            }
        }
        for (key, due) in owed {
            if !open(rows, *key) {
                self.add(case, rows, *key, *due, rule(key));
            }
        }
    }

    fn add(&mut self, case: CaseId, rows: &mut Vec<TimedRow<K>>, key: K, due: Timestamp, rule: String) {
        let last = rows.iter().filter(|row| row.key == key).map(|row| row.generation).max();
        let generation = last.unwrap_or(0) + 1;
        rows.push(TimedRow { row: Place::Gathered(self.new.len()), key, generation, due, done: false });
        self.new.push(NewRow { case, key, generation, due, rule, done: false, fired: false });
    }

    fn finish(&mut self, row: Place, fired: bool) {
        match row {
            Place::Written(id) => self.done.push((id, fired)),
            Place::Gathered(place) => {
                if let Some(row) = self.new.get_mut(place) {
                    row.done = true;
                    row.fired = fired;
                }
            }
        }
    }
}

impl<K> Default for Gathered<K> {
    fn default() -> Self {
        Self { new: Vec::new(), done: Vec::new() }
    }
}

async fn finish(tx: &Tx, sql: &str, done: &[(i64, bool)], now: Timestamp) -> Result<()> {
    let columns = [("id", Holds::Number), ("fired", Holds::Number)];
    let sql = sql.replace("{table}", &tx.engine().table(&columns));
    for done in done.chunks(2_000) {
        let rows: Vec<Vec<Value>> = done.iter().map(|(id, fired)| binds![*id, i64::from(*fired)]).collect();
        tx.execute(&sql, [binds![now], vec![table_value(&rows)]].concat()).await?;
    }
    Ok(())
}

fn fired(recorded: &Recorded) -> Option<(StepKey, Timestamp)> {
    match &recorded.event {
        CaseEvent::Clock { what: ClockEvent::Escalated { ladder, step, .. } } => {
            Some(((*ladder, *step), recorded.at))
        }
        _ => None,
    }
}

fn sets_anew(event: &CaseEvent) -> bool {
    matches!(
        event,
        CaseEvent::Assigned { .. }
            | CaseEvent::TakenOver { .. }
            | CaseEvent::TakenBack { .. }
            | CaseEvent::Clock { what: ClockEvent::Rescheduled { .. } }
    )
}

/// Whom a step had reached that now is as if it had not fired, or is of no account any more: their notices have
/// nothing left to say.
fn settled(before: &Case, after: &Case) -> impl Iterator<Item = (NoticeKind, PersonId)> {
    let reached = |case: &Case| -> BTreeSet<(NoticeKind, PersonId)> {
        let climbs = case.clocks.climbs.iter().filter(|_| case.closed.is_none());
        climbs
            .flat_map(|(ladder, climb)| {
                climb.fired.values().map(|fired| (NoticeKind::from(*ladder), fired.to))
            })
            .filter_map(|(kind, to)| Some((kind, to?)))
            .collect()
    };
    let still = reached(after);
    reached(before).into_iter().filter(move |settled| !still.contains(settled))
}

fn is_open<K: Copy + PartialEq>(rows: &[TimedRow<K>], key: K, due: Timestamp) -> bool {
    rows.iter().any(|row| !row.done && row.key == key && same_instant(row.due, due))
}

/// The civil rule behind a deadline: whose calendar, on which clock, in which version.
fn rule(kind: ObligationKind, terms: &Terms) -> String {
    let (whose, calendar) = match kind {
        ObligationKind::FactsBy => ("customer", &terms.customer_calendar),
        _ => ("owner", &terms.owner_calendar),
    };
    let (zone, version) = (calendar.zone_name(), calendar.version());
    serde_json::json!({ "calendar": whose, "zone": zone, "version": version }).to_string()
}

/// Instants are stored to the microsecond.
fn same_instant(a: Timestamp, b: Timestamp) -> bool {
    a.as_microsecond() == b.as_microsecond()
}
