//! What a developer runs: `cargo xtask test | ci | dev | tidy | bench | fuzz | defences`.
#![expect(clippy::print_stdout, reason = "these are command-line programs: printing is what they do")]

mod bench;
mod command;
mod defences;
mod dev;
mod fuzz;
mod install;
mod package;
mod test_run;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a developer of Forewarn runs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check and test everything: tidy rules, formatting, lints, Rust tests on SQLite and PostgreSQL, browser, faults
    ///
    /// Installs what is missing (PostgreSQL, Chromium, the browser driver), or names the one command that does.
    Test {
        /// Only these, in their usual order
        #[arg(value_enum)]
        only: Vec<test_run::Step>,
    },
    /// What the continuous integration runs: all of `test`
    Ci,
    /// Serve from ./forewarn-data; build again and restart when a source file changes
    Dev {
        /// Passed on to `forewarn serve`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Make a Debian package of the release build, with a hardened systemd unit
    Package(package::Arguments),
    /// Check the rules of the repository: who may depend on whom, names, file lengths, links, …
    Tidy,
    /// Measure the release build beside its reference, on data made on the spot
    Bench(bench::Arguments),
    /// Feed everything that reads what others have written with bytes that look for trouble
    Fuzz(fuzz::Arguments),
    /// Take each defence of docs/security.md out of a copy of the repository, and see its tests fail
    Defences(defences::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Test { only } => test_run::run(&only),
        Task::Ci => test_run::run(&[]),
        Task::Dev { arguments } => dev::run(&arguments),
        Task::Package(arguments) => package::run(&arguments),
        Task::Tidy => tidy::run(),
        Task::Bench(arguments) => bench::run(&arguments),
        Task::Fuzz(arguments) => fuzz::run(&arguments),
        Task::Defences(arguments) => defences::run(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
