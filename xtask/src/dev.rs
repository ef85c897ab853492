//! `cargo xtask dev`: the server, built again and restarted whenever a source file changes.

use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};

use crate::workspace;

/// Serves until it is interrupted. A build that fails leaves the last good one running.
pub(crate) fn run(arguments: &[String]) -> Result<bool> {
    let mut server: Option<Server> = None;
    let mut built = None;
    loop {
        let changed = last_change()?;
        if built != changed {
            built = changed;
            let status =
                workspace::cargo(&["build", "--bin", "forewarn"]).status().context("starting cargo")?;
            if status.success() {
                drop(server.take());
                server = Some(Server::start(arguments)?);
                println!("Serving. A changed file below crates/ builds again and restarts; Ctrl-C ends.");
            } else {
                println!("That does not build. Waiting for the next change.");
            }
        }
        sleep(Duration::from_millis(500));
    }
}

struct Server(Child);

impl Server {
    fn start(arguments: &[String]) -> Result<Self> {
        let program = workspace::program("debug");
        let mut command = Command::new(&program);
        command.arg("serve").args(arguments).current_dir(workspace::root());
        Ok(Self(command.spawn().with_context(|| format!("starting {}", program.display()))?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn last_change() -> Result<Option<SystemTime>> {
    let files = workspace::files()?;
    let sources = files.iter().filter(|path| path.starts_with("crates") || *path == Path::new("Cargo.toml"));
    Ok(sources.filter_map(|path| workspace::root().join(path).metadata().ok()?.modified().ok()).max())
}
