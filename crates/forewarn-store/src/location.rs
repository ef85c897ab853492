//! Where the data lies: a folder with a SQLite file in it, or a PostgreSQL database.

use crate::error::{Result, StoreError};
use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::net::IpAddr;
use std::os::unix::fs::DirBuilderExt as _;
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

    /// Whether it is a database on another machine that is reached without making sure that it is the one.
    #[must_use]
    pub fn crosses_a_network_unprotected(&self) -> bool {
        let Location::Postgres(url) = self else { return false };
        let Ok(options) = url.parse::<PgConnectOptions>() else { return false };
        let host = options.get_host();
        let here = options.get_socket().is_some()
            || host.starts_with('/')
            || host == "localhost"
            || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        !here && !matches!(options.get_ssl_mode(), PgSslMode::VerifyFull | PgSslMode::VerifyCa)
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

/// Makes a folder that nobody else on the machine looks into. One that is there stays as it is.
///
/// # Errors
/// [`StoreError::Folder`].
pub fn make_folder(folder: &Path) -> Result<()> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|reason| StoreError::Folder { folder: folder.to_owned(), reason })
}

fn holder(file: &mut File) -> String {
    let mut pid = String::new();
    match file.read_to_string(&mut pid) {
        Ok(_) if !pid.trim().is_empty() => format!("process {}", pid.trim()),
        _ => "another process".to_owned(),
    }
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return without_password_behind(url.rsplit_once('@').map_or(url, |(_, host)| host));
    };
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
    fn nobody_else_on_the_machine_looks_into_the_folder() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        make_folder(&data).unwrap();
        assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_database_elsewhere_has_to_show_its_certificate() {
        let unprotected = |url: &str| Location::Postgres(url.to_owned()).crosses_a_network_unprotected();
        for here in [
            "postgres://u@localhost/x",
            "postgres://u@127.0.0.1:5433/x",
            "postgres:///x?host=/run/postgresql",
        ] {
            assert!(!unprotected(here), "{here}");
        }
        assert!(unprotected("postgres://u@db.example/x"));
        assert!(unprotected("postgres://u@db.example/x?sslmode=require"), "anybody has some certificate");
        assert!(!unprotected("postgres://u@db.example/x?sslmode=verify-full"));
    }

    #[test]
    fn a_password_is_never_shown() {
        let url = "postgres://fore:s3cret@db:5432/warn";
        assert_eq!(Location::Postgres(url.into()).shown(), "postgres://fore@db:5432/warn");
        let refused = Location::from_settings(Some("mysql://u:s3cret@h/x"), Path::new("d")).unwrap_err();
        assert!(!refused.to_string().contains("s3cret"));
        let refused = Location::from_settings(Some("u:s3cret@h/x"), Path::new("d")).unwrap_err();
        assert!(!refused.to_string().contains("s3cret"), "{refused}");
    }
}
