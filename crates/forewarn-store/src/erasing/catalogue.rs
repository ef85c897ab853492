//! Every column of the database that holds text, from its own catalogue: a table that is added later is in it.

use crate::db::{Engine, Reads, binds};
use crate::error::Result;
use std::collections::BTreeMap;

/// A table, and what of it matters here.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) name: String,
    /// Its columns that hold text.
    pub(super) texts: Vec<String>,
    /// All of its columns.
    pub(super) columns: Vec<String>,
}

/// What names our own people, our settings, or the customer itself; and what says nothing about anybody.
const LEFT_ALONE: [&str; 9] = [
    "person",
    "team",
    "setting",
    "report_owner",
    "profile",
    "erasure",
    "erased_contact",
    "history_head",
    "seaql_migrations",
];
const NAMES_OF_CUSTOMERS: [&str; 3] = ["name", "name_key", "report_owner"];

pub(super) async fn tables(reads: Reads<'_>, engine: Engine) -> Result<Vec<Table>> {
    let columns: Vec<(String, String, String)> = reads.all(engine.catalogue(), binds![]).await?;
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for (name, column, kind) in columns {
        if LEFT_ALONE.contains(&name.as_str()) {
            continue;
        }
        let table = tables.entry(name.clone()).or_insert_with(|| Table {
            name,
            texts: Vec::new(),
            columns: Vec::new(),
        });
        let names_customer = table.name == "customer" && NAMES_OF_CUSTOMERS.contains(&column.as_str());
        if kind.eq_ignore_ascii_case("text") && !names_customer {
            table.texts.push(column.clone());
        }
        table.columns.push(column);
    }
    Ok(tables.into_values().filter(|table| !table.texts.is_empty()).collect())
}

impl Table {
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|own| own == column)
    }

    /// Says of a row `t` whether it belongs to one of so many customers, each of them a `?`; `None` where nothing
    /// says so.
    pub(super) fn of_customers(&self, count: usize) -> Option<String> {
        let customers = crate::db::marks(count);
        let cases = format!("SELECT id FROM cases WHERE customer_id IN ({customers})");
        if self.name == "customer" {
            Some(format!("t.id IN ({customers})"))
        } else if self.has("customer_id") {
            Some(format!("t.customer_id IN ({customers})"))
        } else if self.has("case_id") {
            Some(format!("t.case_id IN ({cases})"))
        } else if self.has("promise_id") {
            Some(format!("t.promise_id IN (SELECT id FROM promise WHERE customer_id IN ({customers}))"))
        } else if self.has("notice_id") {
            Some(format!("t.notice_id IN (SELECT id FROM notice WHERE case_id IN ({cases}))"))
        } else {
            None
        }
    }
}
