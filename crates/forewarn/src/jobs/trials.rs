//! The trials job: carries out the tests of mail and chat that somebody asked for on a page, and notes what it
//! saw. What was not noted is tried again: it goes to our own people only.

use crate::clock;
use crate::commands::mail;
use forewarn_domain::notice::ChatTarget;
use forewarn_outreach::chat::{self, Words};
use forewarn_outreach::http::{Guard, Http};
use forewarn_store::settings::trials::{Trial, TrialEnd, TrialOf};
use forewarn_store::{Store, StoreError};
use forewarn_web::AppState;
use std::time::Duration;
use tokio::sync::watch;

/// How long it waits at most before it looks again; a change rings before that.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How long a chat may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Works until `stopped` says so.
pub(crate) async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = look(&state) => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn look(state: &AppState) {
    let mut changes = state.store().changes();
    loop {
        if let Err(error) = run_all(state).await {
            tracing::error!(%error, "tests of mail and chat can't be looked at at present");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _changed = changes.changed() => {}
        }
    }
}

async fn run_all(state: &AppState) -> Result<(), StoreError> {
    for trial in state.store().trials_to_run(clock::now()).await? {
        let (worked, says) = carry_out(state, &trial).await?;
        state.store().end_trial(&trial, TrialEnd { at: clock::now(), worked, says }).await?;
    }
    Ok(())
}

async fn carry_out(state: &AppState, trial: &Trial) -> Result<(bool, Vec<String>), StoreError> {
    let store = state.store();
    let target = match &trial.of {
        TrialOf::Mail { to } => {
            let Some(settings) = state.mail_settings().await? else { return Ok(not_set_up()) };
            let tried = mail::attempt(&settings, to).await;
            return Ok(tried.unwrap_or_else(|error| (false, vec![format!("{error:#}.")])));
        }
        TrialOf::PersonChat { person } => store.person_chat(*person).await?,
        TrialOf::TeamChat { team } => store.team_chat(*team).await?,
    };
    match target {
        Some(target) => post(store, &target).await,
        None => Ok(not_set_up()),
    }
}

fn not_set_up() -> (bool, Vec<String>) {
    (false, vec!["It is not set up any more.".to_owned()])
}

async fn post(store: &Store, target: &ChatTarget) -> Result<(bool, Vec<String>), StoreError> {
    let allowed = store.chat_settings().await?.allowed;
    let allowed = allowed.iter().filter_map(|network| network.parse().ok()).collect();
    let words = Words { subject: "Test by Forewarn", body: "Notices will be posted here.", link: None };
    let posted = match Http::new(Guard::allowing(allowed), PATIENCE) {
        Ok(http) => chat::post(&http, target, &words).await.map_err(|trouble| trouble.to_string()),
        Err(trouble) => Err(trouble.to_string()),
    };
    Ok(match posted {
        Ok(()) => {
            (true, vec!["The chat took the message. Whether it is shown, only you can see.".to_owned()])
        }
        Err(why) => (false, vec![why]),
    })
}
