//! `forewarn doctor`: looks at everything that Forewarn needs, says what it finds, and what to do about it.

mod database;
mod finding;
mod machine;
mod post;

use super::say;
use crate::cli::{Common, Doctor};
use crate::clock;
use anyhow::Result;
pub(super) use finding::Finding;
use forewarn_store::Store;
use forewarn_store::examined::Examined;
use std::process::ExitCode;

/// Looks at everything, and exits with 1 if something must be mended. Changes nothing and sends nothing.
pub(crate) async fn run(common: &Common, doctor: &Doctor) -> Result<ExitCode> {
    if doctor.plans {
        return plans(&super::open(common).await?).await;
    }
    let findings = look(common).await;
    let healthy = findings.iter().all(Finding::is_good);
    if doctor.json {
        let found = serde_json::json!({
            "healthy": healthy, "version": env!("CARGO_PKG_VERSION"), "findings": findings,
        });
        say(&found.to_string());
    } else {
        findings.iter().for_each(|finding| say(&finding.line()));
    }
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn look(common: &Common) -> Vec<Finding> {
    let version = format!("Forewarn {}, for {}.", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH);
    let mut findings = vec![Finding::good("version", version)];
    let (settings, wrong) = super::config::examine(common);
    findings.extend(wrong);
    let now = clock::now();
    let folder = settings.data_folder(common);
    findings.push(machine::folder(&folder));
    findings.extend(machine::disk(&folder));
    findings.push(machine::clock(now));
    // Why not is said among the settings.
    let Ok(location) = settings.location(common) else { return findings };
    findings.extend(database::way(&location));
    match Examined::of(&location).await {
        Ok(examined) => {
            findings.extend(database::look(&examined, now).await);
            findings.extend(post::look(&examined.store).await);
        }
        Err(error) => findings.push(database::unreachable(&error)),
    }
    findings
}

async fn plans(store: &Store) -> Result<ExitCode> {
    for plan in store.plans(clock::now()).await? {
        say(&format!("{}:", plan.what));
        plan.lines.iter().for_each(|line| say(&format!("  {line}")));
    }
    Ok(ExitCode::SUCCESS)
}
