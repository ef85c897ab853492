//! `forewarn audit`: the history, proved and put away.

mod against;
mod case;
mod export;
mod signing;

use super::say;
use crate::cli::{AuditCommand, Common, VerifyHistory};
use anyhow::Result;
use forewarn_domain::ids::PersonId;
use forewarn_store::Store;
use forewarn_store::history::{Erasure, Verified};
use jiff::Timestamp;
use std::process::ExitCode;

/// Verifies the history, or exports it.
pub(crate) async fn run(common: &Common, command: AuditCommand) -> Result<ExitCode> {
    match command {
        AuditCommand::Verify(verify) => self::verify(common, &verify).await,
        AuditCommand::Export(export) => export::run(common, &export).await,
        AuditCommand::Case(audit) => case::run(common, &audit).await,
    }
}

/// Exits with 1 if anything is not as it was recorded.
async fn verify(common: &Common, verify: &VerifyHistory) -> Result<ExitCode> {
    let store = super::open(common).await?;
    let Verified { cases, events, heads, erasures, broken } = store.verify_history().await?;
    let erased = erased(&store, &erasures).await?;
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
            "cases": cases, "events": events, "heads": heads, "against": against, "erased": erased, "wrong": wrong,
        });
        say(&found.to_string());
    } else {
        wrong.iter().chain(&erased).for_each(|line| say(line));
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

/// "Case 7: personal data was erased from events 3 and 5 on 2026-11-22 by Mia Holm (event 9 says so)."
async fn erased(store: &Store, erasures: &[Erasure]) -> Result<Vec<String>> {
    let people = if erasures.is_empty() { Vec::new() } else { store.people().await? };
    let line = |erasure: &Erasure| {
        let Erasure { case, seq, at, by, events } = erasure;
        let by = people.iter().find(|person| Some(person.id) == by.map(PersonId));
        let by = by.map_or("whoever sat at the machine", |person| person.name.as_str());
        let day = Timestamp::from_microsecond(*at)
            .map_or_else(|_| String::new(), |at| at.strftime("%F").to_string());
        let events: Vec<String> = events.iter().map(ToString::to_string).collect();
        format!(
            "Case {case}: personal data was erased on {day} by {by} from events {} (event {seq} says so).",
            events.join(", ")
        )
    };
    Ok(erasures.iter().map(line).collect())
}
