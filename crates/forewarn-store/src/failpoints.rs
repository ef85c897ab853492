//! Named places at which a test makes the program die, as if by `kill -9`, or stand still.
//!
//! Without the feature `failpoints` they do nothing. With it, `FOREWARN_KILL_AT=letter-after-mark:2` kills the
//! program the second time it gets there, and the variable `FAILPOINTS` of the crate `fail` does all that that
//! crate can: `FAILPOINTS=letter-after-mark=sleep(5000)`.

/// The places: those that a letter passes, in their order, and around the commits of acts and ticks.
pub const NAMES: [&str; 9] = [
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

/// The program is at this place.
#[cfg(not(feature = "failpoints"))]
#[inline]
pub fn reach(_name: &'static str) {}

/// The program will be just behind this place in a moment, waiting for somebody else.
#[cfg(not(feature = "failpoints"))]
#[inline]
pub fn reach_soon(_name: &'static str) {}

#[cfg(feature = "failpoints")]
pub use armed::{arm, reach, reach_soon};

#[cfg(feature = "failpoints")]
mod armed {
    use super::NAMES;
    use rustix::process::{Signal, getpid, kill_process};
    use std::time::Duration;

    /// Reads what the environment asks for. Call it once, before anything else happens.
    ///
    /// # Errors
    /// With a sentence, when it asks for what there is not.
    pub fn arm() -> Result<(), String> {
        // Holds until the program ends.
        std::mem::forget(fail::FailScenario::setup());
        let Ok(wanted) = std::env::var("FOREWARN_KILL_AT") else { return Ok(()) };
        let (name, time) = wanted.split_once(':').unwrap_or((&wanted, "1"));
        let time: u32 =
            time.parse().map_err(|_| format!("FOREWARN_KILL_AT={wanted}: {time} is no number"))?;
        if !NAMES.contains(&name) {
            return Err(format!("FOREWARN_KILL_AT={wanted}: use one of {}", NAMES.join(", ")));
        }
        let skipped = time.saturating_sub(1);
        let actions = if skipped == 0 { "1*return".to_owned() } else { format!("{skipped}*off->1*return") };
        fail::cfg(name, &actions)
    }

    /// The program is at this place.
    pub fn reach(name: &'static str) {
        fail::fail_point!(name, |_| die());
    }

    /// The program will be just behind this place in a moment, waiting for somebody else.
    pub fn reach_soon(name: &'static str) {
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(3)).await;
            reach(name);
        });
    }

    fn die() {
        // Nothing comes back from that; should it fail, the test will see a program that lives.
        let _ = kill_process(getpid(), Signal::KILL);
    }
}
