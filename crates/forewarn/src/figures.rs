//! Figures about the program itself, kept where jobs drop them and read by `/metrics`.

use anyhow::{Context as _, Result};
use forewarn_web::Figures;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use std::sync::Arc;
use std::time::Duration;

/// How long something took, in seconds: from what nobody notices to what everybody does.
const TIMES: [f64; 10] = [0.001, 0.005, 0.02, 0.1, 0.25, 1.0, 2.5, 5.0, 15.0, 60.0];
/// How often what was dropped is summed up.
const SUM_UP_EVERY: Duration = Duration::from_secs(5);

/// Starts keeping them. Once in a process.
///
/// # Errors
/// When it was started before.
pub(crate) fn keep() -> Result<Figures> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &TIMES)?
        .build_recorder();
    let figures = recorder.handle();
    metrics::set_global_recorder(recorder).ok().context("figures are kept already")?;
    let summing_up = figures.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(SUM_UP_EVERY).await;
            summing_up.run_upkeep();
        }
    });
    metrics::describe_gauge!("forewarn_audit_findings", "What the auditor found wrong, by check");
    metrics::describe_gauge!("forewarn_promises_kept", "1 while the auditor finds no broken promise");
    metrics::describe_gauge!("forewarn_writable", "1 while the database takes writes");
    metrics::describe_gauge!("forewarn_audited_at_seconds", "When the auditor looked last");
    metrics::describe_histogram!("forewarn_tick_seconds", "How long doing what was due took");
    Ok(Arc::new(move || figures.render()))
}
