//! The notices job: brings notices to our own people over mail and chat, each at least once.
//!
//! A notice that was delivered and not noted is delivered again: for our own people that is better than never.
//! In the program they see it at once, whatever becomes of mail and chat.

mod by_chat;
mod by_mail;

use crate::clock;
use by_chat::ByChat;
use by_mail::ByMail;
use forewarn_store::notices::ClaimedDelivery;
use forewarn_store::{Store, StoreError};
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

/// After so many, over about a week, nobody mends our own mail server for a notice of last week.
const MOST_TRIES_OF_OURS: u32 = 2_000;

/// How a try has ended.
enum Tried {
    /// It has arrived where it was to.
    Sent,
    /// It may work later, if not for this recipient's sake then because somebody mends the server.
    Later {
        why: String,
        /// Nothing about the recipient: it is tried for longer.
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
    let claimed = match store.time(clock::now()).await {
        Ok(now) => store.claim_deliveries(ways, now, LEASE, 1, &clock::fresh_id).await,
        Err(error) => Err(error),
    };
    match claimed {
        Ok(claimed) => claimed.into_iter().next(),
        Err(error) => {
            tracing::error!(%error, "notices can't be looked at at present");
            None
        }
    }
}

/// Writes down how it ended. What can't be written down is tried again when the claim has lapsed.
async fn note(store: &Store, delivery: &ClaimedDelivery, tried: Tried) {
    if let Err(error) = try_to_note(store, delivery, tried).await {
        tracing::error!(%error, delivery = delivery.id.0, "what became of a notice can't be noted");
    }
}

async fn try_to_note(store: &Store, delivery: &ClaimedDelivery, tried: Tried) -> Result<(), StoreError> {
    let now = store.time(clock::now()).await?;
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
    noted.map(drop)
}

/// Half a minute after the first try, then twice as long each time, at most an hour; at most five minutes while our
/// own server is away, since somebody may be mending it. `None`: enough.
fn next_try(tries: u32, ours: bool, now: Timestamp) -> Option<Timestamp> {
    let (most_tries, most_seconds) = if ours { (MOST_TRIES_OF_OURS, 5 * 60) } else { (MOST_TRIES, 60 * 60) };
    let seconds = 30_i64 << tries.saturating_sub(1).min(7);
    (tries < most_tries).then(|| now + SignedDuration::from_secs(seconds.min(most_seconds)))
}

/// Until something changes, or for a little while.
async fn wait(store: &Store) {
    let mut changes = store.changes();
    tokio::select! {
        () = tokio::time::sleep(LOOK_EVERY) => {}
        _changed = changes.changed() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How long a notice is tried, in hours.
    fn tried_for(ours: bool) -> i64 {
        let (mut at, mut tries) = (Timestamp::UNIX_EPOCH, 1);
        while let Some(next) = next_try(tries, ours, at) {
            assert!(next > at && next.duration_since(at) <= SignedDuration::from_hours(1));
            (at, tries) = (next, tries + 1);
        }
        at.duration_since(Timestamp::UNIX_EPOCH).as_hours()
    }

    #[test]
    fn a_recipient_is_given_up_after_about_a_day_and_our_own_server_after_a_week() {
        assert!((20..30).contains(&tried_for(false)), "{} hours", tried_for(false));
        assert!((150..180).contains(&tried_for(true)), "{} hours", tried_for(true));
    }
}
