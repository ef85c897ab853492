//! What stands outside of the chain and gives it its meaning: whose case it is, which order lines it is about, and
//! the erasures that it names.

use super::{Broken, StoredEvent, Wrong};
use crate::db::{FromRow, Reads, Row, binds, marks};
use crate::error::Result;
use forewarn_domain::case::{CaseEvent, LineFacts, OpenedFor};
use forewarn_domain::erasing::ERASED;
use forewarn_domain::fact::LineKey;
use forewarn_domain::ids::{CaseId, CustomerId, PromiseId};
use std::collections::{BTreeSet, HashMap};

/// Where the tables say something else than these events do.
pub(super) async fn compared(reads: Reads<'_>, events: &[StoredEvent]) -> Result<Vec<Broken>> {
    let said: Vec<(CaseId, u32, Said)> = events.iter().filter_map(said).collect();
    let cases: BTreeSet<CaseId> = said.iter().map(|(case, ..)| *case).collect();
    let promises = said.iter().filter_map(|(.., said)| match said {
        Said::Line(line) => Some(line.promise),
        Said::Customer(_) => None,
    });
    let cases = cases_now(reads, cases).await?;
    let promises = promises_now(reads, promises.collect()).await?;
    let wrong = said.into_iter().filter_map(|(case, seq, said)| {
        // Of a case that is gone it is said elsewhere that it is.
        let now = cases.get(&case)?;
        let wrong = match said {
            Said::Customer(recorded) => other_customer(&recorded, now),
            Said::Line(line) => other_line(&line, now, promises.get(&line.promise)),
        };
        Some(Broken { case: Some(case), seq, wrong: wrong? })
    });
    Ok(wrong.collect())
}

/// Events that were overwritten by an erasure which nobody has done.
pub(super) async fn without_erasure(reads: Reads<'_>) -> Result<Vec<Broken>> {
    let sql = "SELECT e.case_id, e.seq FROM case_event e LEFT JOIN erasure x ON x.id = e.erasure_id \
               WHERE x.id IS NULL AND (e.erased_hash IS NOT NULL OR e.erasure_id IS NOT NULL) \
               ORDER BY e.case_id, e.seq";
    let found: Vec<(CaseId, u32)> = reads.all(sql, binds![]).await?;
    Ok(found
        .into_iter()
        .map(|(case, seq)| Broken { case: Some(case), seq, wrong: Wrong::NoErasure })
        .collect())
}

/// What an event says about rows of other tables.
enum Said {
    Customer(OpenedFor),
    Line(LineFacts),
}

fn said(event: &StoredEvent) -> Option<(CaseId, u32, Said)> {
    if !["opened", "line-joined"].contains(&event.kind.as_str()) {
        return None;
    }
    let said = match serde_json::from_str(&event.event).ok()? {
        CaseEvent::Opened { customer, .. } => Said::Customer(customer?),
        CaseEvent::LineJoined { line } => Said::Line(line),
        _ => return None,
    };
    Some((CaseId(event.case), event.seq, said))
}

fn other_customer(recorded: &OpenedFor, now: &CaseNow) -> Option<Wrong> {
    let same_name = recorded.name == now.name || recorded.name.contains(ERASED);
    (recorded.id != now.customer || !same_name).then(|| Wrong::Elsewhere {
        recorded: format!("customer {}, “{}”", recorded.id, recorded.name),
        now: now.to_string(),
    })
}

fn other_line(recorded: &LineFacts, case: &CaseNow, promise: Option<&PromiseNow>) -> Option<Wrong> {
    let Some(promise) = promise else {
        return Some(Wrong::Elsewhere { recorded: named(&recorded.key), now: "nothing".to_owned() });
    };
    let same = |one: &str, other: &str| one == other || one.contains(ERASED);
    let LineKey { order, line, schedule } = &promise.key;
    let key = &recorded.key;
    if !(same(&key.order, order) && same(&key.line, line) && same(&key.schedule, schedule)) {
        return Some(Wrong::Elsewhere { recorded: named(key), now: named(&promise.key) });
    }
    (promise.customer != case.customer).then(|| Wrong::Elsewhere {
        recorded: format!("{} of customer {}", named(key), promise.customer),
        now: case.to_string(),
    })
}

/// "order SO-44102, line 10".
fn named(key: &LineKey) -> String {
    let schedule = if key.schedule.is_empty() { String::new() } else { format!(".{}", key.schedule) };
    format!("order {}, line {}{schedule}", key.order, key.line)
}

struct CaseNow {
    customer: CustomerId,
    name: String,
}

struct PromiseNow {
    customer: CustomerId,
    key: LineKey,
}

impl std::fmt::Display for CaseNow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "customer {}, “{}”", self.customer, self.name)
    }
}

/// How many rows are asked for at once.
const AT_ONCE: usize = 500;

async fn cases_now(reads: Reads<'_>, ids: BTreeSet<CaseId>) -> Result<HashMap<CaseId, CaseNow>> {
    let ids: Vec<CaseId> = ids.into_iter().collect();
    let mut found = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT k.id, k.customer_id, COALESCE(c.name, '') AS name FROM cases k \
             LEFT JOIN customer c ON c.id = k.customer_id WHERE k.id IN ({})",
            marks(ids.len())
        );
        let rows: Vec<(CaseId, CustomerId, String)> =
            reads.all(&sql, ids.iter().flat_map(|id| binds![*id]).collect()).await?;
        found.extend(rows.into_iter().map(|(id, customer, name)| (id, CaseNow { customer, name })));
    }
    Ok(found)
}

async fn promises_now(reads: Reads<'_>, ids: BTreeSet<PromiseId>) -> Result<HashMap<PromiseId, PromiseNow>> {
    let ids: Vec<PromiseId> = ids.into_iter().collect();
    let mut found = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT id, customer_id, order_no, line_no, schedule_no FROM promise WHERE id IN ({})",
            marks(ids.len())
        );
        let rows: Vec<Numbered> = reads.all(&sql, ids.iter().flat_map(|id| binds![*id]).collect()).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row.now)));
    }
    Ok(found)
}

struct Numbered {
    id: PromiseId,
    now: PromiseNow,
}

impl FromRow for Numbered {
    fn from_row(row: &Row) -> Result<Self> {
        let key = LineKey {
            order: row.get("order_no")?,
            line: row.get("line_no")?,
            schedule: row.get("schedule_no")?,
        };
        Ok(Self { id: row.get("id")?, now: PromiseNow { customer: row.get("customer_id")?, key } })
    }
}
