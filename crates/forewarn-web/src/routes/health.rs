//! `/readyz`: it may be sent requests. `/healthz`: the database answers, and the auditor finds that the promises are
//! kept.

use super::metrics::MayRead;
use crate::state::AppState;
use crate::table::Table;
use crate::watch::Standing;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use forewarn_store::auditor::{Audit, Finding};
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Display;

pub(crate) fn routes() -> Table {
    Table::new().route("/healthz", get(healthz)).route("/readyz", get(readyz))
}

async fn readyz(State(state): State<AppState>, MayRead(names_causes): MayRead) -> (StatusCode, String) {
    let not_ready = |why: String| (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n"));
    if state.stop.is_asked() {
        return not_ready("Forewarn is stopping.".to_owned());
    }
    let unwell = |what: &str, error: &dyn Display| not_ready(because(what, error, names_causes));
    // Migrations have run before the first request can come, so that an answer is all there is to ask for.
    if let Err(error) = state.store.ping().await {
        return unwell("The database does not answer", &error);
    }
    match (state.watch.no_new_sessions(), state.store.not_writable()) {
        (Some(error), _) => unwell("The database takes no new sessions", &error),
        // Whoever sends requests should go on: pages are shown, with the reason.
        (None, Some(why)) => (StatusCode::OK, format!("ok, to read only: {why}\n")),
        (None, None) => (StatusCode::OK, "ok\n".to_owned()),
    }
}

/// What is wrong, with the database's own words for those who may know; the log has them for whoever runs it.
fn because(what: &str, error: &dyn Display, names_causes: bool) -> String {
    tracing::warn!(%error, "{what}");
    if names_causes { format!("{what}: {error}.") } else { format!("{what}.") }
}

/// How Forewarn is.
#[derive(Debug, Serialize)]
struct Health {
    status: Status,
    /// What is wrong, a sentence each.
    wrong: Vec<String>,
    /// When the auditor looked last.
    audited_at: Option<Timestamp>,
    checks: Vec<Checked>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Status {
    /// All is well.
    Ok,
    /// Something wants to be looked at; the promises are kept.
    Attention,
    /// A promise is broken, or nobody can tell.
    Broken,
}

#[derive(Debug, Serialize)]
struct Checked {
    check: &'static str,
    /// Whether finding something breaks a promise.
    promise: bool,
    count: u64,
    /// The first few cases, for those who may know.
    #[serde(skip_serializing_if = "Option::is_none")]
    cases: Option<Vec<i64>>,
}

/// 503 only when a promise is broken or nobody can tell; see [`Status`].
async fn healthz(
    State(state): State<AppState>,
    MayRead(names_causes): MayRead,
) -> (StatusCode, Json<Health>) {
    let database = state.store.ping().await;
    let health = match (database, state.watch.standing(state.now())) {
        (Err(error), _) => Health::broken(because("The database does not answer", &error, names_causes)),
        (Ok(()), _) if state.store.not_writable().is_some() => {
            Health::broken(state.store.not_writable().map_or(String::new(), |why| why.to_string()))
        }
        (Ok(()), Standing::Silent) => Health::broken("The auditor has not looked for minutes.".to_owned()),
        (Ok(()), Standing::NotSeenYet) => {
            Health { status: Status::Ok, wrong: Vec::new(), audited_at: None, checks: Vec::new() }
        }
        (Ok(()), Standing::Seen(audit)) => Health::audited(&audit, names_causes),
    };
    let broken = health.status == Status::Broken;
    (if broken { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK }, Json(health))
}

impl Health {
    fn broken(wrong: String) -> Self {
        Self { status: Status::Broken, wrong: vec![wrong], audited_at: None, checks: Vec::new() }
    }

    fn audited(audit: &Audit, names_cases: bool) -> Self {
        let found = audit.findings.iter().filter(|finding| finding.count > 0);
        let status = match (audit.breaks_a_promise(), audit.is_clean()) {
            (true, _) => Status::Broken,
            (false, false) => Status::Attention,
            (false, true) => Status::Ok,
        };
        let nobody = (audit.unreachable > 0).then(|| {
            format!(
                "{}: people or teams could not be reached if they were needed; see Settings.",
                audit.unreachable
            )
        });
        let checks = audit.findings.iter().map(|finding| Checked::of(finding, names_cases));
        Self {
            status,
            wrong: found
                .map(|finding| format!("{}: {}.", finding.count, finding.check.says()))
                .chain(nobody)
                .collect(),
            audited_at: Some(audit.at),
            checks: checks.chain([Checked::unreachable(audit)]).collect(),
        }
    }
}

impl Checked {
    fn unreachable(audit: &Audit) -> Self {
        Self { check: "unreachable", promise: false, count: audit.unreachable, cases: None }
    }

    fn of(finding: &Finding, names_cases: bool) -> Self {
        let Finding { check, count, cases } = finding;
        Self {
            check: check.name(),
            promise: check.is_a_promise(),
            count: *count,
            cases: names_cases.then(|| cases.iter().map(|case| case.0).collect()),
        }
    }
}
