use std::ffi::OsStr;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use crate::readiness::{free_port, wait_until_ready};
use crate::{FreshDatabase, Postgres};

/// The `forewarn` program with a data folder and, if wanted, a PostgreSQL database of its own; both go away
/// with this value. In an integration test of the program:
///
/// ```text
/// let forewarn = Forewarn::on_sqlite(env!("CARGO_BIN_EXE_forewarn"))?;
/// let import = forewarn.run(["import", "orders.csv", "--json"])?;
/// assert_eq!(import.json()?["added"], 12);
/// ```
#[derive(Debug)]
pub struct Forewarn {
    program: PathBuf,
    data: TempDir,
    database: Option<FreshDatabase>,
}

impl Forewarn {
    /// On the embedded database, in an empty data folder.
    ///
    /// # Errors
    /// When the temporary folder cannot be made.
    pub fn on_sqlite(program: impl Into<PathBuf>) -> Result<Self> {
        let data = tempfile::Builder::new()
            .prefix("forewarn-data-")
            .permissions(Permissions::from_mode(0o700))
            .tempdir()?;
        Ok(Self { program: program.into(), data, database: None })
    }

    /// On an empty PostgreSQL database.
    ///
    /// # Errors
    /// As [`Postgres::fresh_database`].
    pub fn on_postgres(program: impl Into<PathBuf>) -> Result<Self> {
        Ok(Self { database: Some(Postgres::fresh_database()?), ..Self::on_sqlite(program)? })
    }

    /// On this PostgreSQL database.
    ///
    /// # Errors
    /// When the temporary folder cannot be made.
    pub fn on_database(program: impl Into<PathBuf>, database: FreshDatabase) -> Result<Self> {
        Ok(Self { database: Some(database), ..Self::on_sqlite(program)? })
    }

    /// The folder that stands for `./forewarn-data`.
    pub fn data_folder(&self) -> &Path {
        self.data.path()
    }

    /// Runs `forewarn ARGUMENTS --data …` to its end.
    ///
    /// # Errors
    /// When it cannot be started. A refusal is no error: see [`Finished::code`].
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<Finished> {
        let output = self.command(arguments).output().with_context(|| self.how_to_build())?;
        Ok(Finished {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Starts it and goes on at once. What it writes is thrown away.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<Running> {
        let mut command = self.command(arguments);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Ok(Running { child: child.with_context(|| self.how_to_build())? })
    }

    /// Starts `forewarn serve` on a free port and waits until it is ready.
    ///
    /// # Errors
    /// When it stops by itself, or is not ready after 30 seconds.
    pub fn serve(&self) -> Result<Served> {
        let port = free_port()?;
        let listen = format!("127.0.0.1:{port}");
        let mut running = self.start(["serve", "--listen", &listen])?;
        let ready_after = wait_until_ready(port, Duration::from_secs(30), || running.is_alive())?;
        Ok(Served { base: format!("http://{listen}"), ready_after, running })
    }

    /// `forewarn ARGUMENTS --data …`, with the settings of whoever runs the tests taken out of its environment.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars_os().filter(|(name, _)| is_a_setting_of_ours(name)) {
            command.env_remove(name);
        }
        command.args(arguments).arg("--data").arg(self.data.path()).stdin(Stdio::null());
        if let Some(database) = &self.database {
            command.arg("--database").arg(database.url());
        }
        command
    }

    fn how_to_build(&self) -> String {
        format!("starting {} (built with `cargo build`, or `cargo build --release`)", self.program.display())
    }
}

fn is_a_setting_of_ours(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with("FOREWARN_"))
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Finished {
    /// Its exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// All that it printed.
    pub stdout: String,
    /// All that it complained about.
    pub stderr: String,
}

impl Finished {
    /// Itself, if it ended with 0.
    ///
    /// # Errors
    /// With all that it wrote, if it did not.
    pub fn succeeded(self) -> Result<Self> {
        ensure!(self.code == Some(0), "forewarn ended with {:?}:\n{}{}", self.code, self.stdout, self.stderr);
        Ok(self)
    }

    /// What it printed, read as one JSON value.
    ///
    /// # Errors
    /// When it is none.
    pub fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_str(&self.stdout)
            .with_context(|| format!("forewarn printed no JSON:\n{}{}", self.stdout, self.stderr))
    }
}

/// A program that runs beside the test, and is killed with this value.
#[derive(Debug)]
pub struct Running {
    child: Child,
}

impl Running {
    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// `kill -9`: it gets no chance to tidy up. Returns when it is gone.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub fn kill_hard(&mut self) -> Result<()> {
        self.child.kill().and_then(|()| self.child.wait()).context("killing forewarn")?;
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.kill_hard();
    }
}

/// `forewarn serve`, ready to be asked.
#[derive(Debug)]
pub struct Served {
    /// Where: `http://127.0.0.1:PORT`, no slash at the end.
    pub base: String,
    /// How long after its start `/readyz` said yes.
    pub ready_after: Duration,
    /// The program itself.
    pub running: Running,
}
