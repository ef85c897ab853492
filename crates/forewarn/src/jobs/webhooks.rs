//! The webhooks job: brings messages to other programs, each at least once, always under the same id.

use crate::clock;
use forewarn_outreach::http::{Guard, Http, HttpTrouble};
use forewarn_outreach::webhook::{self, Message};
use forewarn_store::webhooks::{Answered, ClaimedMessage};
use forewarn_store::{Engine, Store, StoreError};
use forewarn_web::AppState;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long it waits at most before it looks again; a change rings before that.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long the other side may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// Whoever has not ended a try by then is taken for dead.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// One that stalls must not hold up the others.
const AT_ONCE: u32 = 8;
/// How long delivered messages are kept to look at.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How often old ones are cleared away.
const CLEAR_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Seconds between one try and the next, as Standard Webhooks suggests: about three days in all. After the last, a message
/// is given up.
const WAITS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// Works until `stopped` says so.
pub(crate) async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = work(state.store()) => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn work(store: &Store) {
    if store.engine() == Engine::Sqlite
        && let Err(error) = store.release_webhook_messages().await
    {
        tracing::error!(%error, "messages that another run had in its hands can't be taken over");
    }
    let mut cleared: Option<Timestamp> = None;
    loop {
        let now = now(store).await;
        match deliver(store, now).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "messages to other programs can't be looked at at present"),
        }
        if cleared.is_none_or(|at| now.duration_since(at) >= CLEAR_EVERY) {
            if let Err(error) = store.forget_webhook_messages(now - KEPT_FOR).await {
                tracing::error!(%error, "old messages to other programs can't be cleared away");
            }
            cleared = Some(now);
        }
        wait(store).await;
    }
}

/// Tries what is due; says how many.
async fn deliver(store: &Store, now: Timestamp) -> Result<usize, StoreError> {
    let token = clock::fresh_id().simple().to_string();
    let claimed = store.claim_webhook_messages(&token, now, LEASE, AT_ONCE).await?;
    if claimed.is_empty() {
        return Ok(0);
    }
    let allowed = store.chat_settings().await?.allowed;
    let allowed = allowed.iter().filter_map(|network| network.parse().ok()).collect();
    let http = Http::new(Guard::allowing(allowed), PATIENCE);
    let count = claimed.len();
    let mut tries = JoinSet::new();
    for message in claimed {
        let http = http.clone();
        tries.spawn(async move {
            let tried = match http {
                Ok(http) => post(&http, &message).await,
                Err(trouble) => Err(trouble),
            };
            (message, tried)
        });
    }
    while let Some(tried) = tries.join_next().await {
        match tried {
            Ok((message, tried)) => note(store, &token, &message, tried).await?,
            Err(error) => tracing::error!(%error, "a try to tell another program did not end by itself"),
        }
    }
    Ok(count)
}

async fn post(http: &Http, message: &ClaimedMessage) -> Result<Answered, HttpTrouble> {
    let ClaimedMessage { message_id, payload, secrets, url, .. } = message;
    let signed = Message { id: message_id, at: clock::now(), payload, secrets };
    let answer = webhook::post(http, url, &signed).await?;
    Ok(Answered { status: Some(answer.status), words: answer.text })
}

/// Writes down how it ended. What can't be written down is tried again when the claim has lapsed.
async fn note(
    store: &Store,
    token: &str,
    message: &ClaimedMessage,
    tried: Result<Answered, HttpTrouble>,
) -> Result<(), StoreError> {
    let now = now(store).await;
    let trouble = match tried {
        Ok(answer) => return store.webhook_delivered(message, token, &answer, now).await.map(|_ours| ()),
        Err(trouble) => trouble,
    };
    let again = next_try(message.attempt, clock::fresh_id().as_u128(), now);
    tracing::warn!(number = message.id.0, %trouble, given_up = again.is_none(), "another program could not be told");
    let (status, words) = match &trouble {
        HttpTrouble::Answered { status, text } => (Some(*status), text.clone()),
        other => (None, other.to_string()),
    };
    let gone = status == Some(410);
    let answer = Answered { status, words };
    store.webhook_failed(message, token, &answer, again, gone, now).await.map(|_ours| ())
}

/// When the next try is made after that many: later each time, and up to a fifth later by chance, so that those which
/// failed together do not come back together. `None`: enough.
fn next_try(tries: u32, chance: u128, now: Timestamp) -> Option<Timestamp> {
    let wait = WAITS.get(tries.saturating_sub(1) as usize)?;
    let wait = SignedDuration::from_secs(*wait);
    let per_mille = i32::try_from(chance % 200).unwrap_or(0);
    Some(now + wait + wait * per_mille / 1_000)
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
    fn a_message_is_tried_for_about_three_days_later_each_time_and_never_in_step() {
        let end = |chance| {
            let (mut at, mut tries, mut before) = (Timestamp::UNIX_EPOCH, 1, SignedDuration::ZERO);
            while let Some(next) = next_try(tries, chance, at) {
                assert!(next.duration_since(at) > before, "later each time");
                before = next.duration_since(at);
                (at, tries) = (next, tries + 1);
            }
            assert_eq!(tries, 10);
            at.duration_since(Timestamp::UNIX_EPOCH)
        };
        assert_eq!(end(0).as_hours(), 75);
        assert!(end(199) > end(0) && end(199) < end(0) + end(0) / 5);
    }
}
