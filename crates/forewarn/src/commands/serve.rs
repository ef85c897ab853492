//! `forewarn serve`.

use super::{invite, tell};
use crate::cli::{Common, Serve};
use crate::clock::{self, SharedClock};
use crate::connections;
use crate::figures;
use crate::jobs;
use crate::settings::sign_in::SigningIn;
use crate::settings::watching::Watching;
use crate::settings::{Settings, mail};
use anyhow::{Context as _, Result};
use forewarn_store::settings::mail::MailOverrides;
use forewarn_store::{Location, ServeLock, Store, make_folder};
use forewarn_web::{AppState, Mode};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long requests that are under way may take when the program is asked to stop. Jobs have their own limits.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until asked to stop.
pub(crate) async fn run(common: &Common, serve: Serve) -> Result<ExitCode> {
    let settings = Settings::read(common)?;
    let location = settings.location(common)?;
    let listen = settings.listening(serve.listen);
    let public_url = serve.public_url.or_else(|| settings.public_url.clone());
    let lock = ServeLock::take(&location)?;
    let store = super::open(common).await?;
    let base = public_url.clone().unwrap_or_else(|| format!("http://{listen}"));
    let serving = Serving {
        store,
        lock,
        listen,
        uploads: settings.data_folder(common).join("imports"),
        mode: Mode::Company,
        mail: mail::overrides()?,
        watching: Watching::read(&settings, public_url.as_deref())?,
        signing_in: SigningIn::read(&settings, &base)?,
        base,
    };
    serving.until_stopped(&location).await?;
    Ok(ExitCode::SUCCESS)
}

/// A server about to start: a company's own, or the demo.
pub(crate) struct Serving {
    pub(crate) store: Store,
    /// Held while it serves.
    pub(crate) lock: ServeLock,
    pub(crate) listen: SocketAddr,
    /// The address that people type.
    pub(crate) base: String,
    /// Where uploaded files wait.
    pub(crate) uploads: PathBuf,
    pub(crate) mode: Mode,
    /// What the environment says about mail.
    pub(crate) mail: MailOverrides,
    /// Who hears how it is.
    pub(crate) watching: Watching,
    /// How people sign in.
    pub(crate) signing_in: SigningIn,
}

impl Serving {
    /// Serves pages and runs jobs until Ctrl-C or SIGTERM. Requests under way are answered; jobs stop between
    /// two transactions.
    pub(crate) async fn until_stopped(self, location: &Location) -> Result<()> {
        let Serving { store, lock, listen, base, uploads, mode, mail, watching, signing_in } = self;
        make_folder(&uploads)?;
        let clock = SharedClock::new();
        clock.put_right(&store).await?;
        let mut state = AppState::new(store.clone(), uploads, clock.reader(), clock::fresh_ids())
            .mode(mode)
            .mail(mail)
            .figures(figures::keep()?, watching.readers)
            .secure(base.starts_with("https://"))
            .proxies(signing_in.proxies)
            .sessions(signing_in.sessions);
        if let Some(elsewhere) = signing_in.elsewhere {
            state = state.elsewhere(elsewhere);
        }
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("{listen} can't be listened on; choose another with --listen"))?;
        let stop = state.stop();
        let running = jobs::start(&state, clock, location, mode, &base, watching.heartbeat, &stop.listen());

        tell(&format!("Forewarn serves {base} from {}. Ctrl-C stops it.", location.shown()));
        if mode == Mode::Company && !store.has_admin().await? {
            let link = invite::to_set_up(&store, clock::now()).await?;
            tell(&format!("To create the first admin, once, within 7 days: {base}{link}"));
        }
        let mut stopped = stop.listen();
        let serving = connections::serve(
            listener,
            forewarn_web::router(state),
            connections::Patience::USUAL,
            async move {
                asked_to_stop().await;
                stop.ask();
            },
        );
        let out_of_time = async {
            // An error means that nobody can say it any more, which says it as well.
            drop(stopped.wait_for(|stopped| *stopped).await);
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            () = serving => {}
            () = out_of_time => tracing::warn!("requests that were still under way are cut off"),
        }
        running.ended().await;
        drop(lock);
        Ok(())
    }
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _interrupted = interrupt.await;
        }
    }
    tracing::info!("stopping");
}
