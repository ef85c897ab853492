//! What the tests and benches need besides Rust, and how to get it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail, ensure};
use forewarn_testing::{
    Cluster, Durability, HOW_TO_INSTALL, MAIL_SERVERS_HOW_TO_INSTALL, POSTGRES_VARIABLE, ServerPrograms,
    mail_servers_are_there,
};

use crate::command::Named as _;
use crate::workspace;

/// A PostgreSQL for what is run, gone with what is given; `None` where the variable already names one.
pub(crate) fn cluster() -> Result<Option<Cluster>> {
    if std::env::var_os(POSTGRES_VARIABLE).is_some() {
        return Ok(None);
    }
    ensure_installed(&POSTGRESQL)?;
    Ok(Some(Cluster::start(Durability::None)?))
}

/// Something that a fresh machine may lack.
pub(crate) struct Tool {
    name: &'static str,
    is_there: fn() -> bool,
    debian: &'static [&'static str],
    elsewhere: &'static str,
}

/// The server programs of PostgreSQL.
pub(crate) const POSTGRESQL: Tool = Tool {
    name: "PostgreSQL's server programs (15 or newer)",
    is_there: || ServerPrograms::find().is_ok(),
    debian: &["postgresql"],
    elsewhere: HOW_TO_INSTALL,
};

/// The mail servers that letters are sent through in tests.
pub(crate) const MAIL_SERVERS: Tool = Tool {
    name: "Postfix and Dovecot",
    is_there: mail_servers_are_there,
    debian: &["postfix", "dovecot-imapd"],
    elsewhere: MAIL_SERVERS_HOW_TO_INSTALL,
};

/// A browser for the journeys.
pub(crate) const CHROMIUM: Tool = Tool {
    name: "Chromium",
    is_there: chromium_is_there,
    debian: &["chromium", "fonts-liberation"],
    elsewhere: "  Debian, Ubuntu:  sudo apt-get install chromium fonts-liberation
  elsewhere:       install Chromium or Google Chrome, or set CHROMIUM to its path",
};

/// What drives the browser.
pub(crate) const NODE: Tool = Tool {
    name: "Node.js (20 or newer) with npm",
    is_there: || node_version() >= Some(20) && on_path("npm").is_some(),
    debian: &["nodejs", "npm"],
    elsewhere: "  Debian 13, Ubuntu 24.10 or newer:  sudo apt-get install nodejs npm
  elsewhere:  https://nodejs.org/en/download",
};

/// What the OpenAPI document is tested with.
const PYTHON: Tool = Tool {
    name: "Python (3.10 or newer) with venv",
    is_there: || {
        let venv = Command::new("python3").args(["-c", "import venv, ensurepip"]).output();
        venv.is_ok_and(|output| output.status.success())
    },
    debian: &["python3", "python3-venv"],
    elsewhere: "  Debian, Ubuntu:  sudo apt-get install python3 python3-venv
  elsewhere:       https://www.python.org/downloads",
};

/// The command-line program of SQLite, which the import is measured against.
pub(crate) const SQLITE: Tool = Tool {
    name: "sqlite3",
    is_there: || on_path("sqlite3").is_some(),
    debian: &["sqlite3"],
    elsewhere: "  Debian, Ubuntu:  sudo apt-get install sqlite3
  Fedora:          sudo dnf install sqlite
  macOS:           (comes with the system)",
};

/// Makes sure that `tool` is there: as root on a Debian-like system by installing it.
///
/// # Errors
/// When it is missing and cannot be installed from here; the message has the one command that does.
pub(crate) fn ensure_installed(tool: &Tool) -> Result<()> {
    if (tool.is_there)() {
        return Ok(());
    }
    if !rustix::process::geteuid().is_root() || on_path("apt-get").is_none() {
        bail!(
            "{} is missing. Install it with one command, then run this again:\n{}",
            tool.name,
            tool.elsewhere
        );
    }
    println!("Installing {}: apt-get install {}", tool.name, tool.debian.join(" "));
    apt_get(&["update"])?;
    apt_get(&[&["install", "--yes", "--no-install-recommends"], tool.debian].concat())?;
    ensure!((tool.is_there)(), "{} is still missing after installing {}", tool.name, tool.debian.join(" "));
    Ok(())
}

/// Makes sure that the npm packages which the lock file in `folder` names are there.
pub(crate) fn ensure_npm_packages(folder: &Path) -> Result<()> {
    ensure_installed(&NODE)?;
    let changed = |path: PathBuf| path.metadata().and_then(|file| file.modified()).ok();
    let installed = changed(folder.join("node_modules/.package-lock.json"));
    if installed.is_none() || installed < changed(folder.join("package-lock.json")) {
        println!("Installing the packages of {}: npm ci", folder.display());
        Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder).must_succeed()?;
    }
    Ok(())
}

/// Makes sure that the Python packages of this list are there, in a folder of their own under `target`. Gives
/// the folder with their programs.
pub(crate) fn ensure_python_packages(list: &Path) -> Result<PathBuf> {
    ensure_installed(&PYTHON)?;
    let venv = workspace::root().join("target/python");
    let (kept, wanted) = (venv.join("installed.txt"), std::fs::read_to_string(list)?);
    if std::fs::read_to_string(&kept).ok().as_deref() != Some(&wanted) {
        println!("Installing {}: pip install -r {}", venv.display(), list.display());
        Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv).must_succeed()?;
        let mut pip = Command::new(venv.join("bin/python"));
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(list);
        pip.must_succeed()?;
        std::fs::write(&kept, wanted)?;
    }
    Ok(venv.join("bin"))
}

/// The first program of that name on `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.args(["-q", "-o", "Acquire::Retries=3"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    // Servers are installed to be started by tests, on ports of their own: none starts by itself.
    command.env("RUNLEVEL", "1");
    command.must_succeed().map(drop)
}

/// The same names as e2e/harness/chromium.mjs looks for.
fn chromium_is_there() -> bool {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let mac = ["/Applications/Chromium.app", "/Applications/Google Chrome.app"];
    std::env::var_os("CHROMIUM").is_some()
        || names.iter().any(|name| on_path(name).is_some())
        || mac.iter().any(|folder| Path::new(folder).is_dir())
}

/// 20 of `v20.20.2`.
fn node_version() -> Option<u32> {
    let output = Command::new("node").arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}
