//! What was told, how long that took, and what came out when somebody looked.

use crate::db::{FromRow, Json, Reads, Row, Value, binds};
use crate::error::Result;
use crate::scope::Condition;
use crate::terms::{CustomerTerms, TermsBook};
use forewarn_domain::case::{Age, Case, CaseEvent, Recorded, SpotCheck, Telling, Waits};
use forewarn_domain::ids::{CaseId, PersonId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Something that a customer was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldCase {
    /// In which case.
    pub case: CaseId,
    /// The customer's name.
    pub customer_name: String,
    /// Who told them.
    pub by: PersonId,
    /// Their name.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
    /// Whom, how, and what.
    pub telling: Telling,
    /// Working days that they had left to act; below zero when the promised day was over.
    pub notice_days: Option<i32>,
    /// How long it took us, apart for facts and for words.
    pub waits: Waits,
    /// Known → told.
    pub age: Age,
    /// Known → firm: the clock of supply.
    pub fact_age: Age,
    /// Firm → told: the clock of whoever told.
    pub tell_age: Age,
}

/// Somebody looked whether a telling was as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The case.
    pub case: CaseId,
    /// The customer's name.
    pub customer_name: String,
    /// When.
    pub at: Timestamp,
    /// Who looked.
    pub by_name: Option<String>,
    /// Whom they asked, and what came out.
    pub check: SpotCheck,
}

/// What these people have told since then, newest first. A first word by e-mail that came back was not told.
pub(super) async fn find(
    reads: Reads<'_>,
    book: &TermsBook,
    seen: &Condition,
    rep: Option<PersonId>,
    since: Timestamp,
) -> Result<Vec<ToldCase>> {
    let by = tellers(seen, rep);
    let sql = format!(
        "SELECT e.case_id, e.seq, e.happened_at, e.person_id, e.event, c.name AS customer_name, p.name AS by_name \
         FROM case_event e JOIN cases k ON k.id = e.case_id JOIN customer c ON c.id = k.customer_id \
         JOIN person p ON p.id = e.person_id \
         WHERE e.kind = 'told' AND e.happened_at >= ? AND {} ORDER BY e.happened_at DESC, e.case_id, e.seq DESC",
        by.sql
    );
    let found: Vec<Found> = reads.all(&sql, [binds![since], by.values.clone()].concat()).await?;
    let came_back = came_back(reads, &by, since).await?;
    let arrived = found.into_iter().filter(|found| !came_back.contains(&(found.case, found.seq)));
    Ok(arrived.filter_map(|found| found.told(book)).collect())
}

/// The events, of the cases in which these people have told something since then, that letters had made which
/// came back.
async fn came_back(reads: Reads<'_>, by: &Condition, since: Timestamp) -> Result<BTreeSet<(CaseId, u32)>> {
    let sql = format!(
        "SELECT x.case_id, x.seq, x.happened_at, x.event FROM case_event x \
         WHERE x.kind = 'letter' AND x.case_id IN (SELECT e.case_id FROM case_event e \
         WHERE e.kind = 'told' AND e.happened_at >= ? AND {}) ORDER BY x.case_id, x.seq",
        by.sql
    );
    let mut letters: BTreeMap<CaseId, Vec<Recorded>> = BTreeMap::new();
    let values = [binds![since], by.values.clone()].concat();
    for OfLetter { case, recorded } in reads.all::<OfLetter>(&sql, values).await? {
        letters.entry(case).or_default().push(recorded);
    }
    let undone = letters
        .iter()
        .flat_map(|(case, events)| Case::undone(events).into_iter().map(move |seq| (*case, seq)));
    Ok(undone.collect())
}

