//! How the database carries out what runs all the time, whatever else there is: a scan of a whole table there is a
//! defect.

use crate::auditor::Check;
use crate::db::{FromRow, Row, Store, Value, binds};
use crate::error::Result;
use crate::obligations;
use jiff::Timestamp;

/// How one statement is carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What it looks for.
    pub what: &'static str,
    /// The plan, a line each, in the database's own words.
    pub lines: Vec<String>,
}

impl Store {
    /// The plans of what every tick and every audit asks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn plans(&self, now: Timestamp) -> Result<Vec<Plan>> {
        let mut plans = vec![self.plan("what is due", obligations::DUE, binds![now, now, now]).await?];
        for check in Check::ALL {
            plans.push(self.plan(check.name(), &check.sql(5), check.values(now)).await?);
        }
        Ok(plans)
    }

    async fn plan(&self, what: &'static str, sql: &str, values: Vec<Value>) -> Result<Plan> {
        let sql = format!("{} {sql}", self.engine().explain());
        let lines: Vec<Line> = self.reads().all(&sql, values).await?;
        Ok(Plan { what, lines: lines.into_iter().map(|Line(line)| line).collect() })
    }
}

struct Line(String);

impl FromRow for Line {
    fn from_row(row: &Row) -> Result<Self> {
        // SQLite's name of the column, then PostgreSQL's.
        row.get("detail").or_else(|_| row.get("QUERY PLAN")).map(Self)
    }
}
