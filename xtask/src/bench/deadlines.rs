//! Next words that come due together while much else is owed: how late each is noticed, and what a tick costs.
//!
//! Every obligation is owed in a case of its own, so that there are as many open cases.

mod desk;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use forewarn_testing::{Cluster, Durability, Forewarn, FreshDatabase};
use jiff::ToSpan as _;

use super::process::measure;
use super::report::{Report, percentile_ms};
use super::witness::{Witness, number};
use super::{Bench, Setting, clock};
use crate::install;
use desk::Desk;

pub(super) const BENCH: Bench = Bench {
    name: "deadlines",
    about: "next words due together while this much is owed: how late each is noticed, what a tick costs",
    size: 5_000,
    run: Some(run),
};

/// How many come due at the same second, one time after another, while a tenth is owed and while all is: few, many,
/// and a tenth of what is owed.
fn bursts(size: usize) -> [Vec<usize>; 2] {
    [vec![100], vec![10, 100, (size / 10).clamp(200, 5_000)]]
}

/// How long nothing is due, to see what a tick costs then: a few ticks.
const IDLE: Duration = Duration::from_secs(7);

fn run(setting: &Setting) -> Result<Report> {
    install::ensure_installed(&install::SQLITE)?;
    install::ensure_installed(&install::POSTGRESQL)?;
    let cluster = Cluster::start(Durability::AsInstalled)?;
    let mut report = Report::default();
    for engine in ["SQLite", "PostgreSQL"] {
        let company = Company::found(engine, setting, &cluster)?;
        let (mut idle, mut owed) = (Vec::new(), 0);
        for (share, bursts) in [setting.size / 10, setting.size].into_iter().zip(bursts(setting.size)) {
            company.owe(share - owed, bursts.iter().sum())?;
            owed = share;
            idle.push(company.measure(&format!("{engine}, {owed} owed"), &bursts, &mut report)?);
        }
        report.add(format!("{engine}: tick with nothing due, large to small"), idle[1] / idle[0], "×");
        report.plans(engine, &company.forewarn.run(["doctor", "--plans"])?.succeeded()?.stdout);
    }
    Ok(report)
}

/// A company that owes much.
struct Company {
    forewarn: Forewarn,
    witness: Witness,
}

const REP: &str = "rep@example.com";
const PASSWORD: &str = "a long enough phrase for a bench";
/// How many lines a report has at most: an import keeps what it heard in memory until its end.
const LINES: usize = 50_000;

impl Company {
    fn found(engine: &str, setting: &Setting, cluster: &Cluster) -> Result<Self> {
        let (forewarn, witness) = if engine == "SQLite" {
            let forewarn = Forewarn::on_sqlite(&setting.program)?;
            let file = forewarn.data_folder().join("forewarn.db");
            (forewarn, Witness::Sqlite(file))
        } else {
            let database = FreshDatabase::on(cluster.url())?;
            let witness = Witness::Postgres(database.url().to_owned());
            (Forewarn::on_database(&setting.program, database)?, witness)
        };
        let mut add = forewarn.command(["people", "add", REP, "--role", "rep"]);
        measure(add.env("FOREWARN_PASSWORD", PASSWORD), |code| code == 0)?;
        Ok(Self { forewarn, witness })
    }

    /// Brings in reports in which each line is of another customer and slips: `far` ones whose facts are owed in
    /// months, and `near` ones that are news at once.
    fn owe(&self, far: usize, near: usize) -> Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("orders.csv");
        let known = self.count("SELECT COUNT(*) AS n FROM promise")?;
        for from in (0..far + near).step_by(LINES) {
            write_report(&file, known, from..(from + LINES).min(far + near), near)?;
            let import = ["import".as_ref(), file.as_os_str(), "--partial".as_ref(), "--json".as_ref()];
            measure(&mut self.forewarn.command(import), |code| code == 0)?;
        }
        Ok(())
    }

    /// Gives the milliseconds of a tick when nothing is due.
    fn measure(&self, name: &str, bursts: &[usize], report: &mut Report) -> Result<f64> {
        let mut desk = Desk::at(self.forewarn.serve()?, REP, PASSWORD)?;
        report.add(format!("{name}: cases open"), self.open()? as f64, "cases");
        // What came due with the import itself is not what is measured.
        desk.until_settled(&self.witness)?;
        let idle = desk.ticks()?;
        std::thread::sleep(IDLE);
        let idle = desk.ticks()?.since(&idle).mean_ms();
        report.add(format!("{name}: tick with nothing due"), idle, "ms");
        let mut cases = self.cases_to_tell()?;
        for burst in bursts {
            let ticks = desk.ticks()?;
            let told: Vec<(i64, i64)> = cases.drain(..burst).collect();
            let lateness = desk.burst(&self.witness, &told)?;
            let ticked = desk.ticks()?.since(&ticks);
            report.add(format!("{name}: lateness of {burst}, p50"), percentile_ms(&lateness, 0.5), "ms");
            let p99 = percentile_ms(&lateness, 0.99);
            report.add_with_goal(format!("{name}: lateness of {burst}, p99"), p99, "ms", "≤ 5000 ms");
            let most = percentile_ms(&lateness, 1.0);
            report.add_with_goal(format!("{name}: lateness of {burst}, max"), most, "ms", "≤ 60000 ms");
            let work = (ticked.seconds * 1000.0 - ticked.count * idle).max(0.0);
            report.add(format!("{name}: ticks, for each of {burst}"), work / *burst as f64, "ms");
        }
        Ok(idle)
    }

    /// Cases to be told, each with its line.
    fn cases_to_tell(&self) -> Result<Vec<(i64, i64)>> {
        let select = "SELECT p.case_id, p.id FROM promise p JOIN cases k ON k.id = p.case_id \
                      WHERE k.closed_at IS NULL AND k.firm_at IS NOT NULL AND k.told_at IS NULL ORDER BY p.id";
        let rows = self.witness.rows(select)?;
        Ok(rows.iter().filter_map(|row| Some((number(row, "case_id")?, number(row, "id")?))).collect())
    }

    fn open(&self) -> Result<usize> {
        self.count("SELECT COUNT(*) AS n FROM cases WHERE closed_at IS NULL")
    }

    fn count(&self, select: &str) -> Result<usize> {
        let rows = self.witness.rows(select)?;
        rows.first()
            .and_then(|row| usize::try_from(number(row, "n")?).ok())
            .with_context(|| format!("no answer to {select}"))
    }
}

/// Some lines of a report whose first `near` are news at once; customers are numbered from `known` on.
fn write_report(path: &Path, known: usize, lines: std::ops::Range<usize>, near: usize) -> Result<()> {
    use std::io::Write as _;
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "order,line,customer,contact,owner,item,quantity,promised,expected")?;
    let today = clock::today();
    for index in lines {
        let promised = today.checked_add((if index < near { 2 } else { 90 + index as i64 % 60 }).days())?;
        let expected = promised.checked_add(30.days())?;
        let number = known + index;
        writeln!(
            file,
            "SO-{number:07},10,Customer {number:07},Ada Holm,{REP},NP-40,12,{promised},{expected}"
        )?;
    }
    Ok(file.flush()?)
}
