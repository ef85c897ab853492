use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// A clock that stands still until a test moves it. Clones show the same time.
///
/// It holds whole microseconds, as the store does, so that a time read back equals the time written.
#[derive(Clone, Debug)]
pub struct TestClock {
    microseconds: Arc<AtomicI64>,
}

impl TestClock {
    /// A clock that shows `now`, cut to whole microseconds.
    pub fn at(now: Timestamp) -> Self {
        Self { microseconds: Arc::new(AtomicI64::new(now.as_microsecond())) }
    }

    /// The time that it shows.
    pub fn now(&self) -> Timestamp {
        let shown = self.microseconds.load(Ordering::SeqCst);
        Timestamp::from_microsecond(shown).unwrap_or(Timestamp::MAX)
    }

    /// Shows `now` from here on; also a time before the one shown until now.
    pub fn set(&self, now: Timestamp) {
        self.microseconds.store(now.as_microsecond(), Ordering::SeqCst);
    }

    /// Goes on by `step` (back, if it is negative) and returns the new time.
    pub fn advance(&self, step: SignedDuration) -> Timestamp {
        let moved = self.now().saturating_add(step).unwrap_or(Timestamp::MAX);
        self.set(moved);
        moved
    }

    /// The clock as a function, for whatever takes "something that tells the time".
    pub fn reader(&self) -> impl Fn() -> Timestamp + Clone + Send + Sync + 'static {
        let clock = self.clone();
        move || clock.now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monday_morning() -> Timestamp {
        "2026-03-02T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn it_stands_still_until_it_is_moved() {
        let clock = TestClock::at(monday_morning());
        assert_eq!(clock.now(), clock.now());
        assert_eq!(clock.advance(SignedDuration::from_hours(26)), "2026-03-03T10:00:00Z".parse().unwrap());
    }

    #[test]
    fn every_clone_and_reader_shows_the_same_time() {
        let clock = TestClock::at(monday_morning());
        let (clone, reader) = (clock.clone(), clock.reader());
        clock.advance(SignedDuration::from_mins(5));
        assert_eq!(clone.now(), clock.now());
        assert_eq!(reader(), clock.now());
    }
}
