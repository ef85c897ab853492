//! `cargo xtask defences`: takes each defence out of a copy of the repository, and sees its tests fail.
//!
//! What `docs/security.md` calls a proof is one only if it fails without what it proves. A defence is a few
//! letters of the source; without them the program still compiles and works, for strangers too.

mod in_bounds;
mod in_sessions;
mod in_texts;
mod in_the_record;
mod in_what_is_read;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use forewarn_testing::{Cluster, POSTGRES_VARIABLE};

use crate::command::Named as _;
use crate::{install, workspace};

/// Something that keeps somebody from doing harm, and what shows that it does.
struct Defence {
    /// What it is.
    name: &'static str,
    /// The file that it is in.
    file: &'static str,
    /// What is there once.
    with: &'static str,
    /// What stands there instead, for somebody who means harm.
    without: &'static str,
    /// The tests that fail without it, as `docs/security.md` names them.
    tests: &'static [&'static str],
}

fn all() -> impl Iterator<Item = &'static Defence> {
    [
        in_sessions::DEFENCES,
        in_the_record::DEFENCES,
        in_texts::DEFENCES,
        in_what_is_read::DEFENCES,
        in_bounds::DEFENCES,
    ]
    .into_iter()
    .flatten()
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only those that have one of these in their name
    names: Vec<String>,
}

/// Takes one after the other out; whether every test saw it.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let wanted: Vec<&Defence> = all()
        .filter(|one| {
            arguments.names.is_empty() || arguments.names.iter().any(|name| one.name.contains(name))
        })
        .collect();
    ensure!(!wanted.is_empty(), "no defence has that in its name");
    let workshop = Workshop::open(&wanted)?;
    let mut unseen = Vec::new();
    for (number, defence) in wanted.iter().enumerate() {
        println!("\n── {} of {}: {} ──", number + 1, wanted.len(), defence.name);
        for test in defence.tests {
            let seen =
                workshop.without(defence, |workshop| Ok(workshop.outcome(test)? == Outcome::Failed))?;
            println!("{} {test}", if seen { "fails, as it should:" } else { "DOES NOT SEE IT:" });
            if !seen {
                unseen.push(format!("{}: {test}", defence.name));
            }
        }
    }
    println!("\n{} defences taken out, {} tests that did not see it", wanted.len(), unseen.len());
    unseen.iter().for_each(|one| println!("  {one}"));
    Ok(unseen.is_empty())
}

/// What `timeout` (of the GNU core utilities) exits with when it had to end what it ran.
const OUT_OF_TIME: i32 = 124;

/// What came of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
}

/// A copy of the repository, in which things are broken.
struct Workshop {
    tree: PathBuf,
    build: PathBuf,
    cluster: Option<Cluster>,
}

impl Workshop {
    /// Copies the files, and sees that the tests pass as long as nothing is taken out.
    fn open(defences: &[&Defence]) -> Result<Self> {
        let cluster = install::cluster()?;
        let folder = workspace::target().join("defences");
        let workshop = Self { tree: folder.join("tree"), build: folder.join("build"), cluster };
        workshop.copy()?;
        let mut tests: Vec<&str> = defences.iter().flat_map(|one| one.tests).copied().collect();
        tests.sort_unstable();
        tests.dedup();
        println!("── As it is: {} tests ──", tests.len());
        for test in tests {
            ensure!(
                workshop.outcome(test)? == Outcome::Passed,
                "{test} fails with every defence in its place"
            );
            println!("passes: {test}");
        }
        Ok(workshop)
    }

    /// Brings the copy up to date; what is as it was keeps its time, so that little is built again.
    fn copy(&self) -> Result<()> {
        let files = workspace::files()?;
        if self.tree.is_dir() {
            for old in files_below(&self.tree)? {
                if !files.contains(&old.strip_prefix(&self.tree)?.to_owned()) {
                    fs::remove_file(&old)?;
                }
            }
        }
        for file in files {
            let (from, to) = (workspace::root().join(&file), self.tree.join(&file));
            if fs::read(&to).ok() == Some(fs::read(&from)?) {
                continue;
            }
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            // Written anew, so that it is newer than what was built of the old one.
            fs::write(&to, fs::read(&from)?)?;
            fs::set_permissions(&to, fs::metadata(&from)?.permissions())?;
        }
        Ok(())
    }