/// What came out of spot checks of what these people have told since then, newest first.
pub(super) async fn checks(
    reads: Reads<'_>,
    seen: &Condition,
    rep: Option<PersonId>,
    since: Timestamp,
) -> Result<Vec<Checked>> {
    let by = tellers(seen, rep);
    let sql = format!(
        "SELECT x.case_id, x.seq, x.happened_at, x.event, c.name AS customer_name, p.name AS by_name \
         FROM case_event x JOIN cases k ON k.id = x.case_id JOIN customer c ON c.id = k.customer_id \
         LEFT JOIN person p ON p.id = x.person_id \
         WHERE x.kind IN ('spot-checked', 'taken-back') AND x.case_id IN (SELECT e.case_id FROM case_event e \
         WHERE e.kind = 'told' AND e.happened_at >= ? AND {}) ORDER BY x.happened_at DESC, x.case_id, x.seq DESC",
        by.sql
    );
    let found: Vec<Noted> = reads.all(&sql, [binds![since], by.values].concat()).await?;
    let taken_back: BTreeSet<(CaseId, u32)> = found
        .iter()
        .filter_map(|noted| match noted.event {
            CaseEvent::TakenBack { seq } => Some((noted.case, seq)),
            _ => None,
        })
        .collect();
    let stands = |noted: &Noted| !taken_back.contains(&(noted.case, noted.seq));
    Ok(found.into_iter().filter(stands).filter_map(Noted::checked).collect())
}

/// Events `e` of these people.
fn tellers(seen: &Condition, rep: Option<PersonId>) -> Condition {
    let one = rep.map(|rep| (" AND e.person_id = ?", binds![rep]));
    let (one, value): (&str, Vec<Value>) = one.unwrap_or_default();
    let sql = format!("e.person_id IN (SELECT w.id FROM person w WHERE {}){one}", seen.sql);
    Condition { sql, values: [seen.values.clone(), value].concat() }
}

struct Found {
    case: CaseId,
    seq: u32,
    at: Timestamp,
    by: PersonId,
    by_name: String,
    customer_name: String,
    event: CaseEvent,
}

impl Found {
    fn told(self, book: &TermsBook) -> Option<ToldCase> {
        let Found { case, at, by, by_name, customer_name, event, .. } = self;
        let CaseEvent::Told { telling, notice_days, waits } = event else { return None };
        let calendar = book.terms(&CustomerTerms::default(), Some(by)).owner_calendar;
        let firm_at =
            calendar.subtract_working_time(at, jiff::SignedDuration::from_mins(waits.tell_minutes.max(0)));
        let minutes = waits.fact_minutes.saturating_add(waits.tell_minutes);
        Some(ToldCase {
            case,
            customer_name,
            by,
            by_name,
            at,
            telling,
            notice_days,
            waits,
            age: Age::of_telling(minutes, notice_days, at, &calendar),
            fact_age: Age::of_wait(waits.fact_minutes, firm_at, &calendar),
            tell_age: Age::of_wait(waits.tell_minutes, at, &calendar),
        })
    }
}

/// What became of a letter, as an event of its case.
struct OfLetter {
    case: CaseId,
    recorded: Recorded,
}

struct Noted {
    case: CaseId,
    seq: u32,
    at: Timestamp,
    by_name: Option<String>,
    customer_name: String,
    event: CaseEvent,
}

impl Noted {
    fn checked(self) -> Option<Checked> {
        let Noted { case, at, by_name, customer_name, event, .. } = self;
        let CaseEvent::SpotChecked { check } = event else { return None };
        Some(Checked { case, customer_name, at, by_name, check })
    }
}

impl FromRow for Found {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            case: row.get("case_id")?,
            seq: row.get("seq")?,
            at: row.get("happened_at")?,
            by: row.get("person_id")?,
            by_name: row.get("by_name")?,
            customer_name: row.get("customer_name")?,
            event: row.get::<Json<CaseEvent>>("event")?.0,
        })
    }
}

impl FromRow for OfLetter {
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

impl FromRow for Noted {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            case: row.get("case_id")?,
            seq: row.get("seq")?,
            at: row.get("happened_at")?,
            by_name: row.get("by_name")?,
            customer_name: row.get("customer_name")?,
            event: row.get::<Json<CaseEvent>>("event")?.0,
        })
    }
}
