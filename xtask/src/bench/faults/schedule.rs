//! What is done to the processes, and when: so many kills, spread over all operations.

use std::time::Duration;

use anyhow::Result;

use super::Trial;
use super::company::Company;
use super::driver::Kills;
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

/// Whoever does the harm.
pub(super) struct Harm<'a> {
    company: &'a Company,
    mix: Mix,
    /// How many kills there shall be, over how many operations.
    wanted: usize,
    operations: usize,
    started: usize,
    done: Kills,
}

impl<'a> Harm<'a> {
    pub(super) fn new(company: &'a Company, trial: &Trial, mix: Mix) -> Self {
        let (wanted, operations) = (trial.kills, trial.operations.max(1));
        Self { company, mix, wanted, operations, started: 0, done: Kills::default() }
    }

    /// Whether there have been kills enough.
    pub(super) fn is_done(&self) -> bool {
        self.done.kills >= self.wanted
    }

    /// Starts again who has died, and does the next harm if it is time for it.
    pub(super) fn go_on(&mut self, operations: usize) -> Result<()> {
        let Self { company, mix, started, .. } = self;
        let died = company.fleet.look_after(|| next_failpoint(mix, started))?;
        self.done.kills += died.len();
        for failpoint in died {
            *self.done.at.entry(failpoint).or_default() += 1;
        }
        if self.done.kills * self.operations < self.wanted * operations.min(self.operations) {
            self.harm()?;
        }
        Ok(())
    }

    /// What was done in all.
    pub(super) fn end(self) -> Kills {
        self.done
    }

    fn harm(&mut self) -> Result<()> {
        let fleet = &self.company.fleet;
        let victim = self.mix.below(fleet.size());
        if self.mix.per_mille(150) {
            self.done.holds += 1;
            fleet.hold(victim, self.hold_time());
        } else if fleet.kill(victim)? {
            self.done.kills += 1;
        }
        Ok(())
    }

    /// Mostly a moment. Where others go on meanwhile, now and then so long that claims lapse.
    fn hold_time(&mut self) -> Duration {
        let lapses = self.company.fleet.size() > 1 && self.mix.per_mille(100);
        Duration::from_millis(if lapses { 35_000 } else { 100 + self.mix.below(1_500) as u64 })
    }
}

/// For most starts: the next failpoint in turn, and which time it is reached. The others run until they are killed.
fn next_failpoint(mix: &mut Mix, started: &mut usize) -> Option<String> {
    if mix.per_mille(400) {
        return None;
    }
    *started += 1;
    Some(format!("{}:{}", FAILPOINTS[*started % FAILPOINTS.len()], 1 + mix.below(3)))
}

#[cfg(test)]
mod tests {
    use super::FAILPOINTS;

    #[test]
    fn every_failpoint_of_the_program_is_used() {
        let source = crate::workspace::root().join("crates/forewarn-store/src/failpoints.rs");
        let source = std::fs::read_to_string(source).unwrap();
        let (_, names) = source.split_once("pub const NAMES").unwrap();
        let (names, _) = names.split_once("];").unwrap();
        let names: Vec<&str> = names.split('"').skip(1).step_by(2).collect();
        assert_eq!(names, FAILPOINTS);
    }
}
