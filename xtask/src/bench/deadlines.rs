//! Next words that come due together while much else is owed: how late each is noticed, and what a tick costs.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use forewarn_testing::{Cluster, Durability, Forewarn, FreshDatabase, Served};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::http::Visitor;
use super::process::measure;
use super::report::{Report, percentile_ms};
use super::witness::{Witness, number};
use super::{Bench, Setting, clock};
use crate::install;

pub(super) const BENCH: Bench = Bench {
    name: "deadlines",
    about: "next words due together while this much is owed: how late each is noticed, what a tick costs",
    size: 20_000,
    run: Some(run),
};

/// How many come due at the same second, one time after another: few, many, and a twentieth of what is owed.
fn bursts(size: usize) -> [usize; 3] {
    [10, 100, (size / 20).clamp(200, 5_000)]
}

/// How long nothing is due, to see what a tick costs then.
const IDLE: Duration = Duration::from_secs(12);
/// The most that noticing may take.
const NOTICED_WITHIN: Duration = Duration::from_secs(60);

fn run(setting: &Setting) -> Result<Report> {
    install::ensure_installed(&install::SQLITE)?;
    install::ensure_installed(&install::POSTGRESQL)?;
    let cluster = Cluster::start(Durability::AsInstalled)?;
    let mut report = Report::default();
    for engine in ["SQLite", "PostgreSQL"] {
        let mut costs = Vec::new();
        for owed in [setting.size / 10, setting.size] {
            let (forewarn, witness) = if engine == "SQLite" {
                let forewarn = Forewarn::on_sqlite(&setting.program)?;
                let file = forewarn.data_folder().join("forewarn.db");
                (forewarn, Witness::Sqlite(file))
            } else {
                let database = FreshDatabase::on(cluster.url())?;
                let witness = Witness::Postgres(database.url().to_owned());
                (Forewarn::on_database(&setting.program, database)?, witness)
            };
            let bursts = bursts(setting.size);
            let name = format!("{engine}, {owed} owed");
            costs.push(measure_one(&name, &forewarn, &witness, owed, bursts, &mut report)?);
            if owed == setting.size {
                report.plans(engine, &forewarn.run(["doctor", "--plans"])?.succeeded()?.stdout);
            }
        }
        report.add(format!("{engine}: tick with nothing due, large to small"), costs[1] / costs[0], "×");
    }
    Ok(report)
}

/// One company that owes so much. Gives the milliseconds of a tick when nothing is due.
fn measure_one(
    name: &str,
    forewarn: &Forewarn,
    witness: &Witness,
    owed: usize,
    bursts: [usize; 3],
    report: &mut Report,
) -> Result<f64> {
    let words: usize = bursts.iter().sum();
    fill(forewarn, owed, words)?;
    let mut desk = Desk::at(forewarn.serve()?)?;
    let mut cases = open_cases(witness)?;
    report.add(format!("{name}: cases open"), open(witness)? as f64, "cases");

    // What came due with the import itself is not what is measured.
    desk.until_settled(witness)?;
    let idle = desk.ticks()?;
    std::thread::sleep(IDLE);
    let idle = desk.ticks()?.since(&idle).mean_ms();
    report.add(format!("{name}: tick with nothing due"), idle, "ms");
    for burst in bursts {
        let ticks = desk.ticks()?;
        let told: Vec<(i64, i64)> = cases.drain(..burst).collect();
        let (lateness, all_there) = desk.burst(witness, &told)?;
        let ticked = desk.ticks()?.since(&ticks);
        report.add(format!("{name}: lateness of {burst}, p50"), percentile_ms(&lateness, 0.5), "ms");
        let p99 = percentile_ms(&lateness, 0.99);
        report.add_with_goal(format!("{name}: lateness of {burst}, p99"), p99, "ms", "≤ 5000 ms");
        let most = percentile_ms(&lateness, 1.0);
        report.add_with_goal(format!("{name}: lateness of {burst}, max"), most, "ms", "≤ 60000 ms");
        let all_there = all_there.as_secs_f64() * 1000.0;
        report.add_with_goal(
            format!("{name}: last of {burst} to be read after"),
            all_there,
            "ms",
            "≤ 60000 ms",
        );
        let work = (ticked.seconds * 1000.0 - ticked.count * idle).max(0.0);
        report.add(format!("{name}: ticks, for each of {burst}"), work / burst as f64, "ms");
    }
    Ok(idle)
}

const REP: &str = "rep@example.com";
const PASSWORD: &str = "a long enough phrase for a bench";

/// Reports in which each line is of another customer and slips: `far` ones whose facts are owed in months, and
/// `near` ones that are news at once.
fn fill(forewarn: &Forewarn, far: usize, near: usize) -> Result<()> {
    let mut add = forewarn.command(["people", "add", REP, "--role", "rep"]);
    measure(add.env("FOREWARN_PASSWORD", PASSWORD), |code| code == 0)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("orders.csv");
    write_report(&file, far, near)?;
    let mut import = forewarn.command(["import".as_ref(), file.as_os_str(), "--json".as_ref()]);
    measure(&mut import, |code| code == 0).map(drop)
}

