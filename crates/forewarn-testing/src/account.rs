use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// Whose account a server runs under: ours, or, since servers refuse to run as root, somebody else's.
pub(crate) struct Account {
    other: Option<Ids>,
}

/// An account by its numbers.
#[derive(Clone, Copy)]
pub(crate) struct Ids {
    pub(crate) user: u32,
    pub(crate) group: u32,
}

impl Account {
    pub(crate) fn that_may_run_a_server() -> Result<Self> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self { other: None });
        }
        let accounts = std::fs::read_to_string("/etc/passwd").context("reading /etc/passwd")?;
        let ids = |name: &str| {
            let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
            let mut fields = line.split(':').skip(2);
            Some(Ids { user: fields.next()?.parse().ok()?, group: fields.next()?.parse().ok()? })
        };
        let other = ids("postgres").or_else(|| ids("nobody"));
        ensure!(other.is_some(), "servers do not run as root, and there is no account postgres or nobody");
        Ok(Self { other })
    }

    /// Its numbers.
    pub(crate) fn ids(&self) -> Ids {
        let ours =
            || Ids { user: rustix::process::geteuid().as_raw(), group: rustix::process::getegid().as_raw() };
        self.other.unwrap_or_else(ours)
    }

    pub(crate) fn give(&self, path: &Path) -> Result<()> {
        let Some(Ids { user, group }) = self.other else { return Ok(()) };
        std::os::unix::fs::chown(path, Some(user), Some(group))
            .with_context(|| format!("giving {} to the account of the server", path.display()))
    }

    pub(crate) fn command(&self, program: &Path, folder: &Path) -> Command {
        use std::os::unix::process::CommandExt as _;
        let mut command = Command::new(program);
        command.current_dir(folder);
        if let Some(Ids { user, group }) = self.other {
            command.uid(user).gid(group);
        }
        command
    }
}
