use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, anyhow, ensure};

use super::messages::message;
use super::process::{Measured, measure};
use super::report::{Report, percentile_ms};
use super::{Bench, Setting};
use crate::{install, workspace};

pub(super) const BENCH: Bench = Bench {
    name: "check",
    about: "the wording check over messages of 300 words, a whole process, beside write-good on the same ones",
    size: 1000,
    run: Some(run),
};

const WORDS: usize = 300;
const SINGLE_RUNS: usize = 100;
/// How often each checks all messages, one after the other: what else the machine does hits both.
const IN_TURN: usize = 9;

fn run(setting: &Setting) -> Result<Report> {
    let reference = workspace::root().join("xtask/reference");
    install::ensure_npm_packages(&reference)?;
    let files = write_messages(setting)?;

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..IN_TURN {
        let checked = check(setting, &files)?;
        let findings: serde_json::Value = serde_json::from_str(&checked.stdout)?;
        let answers = findings.as_array().map_or(0, Vec::len);
        ensure!(
            answers == setting.size,
            "forewarn check answered for {answers} of {} messages",
            setting.size
        );
        ours.push(checked.time);
        // Its exit code is the number of its suggestions, cut to a byte.
        let mut write_good = Command::new(reference.join("node_modules/.bin/write-good"));
        theirs.push(measure(write_good.arg("--parse").args(&files), |_| true)?.time);
    }

    let mut report = Report::default();
    let ratios: Vec<f64> =
        theirs.iter().zip(&ours).map(|(theirs, ours)| theirs.div_duration_f64(*ours)).collect();
    report.add("forewarn check, median", percentile_ms(&ours, 0.5), "ms");
    report.add("write-good, median", percentile_ms(&theirs, 0.5), "ms");
    let ratio = percentile_ms(&theirs, 0.5) / percentile_ms(&ours, 0.5);
    report.add_with_goal("write-good to forewarn, medians", ratio, "×", "≥ 8 ×");
    report.add(
        "write-good to forewarn, least of the rounds",
        ratios.iter().copied().fold(f64::INFINITY, f64::min),
        "×",
    );
    report.add("write-good to forewarn, most of the rounds", ratios.iter().copied().fold(0.0, f64::max), "×");
    let singles =
        files.iter().take(SINGLE_RUNS).map(|file| Ok(check(setting, std::slice::from_ref(file))?.time));
    let singles = singles.collect::<Result<Vec<Duration>>>()?;
    report.add("process with one message: p50", percentile_ms(&singles, 0.5), "ms");
    report.add("process with one message: p99", percentile_ms(&singles, 0.99), "ms");
    let [start_up, p50, p99] = one_by_one(&files)?;
    report.add_with_goal("start-up of the check itself", start_up, "ms", "< 50 ms");
    report.add("a message on one core: p50", p50, "ms");
    report.add_with_goal("a message on one core: p99", p99, "ms", "< 1 ms");
    Ok(report)
}

/// Milliseconds inside one process: start-up, p50 and p99 of a message.
fn one_by_one(files: &[PathBuf]) -> Result<[f64; 3]> {
    let mut speed = workspace::cargo(&["run", "--release", "--locked", "--quiet"]);
    speed.args(["--package", "forewarn-wording", "--example", "speed", "--"]).args(files);
    let output = speed.output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let numbers = String::from_utf8(output.stdout)?;
    let numbers: Vec<f64> = numbers.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    numbers.try_into().map_err(|all| anyhow!("three numbers were expected, not {all:?}"))
}

fn write_messages(setting: &Setting) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for index in 0..setting.size {
        let file = setting.folder.path().join(format!("message-{index:05}.txt"));
        std::fs::write(&file, message(index, WORDS))?;
        files.push(file);
    }
    Ok(files)
}

/// `forewarn check --format json FILES`; 1 means that there is something to fix.
fn check(setting: &Setting, files: &[PathBuf]) -> Result<Measured> {
    let mut command = Command::new(&setting.program);
    measure(command.args(["check", "--format", "json"]).args(files), |code| code == 0 || code == 1)
}
