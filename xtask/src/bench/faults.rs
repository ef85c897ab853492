//! Processes killed and stopped under load, and a ledger of what came of it.
//!
//! Real `forewarn serve` processes (one on SQLite, four on PostgreSQL) work for reps who do what reps do over HTTP,
//! and hand mails to a server that accepts, drops, stalls and refuses. Processes are ended with SIGKILL and held up
//! with SIGSTOP, at random and at every named failpoint. At the end everything may come to rest, and the
//! databases are read by their own clients, not by the program, and compared with what was acknowledged.

mod case_work;
mod company;
mod driver;
mod fleet;
mod ledger;
mod letters;
mod notes;
mod postman;
mod rep;
mod reports;
mod schedule;

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};
use clap::ValueEnum;

use super::{Bench, Setting};
use crate::install;
use company::Company;
use ledger::Ledger;

pub(super) const BENCH: Bench = Bench {
    name: "faults",
    about: "processes killed and stopped under load: nothing lost, nobody mailed twice, no deadline missed",
    size: 400,
    run: None,
};

/// How much harm, and to what.
#[derive(clap::Args)]
#[command(next_help_heading = "For faults")]
pub(super) struct Trial {
    /// How often a process is ended with SIGKILL, for each engine. The goal is meant for 2000
    #[arg(long, default_value_t = 30)]
    kills: usize,
    /// How many operations are done meanwhile, for each engine. The goal is meant for 20000
    #[arg(long, default_value_t = BENCH.size)]
    operations: usize,
    /// On which databases
    #[arg(long, value_enum, default_value_t = Engines::Both)]
    engine: Engines,
    /// Another seed, another run
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// At the end, wait until every letter has ended, those that the mail server has put off as well: up to an hour
    #[arg(long)]
    until_all_ended: bool,
    /// Keep the logs of all processes in this folder
    #[arg(long, value_name = "FOLDER")]
    logs: Option<PathBuf>,
}

impl Trial {
    /// How many operations on each engine.
    pub(super) const fn operations(&self) -> usize {
        self.operations
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engines {
    Sqlite,
    Postgres,
    Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// How many processes serve the same company.
    fn replicas(self) -> usize {
        match self {
            Self::Sqlite => 1,
            Self::Postgres => 4,
        }
    }
}

impl Engines {
    fn each(self) -> &'static [Engine] {
        match self {
            Self::Sqlite => &[Engine::Sqlite],
            Self::Postgres => &[Engine::Postgres],
            Self::Both => &[Engine::Sqlite, Engine::Postgres],
        }
    }
}

/// Runs on each engine, prints a ledger for each, and says whether every zero was a zero.
pub(super) fn run(setting: &Setting, trial: &Trial, json: bool) -> Result<bool> {
    install::ensure_installed(&install::SQLITE)?;
    install::ensure_installed(&install::POSTGRESQL)?;
    // Side by side: most of the time both wait for claims to lapse.
    let ledgers: Vec<Result<Ledger>> = thread::scope(|scope| {
        let begun = trial.engine.each().iter().map(|engine| scope.spawn(|| on(*engine, setting, trial)));
        let begun: Vec<_> = begun.collect();
        begun.into_iter().map(|run| run.join().map_err(|_| anyhow!("a run panicked"))?).collect()
    });
    let mut held = true;
    for ledger in ledgers {
        let ledger = ledger?;
        if json {
            eprintln!("{}:\n{}", ledger.engine(), ledger.remarks());
            println!("{}", ledger.json()?);
        } else {
            println!("{}{}", ledger.table(), ledger.remarks());
        }
        held &= ledger.held();
    }
    Ok(held)
}

/// The short form, for every change: some kills on each engine.
pub(super) const SHORT: Trial =
    Trial { kills: 10, operations: 120, engine: Engines::Both, seed: 1, until_all_ended: false, logs: None };

/// How long things may take to come to rest after the last kill: claims lapse after 30 seconds, and what is due
/// is looked for every 5.
const REST: Duration = Duration::from_secs(90);
/// The same, where letters that were put off shall end, too.
const LONG_REST: Duration = Duration::from_secs(3600);

fn on(engine: Engine, setting: &Setting, trial: &Trial) -> Result<Ledger> {
    let company = Company::found(engine, setting, trial)?;
    let (notes, kills) = driver::work(&company, trial)?;
    company.rest(&notes, if trial.until_all_ended { LONG_REST } else { REST })?;
    Ledger::drawn_up(&company, &notes, &kills)
}
