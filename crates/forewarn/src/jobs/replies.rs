//! The replies job: reads our mailbox. What customers answer joins their case, what came back is said at once,
//! and a letter of which nobody knew is found, there or among what was sent.
//!
//! Nothing in the mailbox is changed, and each mail counts once however often it is read: the job may be killed
//! at any moment, and several may read the same mailbox.

mod reader;
mod sorting;

use crate::clock;
use forewarn_store::Store;
use forewarn_web::AppState;
use jiff::Timestamp;
use reader::Reader;
use std::time::Duration;
use tokio::sync::watch;

/// How often it looks.
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// How long it leaves a server alone that has not let it in.
const AFTER_TROUBLE: Duration = Duration::from_secs(120);

/// Works until `stopped` says so.
pub(crate) async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = keep_reading(&state) => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn keep_reading(state: &AppState) {
    let mut reader = Reader::default();
    loop {
        let mailboxes = match state.mail_settings().await {
            Ok(settings) => settings.and_then(|settings| settings.imap),
            Err(error) => {
                tracing::error!(%error, "the settings of the mailbox can't be read at present");
                None
            }
        };
        let looked = match mailboxes {
            Some(mailboxes) => reader.look(state.store(), &mailboxes).await,
            None => Ok(()),
        };
        match looked {
            Ok(()) => tokio::time::sleep(LOOK_EVERY).await,
            Err(error) => {
                tracing::warn!(%error, "replies can't be read at present");
                reader.forget();
                tokio::time::sleep(AFTER_TROUBLE).await;
            }
        }
    }
}

/// The database's clock, where several programs share it.
async fn now(store: &Store) -> Timestamp {
    let own = clock::now();
    store.time(own).await.unwrap_or(own)
}
