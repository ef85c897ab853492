//! What reports and people say about promises, taken to the cases that it concerns.

use super::file::{self, CaseFile};
use super::ledger::{Ledger, Opening};
use crate::db::{FromRow, Row, Tx, binds, marks};
use crate::error::Result;
use crate::scope::Condition;
use crate::terms::{CustomerTerms, TERMS, TermsBook};
use forewarn_domain::case::{Case, CaseEvent, Observation, Observed, OpenedFor, Owner};
use forewarn_domain::ids::{CaseId, CustomerId, PersonId, TeamId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// An observation, whose promise it is about, and the case that the promise is part of.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) customer: CustomerId,
    pub(crate) case: Option<CaseId>,
    pub(crate) observation: Observation,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TakenIn {
    /// Cases that were opened.
    pub(crate) opened: Vec<CaseId>,
    /// Cases in which something was recorded, opened ones aside.
    pub(crate) moved: Vec<CaseId>,
    /// Lines that became fit to tell.
    pub(crate) news: usize,
}

/// Takes observations in: those of lines in a case go there; new slips join the customer's open untold case,
/// or open one (rule 3). They are judged as of `now`, which is earlier than `recorded_at` for a report of
/// yesterday. The observations about lines without a case must be slips; others are of no
/// concern to any case.
pub(crate) async fn take_in(
    tx: &Tx,
    book: &TermsBook,
    heard: Vec<Heard>,
    by: Option<PersonId>,
    now: Timestamp,
    recorded_at: Timestamp,
) -> Result<TakenIn> {
    let mut taken = TakenIn::default();
    let mut ledger = Ledger::new(tx, recorded_at);
    let mut in_case: BTreeMap<CaseId, Vec<Observation>> = BTreeMap::new();
    let mut new: BTreeMap<CustomerId, Vec<Observation>> = BTreeMap::new();
    for Heard { customer, case, observation } in heard {
        match case {
            Some(case) => in_case.entry(case).or_default().push(observation),
            None if matches!(observation.observed, Observed::Slipped { .. }) => {
                new.entry(customer).or_default().push(observation);
            }
            None => {}
        }
    }
    let customers: Vec<CustomerId> = new.keys().copied().collect();
    let accounts = accounts(tx, &customers).await?;
    let untold = untold(tx, &customers).await?;
    let mut ids: BTreeSet<CaseId> = in_case.keys().copied().collect();
    ids.extend(untold.values().copied());
    let ids: Vec<CaseId> = ids.into_iter().collect();
    let everything = Condition { sql: "1 = 1".to_owned(), values: Vec::new() };
    let files = file::load(tx.reads(), book, &ids, &everything).await?;
    let mut files: BTreeMap<CaseId, CaseFile> = files.into_iter().map(|file| (file.id, file)).collect();

    ledger.will_open(accounts.len()).await?;
    for account in accounts {
        let mut slips = new.remove(&account.customer).unwrap_or_default();
        if let Some(file) = untold.get(&account.customer).and_then(|id| files.get_mut(id)) {
            let (join, stay): (Vec<_>, Vec<_>) =
                slips.into_iter().partition(|slip| file.case.takes_line(slip.promise));
            in_case.entry(file.id).or_default().extend(join);
            slips = stay;
        }
        if slips.is_empty() {
            continue;
        }
        let terms = book.terms(&account.terms, account.owner);
        let mut events = Case::open(account.owner(), now, &terms, slips);
        if let Some(CaseEvent::Opened { customer, .. }) = events.first_mut() {
            *customer = Some(OpenedFor { id: account.customer, name: account.name });
        }
        taken.news += news(&events);
        let (customer, team, customer_terms) = (account.customer, account.team, account.terms);
        let opening = Opening { customer, team, customer_terms, terms };
        taken.opened.push(ledger.open(opening, events, by, now).await?.id);
    }
    for (id, observations) in in_case {
        let Some(file) = files.get_mut(&id) else { continue };
        let events = file.case.hear(now, &file.terms, observations);
        if !events.is_empty() {
            taken.news += news(&events);
            taken.moved.push(id);
            ledger.append(file, events, by, now, None).await?;
        }
    }
    ledger.write().await?;
    Ok(taken)
}

fn news(events: &[CaseEvent]) -> usize {
    events
        .iter()
        .map(|event| match event {
            CaseEvent::BecameNews { promises, .. } => promises.len(),
            _ => 0,
        })
        .sum()
}

/// A customer, and who has to tell them.
struct Account {
    customer: CustomerId,
    name: String,
    owner: Option<PersonId>,
    team: TeamId,
    terms: CustomerTerms,
}

impl Account {
    fn owner(&self) -> Owner {
        match self.owner {
            Some(person) => Owner::Person { person },
            None => Owner::Inbox { team: self.team },
        }
    }
}

/// The accounts of these customers, locked, so that nobody opens a second case beside ours.
async fn accounts(tx: &Tx, customers: &[CustomerId]) -> Result<Vec<Account>> {
    let mut accounts = Vec::with_capacity(customers.len());
    for customers in customers.chunks(400) {
        let sql = format!(
            "SELECT c.id, c.name, o.id AS owner_id, COALESCE(o.team_id, c.team_id) AS team_id, {TERMS} \
             FROM customer c LEFT JOIN person o ON o.id = c.owner_id AND o.disabled_at IS NULL \
             WHERE c.id IN ({}) ORDER BY c.id{}",
            marks(customers.len()),
            tx.reads().for_update("c"),
        );
        accounts
            .extend(tx.all::<Account>(&sql, customers.iter().flat_map(|id| binds![*id]).collect()).await?);
    }
    Ok(accounts)
}

/// The open case of each customer that still takes new lines, if there is one.
async fn untold(tx: &Tx, customers: &[CustomerId]) -> Result<BTreeMap<CustomerId, CaseId>> {
    let mut untold = BTreeMap::new();
    for customers in customers.chunks(400) {
        let sql = format!(
            "SELECT customer_id, MIN(id) FROM cases WHERE closed_at IS NULL \
             AND stage IN ('waiting-for-facts', 'to-tell') AND customer_id IN ({}) GROUP BY customer_id",
            marks(customers.len())
        );
        let values = customers.iter().flat_map(|id| binds![*id]).collect();
        untold.extend(tx.all::<(CustomerId, CaseId)>(&sql, values).await?);
    }
    Ok(untold)
}

impl FromRow for Account {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            customer: row.get("id")?,
            name: row.get("name")?,
            owner: row.get("owner_id")?,
            team: row.get("team_id")?,
            terms: CustomerTerms::from_row(row)?,
        })
    }
}
