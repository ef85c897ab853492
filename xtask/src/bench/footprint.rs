use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use forewarn_testing::Forewarn;

use super::import::import;
use super::orders::Orders;
use super::process::memory;
use super::report::Report;
use super::{Bench, Setting};

pub(super) const BENCH: Bench = Bench {
    name: "footprint",
    about: "time until ready on a filled database, memory when idle, size of the program",
    size: 50_000,
    run: Some(run),
};

/// How long the server is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(3);
const STARTS: usize = 5;

fn run(setting: &Setting) -> Result<Report> {
    let orders = Orders::of_lines(setting.size);
    let file = setting.folder.path().join("orders.csv");
    orders.write(&file)?;
    let forewarn = Forewarn::on_sqlite(&setting.program)?;
    import(&forewarn, &file, &orders.first_morning(), setting.size)?;

    let mut report = Report::default();
    let database = folder_bytes(forewarn.data_folder())?;
    report.add("database", database as f64 / 1e6, "MB");
    let mut ready = Vec::new();
    for start in 1..=STARTS {
        let served = forewarn.serve()?;
        ready.push(served.ready_after);
        if start == STARTS {
            std::thread::sleep(IDLE);
            if let Some(megabytes) = memory(served.running.id(), "VmRSS:") {
                report.add_with_goal("memory, idle", megabytes, "MB", "≤ 50 MB");
            }
        }
    }
    ready.sort_unstable();
    let median = ready[STARTS / 2].as_secs_f64() * 1000.0;
    report.add_with_goal("ready after (median of 5 starts)", median, "ms", "≤ 500 ms");
    let program = setting.program.metadata()?.len() as f64 / 1e6;
    report.add_with_goal("program", program, "MB", "≤ 40 MB");
    Ok(report)
}

fn folder_bytes(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let file = entry.metadata()?;
        bytes += if file.is_dir() { folder_bytes(&entry.path())? } else { file.len() };
    }
    Ok(bytes)
}
