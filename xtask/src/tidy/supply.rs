use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::Value;
use spdx::{Expression, ParseMode};

use super::sources::Sources;
use super::{Rule, Violation};
use crate::command::Named as _;
use crate::workspace;

pub(super) const RULE: Rule = Rule {
    name: "supply",
    promise: "what we build on is locked, comes from the registry, may be given on, and handles secrets once",
    check: |sources| {
        let metadata = metadata()?;
        let mut violations = licences(&metadata);
        violations.extend(locked_crates(sources));
        violations.extend(locked_packages(sources));
        Ok(violations)
    },
};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
const NPM: &str = "https://registry.npmjs.org/";

/// Licences under which a company may use and pass on what we build.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

/// What guards secrets, speaks to strangers, or decides who comes in: two versions of one of these are one too many.
const ONCE: &[&str] = &[
    "argon2",
    "axum",
    "axum-core",
    "cookie",
    "ed25519-dalek",
    "h2",
    "http",
    "hyper",
    "reqwest",
    "ring",
    "rustls",
    "rustls-pki-types",
    "rustls-webpki",
    "tokio-rustls",
    "tower-sessions",
    "url",
];

/// What is never let in, by whatever way.
const NEVER: &[&str] = &["aws-lc-rs", "aws-lc-sys", "native-tls", "openssl", "openssl-sys"];

/// What cargo would build here. Fails when `Cargo.lock` is not what the manifests ask for.
fn metadata() -> Result<Value> {
    let version = workspace::rustc(&["-vV"]).must_succeed()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    let asked = ["metadata", "--locked", "--format-version=1", "--filter-platform", host];
    Ok(serde_json::from_str(&workspace::cargo(&asked).must_succeed()?)?)
}

fn licences(metadata: &Value) -> Vec<Violation> {
    let foreign =
        metadata["packages"].as_array().into_iter().flatten().filter(|one| one["source"].is_string());
    foreign
        .filter_map(|one| Some(Violation::new(one["name"].as_str()?, not_allowed(one["license"].as_str())?)))
        .collect()
}

/// Why a licence does not do; `None` if it does.
fn not_allowed(licence: Option<&str>) -> Option<String> {
    let Some(licence) = licence else { return Some("says no licence".to_owned()) };
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else {
        return Some(format!("has a licence that can't be read: {licence}"));
    };
    let allowed = |one: &spdx::LicenseReq| one.license.id().is_some_and(|id| LICENCES.contains(&id.name));
    (!expression.evaluate(allowed))
        .then(|| format!("is under {licence}, which is not on the list in supply.rs"))
}

fn locked_crates(sources: &Sources) -> Vec<Violation> {
    let lock = sources.files.iter().find(|file| file.path == "Cargo.lock");
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut violations = Vec::new();
    for package in lock.iter().flat_map(|file| file.text.split("[[package]]").skip(1)) {
        let field = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
            line.map(|value| value.trim_matches('"'))
        };
        let name = field("name").unwrap_or_default();
        versions.entry(name).or_default().push(field("version").unwrap_or_default());
        if field("source").is_some_and(|source| source != REGISTRY) {
            violations.push(Violation::new(name, "does not come from crates.io"));
        }
        if field("source").is_some() && field("checksum").is_none() {
            violations.push(Violation::new(name, "has no checksum in Cargo.lock"));
        }
    }
    for (name, versions) in versions {
        if NEVER.contains(&name) {
            violations.push(Violation::new(name, "is never let in: rustls with ring does what it does"));
        }
        if ONCE.contains(&name) && versions.len() > 1 {
            let what =
                format!("is there more than once ({}): bring all who need it to one", versions.join(", "));
            violations.push(Violation::new(name, what));
        }
    }
    violations
}

fn locked_packages(sources: &Sources) -> Vec<Violation> {
    let locks = sources.files.iter().filter(|file| file.path.ends_with("package-lock.json"));
    let locks = locks.filter_map(|file| serde_json::from_str::<Value>(&file.text).ok());
    let mut violations = Vec::new();
    for lock in locks {
        for (path, package) in
            lock["packages"].as_object().into_iter().flatten().filter(|(path, _)| !path.is_empty())
        {
            // A lock may leave out where from: then it is the registry.
            let from_elsewhere = package["resolved"].as_str().is_some_and(|from| !from.starts_with(NPM));
            if from_elsewhere || !package["integrity"].is_string() {
                violations.push(Violation::new(path, "does not come from npm with a checksum"));
            }
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(lock: &str) -> Vec<String> {
        let violations = locked_crates(&Sources::of_files(&[("Cargo.lock", lock)]));
        violations.into_iter().map(|one| format!("{} {}", one.place, one.what)).collect()
    }

    fn package(name: &str, version: &str, source: &str) -> String {
        format!(
            "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}\"\nchecksum = \"00\"\n"
        )
    }

    #[test]
    fn what_comes_from_the_registry_once_is_fine() {
        let ours = "[[package]]\nname = \"forewarn\"\nversion = \"0.1.0\"\n";
        assert_eq!(wrong(&format!("{}{ours}", package("rustls", "0.23.1", REGISTRY))), Vec::<String>::new());
    }

    #[test]
    fn forks_doubles_and_what_is_never_let_in_are_reported() {
        assert!(wrong(&package("csv", "1.4.0", "git+https://example.com/csv"))[0].contains("crates.io"));
        let two = [package("ring", "0.16.0", REGISTRY), package("ring", "0.17.0", REGISTRY)].concat();
        assert!(wrong(&two)[0].contains("0.16.0, 0.17.0"));
        assert!(wrong(&package("openssl-sys", "0.9.0", REGISTRY))[0].contains("never"));
    }

    #[test]
    fn packages_of_npm_have_a_checksum_and_no_other_source() {
        let lock = r#"{"packages": {"": {}, "node_modules/fine": {"integrity": "sha512-x"},
            "node_modules/bare": {}, "node_modules/fork": {"integrity": "x", "resolved": "git+ssh://x"}}}"#;
        let violations = locked_packages(&Sources::of_files(&[("e2e/package-lock.json", lock)]));
        let places: Vec<&str> = violations.iter().map(|one| one.place.as_str()).collect();
        assert_eq!(places, ["node_modules/bare", "node_modules/fork"]);
    }

    #[test]
    fn a_licence_does_if_one_of_its_choices_does() {
        for fine in
            ["MIT", "MIT/Apache-2.0", "Apache-2.0 OR GPL-2.0-only", "(MIT OR Apache-2.0) AND Unicode-3.0"]
        {
            assert_eq!(not_allowed(Some(fine)), None, "{fine}");
        }
        for bad in [Some("GPL-3.0-only"), Some("MIT AND GPL-3.0-only"), Some("mine"), None] {
            assert!(not_allowed(bad).is_some(), "{bad:?}");
        }
    }
}
