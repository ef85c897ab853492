use std::path::Path;

use anyhow::{Result, ensure};
use forewarn_testing::{Cluster, Durability, Forewarn, FreshDatabase};

use super::orders::Orders;
use super::process::{Measured, measure};
use super::report::Report;
use super::{Bench, Setting, reference};
use crate::install;

pub(super) const BENCH: Bench = Bench {
    name: "import",
    about: "an open-order CSV into an empty database, beside sqlite3 .import and \\copy of the same file",
    size: 50_000,
    run: Some(run),
};

fn run(setting: &Setting) -> Result<Report> {
    install::ensure_installed(&install::SQLITE)?;
    install::ensure_installed(&install::POSTGRESQL)?;
    let orders = Orders::of_lines(setting.size);
    let file = setting.folder.path().join("orders.csv");
    orders.write(&file)?;
    let mut report = Report::default();

    let reference = reference::into_sqlite(&file, setting.folder.path())?;
    let sqlite = Forewarn::on_sqlite(&setting.program)?;
    let import = import(&sqlite, &file, &orders.first_morning(), setting.size)?;
    report.seconds("SQLite: forewarn import", import.time);
    report.seconds("SQLite: sqlite3 .import", reference);
    report.add_with_goal("SQLite: ratio", import.time.div_duration_f64(reference), "×", "≤ 3 ×");
    report.memory("SQLite: peak memory", import.peak_megabytes);
    report.add("SQLite: lines a second", setting.size as f64 / import.time.as_secs_f64(), "lines/s");

    let cluster = Cluster::start(Durability::AsInstalled)?;
    let reference = reference::into_postgres(&file, cluster.url())?;
    let postgres = Forewarn::on_database(&setting.program, FreshDatabase::on(cluster.url())?)?;
    let import = self::import(&postgres, &file, &orders.first_morning(), setting.size)?;
    report.seconds("PostgreSQL: forewarn import", import.time);
    report.seconds("PostgreSQL: \\copy", reference);
    report.add_with_goal("PostgreSQL: ratio", import.time.div_duration_f64(reference), "×", "≤ 3 ×");
    report.memory("PostgreSQL: peak memory", import.peak_megabytes);
    Ok(report)
}

/// `forewarn import FILE`, which must read every line and reject none.
pub(super) fn import(forewarn: &Forewarn, file: &Path, as_of: &str, lines: usize) -> Result<Measured> {
    let mut command = forewarn.command(["import".as_ref(), file.as_os_str()]);
    command.args(["--json", "--as-of", as_of]);
    let import = measure(&mut command, |code| code == 0)?;
    let counts: serde_json::Value = serde_json::from_str(&import.stdout)?;
    ensure!(counts["read"] == lines && counts["rejected"] == 0, "not every line went in: {counts}");
    Ok(import)
}

impl Report {
    /// The peak of memory beside the goal of an import.
    pub(super) fn memory(&mut self, what: &str, megabytes: Option<f64>) {
        if let Some(megabytes) = megabytes {
            self.add_with_goal(what, megabytes, "MB", "≤ 300 MB");
        }
    }
}
