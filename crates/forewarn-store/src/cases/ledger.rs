//! Writing what happened: events, the case's row, what is owed, and the promises concerned, together.

use super::file::{CaseFile, OwedRow};
use super::line_rows::LineRows;
use super::projection;
use crate::db::{Bind as _, Tx, Value, Word, binds};
use crate::error::{Result, StoreError};
use crate::history::{Link, chain};
use crate::terms::CustomerTerms;
use forewarn_domain::case::{Case, CaseEvent, ObligationKind, Owner, Recorded};
use forewarn_domain::ids::{CaseId, CustomerId, PersonId, TeamId};
use forewarn_domain::policy::Terms;
use jiff::Timestamp;

/// Collects what happened in one or many cases of a transaction. What needs no answer is kept until
/// [`Ledger::write`], and goes out many rows to a statement.
pub(crate) struct Ledger<'t> {
    tx: &'t Tx,
    now: Timestamp,
    opened: Vec<Vec<Value>>,
    /// Numbers for cases to come, the next one last.
    numbers: Vec<CaseId>,
    events: Vec<Vec<Value>>,
    owed: Vec<Vec<Value>>,
    lines: LineRows,
}

/// Whose case is opened, and for whom.
pub(crate) struct Opening {
    pub(crate) customer: CustomerId,
    pub(crate) team: TeamId,
    pub(crate) customer_terms: CustomerTerms,
    pub(crate) terms: Terms,
}

impl<'t> Ledger<'t> {
    pub(crate) fn new(tx: &'t Tx, now: Timestamp) -> Self {
        Self {
            tx,
            now,
            opened: Vec::new(),
            numbers: Vec::new(),
            events: Vec::new(),
            owed: Vec::new(),
            lines: LineRows::default(),
        }
    }

    /// Sets numbers aside for as many cases to come.
    pub(crate) async fn will_open(&mut self, count: usize) -> Result<()> {
        let mut numbers = self.tx.numbers_for("cases", count).await?;
        numbers.reverse();
        self.numbers = numbers.into_iter().map(CaseId).collect();
        Ok(())
    }

    /// Opens a case with its first events.
    pub(crate) async fn open(
        &mut self,
        opening: Opening,
        events: Vec<CaseEvent>,
        by: Option<PersonId>,
        at: Timestamp,
    ) -> Result<CaseFile> {
        let history = recorded(0, events, by, at);
        let case = Case::replay(&history).ok_or(StoreError::BrokenHistory(CaseId(0)))?;
        let Opening { customer, team, customer_terms, terms } = opening;
        let mut columns = projection::columns(&case, &terms);
        columns.extend([("customer_id", customer.bind()), ("team_id", team.bind())]);
        if self.numbers.is_empty() {
            self.will_open(1).await?;
        }
        let id = self.numbers.pop().unwrap_or(CaseId(0));
        columns.push(("id", id.bind()));
        self.opened.push(columns.into_iter().map(|(_, value)| value).collect());
        let chain = chain::beginning(id);
        let mut file =
            CaseFile { id, customer, case, history, terms, team, customer_terms, owed: Vec::new(), chain };
        file.chain = self.keep_events(id, &file.chain, &file.history, None);
        self.sync_owed(&mut file).await?;
        self.lines.note(id, None, &file.case);
        Ok(file)
    }

