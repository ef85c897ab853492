//! `cargo xtask fuzz`: everything that reads what others have written, fed with bytes that look for trouble.
//!
//! libFuzzer steers by counters in every branch, which the stable compiler can write as well.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use clap::builder::PossibleValuesParser;

use crate::command::Named as _;
use crate::workspace;

/// What is read; each is described in fuzz/README.md.
const TARGETS: &[&str] = &["csv", "xlsx", "json", "mime", "calendar", "wording"];
/// How long one input may take, in seconds, and how much memory one allocation and all together, in MB.
const LIMITS: &[&str] = &["-timeout=1", "-malloc_limit_mb=256", "-rss_limit_mb=768", "-max_len=16384"];
/// How counters get into every branch, without any sanitizer, which only a nightly compiler has.
const COUNTED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg=fuzzing";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only these
    #[arg(value_parser = PossibleValuesParser::new(TARGETS))]
    targets: Vec<String>,
    /// For how long each is fed
    #[arg(long, default_value_t = 60)]
    seconds: u64,
}

/// Feeds each target; whether none of them was upset. What upset one lies in `fuzz/found`.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let wanted =
        |target: &&&str| arguments.targets.is_empty() || arguments.targets.iter().any(|t| t == **target);
    let programs = built()?;
    let mut upset = Vec::new();
    for target in TARGETS.iter().filter(wanted) {
        println!("\n── {target} ──");
        if !feed(&programs.join(target), target, arguments.seconds)? {
            upset.push(*target);
        }
    }
    match upset.as_slice() {
        [] => println!("\nNothing that was tried has upset a reader."),
        upset => println!("\nUpset: {}. What did it lies in fuzz/found.", upset.join(", ")),
    }
    Ok(upset.is_empty())
}

/// The folder of the targets, built.
fn built() -> Result<PathBuf> {
    let version = Command::new("rustc").args(["--version", "--verbose"]).must_succeed()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let target = workspace::target().join("fuzz");
    // With --target, build scripts and macros are left without counters.
    let mut build =
        workspace::cargo(&["build", "--release", "--locked", "--manifest-path", "fuzz/Cargo.toml"]);
    build.args(["--target", host, "--target-dir"]).arg(&target).env("RUSTFLAGS", COUNTED);
    build.shown()?.0.success().then_some(()).context("the targets could not be built")?;
    Ok(target.join(host).join("release"))
}

fn feed(program: &std::path::Path, target: &str, seconds: u64) -> Result<bool> {
    let fuzz = workspace::root().join("fuzz");
    let (corpus, found) = (fuzz.join("corpus").join(target), fuzz.join("found").join(target));
    std::fs::create_dir_all(&corpus)?;
    std::fs::create_dir_all(&found)?;
    let mut run = Command::new(program);
    run.args(LIMITS).arg(format!("-max_total_time={seconds}")).arg("-print_final_stats=1");
    run.arg(format!("-artifact_prefix={}/", found.display()));
    // What is new goes to the first folder; the seeds are read and left alone.
    run.arg(corpus).arg(fuzz.join("seeds").join(target));
    Ok(run.shown()?.0.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_its_seeds() {
        for target in TARGETS {
            let seeds = workspace::root().join("fuzz/seeds").join(target);
            assert!(std::fs::read_dir(&seeds).unwrap().next().is_some(), "{}", seeds.display());
        }
    }
}
