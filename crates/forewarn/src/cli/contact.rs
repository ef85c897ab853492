//! What can be typed behind `forewarn contact`.

use super::RecordFormat;
use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct Contact {
    #[command(subcommand)]
    pub(crate) command: ContactCommand,
}

/// The personal data of people at customers: seen, handed over, erased.
#[derive(Debug, Subcommand)]
pub(crate) enum ContactCommand {
    /// Lists everybody who is known at a customer.
    List(AtCustomer),
    /// Prints everything that we hold about one of them.
    #[command(
        after_help = "Example:\n  forewarn contact export \"Halvorsen Marine\" --name \"Anna Halvorsen\" --format json"
    )]
    Export(ExportContact),
    /// Erases one of them for good: first says what would go, and does it when asked again with --confirm.
    #[command(
        after_help = "Example:\n  forewarn contact erase \"Halvorsen Marine\" --name \"Anna Halvorsen\" \
                      --reason \"Asked for it on 20 Nov\" --by mia@example.com --confirm"
    )]
    Erase(EraseContact),
}

#[derive(Debug, Args)]
pub(crate) struct AtCustomer {
    /// The customer: its name, or its number as in the address of its page.
    #[arg(value_name = "CUSTOMER")]
    pub(crate) customer: String,
}

#[derive(Debug, Args)]
pub(crate) struct ExportContact {
    #[command(flatten)]
    pub(crate) at: AtCustomer,
    /// Their name, as `list` prints it.
    #[arg(long)]
    pub(crate) name: String,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: RecordFormat,
}

#[derive(Debug, Args)]
pub(crate) struct EraseContact {
    #[command(flatten)]
    pub(crate) at: AtCustomer,
    /// Their name, as `list` prints it.
    #[arg(long)]
    pub(crate) name: String,
    /// Why. It stays on record.
    #[arg(long)]
    pub(crate) reason: String,
    /// Who does it: the e-mail address of one of our people.
    #[arg(long, value_name = "EMAIL")]
    pub(crate) by: Option<String>,
    /// Do it. Without this, it is only said what would go.
    #[arg(long)]
    pub(crate) confirm: bool,
}
