//! What time alone does: slips whose facts were due become news, next words that nobody kept are noted as
//! missed, and sessions that have ended are forgotten.

use crate::clock;
use forewarn_store::Store;
use forewarn_store::obligations::Ticked;
use forewarn_web::AppState;
use jiff::SignedDuration;
use std::time::Duration;
use tokio::sync::watch;

/// How often it looks. A deadline is noticed at most this late.
const EVERY: Duration = Duration::from_secs(5);
const FORGET_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Ticks until `stopped` says so. Each look finds everything that is due by then, however long nobody looked,
/// so nothing is lost when a program stands still; two servers that tick at once do nothing twice.
pub(crate) async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = tick(state.store()) => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn tick(store: &Store) {
    let mut forgot = None;
    loop {
        let now = clock::now();
        match store.tick(now).await {
            Ok(Ticked { news: 0, missed: 0 }) => {}
            Ok(Ticked { news, missed }) => tracing::info!(news, missed, "time has passed for some cases"),
            Err(error) => tracing::error!(%error, "deadlines can't be looked at at present"),
        }
        if forgot.is_none_or(|at| now.duration_since(at) >= FORGET_EVERY) {
            match store.forget_ended_sessions(now).await {
                Ok(_) => forgot = Some(now),
                Err(error) => tracing::error!(%error, "ended sessions can't be forgotten at present"),
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}
