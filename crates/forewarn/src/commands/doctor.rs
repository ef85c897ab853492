//! `forewarn doctor`.

use super::say;
use crate::cli::{Common, Doctor};
use crate::clock;
use crate::settings::Settings;
use anyhow::Result;
use forewarn_domain::people::Scope;
use forewarn_store::Store;
use jiff::Timestamp;
use std::path::Path;
use std::process::ExitCode;

/// Looks at everything, says what it finds, and exits with 1 if something must be mended.
pub(crate) async fn run(common: &Common, doctor: &Doctor) -> Result<ExitCode> {
    if doctor.plans {
        return plans(&super::open(common).await?).await;
    }
    let mut findings = vec![Finding::good(format!("Forewarn {}", env!("CARGO_PKG_VERSION")))];
    let settings = Settings::read(common);
    match &settings {
        Ok(_) => findings.push(Finding::good("The settings can be read.")),
        Err(error) => findings.push(Finding::bad(format!("{error:#}"))),
    }
    let settings = settings.unwrap_or_default();
    findings.push(writable(&settings.data_folder(common)));
    let now = clock::now();
    findings.push(clock_is_plausible(now));
    match super::open(common).await {
        Ok(store) => findings.extend(data(&store, now).await?),
        Err(error) => findings.push(Finding::bad(format!("{error:#}"))),
    }
    findings.iter().for_each(|finding| say(&finding.line()));
    let healthy = findings.iter().all(|finding| finding.good);
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn plans(store: &Store) -> Result<ExitCode> {
    for plan in store.plans(clock::now()).await? {
        say(&format!("{}:", plan.what));
        plan.lines.iter().for_each(|line| say(&format!("  {line}")));
    }
    Ok(ExitCode::SUCCESS)
}

struct Finding {
    good: bool,
    what: String,
}

impl Finding {
    fn good(what: impl Into<String>) -> Self {
        Self { good: true, what: what.into() }
    }

    fn bad(what: impl Into<String>) -> Self {
        Self { good: false, what: what.into() }
    }

    fn line(&self) -> String {
        format!("{} {}", if self.good { "ok    " } else { "mend  " }, self.what)
    }
}

fn writable(folder: &Path) -> Finding {
    let tried = std::fs::create_dir_all(folder).and_then(|()| tempfile::tempfile_in(folder).map(drop));
    match tried {
        Ok(()) => Finding::good(format!("The folder {} can be written.", folder.display())),
        Err(error) => Finding::bad(format!(
            "The folder {} can't be written ({error}). Give this user the right to, or name another folder with \
             --data.",
            folder.display()
        )),
    }
}

fn clock_is_plausible(now: Timestamp) -> Finding {
    let built: Option<Timestamp> = "2026-01-01T00:00:00Z".parse().ok();
    if built.is_some_and(|built| now > built) {
        Finding::good(format!("The clock says {}.", now.strftime("%Y-%m-%d %H:%M:%S UTC")))
    } else {
        Finding::bad(format!("The clock says {now}, which is before this version was made. Set it right."))
    }
}

async fn data(store: &Store, now: Timestamp) -> Result<Vec<Finding>> {
    let mut findings = vec![Finding::good(format!("The database ({:?}) is up to date.", store.engine()))];
    findings.push(if store.has_admin().await? {
        Finding::good("An admin can sign in.")
    } else {
        Finding::bad("Nobody can sign in as admin yet. Start `forewarn serve` and open the link it prints.")
    });
    findings.push(match store.last_import().await? {
        Some(import) => Finding::good(format!("The last report was “{}”.", import.file_name)),
        None => Finding::bad("No report has been imported yet. Try `forewarn import FILE --dry-run`."),
    });
    let calls = store.today(Scope::Program, now).await?.rows.len();
    findings.push(Finding::good(format!("{calls} conversations are open.")));
    Ok(findings)
}
