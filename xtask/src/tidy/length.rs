use super::sources::Sources;
use super::{Rule, Violation};

pub(super) const RULE: Rule = Rule {
    name: "length",
    promise: "a source file has at most 400 lines",
    check: |sources| Ok(check(sources, LONGER_WITH_A_REASON)),
};

const MOST: usize = 400;

/// Files that are better long than split, each with the reason.
const LONGER_WITH_A_REASON: &[(&str, &str)] = &[];

fn check(sources: &Sources, longer_with_a_reason: &[(&str, &str)]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in sources.ending_with(&["rs", "css", "js", "mjs", "html"]) {
        let lines = file.text.lines().count();
        let excused = longer_with_a_reason.iter().any(|(path, _)| *path == file.path);
        if lines > MOST && !excused {
            violations.push(Violation::new(
                &file.path,
                format!("{lines} lines: it does more than one job, split it"),
            ));
        }
        if lines <= MOST && excused {
            violations
                .push(Violation::new(&file.path, "short enough now: take it off the list of long files"));
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_needs_a_reason_and_a_short_one_none() {
        let long = "x\n".repeat(401);
        let files = [("a.rs", long.as_str()), ("b.rs", "x\n"), ("c.md", long.as_str())];
        let broken = |excused: &[(&str, &str)]| -> Vec<String> {
            check(&Sources::of_files(&files), excused).into_iter().map(|one| one.place).collect()
        };
        assert_eq!(broken(&[]), ["a.rs"]);
        assert_eq!(broken(&[("a.rs", "a table")]), Vec::<String>::new());
        assert_eq!(broken(&[("a.rs", "a table"), ("b.rs", "was long")]), ["b.rs"]);
    }
}
