//! Measures the release build as a whole process, on data made on the spot, beside its reference in the same run.

mod check;
mod clock;
mod deadlines;
mod faults;
mod footprint;
mod http;
mod import;
mod messages;
mod mix;
mod orders;
mod pages;
mod process;
mod reference;
mod reimport;
mod report;
mod today;
mod witness;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::builder::PossibleValuesParser;

use crate::command::Named as _;
use crate::workspace;
use report::Report;

/// A bench: what it measures, how large it is unless told, and how it is run.
struct Bench {
    name: &'static str,
    about: &'static str,
    size: usize,
    /// `None` for `faults`, which has a ledger in place of a table of times.
    run: Option<fn(&Setting) -> Result<Report>>,
}

/// Every bench.
const BENCHES: &[Bench] = &[
    import::BENCH,
    reimport::BENCH,
    today::BENCH,
    footprint::BENCH,
    check::BENCH,
    deadlines::BENCH,
    faults::BENCH,
];

/// What a bench is given.
struct Setting {
    /// The program to measure.
    program: PathBuf,
    /// How much data, in lines of open orders (`check`: in messages).
    size: usize,
    /// Where to put what it makes. Gone afterwards.
    folder: tempfile::TempDir,
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which one; without a name, all are listed
    #[arg(value_parser = PossibleValuesParser::new(BENCHES.iter().map(|bench| bench.name)))]
    name: Option<String>,
    /// How much data: lines of open orders, or messages for `check`. The goals are meant for 1000000
    #[arg(long)]
    size: Option<usize>,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Measure this program instead of building `target/release/forewarn`
    #[arg(long)]
    program: Option<PathBuf>,
    #[command(flatten)]
    faults: faults::Trial,
}

/// Runs the bench that was asked for and prints its figures.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let Some(bench) = BENCHES.iter().find(|bench| arguments.name.as_deref() == Some(bench.name)) else {
        for bench in BENCHES {
            println!("{:<10} {} (--size {})", bench.name, bench.about, bench.size);
        }
        return Ok(true);
    };
    let program = match &arguments.program {
        Some(program) => program.canonicalize().with_context(|| program.display().to_string())?,
        None => built(bench)?,
    };
    let folder = tempfile::Builder::new().prefix("forewarn-bench-").tempdir()?;
    let setting = Setting { program, size: arguments.size.unwrap_or(bench.size), folder };
    let Some(run) = bench.run else { return faults::run(&setting, &arguments.faults, arguments.json) };
    let mut report = run(&setting)?;
    report.name(bench.name, setting.size);
    println!("{}", if arguments.json { report.json()? } else { report.table() });
    Ok(true)
}

/// The short form of `faults` on a program that was built with its failpoints; whether everything held.
pub(crate) fn short_faults(program: PathBuf) -> Result<bool> {
    let folder = tempfile::Builder::new().prefix("forewarn-bench-").tempdir()?;
    let setting = Setting { program, size: faults::SHORT.operations(), folder };
    faults::run(&setting, &faults::SHORT, false)
}

fn built(bench: &Bench) -> Result<PathBuf> {
    eprintln!("Building the release program …");
    let mut build = workspace::cargo(&["build", "--release", "--locked", "--bin", "forewarn"]);
    if bench.name == faults::BENCH.name {
        build.args(["--features", "failpoints"]);
    }
    build.must_succeed()?;
    Ok(workspace::program("release"))
}
