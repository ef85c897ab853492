use super::sources::Sources;
use super::{Rule, Violation};

pub(super) const RULE: Rule = Rule {
    name: "names",
    promise: "no crate or module is called core, common, utils, helpers or manager",
    check: |sources| Ok(check(sources)),
};

/// Names that say nothing about what is inside, so that everything ends up there.
const EMPTY_NAMES: &[&str] =
    &["core", "common", "util", "utils", "helper", "helpers", "manager", "managers", "misc"];

fn check(sources: &Sources) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in sources.ending_with(&["rs", "mjs", "js", "css"]) {
        let last_words = file.path.split(['/', '.']).filter_map(|name| name.rsplit(['-', '_']).next());
        if let Some(word) = last_words.clone().find(|word| EMPTY_NAMES.contains(word)) {
            violations.push(Violation::new(&file.path, format!("name it for what is in it, not {word}")));
        }
        for (place, line) in file.lines() {
            let line = line.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub ");
            let module = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(" {"));
            if module.is_some_and(|name| EMPTY_NAMES.contains(&name)) {
                violations.push(Violation::new(place, "name the module for what is in it"));
            }
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_path(path: &str, text: &str) -> usize {
        check(&Sources::of_files(&[(path, text)])).len()
    }

    #[test]
    fn a_name_says_what_is_inside() {
        assert_eq!(check_path("crates/forewarn-web/src/today.rs", ""), 0);
        assert_eq!(check_path("crates/forewarn-wording/src/common_words.rs", ""), 0);
        assert_eq!(check_path("crates/forewarn-core/src/lib.rs", ""), 1);
        assert_eq!(check_path("crates/forewarn-web/src/date_utils.rs", ""), 1);
        assert_eq!(check_path("crates/forewarn-web/src/today.rs", "pub mod helpers {\n"), 1);
    }
}
