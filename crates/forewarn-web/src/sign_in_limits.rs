//! Guessing passwords is slow: five wrong ones for an account from an address, fifty from an address,
//! and it is over for a quarter of an hour.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

const WINDOW: SignedDuration = SignedDuration::from_mins(15);
const FOR_AN_ACCOUNT: usize = 5;
const FOR_AN_ADDRESS: usize = 50;
/// Beyond this many, those that no longer count are swept out.
const MANY: usize = 10_000;

/// Wrong passwords of the last quarter of an hour.
#[derive(Debug, Clone, Default)]
pub(crate) struct SignInLimits(Arc<Mutex<HashMap<Key, Vec<Timestamp>>>>);

/// An address; and with it an account, in lower case.
type Key = (String, Option<String>);

impl SignInLimits {
    /// Whether another try is allowed, for this account from this address.
    pub(crate) fn allow(&self, address: &str, account: &str, now: Timestamp) -> bool {
        let wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [whole, one] = keys(address, account);
        let recent = |key| wrong.get(key).map_or(0, |at| at.iter().filter(|at| counts(**at, now)).count());
        recent(&one) < FOR_AN_ACCOUNT && recent(&whole) < FOR_AN_ADDRESS
    }

    /// Counts a wrong password.
    pub(crate) fn count(&self, address: &str, account: &str, now: Timestamp) {
        let mut wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if wrong.len() > MANY {
            wrong.retain(|_, at| at.iter().any(|at| counts(*at, now)));
        }
        for key in keys(address, account) {
            let at = wrong.entry(key).or_default();
            at.retain(|at| counts(*at, now));
            at.push(now);
        }
    }

    /// Forgets the wrong ones of an account after a right one.
    pub(crate) fn forget(&self, address: &str, account: &str) {
        let [_, one] = keys(address, account);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&one);
    }
}

fn keys(address: &str, account: &str) -> [Key; 2] {
    [(address.to_owned(), None), (address.to_owned(), Some(account.trim().to_lowercase()))]
}

fn counts(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at) < WINDOW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_wrong_passwords_one_waits_a_quarter_of_an_hour() {
        let limits = SignInLimits::default();
        let now = Timestamp::UNIX_EPOCH;
        for _ in 0..5 {
            assert!(limits.allow("::1", "jon@norpump.example", now));
            limits.count("::1", "Jon@norpump.example ", now);
        }
        assert!(!limits.allow("::1", "jon@norpump.example", now));
        assert!(limits.allow("::2", "jon@norpump.example", now), "others can't lock the account");
        assert!(limits.allow("::1", "mia@norpump.example", now));
        assert!(limits.allow("::1", "jon@norpump.example", now + WINDOW));
    }
}
