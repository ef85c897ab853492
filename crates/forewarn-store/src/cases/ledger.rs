//! Writing what happened: events, the case's row, what is owed, and the promises concerned, together.

use super::file::{CaseFile, OwedRow};
use super::projection;
use crate::columns::{promised_values, slip_values};
use crate::db::{Bind as _, Json, Tx, Value, Word, binds, marks};
use crate::error::{Result, StoreError};
use crate::terms::CustomerTerms;
use forewarn_domain::case::{Case, CaseEvent, CaseLine, LineEnd, ObligationKind, Owner, Recorded, Stage};
use forewarn_domain::ids::{CaseId, CustomerId, PersonId, PromiseId, TeamId};
use forewarn_domain::policy::Terms;
use forewarn_domain::slip::Slip;
use jiff::Timestamp;

/// Collects what happened in one or many cases of a transaction. What needs no answer is kept until
/// [`Ledger::write`], and goes out many rows to a statement.
pub(crate) struct Ledger<'t> {
    tx: &'t Tx,
    now: Timestamp,
    events: Vec<Vec<Value>>,
    owed: Vec<Vec<Value>>,
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
        Self { tx, now, events: Vec::new(), owed: Vec::new() }
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
        let (names, values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        let sql =
            format!("INSERT INTO cases ({}) VALUES ({}) RETURNING id", names.join(","), marks(values.len()));
        let id = self.tx.one::<(CaseId,)>(&sql, values).await?.map_or(CaseId(0), |(id,)| id);
        let mut file =
            CaseFile { id, customer, case, history, terms, team, customer_terms, owed: Vec::new() };
        self.keep_events(id, &file.history, None);
        self.sync_owed(&mut file).await?;
        self.sync_promises(id, None, &file.case).await?;
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
        self.keep_events(file.id, &new, entry);
        file.history.extend(new);
        let after = Case::replay(&file.history).ok_or(StoreError::BrokenHistory(file.id))?;
        let before = std::mem::replace(&mut file.case, after);
        if file.case.owner != before.owner {
            file.team = self.team_of(file.case.owner, file.team).await?;
        }
        self.update_row(file).await?;
        self.sync_owed(file).await?;
        self.sync_promises(file.id, Some(&before), &file.case).await
    }

    /// Writes what was kept. Without it the events are lost: call it before the commit.
    pub(crate) async fn write(self) -> Result<()> {
        const EVENT: [&str; 8] =
            ["case_id", "seq", "happened_at", "recorded_at", "person_id", "kind", "event", "entry"];
        const OWED: [&str; 5] = ["case_id", "kind", "generation", "due_at", "rule"];
        self.tx.insert_rows("case_event", &EVENT, self.events).await?;
        self.tx.insert_rows("obligation", &OWED, self.owed).await?;
        Ok(())
    }

    fn keep_events(&mut self, id: CaseId, events: &[Recorded], entry: Option<&str>) {
        for (index, Recorded { seq, at, by, event }) in events.iter().enumerate() {
            let entry = entry.filter(|_| index == 0);
            self.events.push(binds![id, *seq, *at, self.now, *by, kind(event), Json(event), entry]);
        }
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

    async fn sync_promises(&self, id: CaseId, before: Option<&Case>, after: &Case) -> Result<()> {
        let closing = |case: &Case| case.stage() == Stage::Closed;
        let turned = before.is_some_and(|before| closing(before) != closing(after));
        let mut joined: Vec<PromiseId> = Vec::new();
        for (promise, line) in &after.lines {
            let was = before.and_then(|before| before.lines.get(promise));
            if was == Some(line) && !turned {
                continue;
            }
            if was.is_none_or(|was| slip_of(was) != slip_of(line)) {
                self.save_slip(*promise, line).await?;
            }
            if let Some(was) = was
                && was.promised != line.promised
            {
                self.save_promised(*promise, line).await?;
            }
            if belongs(line) && !closing(after) {
                joined.push(*promise);
            } else {
                let sql = "UPDATE promise SET case_id = NULL WHERE id = ? AND case_id = ?";
                self.tx.execute(sql, binds![*promise, id]).await?;
            }
        }
        self.save_case(id, &joined).await
    }

    async fn save_case(&self, id: CaseId, promises: &[PromiseId]) -> Result<()> {
        for promises in promises.chunks(500) {
            let sql = format!(
                "UPDATE promise SET case_id = ? WHERE case_id IS NULL AND id IN ({})",
                marks(promises.len())
            );
            let values = [binds![id], promises.iter().flat_map(|id| binds![*id]).collect()].concat();
            self.tx.execute(&sql, values).await?;
        }
        Ok(())
    }

    /// The one place where a promised date changes (rule 1): the customer has heard it.
    async fn save_promised(&self, promise: PromiseId, line: &CaseLine) -> Result<()> {
        let sql = "UPDATE promise SET promised_is = ?, promised_from = ?, promised_to = ? WHERE id = ?";
        let values = [promised_values(line.promised).to_vec(), binds![promise]].concat();
        self.tx.execute(sql, values).await?;
        Ok(())
    }

    async fn save_slip(&self, promise: PromiseId, line: &CaseLine) -> Result<()> {
        let known_at = line.slip.counts().then_some(line.known_at);
        let sql = "UPDATE promise SET slip = ?, slip_days = ?, known_at = ?, firm_at = ? WHERE id = ?";
        let firm_at = line.firm_at.filter(|_| line.slip.counts());
        self.tx.execute(sql, [slip_values(line.slip), binds![known_at, firm_at, promise]].concat()).await?;
        Ok(())
    }
}

fn recorded(after: u32, events: Vec<CaseEvent>, by: Option<PersonId>, at: Timestamp) -> Vec<Recorded> {
    (after + 1..).zip(events).map(|(seq, event)| Recorded { seq, at, by, event }).collect()
}

/// All of a line that its promise's row keeps about the slip.
fn slip_of(line: &CaseLine) -> (Slip, Timestamp, Option<Timestamp>) {
    (line.slip, line.known_at, line.firm_at)
}

/// The event's word, for queries.
fn kind(event: &CaseEvent) -> String {
    let value = serde_json::to_value(event).unwrap_or_default();
    value.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned()
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

fn belongs(line: &CaseLine) -> bool {
    matches!(line.end, None | Some(LineEnd::Delivered { .. }))
}
