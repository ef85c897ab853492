//! How often one person's programs may call: so many times a minute.

use forewarn_domain::ids::PersonId;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Calls a minute, unless said otherwise: two hundred a second.
const MOST: u32 = 12_000;

/// Counts calls by person, minute by minute.
#[derive(Debug, Clone)]
pub(crate) struct CallLimit {
    most: u32,
    counted: Arc<Mutex<HashMap<PersonId, (i64, u32)>>>,
}

impl Default for CallLimit {
    fn default() -> Self {
        Self::of(MOST)
    }
}

impl CallLimit {
    /// So many calls a minute.
    pub(crate) fn of(most: u32) -> Self {
        Self { most, counted: Arc::default() }
    }

    /// One more call.
    ///
    /// # Errors
    /// The seconds to wait, if there were too many in this minute.
    pub(crate) fn count(&self, person: PersonId, now: Timestamp) -> Result<(), u32> {
        let (minute, second) = (now.as_second().div_euclid(60), now.as_second().rem_euclid(60));
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, calls) = counted.entry(person).or_insert((minute, 0));
        if *since != minute {
            (*since, *calls) = (minute, 0);
        }
        *calls = calls.saturating_add(1);
        if *calls <= self.most { Ok(()) } else { Err(u32::try_from(60 - second).unwrap_or(60)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_calls_too_often_waits_for_the_next_minute() {
        let limit = CallLimit::of(2);
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (kari, jon) = (PersonId(1), PersonId(2));
        assert_eq!(limit.count(kari, at("2026-11-09T08:00:20Z")), Ok(()));
        assert_eq!(limit.count(kari, at("2026-11-09T08:00:21Z")), Ok(()));
        assert_eq!(limit.count(kari, at("2026-11-09T08:00:50Z")), Err(10));
        assert_eq!(limit.count(jon, at("2026-11-09T08:00:50Z")), Ok(()));
        assert_eq!(limit.count(kari, at("2026-11-09T08:01:00Z")), Ok(()));
    }
}
