use std::process::Command;

use anyhow::Result;

use super::tally::Tally;
use crate::command::Named as _;
use crate::{install, workspace};

/// The OpenAPI document against the running demo, by schemathesis.
pub(super) fn run(built: bool) -> Result<Tally> {
    install::ensure_installed(&install::NODE)?;
    let folder = workspace::root().join("e2e");
    let programs = install::ensure_python_packages(&folder.join("api/requirements.txt"))?;
    let program = workspace::program("debug");
    if !built || !program.is_file() {
        workspace::cargo(&["build", "--locked", "--bin", "forewarn"]).must_succeed()?;
    }
    let mut run = Command::new("node");
    run.arg("api/run.mjs").current_dir(&folder);
    run.env("FOREWARN_PROGRAM", &program).env("SCHEMATHESIS", programs.join("schemathesis"));
    let (status, _) = run.shown()?;
    Ok(Tally::one_check(status.success()))
}
