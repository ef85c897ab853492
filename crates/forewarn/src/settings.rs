//! Settings from arguments, variables and a file, in this order: the first that says something wins.

pub(crate) mod mail;
pub(crate) mod sign_in;
pub(crate) mod watching;

use crate::cli::Common;
use anyhow::{Context as _, Result, anyhow};
use forewarn_store::Location;
use serde::Deserialize;
use serde::de::DeserializeOwned;
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
    /// Networks of the proxies whose `X-Forwarded-For` is believed: `["10.0.0.0/8"]`. None by default.
    pub(crate) trusted_proxies: Option<Vec<String>>,
    /// The company's own provider of sign-ins.
    pub(crate) oidc: sign_in::Oidc,
    /// After so many minutes without use a session ends: 720 by default.
    pub(crate) session_idle_minutes: Option<u32>,
    /// After so many hours a session ends, used or not: 336 by default.
    pub(crate) session_longest_hours: Option<u32>,
}

/// The name of the settings file that is read without being asked for.
const USUAL_FILE: &str = "forewarn.toml";
/// Where it listens unless told otherwise.
const USUAL_ADDRESS: ([u8; 4], u16) = ([127, 0, 0, 1], 8480);

impl Settings {
    /// Reads the settings file, if one is named or lies in the current folder.
    pub(crate) fn read(common: &Common) -> Result<Self> {
        match Self::text(common)? {
            Some((path, text)) => read(&path, &text),
            None => Ok(Self::default()),
        }
    }

    fn text(common: &Common) -> Result<Option<(PathBuf, String)>> {
        let usual = Path::new(USUAL_FILE);
        let path = match &common.config {
            Some(path) => path,
            None if usual.exists() => usual,
            None => return Ok(None),
        };
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("The settings file {} can't be read", path.display()))?;
        Ok(Some((path.to_owned(), text)))
    }

    /// What the settings file says, as it says it; empty without one.
    pub(crate) fn file_as_json(common: &Common) -> Result<serde_json::Value> {
        let table: toml::Table = match Self::text(common)? {
            Some((path, text)) => read(&path, &text)?,
            None => toml::Table::new(),
        };
        Ok(serde_json::to_value(table)?)
    }

    /// Where to listen: as typed, or in a variable, or in the file, or where it usually does.
    pub(crate) fn listening(&self, typed: Option<SocketAddr>) -> SocketAddr {
        typed.or(self.listen).unwrap_or_else(|| SocketAddr::from(USUAL_ADDRESS))
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

/// Reads a settings file. A mistake is told by its place and its kind, never by what stands there: that may be a secret,
/// and what is told goes into logs.
fn read<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let what = without_values(error.message());
        anyhow!("The settings file {} has a mistake in line {line}: {what}", path.display())
    })
}

/// "invalid type: integer `12345`, expected a string" without the number.
fn without_values(message: &str) -> String {
    match message.split_once(", expected ") {
        Some((found, expected)) if found.starts_with("invalid ") => format!("expected {expected}"),
        _ => message.to_owned(),
    }
}

/// A secret from the variable `name`, or from the file that `name_FILE` names.
pub(crate) fn secret_from_environment(name: &str) -> Result<Option<String>> {
    if let Ok(value) = std::env::var(name) {
        return Ok(Some(value));
    }
    std::env::var_os(format!("{name}_FILE")).map(|path| secret(Path::new(&path))).transpose()
}

pub(crate) fn secret(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("The file {} with a secret can't be read", path.display()))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
