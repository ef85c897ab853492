//! A file a command.

mod audit;
mod backup;
mod check;
mod config;
mod contact;
mod demo;
mod doctor;
mod explain;
mod import;
mod invite;
pub(crate) mod mail;
mod migrate;
mod people;
pub(crate) mod read_xlsx;
mod restore;
mod serve;
mod today;

use crate::cli::{Cli, Command, Common};
use crate::settings::Settings;
use anyhow::{Context as _, Result};
use forewarn_store::Store;
use std::process::ExitCode;

/// Runs the command; gives the code to exit with.
pub(crate) async fn run(cli: Cli) -> Result<ExitCode> {
    let Cli { common, command } = cli;
    match command {
        Command::Serve(serve) => serve::run(&common, serve).await,
        Command::Demo(demo) => demo::run(&common, &demo).await,
        Command::Import(import) => import::run(&common, import).await,
        Command::Today(today) => today::run(&common, &today).await,
        Command::People(people) => people::run(&common, people.command).await,
        Command::Check(check) => check::run(&check),
        Command::Explain(explain) => explain::run(&explain),
        Command::Migrate => migrate::run(&common).await,
        Command::Doctor(doctor) => doctor::run(&common, &doctor).await,
        Command::Mail(mail) => mail::run(&common, mail.command).await,
        Command::Audit(audit) => audit::run(&common, audit.command).await,
        Command::Contact(contact) => contact::run(&common, contact.command).await,
        Command::Config(config) => config::run(&common, config).await,
        Command::Backup(backup) => backup::run(&common, &backup).await,
        Command::Restore(restore) => restore::run(&common, &restore).await,
    }
}

/// Tells a person what went wrong: the sentence, and what lies behind it, nothing twice.
pub(crate) fn failed(error: &anyhow::Error) -> ExitCode {
    let mut told = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if told.is_empty() {
            told = cause;
        } else if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    tell(&told);
    ExitCode::from(2)
}

/// The store that the arguments, variables and settings name.
async fn open(common: &Common) -> Result<Store> {
    let settings = Settings::read(common)?;
    let location = settings.location(common)?;
    Store::open(&location).await.with_context(|| format!("The data in {} can't be opened", location.shown()))
}

/// A line for the person at the keyboard.
#[expect(clippy::print_stderr, reason = "what a command has to say to a person")]
fn tell(line: &str) {
    eprintln!("{line}");
}

/// The output of a command, which other programs may read.
#[expect(clippy::print_stdout, reason = "the output of a command")]
fn say(line: &str) {
    println!("{line}");
}
