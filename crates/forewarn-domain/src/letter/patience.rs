//! How long we try to hand a letter over when the server puts us off, and how often.

use jiff::{SignedDuration, Timestamp};

/// How long a letter is tried before it counts as refused. Mail servers give up after some days; a word about a
/// late delivery that comes two days later is another word.
pub const KEEP_TRYING: SignedDuration = SignedDuration::from_hours(48);

/// How long a letter may be tried in silence. After that its owner hears that it has not left yet.
pub const SAY_SO_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// Minutes between the tries. Greylisting servers ask for five to fifteen.
const PAUSES: [i64; 6] = [1, 2, 5, 10, 20, 30];

/// When to try again after the `tries`-th try (1 for the first) was put off at `now`. `jitter` is a number that
/// nobody can guess: it spreads the tries by up to a quarter of the pause, so that letters that were put off
/// together don't come back together. `None` when it has been tried for long enough since `approved_at`.
pub fn next_try(tries: u32, approved_at: Timestamp, now: Timestamp, jitter: u8) -> Option<Timestamp> {
    let index = (tries.max(1) as usize - 1).min(PAUSES.len() - 1);
    let pause = SignedDuration::from_mins(PAUSES[index]);
    let spread = SignedDuration::from_millis(pause.as_secs() * 250 * i64::from(jitter) / 255);
    let next = now.checked_add(pause + spread).ok()?;
    (next.duration_since(approved_at) <= KEEP_TRYING).then_some(next)
}
