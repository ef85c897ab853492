use super::sources::Sources;
use super::{Rule, Violation};

pub(super) const RULE: Rule = Rule {
    name: "migrations",
    promise: "a migration says in its first line what it is for",
    check: |sources| Ok(check(sources)),
};

fn check(sources: &Sources) -> Vec<Violation> {
    let migrations = sources.ending_with(&["rs", "sql"]).filter(|file| is_a_migration(&file.path));
    let silent = migrations.filter(|file| !says_what_it_is_for(file.text.lines().next().unwrap_or_default()));
    silent.map(|file| Violation::new(&file.path, "begin with a comment that says what it is for")).collect()
}

fn is_a_migration(path: &str) -> bool {
    path.contains("/migrations/") && !path.ends_with("/mod.rs")
}

/// A comment of at least three words.
fn says_what_it_is_for(line: &str) -> bool {
    let comment = ["//!", "//", "--"].iter().find_map(|mark| line.strip_prefix(mark));
    comment.is_some_and(|words| words.split_whitespace().count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_a_sentence() {
        let broken = |text: &str| check(&Sources::of_files(&[("crates/s/src/migrations/m1.rs", text)])).len();
        assert_eq!(broken("//! Promises and what is known of them.\nuse x;"), 0);
        assert_eq!(broken("use sea_orm_migration::prelude::*;"), 1);
        assert_eq!(broken("// up\n"), 1);
    }
}
