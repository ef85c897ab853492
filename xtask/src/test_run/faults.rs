use anyhow::Result;

use super::tally::Tally;
use crate::command::Named as _;
use crate::{bench, workspace};

/// The short form of `cargo xtask bench faults`, on the debug build.
pub(super) fn run() -> Result<Tally> {
    workspace::cargo(&["build", "--locked", "--bin", "forewarn", "--features", "failpoints"])
        .must_succeed()?;
    Ok(Tally::one_check(bench::short_faults(workspace::program("debug"))?))
}
