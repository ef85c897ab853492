use super::sources::Sources;
use super::{Rule, Violation};

pub(super) const RULE: Rule = Rule {
    name: "formulas",
    promise: "CSV leaves through forewarn_feeds::SheetWriter only, which lets no spreadsheet run a cell",
    check: |sources| Ok(check(sources)),
};

/// The writer itself, and what the child process that reads workbooks tells its parent.
const MAY: &[&str] =
    &["crates/forewarn-feeds/src/sheet_writer.rs", "crates/forewarn-feeds/src/xlsx/sheet.rs"];

fn check(sources: &Sources) -> Vec<Violation> {
    let mut violations = Vec::new();
    let of_the_product = |path: &str| path.starts_with("crates/") && path.contains("/src/");
    for file in sources.ending_with(&["rs"]) {
        if !of_the_product(&file.path) || MAY.contains(&file.path.as_str()) {
            continue;
        }
        for (place, line) in file.lines() {
            if line.contains("csv::Writer") || line.contains("csv::WriterBuilder") {
                violations.push(Violation::new(place, "write it with forewarn_feeds::SheetWriter"));
            }
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_writer_of_csv_is_reported() {
        let line = "let out = csv::Writer::from_path(path)?;";
        let files = [
            ("crates/forewarn-web/src/download.rs", line),
            ("crates/forewarn-feeds/src/sheet_writer.rs", line),
            ("crates/forewarn-feeds/tests/it/main.rs", line),
        ];
        let places: Vec<String> =
            check(&Sources::of_files(&files)).into_iter().map(|one| one.place).collect();
        assert_eq!(places, ["crates/forewarn-web/src/download.rs:1"]);
    }
}
