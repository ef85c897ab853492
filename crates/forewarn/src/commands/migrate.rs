//! `forewarn migrate`.

use crate::cli::Common;
use anyhow::Result;
use std::process::ExitCode;

/// Opening the store is all it takes.
pub(crate) async fn run(common: &Common) -> Result<ExitCode> {
    super::open(common).await?;
    super::say("The database is up to date.");
    Ok(ExitCode::SUCCESS)
}
