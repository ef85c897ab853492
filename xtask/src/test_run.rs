//! Everything that must hold before a change goes in, one step after another.

mod api;
mod browser;
mod faults;
mod rust;
mod tally;

use anyhow::Result;
use clap::ValueEnum;

use crate::command::Named as _;
use crate::{tidy, workspace};
pub(crate) use tally::Tally;

/// One part of a test run; cheap ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// The rules of the repository
    Tidy,
    /// Formatting, by rustfmt
    Fmt,
    /// Lints, by clippy; a warning fails
    Clippy,
    /// All Rust tests, stories on SQLite and on PostgreSQL, and the examples in the documentation
    Rust,
    /// The journeys in a real browser
    Browser,
    /// The OpenAPI document, held against the running demo
    Api,
    /// The program killed under load, on SQLite and on PostgreSQL with four processes
    Faults,
}

impl Step {
    const ALL: &[Self] =
        &[Self::Tidy, Self::Fmt, Self::Clippy, Self::Rust, Self::Browser, Self::Api, Self::Faults];

    fn run(self, steps: &[Self]) -> Result<Tally> {
        match self {
            Self::Tidy => tidy::tally(),
            Self::Fmt => cargo_check(&["fmt", "--all", "--check"]),
            Self::Clippy => cargo_check(&CLIPPY),
            Self::Rust => rust::run(),
            Self::Browser => browser::run(steps.contains(&Self::Rust)),
            Self::Api => api::run(steps.contains(&Self::Rust)),
            Self::Faults => faults::run(),
        }
    }
}

/// Every crate gets its turn, even if another one has a warning.
const CLIPPY: [&str; 8] =
    ["clippy", "--locked", "--workspace", "--all-targets", "--keep-going", "--", "-D", "warnings"];

/// Runs the steps (all of them, if none is named), every one even if an earlier one failed, and closes with
/// the line `N passed, N failed`. Says whether nothing failed.
pub(crate) fn run(only: &[Step]) -> Result<bool> {
    let steps: Vec<Step> =
        Step::ALL.iter().copied().filter(|step| only.is_empty() || only.contains(step)).collect();
    let mut total = Tally::default();
    let mut failures = Vec::new();
    for step in &steps {
        println!("\n── {step:?} ──");
        let tally = step.run(&steps).unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Tally::one_check(false)
        });
        if tally.failed > 0 {
            failures.push(format!("{step:?}: {tally}"));
        }
        total += tally;
    }
    println!();
    for failure in &failures {
        println!("failed in {failure}");
    }
    println!("{total}");
    Ok(total.failed == 0)
}

/// A command of cargo that counts as one check.
fn cargo_check(arguments: &[&str]) -> Result<Tally> {
    let (status, _) = workspace::cargo(arguments).shown()?;
    Ok(Tally::one_check(status.success()))
}
