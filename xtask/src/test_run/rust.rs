use std::process::Command;

use anyhow::Result;
use forewarn_testing::{MailServers, POSTGRES_VARIABLE};

use super::tally::Tally;
use crate::command::Named as _;
use crate::{install, workspace};

/// All Rust tests. They share one PostgreSQL, started here and gone afterwards, unless the variable already
/// names one.
pub(super) fn run() -> Result<Tally> {
    if MailServers::can_start() {
        install::ensure_installed(&install::MAIL_SERVERS)?;
    }
    let cluster = install::cluster()?;
    let with_postgres = |mut command: Command| {
        if let Some(cluster) = &cluster {
            command.env(POSTGRES_VARIABLE, cluster.url());
        }
        command.shown()
    };

    let (status, written) = with_postgres(workspace::cargo(tests_by_the_runner_at_hand()))?;
    let mut tally = Tally::of_run(status, &written);
    let examples = workspace::cargo(&["test", "--locked", "--workspace", "--doc", "--quiet"]);
    let (status, written) = with_postgres(examples)?;
    tally += Tally::of_run(status, &written);
    Ok(tally)
}

/// nextest (each test a process, all crates at once) where it is installed, else `cargo test`.
fn tests_by_the_runner_at_hand() -> &'static [&'static str] {
    let nextest = workspace::cargo(&["nextest", "--version"]).output_of();
    if nextest.is_ok_and(|output| output.status.success()) {
        &["nextest", "run", "--locked", "--workspace", "--no-fail-fast", "--no-tests=pass"]
    } else {
        &["test", "--locked", "--workspace", "--all-targets", "--no-fail-fast"]
    }
}
