use std::fs::File;
use std::io::Read as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::ServerPrograms;
use crate::account::Account;
use crate::readiness::free_port;

/// How much a cluster cares about a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// As installed: what a bench should measure.
    AsInstalled,
    /// Nothing is flushed to the disk: what a test should wait for.
    None,
}

/// A PostgreSQL of our own, in a temporary folder, on a free port of 127.0.0.1, behind a random password.
///
/// It goes away, folder and all, when this value is dropped and also when the process that holds it dies in
/// whatever way: a small shell waits at the other end of a pipe and stops the server when the pipe closes.
#[derive(Debug)]
pub struct Cluster {
    url: String,
    keeper: Child,
}

impl Cluster {
    /// Creates and starts one; returns when it takes connections.
    ///
    /// # Errors
    /// When PostgreSQL's server programs are missing or do not start; the message has the server's own words.
    pub fn start(durability: Durability) -> Result<Self> {
        let (cluster, _) = launch(durability, "cat >/dev/null")?;
        Ok(cluster)
    }

    /// Where it listens, with the user, the password and the database `postgres`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // The worst that can be left behind is a folder below the temporary one.
        let _ = self.keeper.wait();
    }
}

/// Starts a cluster that lives on after this process, until its folder's file `last-used` has not been touched
/// for ten minutes. Returns where it listens and that file.
pub(crate) fn start_for_many() -> Result<(String, PathBuf)> {
    let keep = r#"while [ -n "$(find "$folder/last-used" -mmin -10 2>/dev/null)" ]; do sleep 5; done"#;
    let (mut cluster, folder) = launch(Durability::None, keep)?;
    let url = std::mem::take(&mut cluster.url);
    std::mem::forget(cluster);
    Ok((url, folder.join("last-used")))
}

fn launch(durability: Durability, keep: &str) -> Result<(Cluster, PathBuf)> {
    let programs = ServerPrograms::find()?;
    let account = Account::that_may_run_a_server()?;
    let folder = tempfile::Builder::new().prefix("forewarn-postgres-").tempdir()?;
    let password = random_hex()?;
    std::fs::write(folder.path().join("password"), &password)?;
    File::create(folder.path().join("last-used"))?;
    for path in [folder.path().to_owned(), folder.path().join("password"), folder.path().join("last-used")] {
        account.give(&path)?;
    }
    create(&programs, &account, folder.path())?;

    // From here on the keeper removes the folder, whatever happens to us.
    let folder = folder.keep();
    let port = free_port()?;
    let keeper = spawn_keeper(&programs, &account, &folder, port, durability, keep)?;
    let url = format!("postgres://forewarn:{password}@127.0.0.1:{port}/postgres");
    let cluster = Cluster { url, keeper };
    let ready = wait_until_it_takes_connections(&folder);
    if ready.is_err() {
        // What a keeper for many looks for: without it, it need not wait for ten minutes.
        std::fs::remove_file(folder.join("last-used"))?;
    }
    ready.context("PostgreSQL did not start. Its last words")?;
    Ok((cluster, folder))
}

fn create(programs: &ServerPrograms, account: &Account, folder: &Path) -> Result<()> {
    let locale = if cfg!(target_os = "macos") { "en_US.UTF-8" } else { "C.UTF-8" };
    let mut initdb = account.command(&programs.path("initdb"), folder);
    initdb
        .arg("--pgdata")
        .arg(folder.join("data"))
        .args(["--username=forewarn", "--auth=password", "--encoding=UTF8", "--no-sync"])
        .arg(format!("--locale={locale}"))
        .arg(format!("--pwfile={}", folder.join("password").display()));
    let output =
        initdb.output().with_context(|| format!("starting {}", programs.path("initdb").display()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "initdb could not create a cluster in {}:\n{said}", folder.display());
    Ok(())
}

fn spawn_keeper(
    programs: &ServerPrograms,
    account: &Account,
    folder: &Path,
    port: u16,
    durability: Durability,
    keep: &str,
) -> Result<Child> {
    let fast = match durability {
        Durability::AsInstalled => "",
        Durability::None => "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
    };
    let script = format!(
        r#"trap '' HUP INT
folder=$1
"$2" -D "$folder/data" -c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c max_connections=200 {fast} >"$folder/log" 2>&1 </dev/null &
server=$!
{keep}
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$folder""#
    );
    let mut shell = account.command(Path::new("/bin/sh"), folder);
    shell.arg("-c").arg(script).arg("forewarn-postgres").arg(folder).arg(programs.path("postgres"));
    // A group of its own: Ctrl-C goes to the tests, and the server stops in good order after them.
    shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().context("starting /bin/sh to keep PostgreSQL")
}

/// The server writes "ready" into the eighth line of its pid file when it takes connections.
fn wait_until_it_takes_connections(folder: &Path) -> Result<()> {
    let started = Instant::now();
    loop {
        let state = std::fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
        if state.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
            return Ok(());
        }
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        ensure!(!log.contains("FATAL"), "{log}");
        ensure!(started.elapsed() < Duration::from_secs(60), "(not ready after 60 s)\n{log}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A password that another account of this machine does not guess.
fn random_hex() -> Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
