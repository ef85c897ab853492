use super::sources::Sources;
use super::{Rule, Violation};

pub(super) const RULE: Rule = Rule {
    name: "unfinished",
    promise: "nothing half-done goes in: no to-do notes, no debugging output, no test that is switched off",
    check: |sources| Ok(check(sources)),
};

/// Written in halves, so that this file does not report itself.
const MARKS: &[&str] = &[
    concat!("#[ig", "nore"),
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
    concat!("db", "g!("),
    concat!("FIX", "ME"),
    concat!("TO", "DO"),
    concat!("XX", "X:"),
    concat!("console.de", "bug("),
    concat!("test.sk", "ip("),
    concat!("test.on", "ly("),
];

fn check(sources: &Sources) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in sources.ending_with(&["rs", "mjs", "js", "css", "html", "toml", "sql"]) {
        for (place, line) in file.lines() {
            if let Some(mark) = MARKS.iter().find(|mark| line.contains(**mark)) {
                violations
                    .push(Violation::new(place, format!("`{mark}`: finish it, or file it as an issue")));
            }
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_is_found_where_it_stands() {
        for mark in MARKS {
            let text = format!("fn main() {{\n    {mark}\n");
            let violations = check(&Sources::of_files(&[("crates/a/src/main.rs", &text)]));
            assert_eq!(violations.len(), 1, "{mark}");
            assert_eq!(violations[0].place, "crates/a/src/main.rs:2");
        }
    }
}
