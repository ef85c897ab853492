//! Once a day, what was recorded is summed up in a head.

use crate::clock;
use forewarn_store::StoreError;
use forewarn_web::AppState;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio::sync::watch;

/// How often it looks whether a day is over.
const LOOK_EVERY: Duration = Duration::from_secs(600);
const HEAD_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// Makes heads until `stopped` says so. Two servers that look at once make one.
pub(crate) async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = make_heads(&state) => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn make_heads(state: &AppState) {
    let mut last: Option<Timestamp> = None;
    loop {
        let now = clock::now();
        if last.is_none_or(|last| now.duration_since(last) >= HEAD_EVERY) {
            match made_since(state, now).await {
                Ok(made) => last = Some(made),
                Err(error) => tracing::error!(%error, "the history can't be summed up at present"),
            }
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// When the newest head was made, if it is of today; else makes one.
async fn made_since(state: &AppState, now: Timestamp) -> Result<Timestamp, StoreError> {
    let store = state.store();
    if let Some(newest) =
        store.heads().await?.last().filter(|head| now.duration_since(head.made_at) < HEAD_EVERY)
    {
        return Ok(newest.made_at);
    }
    store.make_head(now).await?;
    Ok(now)
}
