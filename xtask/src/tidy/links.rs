use std::path::{Component, Path, PathBuf};

use super::sources::{Source, Sources};
use super::{Rule, Violation};

pub(super) const RULE: Rule = Rule {
    name: "links",
    promise: "every link from one document to another file leads somewhere",
    check: |sources| Ok(check(sources)),
};

fn check(sources: &Sources) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in sources.ending_with(&["md"]) {
        for (place, target) in links(file) {
            if let Some(what) = broken(sources, &file.path, target) {
                violations.push(Violation::new(place, format!("{target}: {what}")));
            }
        }
    }
    violations
}

/// The targets of `[text](target)` outside of code, with their places.
fn links(file: &Source) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (place, line) in file.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        let pieces = if in_code { "" } else { line }.split("](").skip(1);
        let targets = pieces.filter_map(|rest| rest.split([')', ' ']).next());
        found.extend(targets.map(|target| (place.clone(), target)));
    }
    found
}

fn broken(sources: &Sources, from: &str, target: &str) -> Option<&'static str> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, heading) =
        target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
    let path = if path.is_empty() { from.to_owned() } else { resolve(from, path) };
    let below = format!("{}/", path.trim_end_matches('/'));
    let is_a_folder = sources.files.iter().any(|file| file.path.starts_with(&below));
    let on_the_disk = crate::workspace::root().join(&path).exists();
    let file = sources.files.iter().find(|file| file.path == path);
    match (file, heading) {
        (None, _) if !is_a_folder && !on_the_disk => Some("there is no such file"),
        (Some(file), Some(heading)) if file.extension() == Some("md") && !has_heading(file, heading) => {
            Some("the file has no such heading")
        }
        _ => None,
    }
}

/// `../a.md` seen from `docs/b.md` is `a.md`.
fn resolve(from: &str, target: &str) -> String {
    let mut path = if target.starts_with('/') { PathBuf::new() } else { PathBuf::from(from) };
    path.pop();
    for part in Path::new(target).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path.to_string_lossy().replace('\\', "/")
}

/// Whether a heading of the file gets this anchor: lower case, words joined by dashes, no punctuation.
fn has_heading(file: &Source, anchor: &str) -> bool {
    let headings = file.text.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| line.trim_start_matches('#').trim()).any(|heading| {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let made: String =
            kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect();
        made == anchor
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken_links(text: &str) -> Vec<String> {
        let files = [("docs/here.md", text), ("CONTRIBUTING.md", "# How to help\n## Rules, in short\n")];
        check(&Sources::of_files(&files)).into_iter().map(|one| one.what).collect()
    }

    #[test]
    fn links_that_lead_somewhere_are_fine() {
        let fine = "# Here\n[a](../CONTRIBUTING.md) [b](../CONTRIBUTING.md#rules-in-short) [c](#here) \
                    [d](https://example.com/x) ![e](.)\n```\n[f](nowhere.md)\n```\n";
        assert_eq!(broken_links(fine), Vec::<String>::new());
    }

    #[test]
    fn links_that_lead_nowhere_are_reported() {
        assert_eq!(broken_links("[a](gone.md)"), ["gone.md: there is no such file"]);
        assert_eq!(
            broken_links("[a](../CONTRIBUTING.md#gone)"),
            ["../CONTRIBUTING.md#gone: the file has no such heading"]
        );
    }
}