fn write_report(path: &Path, far: usize, near: usize) -> Result<()> {
    use std::io::Write as _;
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "order,line,customer,contact,owner,item,quantity,promised,expected")?;
    let today = clock::today();
    for index in 0..far + near {
        let promised = today.checked_add((if index < near { 2 } else { 90 + index as i64 % 60 }).days())?;
        let expected = promised.checked_add(30.days())?;
        writeln!(file, "SO-{index:07},10,Customer {index:07},Ada Holm,{REP},NP-40,12,{promised},{expected}")?;
    }
    Ok(file.flush()?)
}

/// Cases to be told, each with its line.
fn open_cases(witness: &Witness) -> Result<Vec<(i64, i64)>> {
    let select = "SELECT p.case_id, p.id FROM promise p JOIN cases k ON k.id = p.case_id \
                  WHERE k.closed_at IS NULL AND k.firm_at IS NOT NULL ORDER BY p.id";
    let rows = witness.rows(select)?;
    Ok(rows.iter().filter_map(|row| Some((number(row, "case_id")?, number(row, "id")?))).collect())
}

fn open(witness: &Witness) -> Result<i64> {
    let rows = witness.rows("SELECT COUNT(*) AS n FROM cases WHERE closed_at IS NULL")?;
    rows.first().and_then(|row| number(row, "n")).context("no number of cases")
}

/// A rep at work, and the server's own figures.
struct Desk {
    visitor: Visitor,
    /// How long one telling takes; a guess at first.
    pace: Duration,
    _served: Served,
}

/// What the ticks have cost so far.
struct Ticks {
    count: f64,
    seconds: f64,
}

impl Desk {
    fn at(served: Served) -> Result<Self> {
        let (visitor, pace) = (Visitor::sign_in(&served.base, REP, PASSWORD)?, Duration::from_millis(200));
        Ok(Self { visitor, pace, _served: served })
    }

    /// Waits until every step that is due has fired.
    fn until_settled(&self, witness: &Witness) -> Result<()> {
        let began = Instant::now();
        loop {
            let now = clock::now().as_microsecond();
            let due = format!(
                "SELECT 1 AS due FROM escalation_step WHERE done_at IS NULL AND due_at <= {now} LIMIT 1"
            );
            if witness.rows(&due)?.is_empty() {
                return Ok(());
            }
            ensure!(began.elapsed() < NOTICED_WITHIN * 5, "what was due at the start is not settled");
            std::thread::sleep(Duration::from_millis(500));
        }
    }

    /// Tells these customers, promises each the next word at the same second, and lets it pass. How late each was
    /// noticed, by the clock of the tick, and when the last notice could be read by others.
    fn burst(&mut self, witness: &Witness, cases: &[(i64, i64)]) -> Result<(Vec<Duration>, Duration)> {
        let time_to_promise = self.pace * 2 * u32::try_from(cases.len())?;
        let due = clock::now() + SignedDuration::from_secs(3) + SignedDuration::try_from(time_to_promise)?;
        let due = Timestamp::from_second(due.as_second())?;
        let (next_word, date) =
            (due.strftime("%Y-%m-%dT%H:%M:%S").to_string(), clock::today().checked_add(40.days())?);
        let began = Instant::now();
        for (case, line) in cases {
            let (line, date) = (line.to_string(), date.to_string());
            let form = [("how", "spoke"), ("contact", "Ada Holm"), ("expectation", "date"), ("date", &date)];
            let form = [&form[..], &[("line", &line), ("next_word_at", &next_word)]].concat();
            let answer = self.visitor.post(&format!("/cases/{case}/tellings"), &form)?;
            ensure!(answer.status == 200, "a telling answered {}: {}", answer.status, answer.text);
        }
        self.pace = began.elapsed() / u32::try_from(cases.len())?;
        ensure!(clock::now() < due, "this machine is too slow to promise {} words in time", cases.len());
        std::thread::sleep(Duration::try_from(due.duration_since(clock::now())).unwrap_or_default());

        let began = Instant::now();
        let select = format!(
            "SELECT MIN(created_at) AS at FROM notice WHERE kind = 'next-word' AND created_at >= {} GROUP BY case_id",
            due.as_microsecond()
        );
        loop {
            std::thread::sleep(Duration::from_millis(100));
            let noticed: Vec<i64> =
                witness.rows(&select)?.iter().filter_map(|row| number(row, "at")).collect();
            if noticed.len() >= cases.len() || began.elapsed() > NOTICED_WITHIN {
                ensure!(noticed.len() >= cases.len(), "{} of {} were noticed", noticed.len(), cases.len());
                let late = |at: i64| u64::try_from(at - due.as_microsecond()).unwrap_or_default();
                let lateness = noticed.into_iter().map(|at| Duration::from_micros(late(at))).collect();
                return Ok((lateness, began.elapsed()));
            }
        }
    }

    fn ticks(&mut self) -> Result<Ticks> {
        let (figures, _) = self.visitor.get("/metrics")?;
        let figure = |name: &str| {
            let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.and_then(|value| value.parse().ok())
                .with_context(|| format!("{name} is not among the figures"))
        };
        Ok(Ticks {
            count: figure("forewarn_tick_seconds_count")?,
            seconds: figure("forewarn_tick_seconds_sum")?,
        })
    }
}

impl Ticks {
    fn since(&self, before: &Self) -> Self {
        Self { count: self.count - before.count, seconds: self.seconds - before.seconds }
    }

    fn mean_ms(&self) -> f64 {
        self.seconds * 1000.0 / self.count.max(1.0)
    }
}
