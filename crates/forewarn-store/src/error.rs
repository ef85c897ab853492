//! What can go wrong between Forewarn and its database.

use sea_orm::{DbErr, SqlErr};
use std::path::PathBuf;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no, or was not there to answer.
    #[error("The database could not do it: {0}")]
    Database(#[source] DbErr),
    /// A row holds something that this version can't read.
    #[error(
        "The database holds {found} in {column}, which this version of Forewarn can't read. It was probably written by a newer version: start that one."
    )]
    Unreadable {
        /// The column.
        column: String,
        /// What stands there.
        found: String,
    },
    /// The folder for the data can't be made or opened.
    #[error("The folder {} can't be used for the data: {reason}. Make it writable, or name another one with --data.", folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// There is nothing to read where the data should be.
    #[error("There is no data in {0}. Say where it is with --data or --database.")]
    NoData(String),
    /// The database takes no writes at present; nothing has changed.
    #[error("Nothing can be saved at present. {0}")]
    NotWritable(crate::NotWritable),
    /// Another server already works on the same folder.
    #[error("Another Forewarn server ({holder}) already works on {}. Stop it first, or use another folder with --data.", folder.display())]
    InUse {
        /// Which folder.
        folder: PathBuf,
        /// The other server: "process 123".
        holder: String,
    },
    /// A `--database` that is none.
    #[error(
        "“{0}” is no database that Forewarn can use: give postgres://user:password@host:port/name, or a folder with --data"
    )]
    NoLocation(String),
    /// The very same call was answered while this one was under way.
    #[error("The same call has just been answered. Send it again to get its answer.")]
    AnsweredBefore,
    /// The history of a case can't be read: it doesn't begin with its opening.
    #[error(
        "The history of case {0} does not begin with its opening. Restore the last backup, and tell the makers of Forewarn."
    )]
    BrokenHistory(forewarn_domain::ids::CaseId),
}

/// A result of the store.
pub(crate) type Result<T, E = StoreError> = std::result::Result<T, E>;

impl StoreError {
    /// Whether a value that must be the only one of its kind is there already.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, StoreError::Database(error)
            if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
    }

    /// Whether it concerns one case only, which can't be read, and no other.
    pub(crate) fn is_about_one_case(&self) -> bool {
        matches!(self, StoreError::BrokenHistory(_) | StoreError::Unreadable { .. })
    }

    /// Whether the same transaction may well succeed when it is tried again: PostgreSQL let it wait for another
    /// one, and it gave way.
    pub fn may_be_tried_again(&self) -> bool {
        let StoreError::Database(error) = self else { return false };
        let text = error.to_string();
        ["lock timeout", "deadlock detected", "could not serialize access"]
            .iter()
            .any(|sign| text.contains(sign))
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}
