//! The processes: started, killed, held up, and started again.

use std::fs::File;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use forewarn_testing::{Forewarn, free_port, wait_until_ready};
use rustix::process::{Pid, Signal, kill_process};

/// All processes that serve one company.
pub(super) struct Fleet {
    forewarn: Forewarn,
    /// What each of them finds in its environment.
    environment: Vec<(String, String)>,
    logs: PathBuf,
    replicas: Vec<Mutex<Replica>>,
}

struct Replica {
    number: usize,
    port: u16,
    process: Option<Child>,
    /// Held up until then.
    held_until: Option<Instant>,
    /// Where it was told to end itself with SIGKILL.
    failpoint: Option<String>,
}

impl Fleet {
    /// So many processes of `forewarn`, none of them started.
    pub(super) fn of(
        forewarn: Forewarn,
        environment: Vec<(String, String)>,
        replicas: usize,
        logs: PathBuf,
    ) -> Result<Self> {
        let replica = |number| {
            let (process, held_until) = (None, None);
            Ok(Mutex::new(Replica { number, port: free_port()?, process, held_until, failpoint: None }))
        };
        let replicas = (0..replicas).map(replica).collect::<Result<_>>()?;
        Ok(Self { forewarn, environment, logs, replicas })
    }

    /// How many there are.
    pub(super) fn size(&self) -> usize {
        self.replicas.len()
    }

    /// Where the `number`-th of them is asked.
    pub(super) fn address(&self, number: usize) -> String {
        format!("http://127.0.0.1:{}", self.replica(number).port)
    }

    /// Starts all that do not run, lets go all that are held, and waits until each is ready.
    pub(super) fn make_whole(&self) -> Result<()> {
        for number in 0..self.size() {
            let mut replica = self.replica(number);
            replica.let_go();
            if replica.failpoint.is_some() {
                replica.end()?;
            }
            if replica.has_ended()?.is_some() || replica.process.is_none() {
                self.start(&mut replica, None)?;
            }
            let port = replica.port;
            let alive = || replica.process.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)));
            wait_until_ready(port, Duration::from_secs(30), alive)
                .with_context(|| self.last_words(number))?;
        }
        Ok(())
    }

    /// Ends one with SIGKILL. `false` when it did not run.
    pub(super) fn kill(&self, number: usize) -> Result<bool> {
        let mut replica = self.replica(number);
        if replica.process.is_none() || replica.has_ended()?.is_some() {
            return Ok(false);
        }
        replica.end()?;
        Ok(true)
    }

    /// Holds one up with SIGSTOP for a while. `false` when it did not run, or was held up already.
    pub(super) fn hold(&self, number: usize, time: Duration) -> bool {
        let mut replica = self.replica(number);
        if replica.held_until.is_some() || !replica.signal(Signal::STOP) {
            return false;
        }
        replica.held_until = Some(Instant::now() + time);
        true
    }

    /// The failpoint at which one will end itself.
    pub(super) fn failpoint(&self, number: usize) -> Option<String> {
        let replica = self.replica(number);
        let (name, _) = replica.failpoint.as_deref()?.split_once(':')?;
        replica.process.is_some().then(|| name.to_owned())
    }

    /// Starts again whoever has died, with `failpoint` in its environment if one is given, and lets go whoever
    /// was held long enough. Gives the failpoints at which some had ended themselves.
    ///
    /// An end that nobody ordered is an error.
    pub(super) fn look_after(&self, mut failpoint: impl FnMut() -> Option<String>) -> Result<Vec<String>> {
        let mut died_at = Vec::new();
        for number in 0..self.size() {
            let mut replica = self.replica(number);
            if replica.held_until.is_some_and(|until| until <= Instant::now()) {
                replica.let_go();
            }
            if let Some(status) = replica.has_ended()? {
                let killed = status.signal() == Some(Signal::KILL.as_raw());
                match replica.failpoint.take().filter(|_| killed) {
                    Some(failpoint) => died_at.extend(failpoint.split(':').next().map(str::to_owned)),
                    None => bail!("a process ended by itself ({status}):\n{}", self.last_words(number)),
                }
                replica.process = None;
            }
            if replica.process.is_none() {
                self.start(&mut replica, failpoint())?;
            }
        }
        Ok(died_at)
    }

    fn start(&self, replica: &mut Replica, failpoint: Option<String>) -> Result<()> {
        let log = File::options().create(true).append(true).open(self.log(replica.number))?;
        let mut command =
            self.forewarn.command(["serve", "--listen", &format!("127.0.0.1:{}", replica.port)]);
        command.env("FOREWARN_LOG", "info").envs(self.environment.iter().map(|(name, value)| (name, value)));
        if let Some(failpoint) = &failpoint {
            command.env("FOREWARN_KILL_AT", failpoint);
        }
        replica.failpoint = failpoint;
        command.stdout(log.try_clone()?).stderr(log).stdin(Stdio::null());
        replica.held_until = None;
        replica.process = Some(command.spawn().context("starting forewarn")?);
        Ok(())
    }

    fn log(&self, number: usize) -> PathBuf {
        self.logs.join(format!("replica-{number}.log"))
    }

    /// The end of what it wrote.
    fn last_words(&self, number: usize) -> String {
        let log = std::fs::read_to_string(self.log(number)).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    fn replica(&self, number: usize) -> MutexGuard<'_, Replica> {
        self.replicas[number % self.replicas.len()].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        for number in 0..self.size() {
            // Whatever has gone already need not be ended.
            let _ = self.replica(number).end();
        }
    }
}

impl Replica {
    fn has_ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.process.as_mut().map(Child::try_wait).transpose()?.flatten())
    }

    fn end(&mut self) -> Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill().and_then(|()| process.wait()).context("killing forewarn")?;
        }
        self.held_until = None;
        Ok(())
    }

    fn let_go(&mut self) {
        if self.held_until.take().is_some() {
            self.signal(Signal::CONT);
        }
    }

    /// `false` when there is nobody. One that has died meanwhile is found out at the next look.
    fn signal(&self, signal: Signal) -> bool {
        let id = self.process.as_ref().and_then(|child| Pid::from_raw(i32::try_from(child.id()).ok()?));
        id.is_some_and(|id| kill_process(id, signal).is_ok())
    }
}
