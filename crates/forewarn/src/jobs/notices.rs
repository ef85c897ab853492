//! The notices job: brings notices to our own people over mail and chat, each at least once.
//!
//! A notice that was delivered and not noted is delivered again: for our own people that is better than never.
//! In the program they see it at once, whatever becomes of mail and chat.

mod by_chat;
mod by_mail;

use crate::clock;
use by_chat::ByChat;
use by_mail::ByMail;
use forewarn_store::Store;
use forewarn_store::notices::ClaimedDelivery;
use forewarn_web::AppState;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio::sync::watch;

/// How long it waits at most before it looks again; a change rings before that.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a delivery may take. Whoever has not ended it by then is taken for dead.
const LEASE: SignedDuration = SignedDuration::from_secs(90);
/// After so many tries, over about a day, a recipient counts as out of reach.
const MOST_TRIES: u32 = 30;

/// How a try has ended.
enum Tried {
    /// It has arrived where it was to.
    Sent,
    /// It may work later, if not for this recipient's sake then because somebody mends the server.
    Later {
        why: String,
        /// Nothing about the recipient: trying does not end.
        ours: bool,
    },
    /// It will never work.
    Never { why: String },
}

/// Works until `stopped` says so. `base` is the address of the pages, for the links.
pub(crate) async fn run(state: AppState, base: String, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = by_mail(&state, &base) => {}
        () = by_chat(&state, &base) => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn by_mail(state: &AppState, base: &str) {
    let mut way = ByMail::new(base);
    loop {
        let settings = match state.mail_settings().await {
            Ok(settings) => settings,
            Err(error) => {
                tracing::error!(%error, "notices can't be looked at at present");
                None
            }
        };
        // Without a mail server they wait.
        if let Some(settings) = settings
            && let Some(delivery) = next(state.store(), (true, false)).await
        {
            let tried = way.deliver(state.store(), &settings, &delivery).await;
            note(state.store(), &delivery, tried).await;
            continue;
        }
        way.hang_up().await;
        wait(state.store()).await;
    }
}

async fn by_chat(state: &AppState, base: &str) {
    let mut way = ByChat::new(base);
    while let Some(delivery) = next_for_chat(state.store()).await {
        let tried = way.deliver(state.store(), &delivery).await;
        note(state.store(), &delivery, tried).await;
    }
}

/// Waits until there is one.
async fn next_for_chat(store: &Store) -> Option<ClaimedDelivery> {
    loop {
        match next(store, (false, true)).await {
            Some(delivery) => return Some(delivery),
            None => wait(store).await,
        }
    }
}

async fn next(store: &Store, ways: (bool, bool)) -> Option<ClaimedDelivery> {
    match store.claim_deliveries(ways, now(store).await, LEASE, 1, &clock::fresh_id).await {
        Ok(claimed) => claimed.into_iter().next(),
        Err(error) => {
            tracing::error!(%error, "notices can't be looked at at present");
            None
        }
    }
}

/// Writes down how it ended. What can't be written down is tried again when the claim has lapsed.
async fn note(store: &Store, delivery: &ClaimedDelivery, tried: Tried) {
    let now = now(store).await;
    let (id, token) = (delivery.id, delivery.token.as_str());
    let noted = match tried {
        Tried::Sent => store.delivery_sent(id, token, now).await,
        Tried::Later { why, ours } => {
            let again = next_try(delivery.attempt, ours, now);
            tracing::warn!(delivery = id.0, %why, given_up = again.is_none(), "a notice could not be delivered");
            store.delivery_failed(id, token, &why, again, now).await
        }
        Tried::Never { why } => {
            tracing::warn!(delivery = id.0, %why, given_up = true, "a notice could not be delivered");
            store.delivery_failed(id, token, &why, None, now).await
        }
    };
    if let Err(error) = noted {
        tracing::error!(%error, delivery = id.0, "what became of a notice can't be noted");
    }
}

/// Half a minute after the first try, then twice as long each time, at most an hour. `None`: enough.
fn next_try(tries: u32, ours: bool, now: Timestamp) -> Option<Timestamp> {
    if tries >= MOST_TRIES && !ours {
        return None;
    }
    let seconds = 30_i64 << tries.saturating_sub(1).min(7);
    // While our own server is away, everything waits; somebody may be mending it.
    let most = if ours { 5 * 60 } else { 60 * 60 };
    Some(now + SignedDuration::from_secs(seconds.min(most)))
}

/// Until something changes, or for a little while.
async fn wait(store: &Store) {
    let mut changes = store.changes();
    tokio::select! {
        () = tokio::time::sleep(LOOK_EVERY) => {}
        _changed = changes.changed() => {}
    }
}

/// The database's clock, where several programs share it.
async fn now(store: &Store) -> Timestamp {
    let own = clock::now();
    store.time(own).await.unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipient_is_given_up_after_about_a_day_and_our_own_server_never() {
        let start = Timestamp::UNIX_EPOCH;
        let mut at = start;
        let mut tries = 1;
        while let Some(next) = next_try(tries, false, at) {
            assert!(next > at);
            (at, tries) = (next, tries + 1);
        }
        let hours = at.duration_since(start).as_hours();
        assert!((20..30).contains(&hours), "{hours} hours");
        for tries in [1, 5, 1_000, u32::MAX] {
            let next = next_try(tries, true, start).unwrap();
            assert!(next.duration_since(start) <= SignedDuration::from_mins(5));
        }
    }
}
