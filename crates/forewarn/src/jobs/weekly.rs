//! The weekly words for leaders, when their week begins.

use crate::clock;
use forewarn_store::Store;
use forewarn_web::AppState;
use std::time::Duration;
use tokio::sync::watch;

/// How often it looks whose week has begun.
const EVERY: Duration = Duration::from_secs(60);

/// Looks until `stopped` says so.
pub(crate) async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    let looking = async {
        loop {
            if let Err(error) = look(state.store()).await {
                tracing::error!(%error, "the weekly words can't be written at present");
            }
            tokio::time::sleep(EVERY).await;
        }
    };
    tokio::select! {
        () = looking => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn look(store: &Store) -> Result<(), forewarn_store::StoreError> {
    // The database's clock, where several programs share it.
    let now = store.time(clock::now()).await?;
    let written = store.write_weekly_words(now).await?;
    if written > 0 {
        tracing::info!(written, "leaders have their weekly words");
    }
    Ok(())
}