    /// Does something while a defence is taken out.
    fn without<T>(&self, defence: &Defence, act: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let file = self.tree.join(defence.file);
        let whole = fs::read_to_string(&file).with_context(|| format!("reading {}", defence.file))?;
        let broken = defence.taken_out_of(&whole)?;
        fs::write(&file, broken)?;
        let done = act(self);
        fs::write(&file, whole)?;
        done
    }

    fn outcome(&self, test: &str) -> Result<Outcome> {
        match test.split_once("::") {
            Some((file, name)) => self.cargo_test(file, name),
            None => self.journey(test),
        }
    }

    /// All tests in the file's crate that have this name in theirs: a story is one on each engine.
    fn cargo_test(&self, file: &str, name: &str) -> Result<Outcome> {
        let package = package_of(file).with_context(|| format!("{file} belongs to no crate"))?;
        // Without its defence a test may wait for ever for what does not come.
        let mut command = self.in_the_copy("timeout");
        command.args([
            "--kill-after=10",
            "1200",
            "cargo",
            "test",
            "--locked",
            "--package",
            package,
            "--all-targets",
            "--no-fail-fast",
            "--",
            name,
        ]);
        let output = command.output_of()?;
        let written = String::from_utf8_lossy(&output.stdout);
        if output.status.code() == Some(124) {
            return Ok(Outcome::Failed);
        }
        if output.status.code() == Some(OUT_OF_TIME) {
            return Ok(Outcome::Failed);
        }
        let ran = written.lines().any(|line| line.starts_with("test ") && line.contains(name));
        let complaints = String::from_utf8_lossy(&output.stderr);
        ensure!(ran, "{name} was not run:\n{written}{complaints}");
        Ok(if output.status.success() { Outcome::Passed } else { Outcome::Failed })
    }

    fn journey(&self, file: &str) -> Result<Outcome> {
        install::ensure_installed(&install::CHROMIUM)?;
        let folder = self.tree.join("e2e");
        install::ensure_npm_packages(&folder)?;
        self.in_the_copy("cargo").args(["build", "--locked", "--bin", "forewarn"]).must_succeed()?;
        let name = Path::new(file).file_stem().unwrap_or_default();
        let mut journeys = self.in_the_copy("node");
        journeys.arg("run.mjs").arg(name).current_dir(&folder);
        journeys.env("FOREWARN_PROGRAM", self.build.join("debug/forewarn"));
        Ok(if journeys.output_of()?.status.success() { Outcome::Passed } else { Outcome::Failed })
    }

    fn in_the_copy(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.tree).env("CARGO_TARGET_DIR", &self.build);
        // Nobody looks into what is built here with a debugger, and what is broken leaves unused things behind.
        command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("RUSTFLAGS", "--cap-lints=warn");
        if let Some(cluster) = &self.cluster {
            command.env(POSTGRES_VARIABLE, cluster.url());
        }
        command
    }
}

impl Defence {
    fn taken_out_of(&self, whole: &str) -> Result<String> {
        let times = whole.matches(self.with).count();
        ensure!(times == 1, "“{}”: what is taken out is {times} times in {}", self.name, self.file);
        Ok(whole.replacen(self.with, self.without, 1))
    }
}

/// `forewarn-web` of `crates/forewarn-web/tests/it/…`.
fn package_of(file: &str) -> Option<&str> {
    let mut parts = file.split('/');
    match parts.next() {
        Some("crates") => parts.next(),
        Some("xtask") => Some("xtask"),
        _ => None,
    }
}

/// Not what others put there: packages of npm.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            files.push(entry.path());
        } else if entry.file_name() != "node_modules" {
            files.extend(files_below(&entry.path())?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "docs/security.md";

    fn text(file: &str) -> String {
        fs::read_to_string(workspace::root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    #[test]
    fn every_defence_is_in_its_place() {
        for defence in all() {
            assert_ne!(
                defence.taken_out_of(&text(defence.file)).unwrap(),
                text(defence.file),
                "{}",
                defence.name
            );
        }
    }

    #[test]
    fn every_test_that_the_document_names_sees_a_defence_go() {
        let document = text(DOCUMENT);
        let named = document.split('`').skip(1).step_by(2);
        let named: Vec<&str> =
            named.filter(|code| code.contains(".rs::") || code.starts_with("e2e/")).collect();
        assert!(named.len() > 50, "{named:?}");
        for test in &named {
            assert!(all().any(|defence| defence.tests.contains(test)), "{test} sees no defence go");
        }
        for defence in all() {
            for test in defence.tests {
                assert!(named.contains(test), "{DOCUMENT} does not name {test}");
            }
        }
    }
}
