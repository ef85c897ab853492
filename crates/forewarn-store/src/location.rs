//! Where the data lies: a folder with a SQLite file in it, or a PostgreSQL database.

use crate::error::{Result, StoreError};
use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// Where the data lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A folder of our own. The database is the file `forewarn.db` in it.
    Folder(PathBuf),
    /// A PostgreSQL database, as `postgres://user:password@host:port/name`.
    Postgres(String),
}

impl Location {
    /// From what was given on the command line: a URL wins over a folder.
    ///
    /// # Errors
    /// [`StoreError::NoLocation`] for a URL of another kind.
    pub fn from_settings(database: Option<&str>, folder: &Path) -> Result<Self> {
        match database {
            None => Ok(Self::Folder(folder.to_owned())),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Self::Postgres(url.to_owned()))
            }
            Some(other) => Err(StoreError::NoLocation(without_password(other))),
        }
    }

    /// For messages: the folder, or the URL without its password.
    pub fn shown(&self) -> String {
        match self {
            Location::Folder(folder) => folder.display().to_string(),
            Location::Postgres(url) => without_password(url),
        }
    }
}

/// The right to be the one server on a folder. Held until dropped, and by the system's rules no longer than
/// the process lives. Command-line writers don't need it; SQLite lets them in one after another.
#[derive(Debug)]
pub struct ServeLock {
    file: Option<File>,
}

impl ServeLock {
    /// Takes the right, if no other server has it. On PostgreSQL several servers may work together.
    ///
    /// # Errors
    /// [`StoreError::InUse`] names the process that has it; [`StoreError::Folder`].
    pub fn take(location: &Location) -> Result<Self> {
        let Location::Folder(folder) = location else { return Ok(Self { file: None }) };
        make_folder(folder)?;
        let failed = |reason| StoreError::Folder { folder: folder.clone(), reason };
        let path = folder.join("serving.lock");
        let options = File::options().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = options.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::InUse { folder: folder.clone(), holder: holder(&mut file) });
            }
            Err(TryLockError::Error(reason)) => return Err(failed(reason)),
        }
        let pid = std::process::id();
        file.set_len(0).and_then(|()| file.rewind()).map_err(failed)?;
        writeln!(file, "{pid}").and_then(|()| file.sync_all()).map_err(failed)?;
        Ok(Self { file: Some(file) })
    }
}

impl Drop for ServeLock {
    /// Gives the right back at once, even while a child process that is just being started still has the
    /// file open.
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            // When it fails, the right ends with the process.
            let _unlocked = file.unlock();
        }
    }
}

pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|reason| StoreError::Folder { folder: folder.to_owned(), reason })
}

fn holder(file: &mut File) -> String {
    let mut pid = String::new();
    match file.read_to_string(&mut pid) {
        Ok(_) if !pid.trim().is_empty() => format!("process {}", pid.trim()),
        _ => "another process".to_owned(),
    }
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split_once(':').map_or(user, |(name, _)| name);
            format!("{scheme}://{user}@{}", without_password_behind(host))
        }
        None => format!("{scheme}://{}", without_password_behind(rest)),
    }
}

/// The same for a password among the parameters.
fn without_password_behind(host: &str) -> String {
    let Some((host, parameters)) = host.split_once('?') else { return host.to_owned() };
    let hide = |parameter: &str| match parameter.split_once('=') {
        Some(("password", _)) => "password=***".to_owned(),
        _ => parameter.to_owned(),
    };
    format!("{host}?{}", parameters.split('&').map(hide).collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_server_on_a_folder_is_told_which_process_is_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Folder(folder.path().join("data"));
        let first = ServeLock::take(&location).unwrap();
        let refused = ServeLock::take(&location).unwrap_err().to_string();
        assert!(refused.contains(&format!("process {}", std::process::id())), "{refused}");
        drop(first);
        ServeLock::take(&location).unwrap();
    }

    #[test]
    fn a_password_is_never_shown() {
        let url = "postgres://fore:s3cret@db:5432/warn";
        assert_eq!(Location::Postgres(url.into()).shown(), "postgres://fore@db:5432/warn");
        let refused = Location::from_settings(Some("mysql://u:s3cret@h/x"), Path::new("d")).unwrap_err();
        assert!(!refused.to_string().contains("s3cret"));
    }
}
