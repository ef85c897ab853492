//! `forewarn audit`: the history, proved and put away.

mod against;
mod case;
mod export;
mod signing;

use super::say;
use crate::cli::{AuditCommand, Common, VerifyHistory};
use crate::clock;
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
    let verified = store.verify_history().await?;
    let mut wrong: Vec<String> = verified.broken.iter().map(ToString::to_string).collect();
    let unguarded = unrefused(&store.missing_guards().await?);
    let headless = headless(&verified, clock::now());
    let Verified { cases, events, heads, erasures, .. } = verified;
    let erased = erased(&store, &erasures).await?;
    let (mut compared, mut notes) = (None, Vec::from_iter(headless));
    if let Some(file) = &verify.against {
        let outcome = against::compare(&store, file).await?;
        wrong.extend(outcome.wrong);
        notes.extend(outcome.notes);
        compared = Some((outcome.events, outcome.key));
    } else if !erasures.is_empty() {
        notes.push(ERASED.to_owned());
    }
    let conclusion = if !wrong.is_empty() {
        CHANGED.to_owned()
    } else if unguarded.is_some() {
        UNGUARDED.to_owned()
    } else {
        format!("{events} events of {cases} cases are what was recorded; {heads} daily heads fit.")
    };
    wrong.extend(unguarded);
    if verify.json {
        let against =
            compared.as_ref().map(|(events, key)| serde_json::json!({ "events": events, "key": key }));
        let found = serde_json::json!({
            "cases": cases, "events": events, "heads": heads, "against": against, "erased": erased, "notes": notes,
            "wrong": wrong,
        });
        say(&found.to_string());
    } else {
        wrong.iter().chain(&erased).chain(&notes).for_each(|line| say(line));
        say(&conclusion);
        say(&match compared {
            Some((events, key)) => format!("Compared with {events} exported events, signed by {key}."),
            None => BY_HALVES.to_owned(),
        });
    }
    Ok(if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

const CHANGED: &str = "The history has been changed from outside. Compare it with a backup, and ask who could reach the database.";

const UNGUARDED: &str = "The events fit each other, and what keeps them so is gone. Hold them against an export, and ask who could reach the \
                         database.";

/// Of what was erased only a hash is left: that nothing else was changed with it, nobody can tell from that.
const ERASED: &str = "What an erased event said before, and that nothing but a person was taken out of it, only an export from before \
                      the erasure shows.";

/// What nobody should believe of a database that vouches for itself.
const BY_HALVES: &str = "This finds what was changed by halves; what somebody has made anew as a whole, an export kept elsewhere \
                         shows (`forewarn audit export`, then `verify --against`).";

/// Heads are made by the program, and whoever deletes them all leaves nothing that does not fit.
fn headless(verified: &Verified, now: Timestamp) -> Option<String> {
    let since = verified.without_heads(now)?.strftime("%F");
    Some(format!(
        "There is no daily head, and the history begins on {since}. Forewarn makes one every day that `serve` runs: \
         somebody has deleted them, or it has not run."
    ))
}

/// A database without these triggers lets everything be changed, and works just as well.
fn unrefused(missing: &[String]) -> Option<String> {
    let names = missing.join(", ");
    (!missing.is_empty()).then(|| {
        format!(
            "The database refuses changes of the history no more. Triggers that are gone, or others: {names}."
        )
    })
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
