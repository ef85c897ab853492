//! What happens outside of a request: a file a job.

mod auditor;
mod database;
mod history;
pub(crate) mod import;
mod letters;
mod notices;
pub(crate) mod rejected;
mod replies;
mod tick;
mod trials;
mod uploads;
mod webhooks;
mod weekly;

use crate::clock::SharedClock;
use forewarn_store::Location;
use forewarn_web::{AppState, Mode};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Jobs that run beside the pages.
pub(crate) struct Running(JoinSet<()>);

/// Starts all jobs. Each stops, between two transactions, once `stopped` says so. A demo writes to nobody.
pub(crate) fn start(
    state: &AppState,
    clock: SharedClock,
    location: &Location,
    mode: Mode,
    base: &str,
    heartbeat: Option<String>,
    stopped: &watch::Receiver<bool>,
) -> Running {
    let mut jobs = JoinSet::new();
    jobs.spawn(uploads::run(state.clone(), stopped.clone()));
    jobs.spawn(tick::run(state.clone(), clock, stopped.clone()));
    jobs.spawn(weekly::run(state.clone(), stopped.clone()));
    jobs.spawn(history::run(state.clone(), stopped.clone()));
    if mode == Mode::Company {
        jobs.spawn(letters::run(state.clone(), stopped.clone()));
        jobs.spawn(notices::run(state.clone(), base.to_owned(), stopped.clone()));
        jobs.spawn(replies::run(state.clone(), stopped.clone()));
        jobs.spawn(trials::run(state.clone(), stopped.clone()));
        jobs.spawn(webhooks::run(state.clone(), stopped.clone()));
    }
    jobs.spawn(database::run(state.clone(), location.clone(), stopped.clone()));
    jobs.spawn(auditor::run(state.clone(), location.clone(), heartbeat, stopped.clone()));
    jobs.spawn(watch_others(state.clone(), stopped.clone()));
    Running(jobs)
}

impl Running {
    /// Waits until all have stopped.
    pub(crate) async fn ended(mut self) {
        while let Some(ended) = self.0.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a job did not end by itself");
            }
        }
    }
}

/// Pages refresh themselves when another program has changed something, too.
async fn watch_others(state: AppState, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        watched = state.store().watch_others() => {
            tracing::warn!(?watched, "changes of other programs are not noticed any more");
        }
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}
