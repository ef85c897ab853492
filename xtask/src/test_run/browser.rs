use std::process::Command;

use anyhow::Result;

use super::tally::Tally;
use crate::command::Named as _;
use crate::{install, workspace};

/// The journeys of `e2e/` against the debug build, which the Rust tests may just have `built`.
pub(super) fn run(built: bool) -> Result<Tally> {
    install::ensure_installed(&install::CHROMIUM)?;
    let folder = workspace::root().join("e2e");
    install::ensure_npm_packages(&folder)?;
    let program = workspace::program("debug");
    if !built || !program.is_file() {
        workspace::cargo(&["build", "--locked", "--bin", "forewarn"]).must_succeed()?;
    }
    let mut journeys = Command::new("node");
    journeys.arg("run.mjs").current_dir(&folder).env("FOREWARN_PROGRAM", &program);
    let (status, written) = journeys.shown()?;
    Ok(Tally::of_run(status, &written))
}
