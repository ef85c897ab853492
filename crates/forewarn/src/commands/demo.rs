//! `forewarn demo`.

use super::serve::Serving;
use super::tell;
use crate::cli::{Common, Demo};
use crate::clock;
use crate::settings::sign_in::SigningIn;
use crate::settings::watching::Watching;
use anyhow::{Result, bail};
use forewarn_store::settings::mail::MailOverrides;
use forewarn_store::{Location, ServeLock, Store};
use forewarn_web::Mode;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::process::ExitCode;

/// The setting that tells a demo from a company: it is made with the demo, and nothing else makes it.
const IS_A_DEMO: &str = "is-a-demo";

/// Makes the demo company in a temporary folder, and serves it until asked to stop. The folder goes with it;
/// with `--data` it is made there, and stays.
pub(crate) async fn run(common: &Common, demo: &Demo) -> Result<ExitCode> {
    let temporary = tempfile::Builder::new()
        .prefix("forewarn-demo-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir()?;
    let folder = common.data.clone().unwrap_or_else(|| temporary.path().to_owned());
    let location = Location::Folder(folder.clone());
    let lock = ServeLock::take(&location)?;
    let store = Store::open(&location).await?;
    if store.people().await?.is_empty() {
        tell("Making a demo company …");
        store.save_setting(IS_A_DEMO, &true).await?;
        crate::demo::make(&store, clock::now()).await?;
    } else if store.setting::<bool>(IS_A_DEMO).await? != Some(true) {
        bail!(
            "{} holds a company that is no demo, and in a demo anybody may be anybody, without a password. Leave \
             --data (and FOREWARN_DATA) out, or name an empty folder.",
            folder.display()
        );
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