    /// Adds events to a case. The entry, if any, goes with the first of them.
    pub(crate) async fn append(
        &mut self,
        file: &mut CaseFile,
        events: Vec<CaseEvent>,
        by: Option<PersonId>,
        at: Timestamp,
        entry: Option<&str>,
    ) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let new = recorded(file.case.version, events, by, at);
        file.chain = self.keep_events(file.id, &file.chain, &new, entry);
        file.history.extend(new);
        let after = Case::replay(&file.history).ok_or(StoreError::BrokenHistory(file.id))?;
        let before = std::mem::replace(&mut file.case, after);
        if file.case.owner != before.owner {
            file.team = self.team_of(file.case.owner, file.team).await?;
        }
        self.write_opened().await?;
        self.update_row(file).await?;
        self.sync_owed(file).await?;
        self.lines.note(file.id, Some(&before), &file.case);
        Ok(())
    }

    /// Writes what was kept. Without it the events are lost: call it before the commit.
    pub(crate) async fn write(mut self) -> Result<()> {
        const EVENT: [&str; 9] =
            ["case_id", "seq", "happened_at", "recorded_at", "person_id", "kind", "event", "entry", "chain"];
        const OWED: [&str; 5] = ["case_id", "kind", "generation", "due_at", "rule"];
        self.write_opened().await?;
        self.tx.insert_rows("case_event", &EVENT, self.events).await?;
        self.tx.insert_rows("obligation", &OWED, self.owed).await?;
        self.lines.write(self.tx).await
    }

    async fn write_opened(&mut self) -> Result<()> {
        let opened = std::mem::take(&mut self.opened);
        let columns: Vec<&str> =
            projection::COLUMNS.iter().copied().chain(["customer_id", "team_id", "id"]).collect();
        self.tx.insert_rows("cases", &columns, opened).await?;
        Ok(())
    }

    /// Keeps events to be written, each bound to the one before it; gives the hash of the last.
    fn keep_events(&mut self, id: CaseId, before: &str, events: &[Recorded], entry: Option<&str>) -> String {
        let mut chain = before.to_owned();
        for (index, Recorded { seq, at, by, event }) in events.iter().enumerate() {
            let entry = entry.filter(|_| index == 0);
            let event = serde_json::to_value(event).unwrap_or_default();
            let kind = event.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default();
            let event = event.to_string();
            let link = Link {
                case: id,
                seq: *seq,
                happened_at: *at,
                recorded_at: self.now,
                person: *by,
                kind,
                entry,
                event: &event,
            };
            chain = link.after(&chain);
            self.events.push(binds![id, *seq, *at, self.now, *by, kind, &event, entry, &chain]);
        }
        chain
    }

    async fn team_of(&self, owner: Owner, before: TeamId) -> Result<TeamId> {
        match owner {
            Owner::Inbox { team } => Ok(team),
            Owner::Person { person } => {
                let sql = "SELECT team_id FROM person WHERE id = ?";
                Ok(self.tx.one::<(TeamId,)>(sql, binds![person]).await?.map_or(before, |(team,)| team))
            }
        }
    }

    async fn update_row(&self, file: &CaseFile) -> Result<()> {
        let mut columns = projection::columns(&file.case, &file.terms);
        columns.push(("team_id", file.team.bind()));
        let (names, mut values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        values.push(file.id.bind());
        let sql = format!("UPDATE cases SET {} = ? WHERE id = ?", names.join(" = ?, "));
        self.tx.execute(&sql, values).await?;
        Ok(())
    }

    /// What is owed follows from the case. A changed time is a new generation, so that a stale timer can't
    /// fire.
    async fn sync_owed(&mut self, file: &mut CaseFile) -> Result<()> {
        let owed = file.case.obligations(&file.terms);
        for row in file.owed.iter_mut().filter(|row| !row.done) {
            let stays = owed.iter().any(|owed| owed.kind == row.kind && same_instant(owed.due, row.due));
            if !stays {
                row.done = true;
                let sql = "UPDATE obligation SET done_at = ? WHERE id = ?";
                self.tx.execute(sql, binds![self.now, row.id]).await?;
            }
        }
        for owed in owed {
            if file.owed.iter().any(|row| !row.done && row.kind == owed.kind) {
                continue;
            }
            let last = file.owed.iter().filter(|row| row.kind == owed.kind).map(|row| row.generation).max();
            let generation = last.unwrap_or(0) + 1;
            let rule = rule(owed.kind, &file.terms);
            self.owed.push(binds![file.id, Word(owed.kind), generation, owed.due, rule]);
            file.owed.push(OwedRow {
                case: file.id,
                id: None,
                kind: owed.kind,
                generation,
                due: owed.due,
                done: false,
            });
        }
        Ok(())
    }
}

fn recorded(after: u32, events: Vec<CaseEvent>, by: Option<PersonId>, at: Timestamp) -> Vec<Recorded> {
    (after + 1..).zip(events).map(|(seq, event)| Recorded { seq, at, by, event }).collect()
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
