//! `forewarn explain`.

use super::say;
use crate::cli::Explain;
use anyhow::{Result, bail};
use forewarn_wording::RULES;
use std::process::ExitCode;

/// Prints the page of a rule, or the list of all.
pub(crate) fn run(arguments: &Explain) -> Result<ExitCode> {
    let Some(name) = &arguments.rule else {
        let longest = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
        for rule in RULES {
            say(&format!("{:longest$}  {}", rule.id, rule.why));
        }
        say("\nforewarn explain RULE prints a rule's page, with what it flags and what it leaves alone.");
        return Ok(ExitCode::SUCCESS);
    };
    match forewarn_wording::explain(name) {
        Some(page) => say(page),
        None => {
            let known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
            bail!("There is no rule “{name}”. Rules: {}.", known.join(", "));
        }
    }
    Ok(ExitCode::SUCCESS)
}
