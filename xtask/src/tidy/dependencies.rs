use std::collections::BTreeSet;

use super::sources::Sources;
use super::{Rule, Violation};

pub(super) const RULE: Rule = Rule {
    name: "dependencies",
    promise: "every direct dependency has its line in docs/dependencies.md, and every line there is needed",
    check: |sources| Ok(check(sources)),
};

const LIST: &str = "docs/dependencies.md";

fn check(sources: &Sources) -> Vec<Violation> {
    let listed = listed(sources);
    let mut used = packages_of_npm(sources);
    used.extend(packages_of_fuzz(sources));
    for one in sources.crates() {
        used.extend(one.dependencies.iter().filter(|to| !to.ours).map(|to| to.name.to_owned()));
    }
    let missing = used.difference(&listed).map(|name| {
        Violation::new(name, format!("is used, but has no row in {LIST}: what for, and what instead?"))
    });
    let idle = listed.difference(&used).filter(|name| !in_the_workspace_table(sources, name));
    let idle = idle.map(|name| Violation::new(LIST, format!("{name} is not used any more: drop its row")));
    missing.chain(idle).collect()
}

/// The names in backticks in the first cell of each row of a table.
fn listed(sources: &Sources) -> BTreeSet<String> {
    let list = sources.files.iter().filter(|file| file.path == LIST);
    let rows =
        list.flat_map(|file| file.text.lines()).filter_map(|line| line.strip_prefix('|')?.split('|').next());
    rows.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

fn packages_of_npm(sources: &Sources) -> BTreeSet<String> {
    let files = sources.files.iter().filter(|file| file.path.ends_with("package.json"));
    let manifests = files.filter_map(|file| serde_json::from_str::<serde_json::Value>(&file.text).ok());
    let mut names = BTreeSet::new();
    for manifest in manifests {
        for kind in ["dependencies", "devDependencies"] {
            names.extend(manifest[kind].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
        }
    }
    names
}

/// What the crate beside the workspace depends on; its manifest is read as it is written.
fn packages_of_fuzz(sources: &Sources) -> BTreeSet<String> {
    let manifest = sources.files.iter().find(|file| file.path == "fuzz/Cargo.toml");
    let lines = manifest.into_iter().flat_map(|file| file.text.lines());
    let lines =
        lines.skip_while(|line| *line != "[dependencies]").skip(1).take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.to_owned());
    names.filter(|name| !name.starts_with("forewarn-")).collect()
}

fn in_the_workspace_table(sources: &Sources, name: &str) -> bool {
    let manifest = sources.files.iter().find(|file| file.path == "Cargo.toml");
    manifest.is_some_and(|file| file.text.lines().any(|line| line.starts_with(&format!("{name} = "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn used_and_listed_agree() {
        let package = ("e2e/package.json", r#"{"devDependencies": {"axe-core": "1", "left-pad": "1"}}"#);
        let fuzz = (
            "fuzz/Cargo.toml",
            "[dependencies]\nforewarn-x = { path = \"..\" }\ndice = \"1\"\n\n[bin]\na = \"b\"\n",
        );
        let list =
            ("docs/dependencies.md", "| what |\n| --- |\n| `axe-core` | finds barriers |\n| `gone` | – |\n");
        let violations = check(&Sources::of_files(&[package, fuzz, list]));
        let places: Vec<&str> = violations.iter().map(|one| one.place.as_str()).collect();
        assert_eq!(places, ["dice", "left-pad", LIST]);
        assert!(violations[2].what.contains("gone"));
    }
}
