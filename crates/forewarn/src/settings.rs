//! Settings from arguments, variables and a file, in this order: the first that says something wins.

pub(crate) mod mail;
pub(crate) mod watching;

use crate::cli::Common;
use anyhow::{Context as _, Result};
use forewarn_store::Location;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What the file `forewarn.toml` can hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// Folder of the embedded database.
    pub(crate) data: Option<PathBuf>,
    /// PostgreSQL instead.
    pub(crate) database: Option<String>,
    /// A file that holds the URL of the database.
    pub(crate) database_file: Option<PathBuf>,
    /// Where to listen.
    pub(crate) listen: Option<SocketAddr>,
    /// The address that people type.
    pub(crate) public_url: Option<String>,
    /// A token for `/metrics`.
    pub(crate) metrics_token: Option<String>,
    /// A web address that hears after every audit that the promises are kept.
    pub(crate) heartbeat_url: Option<String>,
}

/// The name of the settings file that is read without being asked for.
const USUAL_FILE: &str = "forewarn.toml";

impl Settings {
    /// Reads the settings file, if one is named or lies in the current folder.
    pub(crate) fn read(common: &Common) -> Result<Self> {
        let usual = Path::new(USUAL_FILE);
        let path = match &common.config {
            Some(path) => path,
            None if usual.exists() => usual,
            None => return Ok(Self::default()),
        };
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("The settings file {} can't be read", path.display()))?;
        toml::from_str(&text).with_context(|| format!("The settings file {} has a mistake", path.display()))
    }

    /// Where the data is. A database wins over a folder, an argument over a variable over the file.
    pub(crate) fn location(&self, common: &Common) -> Result<Location> {
        let from_file = match std::env::var_os("FOREWARN_DATABASE_FILE").map(PathBuf::from) {
            Some(path) => Some(path),
            None => self.database_file.clone(),
        };
        let database = match (&common.database, from_file) {
            (Some(url), _) => Some(url.clone()),
            (None, Some(path)) => Some(secret(&path)?),
            (None, None) => self.database.clone(),
        };
        Ok(Location::from_settings(database.as_deref(), &self.data_folder(common))?)
    }

    /// The folder for the embedded database, and for uploaded files whatever the database is.
    pub(crate) fn data_folder(&self, common: &Common) -> PathBuf {
        let folder = common.data.as_ref().or(self.data.as_ref());
        folder.cloned().unwrap_or_else(|| PathBuf::from("forewarn-data"))
    }
}

/// A secret from the variable `name`, or from the file that `name_FILE` names.
pub(crate) fn secret_from_environment(name: &str) -> Result<Option<String>> {
    if let Ok(value) = std::env::var(name) {
        return Ok(Some(value));
    }
    std::env::var_os(format!("{name}_FILE")).map(|path| secret(Path::new(&path))).transpose()
}

fn secret(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("The file {} with a secret can't be read", path.display()))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
