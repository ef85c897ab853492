//! `forewarn serve`.

use super::{invite, tell};
use crate::cli::{Common, Serve};
use crate::clock;
use crate::figures;
use crate::jobs;
use crate::settings::watching::Watching;
use crate::settings::{Settings, mail};
use anyhow::{Context as _, Result};
use forewarn_store::settings::mail::MailOverrides;
use forewarn_store::{Location, ServeLock, Store};
use forewarn_web::{AppState, Mode};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Where it listens unless told otherwise.
const USUAL_ADDRESS: ([u8; 4], u16) = ([127, 0, 0, 1], 8480);

/// Serves until asked to stop.
pub(crate) async fn run(common: &Common, serve: Serve) -> Result<ExitCode> {
    let settings = Settings::read(common)?;
    let location = settings.location(common)?;
    let listen = serve.listen.or(settings.listen).unwrap_or_else(|| SocketAddr::from(USUAL_ADDRESS));
    let public_url = serve.public_url.or_else(|| settings.public_url.clone());
    let lock = ServeLock::take(&location)?;
    let store = super::open(common).await?;
    let serving = Serving {
        store,
        lock,
        listen,
        base: public_url.clone().unwrap_or_else(|| format!("http://{listen}")),
        uploads: settings.data_folder(common).join("imports"),
        mode: Mode::Company,
        mail: mail::overrides()?,
        watching: Watching::read(&settings, public_url.as_deref())?,
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
}

impl Serving {
    /// Serves pages and runs jobs until Ctrl-C or SIGTERM. Requests under way are answered; jobs stop between
    /// two transactions.
    pub(crate) async fn until_stopped(self, location: &Location) -> Result<()> {
        let Serving { store, lock, listen, base, uploads, mode, mail, watching } = self;
        std::fs::create_dir_all(&uploads)
            .with_context(|| format!("The folder {} can't be made", uploads.display()))?;
        let state = AppState::new(store.clone(), uploads, clock::clock(), clock::fresh_ids())
            .mode(mode)
            .mail(mail)
            .figures(figures::keep()?, watching.readers)
            .secure(base.starts_with("https://"));
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("{listen} can't be listened on; choose another with --listen"))?;
        let (stop, stopped) = watch::channel(false);
        let running = jobs::start(&state, location, mode, &base, watching.heartbeat, &stopped);

        tell(&format!("Forewarn serves {base} from {}. Ctrl-C stops it.", location.shown()));
        if mode == Mode::Company && !store.has_admin().await? {
            let link = invite::to_set_up(&store, clock::now()).await?;
            tell(&format!("To create the first admin, once, within 7 days: {base}{link}"));
        }
        let service = forewarn_web::router(state).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service)
            .with_graceful_shutdown(async move {
                asked_to_stop().await;
                // The jobs may have ended by themselves; then nobody listens.
                let _told = stop.send(true);
            })
            .await?;
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
