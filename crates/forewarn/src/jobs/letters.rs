//! The letters job: hands approved letters to the mail server, each once.
//!
//! It goes by what the store says, never by what it remembers. Killed before the dot of a letter, it has sent
//! nothing, and another takes over when the claim lapses; killed at the dot, the letter is *unknown*, and a
//! person hears of it. Dropping the job at any moment is therefore safe.

mod claim;
mod lane;

use crate::clock;
use forewarn_store::letters::{Claims, Recovered};
use forewarn_store::{Engine, Store};
use forewarn_web::AppState;
use lane::Lane;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How many letters are handed over at once. A mail server that takes minutes to answer holds up one lane.
const LANES: usize = 3;
/// How often claims that have lapsed are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Works until `stopped` says so; a letter in hand is given a little time to end.
pub(crate) async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    // One process has a SQLite database to itself: whoever held a claim before it is dead.
    let before_us = match state.store().engine() {
        Engine::Sqlite => Claims::All,
        Engine::Postgres => Claims::Lapsed,
    };
    recover(state.store(), before_us).await;
    let mut lanes = JoinSet::new();
    for _ in 0..LANES {
        lanes.spawn(Lane::new(&state).run(stopped.clone()));
    }
    tokio::select! {
        () = keep_recovering(state.store()) => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
    while let Some(ended) = lanes.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a sender of letters did not end by itself");
        }
    }
}

async fn keep_recovering(store: &Store) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        recover(store, Claims::Lapsed).await;
    }
}

async fn recover(store: &Store, claims: Claims) {
    let recovered = match store.time(clock::now()).await {
        Ok(now) => store.recover_letters(claims, now).await,
        Err(error) => Err(error),
    };
    match recovered {
        Ok(Recovered { waiting: 0, unknown: 0 }) => {}
        Ok(Recovered { waiting, unknown }) => {
            tracing::warn!(waiting, unknown, "letters were left behind by a sender that has gone");
        }
        Err(error) => tracing::error!(%error, "letters left behind can't be looked for at present"),
    }
}
