//! `forewarn audit`: the history, proved and put away.

mod against;
mod export;
mod signing;

use super::say;
use crate::cli::{AuditCommand, Common, VerifyHistory};
use anyhow::Result;
use forewarn_store::history::Verified;
use std::process::ExitCode;

/// Verifies the history, or exports it.
pub(crate) async fn run(common: &Common, command: AuditCommand) -> Result<ExitCode> {
    match command {
        AuditCommand::Verify(verify) => self::verify(common, &verify).await,
        AuditCommand::Export(export) => export::run(common, &export).await,
    }
}

/// Exits with 1 if anything is not as it was recorded.
async fn verify(common: &Common, verify: &VerifyHistory) -> Result<ExitCode> {
    let store = super::open(common).await?;
    let Verified { cases, events, heads, broken } = store.verify_history().await?;
    let mut wrong: Vec<String> = broken.iter().map(ToString::to_string).collect();
    let mut compared = None;
    if let Some(file) = &verify.against {
        let outcome = against::compare(&store, file).await?;
        wrong.extend(outcome.wrong);
        compared = Some((outcome.events, outcome.key));
    }
    if verify.json {
        let against =
            compared.as_ref().map(|(events, key)| serde_json::json!({ "events": events, "key": key }));
        let found = serde_json::json!({
            "cases": cases, "events": events, "heads": heads, "against": against, "wrong": wrong,
        });
        say(&found.to_string());
    } else {
        wrong.iter().for_each(|wrong| say(wrong));
        if wrong.is_empty() {
            say(&format!("{events} events of {cases} cases are what was recorded; {heads} daily heads fit."));
        } else {
            say(
                "The history has been changed from outside. Compare it with a backup, and ask who could reach the database.",
            );
        }
        if let Some((events, key)) = compared {
            say(&format!("Compared with {events} exported events, signed by {key}."));
        }
    }
    Ok(if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
