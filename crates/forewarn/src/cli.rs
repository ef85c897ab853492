//! What can be typed.

mod audit;
mod contact;
mod running;

pub(crate) use audit::{Audit, AuditCommand, CaseAudit, ExportHistory, RecordFormat, VerifyHistory};
pub(crate) use contact::{AtCustomer, Contact, ContactCommand, EraseContact, ExportContact};
pub(crate) use running::{Backup, Config, ConfigCommand, Doctor, Restore};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Keeps every promise to a customer in view, and tells early when one slips.
#[derive(Debug, Parser)]
#[command(name = "forewarn", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  forewarn demo                                   a demo company, on http://127.0.0.1:8480
  forewarn serve                                  your own, in ./forewarn-data
  forewarn import open-orders.xlsx --dry-run      what an import would do
  forewarn import open-orders.csv --map \"Prom Dt=promised\" --map \"Exp Dt=expected\"
  forewarn today --owner jon@example.com          whom to call
  forewarn check draft.txt --fault ours           what would make it worse
  forewarn serve --database postgres://forewarn@db/forewarn";

/// Where the data is, and how much is logged.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Common {
    /// Folder of the embedded database.
    #[arg(long, global = true, env = "FOREWARN_DATA", value_name = "FOLDER")]
    pub(crate) data: Option<PathBuf>,
    /// PostgreSQL instead: postgres://user:password@host:port/name. The variable FOREWARN_DATABASE_FILE names
    /// a file to read it from.
    #[arg(long, global = true, env = "FOREWARN_DATABASE", hide_env_values = true, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// Settings in TOML; ./forewarn.toml is read if it is there. Arguments and variables come first.
    #[arg(long, global = true, env = "FOREWARN_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// What to log: error, warn, info, debug, or a filter such as info,forewarn_store=debug.
    #[arg(
        long,
        global = true,
        env = "FOREWARN_LOG",
        default_value = "info,sea_orm_migration=warn,sqlx::postgres::notice=warn",
        value_name = "FILTER"
    )]
    pub(crate) log: String,
    /// How to log: text for people, json for programs.
    #[arg(long, global = true, env = "FOREWARN_LOG_FORMAT", value_enum, default_value_t)]
    pub(crate) log_format: LogFormat,
}

/// How to log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves the pages, and keeps the clocks.
    Serve(Serve),
    /// Shows a demo company on an embedded database in a temporary folder.
    Demo(Demo),
    /// Imports an open-order report: CSV or XLSX.
    Import(Import),
    /// Prints whom to call, as on the page Today.
    Today(Today),
    /// Adds and lists people.
    People(People),
    /// Checks what is about to be said or sent to a customer: what would make it worse, and what is missing.
    Check(Check),
    /// Prints the page of a rule of `check`, or lists all rules.
    Explain(Explain),
    /// Brings the database up to date, which `serve` and `import` also do by themselves.
    Migrate,
    /// Looks whether everything that Forewarn needs is there and works.
    Doctor(Doctor),
    /// Shows which settings hold, without secrets, and whether they can be read.
    Config(Config),
    /// Tries whether mail can be sent.
    Mail(Mail),
    /// Proves that the history is what was recorded, and exports it with a signature.
    Audit(Audit),
    /// Shows, hands over or erases the personal data of one contact.
    Contact(Contact),
    /// Writes all data to one file while everybody goes on working.
    Backup(Backup),
    /// Puts a backup into an empty database: SQLite or PostgreSQL, whichever it was made of.
    Restore(Restore),
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where to listen.
    #[arg(long, env = "FOREWARN_LISTEN", value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// The address that people type, for links: https://forewarn.example.com. With https, cookies are sent
    /// over TLS only.
    #[arg(long, env = "FOREWARN_PUBLIC_URL", value_name = "URL")]
    pub(crate) public_url: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to listen.
    #[arg(long, env = "FOREWARN_LISTEN", default_value = "127.0.0.1:8480", value_name = "ADDRESS:PORT")]
    pub(crate) listen: SocketAddr,
}

/// Imports an open-order report: CSV in any dress, or XLSX.
///
/// Exits with 0 when every row was imported, 1 when some were rejected, 2 when nothing was imported. No import
/// ever writes to a customer or changes a promised date.
#[derive(Debug, Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub(crate) struct Import {
    /// The report.
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// A saved profile that says what the columns mean.
    #[arg(long, value_name = "NAME", conflicts_with = "map")]
    pub(crate) profile: Option<String>,
    /// What a column means: "Prom Dt=promised". Can be given more than once. Fields: order, line, schedule,
    /// customer, contact, phone, email, owner, item, description, quantity, unit, value, currency, requested,
    /// promised, expected, delivered, status.
    #[arg(long, value_name = "COLUMN=FIELD", num_args = 1..)]
    pub(crate) map: Vec<String>,
    /// The order of dates that can be read in two ways: day-first or month-first.
    #[arg(long, value_name = "ORDER")]
    pub(crate) dates: Option<String>,
    /// The sheet of a workbook; without it, the one that looks most like orders.
    #[arg(long, value_name = "SHEET")]
    pub(crate) sheet: Option<String>,
    /// The report holds only some of the open lines: those that are absent are not missing.
    #[arg(long)]
    pub(crate) partial: bool,
    /// Say what would happen, and change nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The moment the report speaks of, if that is not now: 2026-11-20T05:12:00Z, 2026-11-20T05:12 or
    /// 2026-11-20.
    #[arg(long, value_name = "TIME")]
    pub(crate) as_of: Option<String>,
    /// Save what the columns mean as a profile of this name.
    #[arg(long, value_name = "NAME")]
    pub(crate) save_profile: Option<String>,
    /// Write the rejected rows to this file, with the reason beside each.
    #[arg(long, value_name = "FILE")]
    pub(crate) rejected: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  forewarn import open-orders.xlsx
  forewarn import open-orders.csv --map \"SO No=order\" --map \"Prom Dt=promised\" --save-profile weekly
  forewarn import open-orders.csv --profile weekly --as-of 2026-11-20T05:12 --json";

