//! What is done to the processes, and when: so many kills and holds, spread over all operations, and every failpoint.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::Trial;
use super::company::Company;
use crate::bench::mix::Mix;

/// Places in the program where it can be told to end itself with SIGKILL: those of forewarn-store/src/failpoints.rs.
const FAILPOINTS: &[&str] = &[
    "letter-claimed",
    "letter-before-dot",
    "letter-after-mark",
    "letter-after-dot",
    "letter-before-end",
    "act-before-commit",
    "act-after-commit",
    "tick-before-commit",
    "tick-after-commit",
];

/// A process is held up once for so many kills, and [a few times](LEAST_HOLDS) in any case.
const KILLS_A_HOLD: usize = 8;
const LEAST_HOLDS: usize = 3;
/// How long work goes on at most after the last operation that was asked for, so that every failpoint is reached.
const OVERTIME: Duration = Duration::from_secs(300);
/// Between two kills that only give another failpoint its turn.
const BETWEEN_TURNS: Duration = Duration::from_secs(1);

/// Whoever does the harm.
pub(super) struct Harm<'a> {
    company: &'a Company,
    mix: Mix,
    wanted: Wanted,
    /// How often a process was started after it had died.
    started: usize,
    done: Kills,
    /// When the last operation was done that was asked for, and when a failpoint was last given its turn.
    overtime: Option<(Instant, Instant)>,
}

/// How much harm there shall be, over how many operations.
struct Wanted {
    kills: usize,
    holds: usize,
    operations: usize,
}

/// What was done to the processes.
pub(super) struct Kills {
    /// How many were ended with SIGKILL, from outside or at a failpoint.
    pub(super) kills: usize,
    /// How many were held up with SIGSTOP.
    pub(super) holds: usize,
    /// At each failpoint, how often.
    pub(super) at: BTreeMap<&'static str, usize>,
}

impl<'a> Harm<'a> {
    pub(super) fn new(company: &'a Company, trial: &Trial, mix: Mix) -> Self {
        let holds = (trial.kills / KILLS_A_HOLD).max(LEAST_HOLDS);
        let wanted = Wanted { kills: trial.kills, holds, operations: trial.operations.max(1) };
        let at = FAILPOINTS.iter().map(|failpoint| (*failpoint, 0)).collect();
        let done = Kills { kills: 0, holds: 0, at };
        Self { company, mix, wanted, started: 0, done, overtime: None }
    }

    /// Whether there has been harm enough, or no time is left for more.
    pub(super) fn is_done(&self) -> bool {
        let Self { wanted, done, .. } = self;
        let enough = done.kills >= wanted.kills && done.holds >= wanted.holds && done.unvisited().is_none();
        enough || self.overtime.is_some_and(|(began, _)| began.elapsed() > OVERTIME)
    }

    /// Starts again who has died, and does the next harm if it is time for it.
    pub(super) fn go_on(&mut self, operations: usize) -> Result<()> {
        let Self { company, mix, started, done, .. } = self;
        let died = company.fleet.look_after(|| {
            *started += 1;
            done.next_failpoint(mix, *started)
        })?;
        self.done.kills += died.len();
        for failpoint in died {
            if let Some(times) = self.done.at.get_mut(failpoint.as_str()) {
                *times += 1;
            }
        }
        let reached = operations.min(self.wanted.operations);
        if self.done.holds * self.wanted.operations < self.wanted.holds * reached {
            self.hold();
        }
        if self.done.kills * self.wanted.operations < self.wanted.kills * reached {
            let victim = self.mix.below(self.company.fleet.size());
            self.kill(victim)?;
        } else if operations >= self.wanted.operations {
            self.give_a_turn()?;
        }
        Ok(())
    }

    /// What was done in all.
    pub(super) fn end(self) -> Kills {
        self.done
    }

    fn kill(&mut self, victim: usize) -> Result<()> {
        self.done.kills += usize::from(self.company.fleet.kill(victim)?);
        Ok(())
    }

    fn hold(&mut self) {
        let victim = self.mix.below(self.company.fleet.size());
        let time = self.hold_time();
        self.done.holds += usize::from(self.company.fleet.hold(victim, time));
    }

    /// Mostly a moment. Where others go on meanwhile, now and then so long that claims lapse.
    fn hold_time(&mut self) -> Duration {
        let lapses = self.company.fleet.size() > 1 && self.mix.per_mille(60);
        Duration::from_millis(if lapses { 35_000 } else { 100 + self.mix.below(1_500) as u64 })
    }

    /// Some failpoint was never reached: a process that waits for none of these starts anew, to wait for one.
    fn give_a_turn(&mut self) -> Result<()> {
        let (_, last) = self.overtime.get_or_insert((Instant::now(), Instant::now()));
        if last.elapsed() < BETWEEN_TURNS || self.done.unvisited().is_none() {
            return Ok(());
        }
        *last = Instant::now();
        let fleet = &self.company.fleet;
        let waits =
            |number| fleet.failpoint(number).is_some_and(|at| self.done.at.get(at.as_str()) == Some(&0));
        match (0..fleet.size()).find(|number| !waits(*number)) {
            Some(victim) => self.kill(victim),
            None => Ok(()),
        }
    }
}

impl Kills {
    /// A failpoint at which nobody has died.
    fn unvisited(&self) -> Option<&'static str> {
        self.at.iter().find(|(_, times)| **times == 0).map(|(failpoint, _)| *failpoint)
    }

    /// For most starts: a failpoint, and which time it is reached. Those that have had the fewest visits, and all in
    /// turn, take turns. The others run until they are killed.
    fn next_failpoint(&self, mix: &mut Mix, started: usize) -> Option<String> {
        let fewest = self.at.iter().min_by_key(|(_, times)| **times);
        let (failpoint, times) = match fewest {
            Some((failpoint, 0)) => return Some(format!("{failpoint}:1")),
            _ if mix.per_mille(400) => return None,
            Some((failpoint, _)) if started.is_multiple_of(2) => (*failpoint, 1 + mix.below(3)),
            _ => (FAILPOINTS[(started / 2) % FAILPOINTS.len()], 1 + mix.below(3)),
        };
        Some(format!("{failpoint}:{times}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failpoint_of_the_program_is_used() {
        let source = crate::workspace::root().join("crates/forewarn-store/src/failpoints.rs");
        let source = std::fs::read_to_string(source).unwrap();
        let (_, names) = source.split_once("pub const NAMES").unwrap();
        let (names, _) = names.split_once("];").unwrap();
        let names: Vec<&str> = names.split('"').skip(1).step_by(2).collect();
        assert_eq!(names, FAILPOINTS);
    }

    #[test]
    fn a_failpoint_that_nobody_has_reached_comes_next() {
        let at =
            FAILPOINTS.iter().map(|failpoint| (*failpoint, usize::from(*failpoint != "tick-after-commit")));
        let kills = Kills { kills: 8, holds: 0, at: at.collect() };
        assert_eq!(kills.unvisited(), Some("tick-after-commit"));
        let next = (0..20).map(|started| kills.next_failpoint(&mut Mix::of(1, started), started));
        assert!(next.into_iter().all(|next| next.as_deref() == Some("tick-after-commit:1")));
    }
}
