//! A table handed to a statement as one value: many rows, one bind, one statement text.
//!
//! Binding thousands of values a statement costs more than the work itself; a JSON array of arrays costs one
//! value, and the statement stays the same however many rows there are.

use super::Engine;
use super::bind::{Bind as _, Value};

/// What a column of such a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Number,
    Text,
}

impl Engine {
    /// A sub-select of these columns over the rows in one bound value: `FROM {table} AS t`.
    pub(crate) fn table(self, columns: &[(&str, Holds)]) -> String {
        let columns: Vec<String> = columns
            .iter()
            .enumerate()
            .map(|(at, (name, holds))| match (self, holds) {
                (Engine::Sqlite, _) => format!("value ->> {at} AS {name}"),
                (Engine::Postgres, Holds::Text) => format!("value ->> {at} AS {name}"),
                (Engine::Postgres, Holds::Number) => format!("CAST(value ->> {at} AS BIGINT) AS {name}"),
            })
            .collect();
        let columns = columns.join(", ");
        match self {
            Engine::Sqlite => format!("(SELECT {columns} FROM json_each(?))"),
            Engine::Postgres => {
                format!("(SELECT {columns} FROM json_array_elements(CAST(? AS JSON)) AS v(value))")
            }
        }
    }
}

/// The rows of such a table as the one value that a statement binds.
pub(crate) fn table_value(rows: &[Vec<Value>]) -> Value {
    let cell = |value: &Value| match value {
        Value::BigInt(Some(number)) => serde_json::Value::from(*number),
        Value::Bool(Some(truth)) => serde_json::Value::from(*truth),
        Value::String(Some(text)) => serde_json::Value::from(text.as_str()),
        _ => serde_json::Value::Null,
    };
    let rows = rows.iter().map(|row| serde_json::Value::from_iter(row.iter().map(cell)));
    serde_json::Value::from_iter(rows).to_string().bind()
}
