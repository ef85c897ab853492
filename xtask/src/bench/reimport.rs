use anyhow::Result;
use forewarn_testing::{Cluster, Durability, Forewarn, FreshDatabase};

use super::import::import;
use super::orders::Orders;
use super::report::Report;
use super::{Bench, Setting, reference};
use crate::install;

pub(super) const BENCH: Bench = Bench {
    name: "reimport",
    about: "the report of the next morning (1 % moved, 0.2 % delivered, 0.1 % new) on top of the first",
    size: 50_000,
    run: Some(run),
};

fn run(setting: &Setting) -> Result<Report> {
    install::ensure_installed(&install::SQLITE)?;
    install::ensure_installed(&install::POSTGRESQL)?;
    let orders = Orders::of_lines(setting.size);
    let (first, next) = (setting.folder.path().join("first.csv"), setting.folder.path().join("next.csv"));
    orders.write(&first)?;
    orders.write_next_morning(&next)?;
    let cluster = Cluster::start(Durability::AsInstalled)?;
    let mut report = Report::default();

    for engine in ["SQLite", "PostgreSQL"] {
        let (forewarn, reference) = if engine == "SQLite" {
            (Forewarn::on_sqlite(&setting.program)?, reference::into_sqlite(&next, setting.folder.path())?)
        } else {
            let database = FreshDatabase::on(cluster.url())?;
            (
                Forewarn::on_database(&setting.program, database)?,
                reference::into_postgres(&next, cluster.url())?,
            )
        };
        import(&forewarn, &first, &orders.first_morning(), setting.size)?;
        let lines = setting.size + setting.size / 1000;
        let again = import(&forewarn, &next, &orders.next_morning()?, lines)?;
        report.seconds(format!("{engine}: forewarn import, next morning"), again.time);
        report.seconds(format!("{engine}: plain copy of the same file"), reference);
        let ratio = again.time.div_duration_f64(reference);
        report.add_with_goal(format!("{engine}: ratio"), ratio, "×", "≤ 1.5 ×");
        report.memory(&format!("{engine}: peak memory"), again.peak_megabytes);
    }
    Ok(report)
}
