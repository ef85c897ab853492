//! What time alone does: slips whose facts were due become news, next words that nobody kept are noted as
//! missed, steps of ladders fire, absences begin and end, and sessions that have ended are forgotten.

use crate::clock::SharedClock;
use forewarn_store::obligations::Ticked;
use forewarn_store::{Store, StoreError};
use forewarn_web::AppState;
use jiff::{SignedDuration, Timestamp};
use metrics::{counter, histogram};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How often it looks. A deadline is noticed at most this late.
const EVERY: Duration = Duration::from_secs(2);
/// How soon it looks again while clocks are still to be set anew.
const SOON: Duration = Duration::from_millis(20);
const FORGET_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Ticks until `stopped` says so. Each look finds everything that is due by then, however long nobody looked,
/// so nothing is lost when a program stands still; two servers that tick at once do nothing twice.
pub(crate) async fn run(state: AppState, clock: SharedClock, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = tick(state.store(), &clock) => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn tick(store: &Store, clock: &SharedClock) {
    let mut forgot = None;
    loop {
        let began = Instant::now();
        let more = match tick_once(store, clock, &mut forgot).await {
            Ok(ticked) => {
                histogram!("forewarn_tick_seconds").record(began.elapsed());
                counter!("forewarn_steps_fired_total").increment(ticked.fired.into());
                if ticked != (Ticked { more: ticked.more, ..Ticked::default() }) {
                    let Ticked { news, missed, fired, set_anew, .. } = ticked;
                    tracing::info!(news, missed, fired, set_anew, "time has passed for some cases");
                }
                ticked.more
            }
            Err(error) => {
                tracing::error!(%error, "deadlines can't be looked at at present");
                false
            }
        };
        tokio::time::sleep(if more { SOON } else { EVERY }).await;
    }
}

/// By the clock of the database, where several programs share it: without it, nothing is judged.
async fn tick_once(
    store: &Store,
    clock: &SharedClock,
    forgot: &mut Option<Timestamp>,
) -> Result<Ticked, StoreError> {
    let now = clock.put_right(store).await?;
    if forgot.is_none_or(|at| now.duration_since(at) >= FORGET_EVERY) {
        match forget(store, now).await {
            Ok(()) => *forgot = Some(now),
            Err(error) => tracing::error!(%error, "what has ended can't be forgotten at present"),
        }
    }
    store.tick(now).await
}

/// Forgets sessions that have ended, calls of programs that can't be sent again any more, and what the log of
/// security has kept for long enough.
async fn forget(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    store.forget_ended_sessions(now).await?;
    store.forget_old_security_events(now).await?;
    store.forget_old_calls(now).await?;
    Ok(())
}
