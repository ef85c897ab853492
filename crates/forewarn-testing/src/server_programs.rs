use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

/// The oldest PostgreSQL that Forewarn promises to run on.
const OLDEST: u32 = 15;

/// What to type where the server programs are missing.
pub const HOW_TO_INSTALL: &str = "\
  Debian, Ubuntu:  sudo apt-get install postgresql
  Fedora:          sudo dnf install postgresql-server
  macOS:           brew install postgresql@17";

/// The programs of a PostgreSQL server on this machine: `initdb`, `postgres` and `psql`.
#[derive(Clone, Debug)]
pub struct ServerPrograms {
    folder: PathBuf,
}

impl ServerPrograms {
    /// Looks for PostgreSQL 15 or newer on `PATH` and where the usual packages put it.
    ///
    /// # Errors
    /// When there is none; the message says which command installs it.
    pub fn find() -> Result<Self> {
        for folder in candidate_folders() {
            let Ok(initdb) = folder.join("initdb").canonicalize() else { continue };
            let Some(folder) = initdb.parent() else { continue };
            if major_version(&folder.join("postgres")).is_some_and(|major| major >= OLDEST) {
                return Ok(Self { folder: folder.to_owned() });
            }
        }
        bail!(
            "no PostgreSQL server programs (initdb, postgres) of version {OLDEST} or newer on this machine.\nInstall them with one command, then run the tests again:\n{HOW_TO_INSTALL}"
        )
    }

    /// The folder that holds them.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// One of them, by name.
    pub fn path(&self, program: &str) -> PathBuf {
        self.folder.join(program)
    }
}

/// `psql` or `pg_dump` beside the server programs, or else whatever `PATH` has (a client alone reaches a foreign
/// server).
pub(crate) fn client(program: &str) -> PathBuf {
    let beside = ServerPrograms::find().map(|programs| programs.path(program));
    beside.ok().filter(|path| path.is_file()).unwrap_or_else(|| PathBuf::from(program))
}

fn candidate_folders() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(versions_below("/usr/lib/postgresql", ""));
    folders.extend(versions_below("/usr", "pgsql-"));
    folders.extend(versions_below("/opt/homebrew/opt", "postgresql@"));
    folders.extend(versions_below("/usr/local/opt", "postgresql@"));
    folders
}

/// `parent/PREFIX<number>/bin`, the newest first.
fn versions_below(parent: &str, prefix: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name();
            let number = name.to_str()?.strip_prefix(prefix)?.parse().ok()?;
            Some((number, entry.path().join("bin")))
        })
        .collect();
    found.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    found.into_iter().map(|(_, folder)| folder).collect()
}

/// 15 of `postgres (PostgreSQL) 15.18 (Debian 15.18-0)`.
fn major_version(postgres: &Path) -> Option<u32> {
    let output = Command::new(postgres).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let number = text.split_whitespace().nth(2)?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
