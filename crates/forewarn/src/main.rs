//! The program: commands, jobs, schedule. Everything is read, judged and kept elsewhere; here it is put
//! together.

mod archive;
mod cli;
mod clock;
mod commands;
mod connections;
mod demo;
mod figures;
mod jobs;
mod logging;
mod mail_server;
mod settings;

use clap::Parser as _;
use rustix::fs::Mode;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    // A workbook is read in a process of its own, before any thread exists.
    if let Some(code) = commands::read_xlsx::if_asked() {
        return code;
    }
    #[cfg(feature = "failpoints")]
    if let Err(wrong) = forewarn_store::failpoints::arm() {
        return commands::failed(&anyhow::anyhow!(wrong));
    }
    // What is written is for this user alone: the database holds secrets, and so may a report.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) => {
            // Help and version are no mistakes; everything else is one, and exits with 2.
            let code = if told.use_stderr() { 2 } else { 0 };
            let _printed = told.print();
            return ExitCode::from(code);
        }
    };
    logging::start(&cli.common);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return commands::failed(&anyhow::anyhow!("The program could not start: {error}")),
    };
    let code = match runtime.block_on(commands::run(cli)) {
        Ok(code) => code,
        Err(error) => commands::failed(&error),
    };
    // A report that is still being looked into is looked into again at the next start: nobody waits for it.
    runtime.shutdown_timeout(Duration::from_secs(2));
    code
}
