//! What a database says about its own tables, for what goes through all of them: backup and restore.

use super::{Engine, FromRow, Reads, Row};
use crate::error::{Result, StoreError};

/// A table, with what its columns hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<TableColumn>,
}

/// A column that is stored, and not computed from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableColumn {
    pub(crate) name: String,
    pub(crate) holds: Kind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Whole,
    Truth,
    Text,
    Fraction,
}

impl Kind {
    /// From the type that the schema names.
    fn of_type(declared: &str) -> Option<Self> {
        match declared.to_ascii_lowercase().as_str() {
            "bigint" | "integer" => Some(Self::Whole),
            "boolean" => Some(Self::Truth),
            "text" => Some(Self::Text),
            "real" | "double precision" => Some(Self::Fraction),
            _ => None,
        }
    }
}

/// All tables but the note of which migrations ran, by name.
pub(crate) async fn tables(reads: Reads<'_>, engine: Engine) -> Result<Vec<Table>> {
    let found: Vec<Found> = reads.all(engine.columns_of_tables(), Vec::new()).await?;
    let mut tables: Vec<Table> = Vec::new();
    for Found { table, column, declared } in found.into_iter().filter(|found| found.table != MIGRATIONS) {
        let holds = Kind::of_type(&declared)
            .ok_or_else(|| StoreError::Unreadable { column: format!("{table}.{column}"), found: declared })?;
        let column = TableColumn { name: column, holds };
        match tables.last_mut().filter(|last| last.name == table) {
            Some(last) => last.columns.push(column),
            None => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(tables)
}

/// The names of the migrations that ran; none where there are no tables yet.
pub(crate) async fn migrations(reads: Reads<'_>, engine: Engine) -> Result<Vec<String>> {
    let (there,): (i64,) = reads.one(engine.has_migrations(), Vec::new()).await?.unwrap_or_default();
    if there == 0 {
        return Ok(Vec::new());
    }
    let names: Vec<(String,)> =
        reads.all(&format!("SELECT version FROM {MIGRATIONS} ORDER BY version"), Vec::new()).await?;
    Ok(names.into_iter().map(|(name,)| name).collect())
}

/// Where the migrations note that they ran.
const MIGRATIONS: &str = "seaql_migrations";

impl Engine {
    /// Every stored column of every table of ours: table, column, type.
    fn columns_of_tables(self) -> &'static str {
        match self {
            Engine::Sqlite => {
                "SELECT t.name AS table_name, c.name AS column_name, c.type AS data_type \
                 FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
                 WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                 ORDER BY t.name, c.cid"
            }
            Engine::Postgres => {
                "SELECT CAST(c.table_name AS TEXT) AS table_name, CAST(c.column_name AS TEXT) AS column_name, \
                 CAST(c.data_type AS TEXT) AS data_type FROM information_schema.columns c \
                 JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
                 WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
                 AND c.is_generated = 'NEVER' ORDER BY 1, c.ordinal_position"
            }
        }
    }

    fn has_migrations(self) -> &'static str {
        match self {
            Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE name = 'seaql_migrations'",
            Engine::Postgres => {
                "SELECT COUNT(*) FROM information_schema.tables \
                 WHERE table_schema = current_schema() AND table_name = 'seaql_migrations'"
            }
        }
    }

    /// A row of a table as one JSON array, in the order of its columns: the same text on both databases.
    pub(crate) fn row_as_json(self, table: &Table) -> String {
        let cells: Vec<String> = table.columns.iter().map(|column| self.cell(column)).collect();
        let cells = cells.join(", ");
        let name = &table.name;
        match self {
            Engine::Sqlite => format!("SELECT json_array({cells}) AS line FROM \"{name}\""),
            Engine::Postgres => {
                format!("SELECT CAST(json_build_array({cells}) AS TEXT) AS line FROM \"{name}\"")
            }
        }
    }

    /// SQLite keeps a truth as 0 or 1.
    fn cell(self, column: &TableColumn) -> String {
        let name = &column.name;
        match (self, column.holds) {
            (Engine::Sqlite, Kind::Truth) => {
                format!("json(CASE WHEN \"{name}\" THEN 'true' WHEN NOT \"{name}\" THEN 'false' END)")
            }
            _ => format!("\"{name}\""),
        }
    }

    /// The highest number that a table's own counter has given, where it has one; nothing where it has none or has
    /// given none.
    pub(crate) fn counter(self, table: &str) -> String {
        match self {
            Engine::Sqlite => format!("SELECT seq FROM sqlite_sequence WHERE name = '{table}'"),
            Engine::Postgres => format!(
                "SELECT pg_sequence_last_value(pg_get_serial_sequence('\"{table}\"', 'id')) \
                 WHERE pg_sequence_last_value(pg_get_serial_sequence('\"{table}\"', 'id')) IS NOT NULL"
            ),
        }
    }

    /// Lets a table's own counter go on behind a number.
    pub(crate) fn count_on(self, table: &str, last: i64) -> Vec<String> {
        match self {
            Engine::Sqlite => vec![
                format!("DELETE FROM sqlite_sequence WHERE name = '{table}'"),
                format!("INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {last})"),
            ],
            Engine::Postgres => {
                vec![format!("SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), {last})")]
            }
        }
    }

    /// Asks for the triggers, or for what ties tables to each other: a name, a table, and how to put it back.
    pub(crate) fn ties(self) -> &'static str {
        match self {
            Engine::Sqlite => {
                "SELECT name, tbl_name AS table_name, sql AS again FROM sqlite_master \
                 WHERE type = 'trigger' ORDER BY name"
            }
            Engine::Postgres => {
                "SELECT CAST(conname AS TEXT) AS name, CAST(conrelid AS REGCLASS)::TEXT AS table_name, \
                 pg_get_constraintdef(oid) AS again FROM pg_constraint \
                 WHERE contype = 'f' AND connamespace = CAST(current_schema() AS REGNAMESPACE) ORDER BY 1"
            }
        }
    }

    /// Asks for the statements that take everything away.
    pub(crate) fn drops(self) -> &'static str {
        match self {
            // Without the tables that stand behind virtual ones: they go with them.
            Engine::Sqlite => {
                "SELECT 'DROP ' || iif(type = 'view', 'VIEW', 'TABLE') || ' \"' || name || '\"' \
                 FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual', 'view') \
                 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC, name"
            }
            Engine::Postgres => {
                "SELECT 'DROP TABLE \"' || tablename || '\" CASCADE' FROM pg_tables \
                 WHERE schemaname = current_schema() ORDER BY tablename"
            }
        }
    }

    /// Takes a tie away.
    pub(crate) fn untie(self, name: &str, table: &str) -> String {
        match self {
            Engine::Sqlite => format!("DROP TRIGGER \"{name}\""),
            Engine::Postgres => format!("ALTER TABLE {table} DROP CONSTRAINT \"{name}\""),
        }
    }

    /// Puts it back.
    pub(crate) fn tie(self, name: &str, table: &str, again: &str) -> String {
        match self {
            Engine::Sqlite => again.to_owned(),
            Engine::Postgres => format!("ALTER TABLE {table} ADD CONSTRAINT \"{name}\" {again}"),
        }
    }

    /// Lets the triggers of a table sleep, or wakes them. In SQLite they are ties.
    pub(crate) fn triggers(self, table: &str, awake: bool) -> Option<String> {
        let does = if awake { "ENABLE" } else { "DISABLE" };
        match self {
            Engine::Sqlite => None,
            Engine::Postgres => Some(format!("ALTER TABLE \"{table}\" {does} TRIGGER USER")),
        }
    }

    /// Whether any row names another one that is not there.
    pub(crate) fn loose_ends(self) -> Option<&'static str> {
        match self {
            Engine::Sqlite => Some("SELECT \"table\" AS name FROM pragma_foreign_key_check LIMIT 1"),
            // It has looked when the ties were put back.
            Engine::Postgres => None,
        }
    }

    /// Asks how many other connections there are to this database, where that can be asked.
    pub(crate) fn others(self) -> Option<&'static str> {
        match self {
            Engine::Sqlite => None,
            Engine::Postgres => Some(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
                 AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
            ),
        }
    }
}

struct Found {
    table: String,
    column: String,
    declared: String,
}

impl FromRow for Found {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            table: row.get("table_name")?,
            column: row.get("column_name")?,
            declared: row.get("data_type")?,
        })
    }
}