#[derive(Debug, Args)]
pub(crate) struct Today {
    /// Only the cases of this person: an e-mail address, or the owner as the report writes it.
    #[arg(long, value_name = "EMAIL")]
    pub(crate) owner: Option<String>,
    /// Print a JSON array.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct People {
    #[command(subcommand)]
    pub(crate) command: PeopleCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PeopleCommand {
    /// Adds a person. Prints a one-time link to choose a password, unless FOREWARN_PASSWORD (or the file that
    /// FOREWARN_PASSWORD_FILE names) has one.
    #[command(after_help = "Example:\n  forewarn people add jon@example.com --name \"Jon Berg\" --role rep")]
    Add(AddPerson),
    /// Lists everybody.
    List,
    /// Prints a one-time link with which somebody chooses a new password, within a day: also for an admin who has
    /// lost theirs. It ends their sessions when it is used.
    #[command(after_help = "Example:\n  forewarn people link jon@example.com --without-second-step")]
    Link(LinkPerson),
}

#[derive(Debug, Args)]
pub(crate) struct LinkPerson {
    /// E-mail address.
    pub(crate) email: String,
    /// Take their second step away, too: for somebody who has lost phone and recovery codes.
    #[arg(long)]
    pub(crate) without_second_step: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AddPerson {
    /// E-mail address: how they sign in, and how reports name them.
    pub(crate) email: String,
    /// Name; without it, the part of the address before the @.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// rep, leader, supply-owner or admin.
    #[arg(long, default_value = "rep")]
    pub(crate) role: forewarn_domain::people::Role,
    /// Team; it is made if there is none of that name. Without it, the first team.
    #[arg(long)]
    pub(crate) team: Option<String>,
    /// Phone number, for customers who call back.
    #[arg(long)]
    pub(crate) phone: Option<String>,
    /// Time zone such as Europe/Oslo; without it, the company's.
    #[arg(long)]
    pub(crate) zone: Option<String>,
}

/// Checks drafts: what would make the news worse, and what is missing.
///
/// Exits with 0 when nothing must be mended, 1 when something must, 2 when it could not check.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct Check {
    /// Drafts; - or nothing reads standard input.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: CheckFormat,
    /// Whose doing it is: picks the words.
    #[arg(long, value_enum)]
    pub(crate) fault: Option<FaultWord>,
    /// How it will be said or sent.
    #[arg(long, value_enum)]
    pub(crate) channel: Option<ChannelWord>,
    /// What is known of the case, as JSON: fault, channel, kind, round, told, today, customer, contact, order,
    /// goods, promised, expected, expected_to, firmness, cause, next_word, actions, options, dates, names.
    #[arg(long, value_name = "FILE")]
    pub(crate) case: Option<PathBuf>,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  forewarn check recap.txt --fault ours --channel email
  pbpaste | forewarn check - --case case.json
  forewarn check drafts/*.txt --format sarif > drafts.sarif";

/// How to print what was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people: points at the words.
    #[default]
    Text,
    /// An array with an object a file.
    Json,
    /// For editors and code review.
    Sarif,
}

/// Whose doing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FaultWord {
    /// Ours, or something we should have anticipated.
    Ours,
    /// Outside our control.
    Outside,
    /// Not known yet.
    Unknown,
}

impl From<FaultWord> for forewarn_wording::Fault {
    fn from(word: FaultWord) -> Self {
        match word {
            FaultWord::Ours => Self::Ours,
            FaultWord::Outside => Self::Outside,
            FaultWord::Unknown => Self::Unknown,
        }
    }
}

/// How it will be said or sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChannelWord {
    /// An e-mail.
    Email,
    /// A call: the draft is a script or notes.
    Call,
    /// A letter or a notice to many.
    Letter,
    /// A chat or text message.
    Chat,
    /// A voicemail, which carries no news.
    Voicemail,
}

impl From<ChannelWord> for forewarn_wording::Channel {
    fn from(word: ChannelWord) -> Self {
        match word {
            ChannelWord::Email => Self::Email,
            ChannelWord::Call => Self::Call,
            ChannelWord::Letter => Self::Letter,
            ChannelWord::Chat => Self::Chat,
            ChannelWord::Voicemail => Self::Voicemail,
        }
    }
}

/// The rules of `check`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A rule, such as blame; nothing lists all.
    pub(crate) rule: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Mail {
    #[command(subcommand)]
    pub(crate) command: MailCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// Sends a test mail and says which steps work: connecting, TLS, login, sender, recipient, the mail itself. At the
    /// first that doesn't, says what to mend, and exits with 1.
    #[command(after_help = "Example:\n  forewarn mail test --to me@example.com")]
    Test(MailTest),
}

#[derive(Debug, Args)]
pub(crate) struct MailTest {
    /// Where the test mail goes: a mailbox of yours.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) to: String,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}
