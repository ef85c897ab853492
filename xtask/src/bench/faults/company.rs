//! A company to be harmed: people, a first report, processes, a mail server, and somebody who can look into the
//! database.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use forewarn_testing::{Cluster, Durability, Forewarn, FreshDatabase, POSTGRES_VARIABLE};

use super::fleet::Fleet;
use super::ledger;
use super::notes::Notes;
use super::postman::Postman;
use super::reports::{PROFILE, Report};
use super::{Engine, Trial};
use crate::bench::Setting;
use crate::bench::witness::Witness;

/// Reps who work at the same time.
pub(super) const REPS: usize = 4;
pub(super) const PASSWORD: &str = "a long enough phrase for a bench";
pub(super) const ADMIN: &str = "admin@forewarn.example";
/// Conversations that the first report begins.
const FIRST_CASES: usize = 48;

/// The company and all that belongs to it. What is dropped first stands first.
pub(super) struct Company {
    pub(super) engine: Engine,
    pub(super) fleet: Fleet,
    pub(super) postman: Postman,
    pub(super) witness: Witness,
    seed: u64,
    /// Whether letters that were put off shall end before the ledger is drawn up.
    pub(super) until_all_ended: bool,
    _cluster: Option<Cluster>,
}

impl Company {
    /// Makes it and starts its processes.
    pub(super) fn found(engine: Engine, setting: &Setting, trial: &Trial) -> Result<Self> {
        let (forewarn, witness, cluster) = database(engine, setting)?;
        let folder = setting.folder.path();
        for number in 0..REPS {
            add_person(&forewarn, &rep_email(number), "rep")?;
        }
        add_person(&forewarn, "leader@forewarn.example", "leader")?;
        add_person(&forewarn, ADMIN, "admin")?;
        let report = folder.join("orders.csv");
        std::fs::write(&report, Report::new(0, FIRST_CASES)?.text)?;
        let import = ["import".as_ref(), report.as_os_str(), "--partial".as_ref(), "--save-profile".as_ref()];
        forewarn.run(import.into_iter().chain([PROFILE.as_ref()]))?.succeeded()?;

        let logs = trial.logs.clone().unwrap_or_else(|| folder.to_owned()).join(engine.name());
        std::fs::create_dir_all(&logs).with_context(|| logs.display().to_string())?;
        let postman = Postman::start(trial.seed)?;
        let fleet = Fleet::of(forewarn, mail_settings(postman.port()), engine.replicas(), logs)?;
        fleet.make_whole()?;
        Ok(Self {
            engine,
            fleet,
            postman,
            witness,
            seed: trial.seed,
            until_all_ended: trial.until_all_ended,
            _cluster: cluster,
        })
    }

    /// The entry number of the `operation`-th operation.
    pub(super) fn entry(&self, operation: usize) -> String {
        format!("faults-{}-{operation}", self.seed)
    }

    /// Nobody does harm any more. Waits until nothing is under way.
    pub(super) fn rest(&self, notes: &Notes, limit: Duration) -> Result<()> {
        self.postman.calm_down();
        self.fleet.make_whole()?;
        let began = Instant::now();
        while began.elapsed() < limit && ledger::is_restless(self, notes)? {
            std::thread::sleep(Duration::from_secs(1));
        }
        Ok(())
    }
}

/// The e-mail address of a rep.
pub(super) fn rep_email(number: usize) -> String {
    format!("rep-{number}@forewarn.example")
}

fn database(engine: Engine, setting: &Setting) -> Result<(Forewarn, Witness, Option<Cluster>)> {
    if engine == Engine::Sqlite {
        let forewarn = Forewarn::on_sqlite(&setting.program)?;
        let file: PathBuf = forewarn.data_folder().join("forewarn.db");
        return Ok((forewarn, Witness::Sqlite(file), None));
    }
    // The machine stays up, only processes of ours die: nothing has to reach the disk.
    let (server, cluster) = match std::env::var(POSTGRES_VARIABLE) {
        Ok(url) => (url, None),
        Err(_) => {
            let cluster = Cluster::start(Durability::None)?;
            (cluster.url().to_owned(), Some(cluster))
        }
    };
    let database = FreshDatabase::on(&server)?;
    let witness = Witness::Postgres(database.url().to_owned());
    Ok((Forewarn::on_database(&setting.program, database)?, witness, cluster))
}

fn add_person(forewarn: &Forewarn, email: &str, role: &str) -> Result<()> {
    let mut add = forewarn.command(["people", "add", email, "--role", role]);
    let added = add.env("FOREWARN_PASSWORD", PASSWORD).output().context("starting forewarn")?;
    anyhow::ensure!(added.status.success(), "adding {email}: {}", String::from_utf8_lossy(&added.stderr));
    Ok(())
}

fn mail_settings(port: u16) -> Vec<(String, String)> {
    let settings = [
        ("FOREWARN_SMTP_HOST", "127.0.0.1".to_owned()),
        ("FOREWARN_SMTP_PORT", port.to_string()),
        ("FOREWARN_SMTP_SECURITY", "plain".to_owned()),
        ("FOREWARN_MAIL_FROM", "orders@forewarn.example".to_owned()),
    ];
    settings.map(|(name, value)| (name.to_owned(), value)).into()
}
