use super::sources::Crate;
use super::{Rule, Violation};

pub(super) const RULE: Rule = Rule {
    name: "arrows",
    promise: "crates depend on each other one way: domain ← wording, feeds, store, outreach ← web ← forewarn",
    check: |sources| Ok(sources.crates().iter().flat_map(check).collect()),
};

/// Who may depend on whom. A new crate gets its line here, and its reason in ARCHITECTURE.md.
const ARROWS: &[(&str, &[&str])] = &[
    ("forewarn-domain", &[]),
    ("forewarn-wording", &["forewarn-domain"]),
    ("forewarn-feeds", &["forewarn-domain"]),
    ("forewarn-store", &["forewarn-domain"]),
    ("forewarn-outreach", &["forewarn-domain"]),
    (
        "forewarn-web",
        &["forewarn-domain", "forewarn-wording", "forewarn-feeds", "forewarn-store", "forewarn-outreach"],
    ),
    (
        "forewarn",
        &[
            "forewarn-domain",
            "forewarn-wording",
            "forewarn-feeds",
            "forewarn-store",
            "forewarn-outreach",
            "forewarn-web",
        ],
    ),
    (TESTING, &[]),
    ("xtask", &[TESTING]),
];

/// What every crate may use in its tests.
const TESTING: &str = "forewarn-testing";

fn check(one: &Crate<'_>) -> Vec<Violation> {
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == one.name) else {
        return vec![Violation::new(one.name, "a new crate: give it its place in xtask/src/tidy/arrows.rs")];
    };
    let ours = one.dependencies.iter().filter(|dependency| dependency.ours);
    let wrong = ours.filter(|to| !(allowed.contains(&to.name) || to.dev && to.name == TESTING));
    wrong.map(|to| Violation::new(one.name, format!("must not depend on {}", to.name))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::sources::Sources;
    use super::*;

    fn broken(from: &str, to: &str, kind: Option<&str>) -> usize {
        let dependency = json!({"name": to, "kind": kind, "path": "/somewhere"});
        let metadata = json!({"packages": [{"name": from, "dependencies": [dependency]}]});
        let sources = Sources { files: Vec::new(), metadata };
        (RULE.check)(&sources).unwrap_or_default().len()
    }

    #[test]
    fn arrows_run_one_way() {
        assert_eq!(broken("forewarn-store", "forewarn-domain", None), 0);
        assert_eq!(broken("forewarn-domain", "forewarn-store", None), 1);
        assert_eq!(broken("forewarn-feeds", "forewarn-store", None), 1);
        assert_eq!(broken("forewarn-domain", "forewarn-store", Some("dev")), 1);
    }

    #[test]
    fn testing_is_for_tests_only() {
        assert_eq!(broken("forewarn", "forewarn-testing", Some("dev")), 0);
        assert_eq!(broken("forewarn", "forewarn-testing", None), 1);
    }

    #[test]
    fn a_crate_that_nobody_placed_is_reported() {
        assert_eq!(broken("forewarn-more", "forewarn-domain", None), 1);
    }
}
