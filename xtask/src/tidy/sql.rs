use super::sources::Sources;
use super::{Rule, Violation};

pub(super) const RULE: Rule = Rule {
    name: "sql",
    promise: "only forewarn-store speaks SQL",
    check: |sources| Ok(statements(sources).into_iter().chain(libraries(sources)).collect()),
};

const STORE: &str = "forewarn-store";

/// Where SQL is at home: the store, and the tools that set up and measure databases.
const AT_HOME: &[&str] = &["crates/forewarn-store/", "crates/forewarn-testing/", "xtask/"];

const LIBRARIES: &[&str] =
    &["sea-orm", "sea-orm-migration", "sea-query", "sqlx", "rusqlite", "tokio-postgres"];

/// How statements begin; written in capitals, as they are everywhere in the store.
const BEGINNINGS: &[&str] =
    &["\"SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE ", "DROP TABLE "];

fn statements(sources: &Sources) -> Vec<Violation> {
    let mut violations = Vec::new();
    let strangers =
        sources.ending_with(&["rs"]).filter(|file| !AT_HOME.iter().any(|home| file.path.starts_with(home)));
    for file in strangers {
        for (place, line) in file.lines() {
            if BEGINNINGS.iter().any(|words| line.contains(words)) {
                violations.push(Violation::new(place, format!("SQL: give {STORE} a function for it")));
            }
        }
    }
    violations
}

fn libraries(sources: &Sources) -> Vec<Violation> {
    let mut violations = Vec::new();
    for one in sources.crates().iter().filter(|one| one.name != STORE) {
        for to in one.dependencies.iter().filter(|to| LIBRARIES.contains(&to.name)) {
            violations
                .push(Violation::new(one.name, format!("must not depend on {}: {STORE} does", to.name)));
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_outside_the_store_is_reported() {
        let line = "    db.execute(\"SELECT id FROM promise\")";
        assert_eq!(statements(&Sources::of_files(&[("crates/forewarn-web/src/today.rs", line)])).len(), 1);
        assert_eq!(statements(&Sources::of_files(&[("crates/forewarn-store/src/today.rs", line)])).len(), 0);
    }
}
