//! What can be typed behind `forewarn audit`.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    pub(crate) command: AuditCommand,
}

/// The history, proved and put away.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Goes through every event: each carries a hash over itself and the one before it in its case. Names the first
    /// that is not what was recorded, and exits with 1 then.
    #[command(after_help = "Example:\n  forewarn audit verify --against history-2026-11.jsonl")]
    Verify(VerifyHistory),
    /// Writes every event as a line of JSON, then the daily heads and the names of people, and a last line with a hash over all of
    /// it, signed with the key
    /// history.key beside the data (or the file that FOREWARN_HISTORY_KEY_FILE names).
    #[command(after_help = "Example:\n  forewarn audit export --out history-2026-11.jsonl")]
    Export(ExportHistory),
    /// Prints one case's history: known, firm, told, by whom, to whom, how, what was said, and everything that
    /// happened. Exits with 1 if it is not what was recorded.
    #[command(after_help = "Example:\n  forewarn audit case 7 --format json")]
    Case(CaseAudit),
}

#[derive(Debug, Args)]
pub(crate) struct VerifyHistory {
    /// An earlier export, kept where nobody who can change the database can change it: all its events and
    /// daily heads must still be there, unchanged, and nothing may be there that says it is older. Tells of people who
    /// have another name now.
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExportHistory {
    /// Where to write it; without it, standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CaseAudit {
    /// Its number, as in the address of its page.
    #[arg(value_name = "CASE")]
    pub(crate) case: i64,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: RecordFormat,
}

/// How to print what is on record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object.
    Json,
}
