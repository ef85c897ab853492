//! Writing what happened: events, the case's row, what is owed, and the promises concerned, together.

use super::file::CaseFile;
use super::line_rows::LineRows;
use super::owed::Owed;
use super::projection;
use crate::db::{Bind as _, Holds, Tx, Value, binds, table_value};
use crate::error::{Result, StoreError};
use crate::history::{Link, chain};
use crate::terms::CustomerTerms;
use crate::webhooks::Outbox;
use forewarn_domain::case::{Case, CaseEvent, Owner, Recorded};
use forewarn_domain::ids::{CaseId, CustomerId, PersonId, TeamId};
use forewarn_domain::policy::Terms;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Collects what happened in one or many cases of a transaction. What needs no answer is kept until
/// [`Ledger::write`], and goes out many rows to a statement.
pub(crate) struct Ledger<'t> {
    tx: &'t Tx,
    now: Timestamp,
    opened: Vec<Vec<Value>>,
    /// Rows of cases in which something happened; of several changes of one row, the last counts.
    changed: BTreeMap<CaseId, Vec<Value>>,
    /// Numbers for cases to come, the next one last.
    numbers: Vec<CaseId>,
    events: Vec<Vec<Value>>,
    owed: Owed,
    lines: LineRows,
    /// What other programs are told; asked for once something happens.
    outbox: Option<Outbox>,
}

/// How many rows of cases one statement changes.
const AT_ONCE: usize = 500;

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
            changed: BTreeMap::new(),
            numbers: Vec::new(),
            events: Vec::new(),
            owed: Owed::default(),
            lines: LineRows::default(),
            outbox: None,
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
        let mut file = CaseFile {
            id,
            customer,
            case,
            history,
            terms,
            team,
            customer_terms,
            owed: Vec::new(),
            steps: Vec::new(),
            chain,
        };
        file.chain = self.keep_events(id, &file.chain, &file.history, None);
        self.outbox().await?.note(&file, &file.history);
        self.owed.follow(&mut file, None, &[]);
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
        file.history.extend(new.iter().cloned());
        let after = Case::replay(&file.history).ok_or(StoreError::BrokenHistory(file.id))?;
        let before = std::mem::replace(&mut file.case, after);
        if file.case.owner != before.owner {
            file.team = self.team_of(file.case.owner, file.team).await?;
        }
        self.outbox().await?.note(file, &new);
        self.keep_row(file);
        self.owed.follow(file, Some(&before), &new);
        self.lines.note(file.id, Some(&before), &file.case);
        Ok(())
    }

    /// Lets the rows of a case follow its terms, when they have changed and nothing has happened.
    pub(crate) fn refresh(&mut self, file: &mut CaseFile) {
        self.owed.follow(file, None, &[]);
        self.keep_row(file);
    }

    /// Writes what was kept. Without it the events are lost: call it before the commit.
    pub(crate) async fn write(mut self) -> Result<()> {
        const EVENT: [&str; 9] =
            ["case_id", "seq", "happened_at", "recorded_at", "person_id", "kind", "event", "entry", "chain"];
        self.write_opened().await?;
        self.write_changed().await?;
        self.tx.insert_rows("case_event", &EVENT, self.events).await?;
        if let Some(outbox) = self.outbox {
            outbox.write(self.tx, self.now).await?;
        }
        self.owed.write(self.tx, self.now).await?;
        self.lines.write(self.tx).await
    }

    /// Asks once who listens.
    async fn outbox(&mut self) -> Result<&mut Outbox> {
        let open = match self.outbox.take() {
            Some(open) => open,
            None => Outbox::open(self.tx).await?,
        };
        Ok(self.outbox.insert(open))
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
        let mut hash = before.to_owned();
        for (index, Recorded { seq, at, by, event }) in events.iter().enumerate() {
            let entry = entry.filter(|_| index == 0);
            let event = serde_json::to_value(event).unwrap_or_default();
            let kind = event.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default();
            let event = event.to_string();
            let text_hash = chain::sum(event.as_bytes());
            let link = Link {
                case: id,
                seq: *seq,
                happened_at: *at,
                recorded_at: self.now,
                person: *by,
                kind,
                entry,
                text_hash: &text_hash,
            };
            hash = link.after(&hash);
            self.events.push(binds![id, *seq, *at, self.now, *by, kind, &event, entry, &hash]);
        }
        hash
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

    fn keep_row(&mut self, file: &CaseFile) {
        let columns = projection::columns(&file.case, &file.terms).into_iter().map(|(_, value)| value);
        self.changed.insert(file.id, columns.chain(binds![file.team, file.id]).collect());
    }

    /// Many rows to a statement: a tick changes those of some dozens of cases at once.
    async fn write_changed(&mut self) -> Result<()> {
        let changed: Vec<_> = std::mem::take(&mut self.changed).into_values().collect();
        let Some(first) = changed.first() else { return Ok(()) };
        let names = projection::COLUMNS.iter().copied().chain(["team_id"]);
        let set: Vec<String> = names.clone().map(|name| format!("{name} = t.{name}")).collect();
        let columns: Vec<_> = names.chain(["id"]).zip(first.iter().map(Holds::of)).collect();
        let table = self.tx.engine().table(&columns);
        let sql = format!("UPDATE cases SET {} FROM {table} AS t WHERE cases.id = t.id", set.join(", "));
        for rows in changed.chunks(AT_ONCE) {
            self.tx.execute(&sql, vec![table_value(rows)]).await?;
        }
        Ok(())
    }
}

fn recorded(after: u32, events: Vec<CaseEvent>, by: Option<PersonId>, at: Timestamp) -> Vec<Recorded> {
    (after + 1..).zip(events).map(|(seq, event)| Recorded { seq, at, by, event }).collect()
}
