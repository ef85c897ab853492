//! `forewarn demo`.

use super::serve::Serving;
use super::tell;
use crate::cli::{Common, Demo};
use crate::clock;
use crate::settings::sign_in::SigningIn;
use crate::settings::watching::Watching;
use anyhow::Result;
use forewarn_store::settings::mail::MailOverrides;
use forewarn_store::{Location, ServeLock, Store};
use forewarn_web::Mode;
use std::process::ExitCode;

/// Makes the demo company in a temporary folder, and serves it until asked to stop. The folder goes with it;
/// with `--data` it is made there, and stays.
pub(crate) async fn run(common: &Common, demo: &Demo) -> Result<ExitCode> {
    let temporary = tempfile::Builder::new().prefix("forewarn-demo-").tempdir()?;
    let folder = common.data.clone().unwrap_or_else(|| temporary.path().to_owned());
    let location = Location::Folder(folder.clone());
    let lock = ServeLock::take(&location)?;
    let store = Store::open(&location).await?;
    if store.people().await?.is_empty() {
        tell("Making a demo company …");
        crate::demo::make(&store, clock::now()).await?;
    }
    let serving = Serving {
        store,
        lock,
        listen: demo.listen,
        base: format!("http://{}", demo.listen),
        uploads: folder.join("imports"),
        mode: Mode::Demo,
        mail: MailOverrides::default(),
        watching: Watching::of_a_demo(),
        signing_in: SigningIn::default(),
    };
    serving.until_stopped(&location).await?;
    Ok(ExitCode::SUCCESS)
}
