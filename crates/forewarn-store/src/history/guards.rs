//! The triggers that refuse to change or delete what was recorded: whether they are still there. A database without
//! them works just as well, and nobody would notice.

use crate::db::{Engine, FromRow, Row, Store, binds};
use crate::error::Result;

/// What only grows, and in which columns an erasure must leave it alone; none where it may not touch it at all. It
/// has to say what the migrations say; a test compares them.
const GUARDED: [(&str, &[&str]); 4] = [
    ("case_event", &["case_id", "seq", "happened_at", "recorded_at", "person_id", "kind", "entry", "chain"]),
    ("erasure", &[]),
    (
        "evidence",
        &[
            "id",
            "promise_id",
            "outlook_is",
            "outlook_from",
            "outlook_to",
            "observed_at",
            "recorded_at",
            "import_id",
            "person_id",
        ],
    ),
    ("history_head", &[]),
];

impl Store {
    /// The names of the triggers that should refuse changes of what was recorded, and are gone, switched off, or
    /// others than those that were made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn missing_guards(&self) -> Result<Vec<String>> {
        let engine = self.engine();
        let found: Vec<Guard> = self.reads().all(engine.guards(), binds![]).await?;
        let due = GUARDED.iter().flat_map(|(table, kept)| due(engine, table, kept));
        Ok(due.filter(|due| !found.contains(due)).map(|due| due.name).collect())
    }
}

/// A trigger, and what it does: in SQLite its whole text; in PostgreSQL, which writes that anew, its table and the text of its
/// function.
#[derive(Debug, PartialEq, Eq)]
struct Guard {
    name: String,
    does: String,
}

/// The triggers of a table as the migrations make them.
fn due(engine: Engine, table: &str, kept: &[&str]) -> Vec<Guard> {
    let made = match kept {
        [] => engine.only_grows(table),
        kept => engine.only_grows_but_for_erasure(table, kept.iter().copied()),
    };
    let refuses = engine.only_grows(table);
    // What stands between the two signs is the function; the second kind of trigger uses that of the first.
    let function = refuses.split("$$").nth(1).unwrap_or_default().trim();
    let made = made.lines().filter(|line| line.starts_with(CREATE));
    made.map(|line| Guard {
        name: line[CREATE.len()..].split(' ').next().unwrap_or_default().to_owned(),
        does: match engine {
            Engine::Sqlite => line.trim_end_matches(';').to_owned(),
            Engine::Postgres => format!("{table}: {function}"),
        },
    })
    .collect()
}

const CREATE: &str = "CREATE TRIGGER ";

impl Engine {
    fn guards(self) -> &'static str {
        match self {
            Engine::Sqlite => "SELECT name, sql AS does FROM sqlite_master WHERE type = 'trigger'",
            // O and A: it fires in an ordinary session.
            Engine::Postgres => {
                "SELECT CAST(t.tgname AS TEXT) AS name, \
                 CAST(c.relname AS TEXT) || ': ' || BTRIM(p.prosrc) AS does FROM pg_trigger t \
                 JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid \
                 WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') \
                 AND c.relnamespace = CAST(current_schema() AS REGNAMESPACE)"
            }
        }
    }
}

impl FromRow for Guard {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { name: row.get("name")?, does: row.get("does")? })
    }
}
