//! What can be typed by whoever runs Forewarn.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Writes all data to one file while everybody goes on working.
///
/// The file is a zip with JSON lines for every table, as they were at one moment, and a digest at its end; only its
/// owner may read it. Sessions and one-time links are left out.
#[derive(Debug, Args)]
#[command(after_help = BACKUP_EXAMPLES)]
pub(crate) struct Backup {
    /// Where to write it; - writes to standard output. A file of this name is replaced once the new one is whole.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

const BACKUP_EXAMPLES: &str = "\
Examples:
  forewarn backup /var/backups/forewarn/2026-11-22.zip
  forewarn backup - | age -r age1… > 2026-11-22.zip.age";

/// Puts a backup into an empty database: SQLite or PostgreSQL, whichever it was made of.
///
/// All or nothing, and afterwards goes through the whole history as `audit verify` does. No letter leaves twice: those
/// that were on their way when the backup was taken are unknown, and their owners are told. Exits with 1 when the
/// history is not what was recorded, 2 when nothing was restored.
#[derive(Debug, Args)]
#[command(after_help = RESTORE_EXAMPLES)]
pub(crate) struct Restore {
    /// The backup.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Delete first whatever the database holds.
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) replace: bool,
    /// Only say what is in the backup and whether it is whole.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

const RESTORE_EXAMPLES: &str = "\
Examples:
  forewarn restore 2026-11-22.zip --dry-run
  forewarn restore 2026-11-22.zip --data ./forewarn-data
  forewarn restore 2026-11-22.zip --database postgres://forewarn@db/forewarn";

/// Looks whether everything that Forewarn needs is there and works. Changes nothing and sends nothing.
///
/// Exits with 0 when nothing must be mended, 1 when something must.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Print how the database carries out what runs all the time, and look at nothing else.
    #[arg(long)]
    pub(crate) plans: bool,
    /// Print one JSON object.
    #[arg(long, conflicts_with = "plans")]
    pub(crate) json: bool,
}

/// The settings, as they hold.
#[derive(Debug, Args)]
pub(crate) struct Config {
    #[command(subcommand)]
    pub(crate) command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Prints every setting that holds, and where it comes from. Secrets are shown as ***.
    Dump(ConfigDump),
    /// Looks whether the settings can be read and fit together; exits with 2 if not.
    Check,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigDump {
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}
