//! `forewarn audit case`: one case's history, for people or for programs.

use super::super::say;
use crate::cli::{CaseAudit, Common, RecordFormat};
use crate::clock;
use anyhow::{Result, bail};
use forewarn_domain::ids::CaseId;
use forewarn_web::pages::case::{CaseHistory, SlipRow};
use std::process::ExitCode;

/// Prints it; exits with 1 if it is not what was recorded.
pub(super) async fn run(common: &Common, audit: &CaseAudit) -> Result<ExitCode> {
    let store = super::super::open(common).await?;
    let Some(history) = forewarn_web::history::of_case(&store, CaseId(audit.case), clock::now()).await?
    else {
        bail!("There is no case {}. Its number stands in the address of its page.", audit.case);
    };
    match audit.format {
        RecordFormat::Json => say(&serde_json::to_string(&history)?),
        RecordFormat::Text => text(&history).iter().for_each(|line| say(line)),
    }
    Ok(if history.intact { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn text(history: &CaseHistory) -> Vec<String> {
    let mut lines = vec![
        format!("{}: history of case {}", history.customer, history.case),
        format!("Printed {}. All times are those of {}.", history.printed, history.zone),
        String::new(),
    ];
    lines.extend(history.facts.iter().map(|(label, value)| format!("{label}: {value}")));
    lines.push("\nKnown, firm, told".to_owned());
    lines.extend(history.slips.iter().flat_map(slip));
    for letter in &history.letters {
        lines.push(format!("\n{}\n{}\n\n{}", letter.says, letter.subject, letter.body));
    }
    lines.push("\nEverything that happened".to_owned());
    lines.extend(history.events.iter().map(|event| {
        let (seq, when, by, says) = (event.seq, &event.when, &event.by, &event.says);
        format!("{seq:>4}  {when}  {by}: {says}")
    }));
    lines.push(format!("\n{}\nHash of the last event: {}", history.proof, history.chain));
    lines
}

fn slip(slip: &SlipRow) -> Vec<String> {
    let mut lines = vec![
        format!("  {}: promised {}, then expected {}", slip.line, slip.promised, slip.expected),
        format!("    known {}; firm {}; told {}", slip.known, slip.firm, slip.told),
    ];
    if !slip.to.is_empty() {
        lines.push(format!("    {} told {} {}: {}", slip.by, slip.to, slip.how, slip.said));
    }
    if !slip.notes.is_empty() {
        lines.push(format!("    {}", slip.notes.join("; ")));
    }
    lines
}
