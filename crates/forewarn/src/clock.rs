//! The one place that reads the clock and makes random numbers; everything else is handed them.

use forewarn_store::{Store, StoreError};
use forewarn_web::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

/// Now.
#[expect(clippy::disallowed_methods, reason = "this is the clock that is handed to everything else")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// A number that nobody has had before and nobody can guess: 122 random bits.
#[expect(clippy::disallowed_methods, reason = "this is the randomness that is handed to everything else")]
pub(crate) fn fresh_id() -> Uuid {
    Uuid::new_v4()
}

/// Bytes that nobody can guess, for a key.
pub(crate) fn random_bytes() -> [u8; 32] {
    rand::random()
}

/// The clock of all programs on one database: our own, put right by the database's, so that it does not matter on
/// which machine somebody's click ends up. On SQLite there is only one program, and its own clock counts.
#[derive(Clone)]
pub(crate) struct SharedClock {
    own: Clock,
    /// How far ours is behind, in microseconds.
    behind: Arc<AtomicI64>,
}

impl SharedClock {
    /// One that shows our own time, until it is put right.
    pub(crate) fn new() -> Self {
        Self::over(Arc::new(now))
    }

    fn over(own: Clock) -> Self {
        Self { own, behind: Arc::default() }
    }

    /// Asks the database what time it is, and puts the clock right.
    pub(crate) async fn put_right(&self, store: &Store) -> Result<Timestamp, StoreError> {
        let asked = (self.own)();
        let there = store.time(asked).await?;
        // An answer that was long under way says little.
        if (self.own)().duration_since(asked) < UNDER_WAY {
            let behind = there.as_microsecond() - asked.as_microsecond();
            self.behind.store(behind, Ordering::Relaxed);
        }
        Ok(there)
    }

    /// The clock, to be handed on.
    pub(crate) fn reader(&self) -> Clock {
        let Self { own, behind } = self.clone();
        Arc::new(move || {
            let behind = SignedDuration::from_micros(behind.load(Ordering::Relaxed));
            own().saturating_add(behind).unwrap_or(Timestamp::MAX)
        })
    }
}

/// How long the database may take to say what time it is.
const UNDER_WAY: SignedDuration = SignedDuration::from_millis(500);

/// The source of fresh numbers, to be handed on.
pub(crate) fn fresh_ids() -> forewarn_web::FreshIds {
    Arc::new(fresh_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_store::Location;
    use forewarn_testing::{Postgres, TestClock};

    const WRONG: &str = "2020-02-03T08:00:00Z";

    #[tokio::test]
    async fn on_postgresql_the_database_says_what_time_it_is_however_wrong_our_own_clock() {
        let database = Postgres::fresh_database().unwrap();
        let store = Store::open(&Location::Postgres(database.url().to_owned())).await.unwrap();
        let own = TestClock::at(WRONG.parse().unwrap());
        let clock = SharedClock::over(Arc::new(own.reader()));
        let there = clock.put_right(&store).await.unwrap();
        assert!(there > own.now() + SignedDuration::from_hours(24 * 365));
        assert_eq!(clock.reader()(), there);
        own.advance(SignedDuration::from_secs(7));
        assert_eq!(clock.reader()(), there + SignedDuration::from_secs(7));
    }

    #[tokio::test]
    async fn on_sqlite_our_own_clock_counts() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Location::Folder(folder.path().to_owned())).await.unwrap();
        let own = TestClock::at(WRONG.parse().unwrap());
        let clock = SharedClock::over(Arc::new(own.reader()));
        clock.put_right(&store).await.unwrap();
        assert_eq!(clock.reader()(), own.now());
    }
}
