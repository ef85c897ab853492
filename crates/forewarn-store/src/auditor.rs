//! The auditor: looks, on a connection of its own, whether the clocks and the letters keep what Forewarn promises.
//!
//! It trusts nothing that the tick or the senders say about themselves: it reads what is owed, what was noticed and
//! what became of letters, and finds what should not be there. It changes nothing.

mod checks;
#[cfg(test)]
mod tests;

pub use checks::Check;

use crate::db::{FromRow, Row, Store};
use crate::error::Result;
use crate::location::Location;
use forewarn_domain::ids::CaseId;
use jiff::Timestamp;

/// Reads what the others have written.
#[derive(Debug)]
pub struct Auditor {
    store: Store,
}

/// What the auditor saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// When it looked.
    pub at: Timestamp,
    /// What came of each check, in the order of [`Check::ALL`].
    pub findings: Vec<Finding>,
    /// How many people and teams could not be reached if they were needed; see [`Store::unreachable`].
    pub unreachable: u64,
}

/// What came of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which check.
    pub check: Check,
    /// How many things are wrong.
    pub count: u64,
    /// The first few cases in which they are.
    pub cases: Vec<CaseId>,
}

/// How many cases a finding names.
const NAMED: usize = 5;

impl Auditor {
    /// Connects. Whoever opened the store before has brought its tables up to date.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn open(location: &Location) -> Result<Self> {
        Ok(Self { store: Store::open_to_read(location).await? })
    }

    /// The moment by which it judges: the database's where several programs share one, `own` where there is only
    /// this one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn time(&self, own: Timestamp) -> Result<Timestamp> {
        self.store.time(own).await
    }

    /// Makes every check, as of `now`.
    ///
    /// # Errors
    /// When the database fails. That is a finding, too: nobody knows then whether the promises are kept.
    pub async fn audit(&self, now: Timestamp) -> Result<Audit> {
        let mut findings = Vec::new();
        for check in Check::ALL {
            let found: Vec<Found> = self.store.reads().all(&check.sql(NAMED), check.values(now)).await?;
            let count = found.first().map_or(0, |found| found.count);
            findings.push(Finding {
                check,
                count,
                cases: found.into_iter().filter_map(|found| found.case).collect(),
            });
        }
        let unreachable = self.store.unreachable(now).await?.len() as u64;
        Ok(Audit { at: now, findings, unreachable })
    }
}

impl Audit {
    /// Whether nothing is wrong at all.
    pub fn is_clean(&self) -> bool {
        self.unreachable == 0 && self.findings.iter().all(|finding| finding.count == 0)
    }

    /// Whether a promise to the user is broken.
    pub fn breaks_a_promise(&self) -> bool {
        self.findings.iter().any(|finding| finding.count > 0 && finding.check.is_a_promise())
    }
}

/// A row of every check: a case, and how many rows there would be.
struct Found {
    case: Option<CaseId>,
    count: u64,
}

impl FromRow for Found {
    fn from_row(row: &Row) -> Result<Self> {
        let count: i64 = row.get("found")?;
        Ok(Self { case: row.get("case_id")?, count: count.unsigned_abs() })
    }
}
