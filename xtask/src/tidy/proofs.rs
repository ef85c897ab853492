use super::sources::{Source, Sources};
use super::{Rule, Violation};

pub(super) const RULE: Rule = Rule {
    name: "proofs",
    promise: "every test that docs/security.md names is there",
    check: |sources| Ok(check(sources)),
};

const DOCUMENT: &str = "docs/security.md";

/// A test is named by its file and its name: `crates/forewarn-web/tests/it/headers.rs::every_answer…`; a journey
/// through the browser by its file alone: `e2e/journeys/payloads.mjs`.
fn check(sources: &Sources) -> Vec<Violation> {
    let mut violations = Vec::new();
    for document in sources.files.iter().filter(|file| file.path == DOCUMENT) {
        for (place, line) in document.lines() {
            for named in line.split('`').skip(1).step_by(2).filter(|code| names_a_test(code)) {
                if !is_there(sources, named) {
                    violations.push(Violation::new(&place, format!("there is no test {named}")));
                }
            }
        }
    }
    violations
}

fn names_a_test(code: &str) -> bool {
    code.contains(".rs::") || code.starts_with("e2e/")
}

fn is_there(sources: &Sources, named: &str) -> bool {
    let (path, test) = named.split_once("::").unwrap_or((named, ""));
    sources.files.iter().find(|file| file.path == path).is_some_and(|file| test.is_empty() || has(file, test))
}

/// A test function, or a story of the store.
fn has(file: &Source, test: &str) -> bool {
    file.text.contains(&format!("fn {test}(")) || file.text.contains(&format!("story!({test},"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_is_not_there_is_reported() {
        let files = [
            ("crates/a/tests/it.rs", "fn nobody_comes_in() {}\nstory!(nobody_reads_it, |house| {});"),
            ("e2e/journeys/payloads.mjs", ""),
            (
                DOCUMENT,
                "`crates/a/tests/it.rs::nobody_comes_in` `crates/a/tests/it.rs::nobody_reads_it` \
                 `e2e/journeys/payloads.mjs`\n`crates/a/tests/it.rs::nobody` `e2e/gone.mjs`",
            ),
        ];
        let what: Vec<String> = check(&Sources::of_files(&files)).into_iter().map(|one| one.what).collect();
        assert_eq!(what, ["there is no test crates/a/tests/it.rs::nobody", "there is no test e2e/gone.mjs"]);
    }
}
