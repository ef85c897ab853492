//! What whoever runs the program says about watching over it.

use super::{Settings, secret_from_environment};
use anyhow::Result;
use forewarn_web::Readers;

/// Who hears how Forewarn is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Watching {
    /// Who may read the figures.
    pub(crate) readers: Readers,
    /// A web address that is asked for after every audit without a broken promise.
    pub(crate) heartbeat: Option<String>,
}

impl Watching {
    /// From `FOREWARN_METRICS_TOKEN` and `FOREWARN_HEARTBEAT_URL` (or the files that the same names with `_FILE`
    /// name), or from the settings file.
    ///
    /// Without a token the figures are for this machine only. Where people reach Forewarn at another address,
    /// something on this machine passes their requests on, and would pass on a stranger's as well: then they are
    /// for nobody.
    pub(crate) fn read(settings: &Settings, public_url: Option<&str>) -> Result<Self> {
        let token =
            secret_from_environment("FOREWARN_METRICS_TOKEN")?.or_else(|| settings.metrics_token.clone());
        let readers = match (token, public_url) {
            (Some(token), _) => Readers::with_token(&token),
            (None, None) => Readers::ThisMachine,
            (None, Some(_)) => Readers::Nobody,
        };
        let heartbeat = secret_from_environment("FOREWARN_HEARTBEAT_URL")?;
        Ok(Self { readers, heartbeat: heartbeat.or_else(|| settings.heartbeat_url.clone()) })
    }

    /// For a demo: this machine only, and no heartbeat.
    pub(crate) fn of_a_demo() -> Self {
        Self { readers: Readers::ThisMachine, heartbeat: None }
    }
}
