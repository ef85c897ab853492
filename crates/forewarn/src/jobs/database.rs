//! Keeps trying what the pages can't tell: whether the database takes writes again after it took none, and whether it
//! still takes new sessions.

use forewarn_store::{Location, Store};
use forewarn_web::AppState;
use metrics::gauge;
use std::time::Duration;
use tokio::sync::watch;

/// How often writing is tried while it is not possible.
const TRY_EVERY: Duration = Duration::from_secs(2);
/// Every so many of these, a new session.
const SESSION_EVERY: u32 = 5;

/// Tries until `stopped` says so.
pub(crate) async fn run(state: AppState, location: Location, mut stopped: watch::Receiver<bool>) {
    let trying = async {
        for round in 1_u32.. {
            tokio::time::sleep(TRY_EVERY).await;
            try_writing(state.store()).await;
            if round.is_multiple_of(SESSION_EVERY) {
                let refused = Store::try_a_session(&location).await.err();
                if let Some(error) = &refused {
                    tracing::error!(%error, "the database takes no new sessions; it may have to be started again");
                }
                state.watch().tried_a_session(refused.map(|error| error.to_string()));
            }
        }
    };
    tokio::select! {
        () = trying => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn try_writing(store: &Store) {
    if let Some(why) = store.not_writable() {
        tracing::error!(%why, "nothing can be saved at present");
    }
    // Why it failed is known already.
    let _still_not = store.try_writing().await;
    gauge!("forewarn_writable").set(if store.not_writable().is_none() { 1.0 } else { 0.0 });
}
