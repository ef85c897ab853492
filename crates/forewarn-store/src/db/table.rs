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
    Truth,
}

impl Holds {
    /// What a column holds that has such values.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::BigInt(_) => Self::Number,
            Value::Bool(_) => Self::Truth,
            _ => Self::Text,
        }
    }
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
                (Engine::Postgres, Holds::Truth) => format!("CAST(value ->> {at} AS BOOLEAN) AS {name}"),
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

impl Engine {
    /// The other way: rows of these expressions as one JSON array of arrays, for answers of thousands of rows
    /// whose handing over, one by one, would cost more than finding them. In no order.
    pub(crate) fn rows_as_json(self, expressions: &str) -> String {
        match self {
            Engine::Sqlite => format!("json_group_array(json_array({expressions}))"),
            Engine::Postgres => {
                format!("CAST(COALESCE(json_agg(json_build_array({expressions})), '[]') AS TEXT)")
            }
        }
    }

    /// A statement that inserts the rows in one bound value, where that is quicker than binding every value:
    /// PostgreSQL plans thousands of them anew each time.
    pub(super) fn insert_from_table(self, table: &str, columns: &[&str], first: &[Value]) -> Option<String> {
        if self == Engine::Sqlite {
            return None;
        }
        let cells = first.iter().enumerate().map(|(at, value)| match value {
            Value::BigInt(_) => format!("CAST(value ->> {at} AS BIGINT)"),
            Value::Bool(_) => format!("CAST(value ->> {at} AS BOOLEAN)"),
            Value::Double(_) => format!("CAST(value ->> {at} AS DOUBLE PRECISION)"),
            _ => format!("value ->> {at}"),
        });
        let cells = cells.collect::<Vec<_>>().join(", ");
        let columns = columns.join(",");
        Some(format!(
            "INSERT INTO {table} ({columns}) SELECT {cells} FROM json_array_elements(CAST(? AS JSON)) AS v(value)"
        ))
    }
}

/// The rows of such a table as the one value that a statement binds.
pub(crate) fn table_value(rows: &[Vec<Value>]) -> Value {
    let cell = |value: &Value| match value {
        Value::BigInt(Some(number)) => serde_json::Value::from(*number),
        Value::Bool(Some(truth)) => serde_json::Value::from(*truth),
        Value::Double(Some(number)) => serde_json::Value::from(*number),
        Value::String(Some(text)) => serde_json::Value::from(text.as_str()),
        _ => serde_json::Value::Null,
    };
    let rows = rows.iter().map(|row| serde_json::Value::from_iter(row.iter().map(cell)));
    serde_json::Value::from_iter(rows).to_string().bind()
}
