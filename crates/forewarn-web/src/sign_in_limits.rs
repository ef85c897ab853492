//! Guessing passwords is slow: five wrong ones for an account from an address, fifty from an address, thirty for
//! an account from wherever, and it is over for a quarter of an hour. From an address that the person has come
//! in from before, others' guesses don't count: nobody can lock anybody out.
//!
//! A try counts from the moment it begins: a thousand at once are a thousand.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const WINDOW: SignedDuration = SignedDuration::from_mins(15);
const FOR_AN_ACCOUNT_FROM_AN_ADDRESS: usize = 5;
const FOR_AN_ACCOUNT: usize = 30;
const FOR_AN_ADDRESS: usize = 50;
/// Beyond this many, those that no longer count are swept out.
const MANY: usize = 10_000;

/// Tries of the last quarter of an hour that were wrong, or are not yet known to be right.
#[derive(Debug, Clone, Default)]
pub(crate) struct SignInLimits(Arc<Mutex<HashMap<Key, Vec<Timestamp>>>>);

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Address(String),
    Account(String),
    Both(String, String),
}

/// Whether somebody may try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// They may; it has been counted.
    Go,
    /// Not now. `first` of its kind: the ones before it were let through.
    Stop { first: bool },
}

impl SignInLimits {
    /// Counts a try for an account from an address, if it is allowed. `at_home`: the person has come in from
    /// there before.
    pub(crate) fn begin(&self, address: &str, account: &str, at_home: bool, now: Timestamp) -> Verdict {
        let mut tries = self.tries();
        if tries.len() > MANY {
            tries.retain(|_, at| at.iter().any(|at| counts(*at, now)));
        }
        let limited = |key: &Key| match key {
            Key::Address(_) => FOR_AN_ADDRESS,
            Key::Account(_) if at_home => usize::MAX,
            Key::Account(_) => FOR_AN_ACCOUNT,
            Key::Both(..) => FOR_AN_ACCOUNT_FROM_AN_ADDRESS,
        };
        let keys = keys(address, account);
        for key in &keys {
            let (recent, most) = (recent(&tries, key, now), limited(key));
            if recent >= most {
                // Counted once beyond the limit, so that the log says it once.
                let first = recent == most;
                if first {
                    tries.entry(key.clone()).or_default().push(now);
                }
                return Verdict::Stop { first };
            }
        }
        for key in keys {
            let at = tries.entry(key).or_default();
            at.retain(|at| counts(*at, now));
            at.push(now);
        }
        Verdict::Go
    }

    /// The try was right: it is taken back, and the wrong ones of this account from there are forgotten.
    pub(crate) fn right(&self, address: &str, account: &str) {
        let mut tries = self.tries();
        let [whole, account, both] = keys(address, account);
        take_back(&mut tries, &whole);
        take_back(&mut tries, &account);
        tries.remove(&both);
    }

    /// The try did not come about, through no fault of whoever tried.
    pub(crate) fn never_was(&self, address: &str, account: &str) {
        let mut tries = self.tries();
        keys(address, account).iter().for_each(|key| take_back(&mut tries, key));
    }

    fn tries(&self) -> MutexGuard<'_, HashMap<Key, Vec<Timestamp>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the newest try back; what is left without any is forgotten.
fn take_back(tries: &mut HashMap<Key, Vec<Timestamp>>, key: &Key) {
    if let Some(at) = tries.get_mut(key) {
        at.pop();
        if at.is_empty() {
            tries.remove(key);
        }
    }
}

fn recent(tries: &HashMap<Key, Vec<Timestamp>>, key: &Key, now: Timestamp) -> usize {
    tries.get(key).map_or(0, |at| at.iter().filter(|at| counts(**at, now)).count())
}

fn keys(address: &str, account: &str) -> [Key; 3] {
    let (address, account) = (address.to_owned(), account.trim().to_lowercase());
    [Key::Address(address.clone()), Key::Account(account.clone()), Key::Both(address, account)]
}

fn counts(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at) < WINDOW
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;
    const JON: &str = "jon@norpump.example";

    fn go(limits: &SignInLimits, address: &str, account: &str, now: Timestamp) -> bool {
        limits.begin(address, account, false, now) == Verdict::Go
    }

    #[test]
    fn after_five_wrong_passwords_one_waits_a_quarter_of_an_hour() {
        let limits = SignInLimits::default();
        for _ in 0..5 {
            assert!(go(&limits, "::1", "Jon@norpump.example ", NOW));
        }
        assert_eq!(limits.begin("::1", JON, false, NOW), Verdict::Stop { first: true });
        assert_eq!(limits.begin("::1", JON, false, NOW), Verdict::Stop { first: false });
        assert!(go(&limits, "::2", JON, NOW), "from elsewhere it is another matter");
        assert!(go(&limits, "::1", "mia@norpump.example", NOW));
        assert!(go(&limits, "::1", JON, NOW + WINDOW));
    }

    #[test]
    fn a_right_password_is_no_try_and_forgets_the_wrong_ones() {
        let limits = SignInLimits::default();
        for _ in 0..200 {
            assert!(go(&limits, "::1", JON, NOW));
            limits.right("::1", JON);
        }
        for _ in 0..4 {
            assert!(go(&limits, "::1", JON, NOW));
        }
        limits.right("::1", JON);
        assert!(go(&limits, "::1", JON, NOW));
    }

    #[test]
    fn many_addresses_guess_at_one_account_thirty_times_and_its_owner_still_comes_in_from_home() {
        let limits = SignInLimits::default();
        for number in 0..30 {
            assert!(go(&limits, &format!("192.0.2.{number}"), JON, NOW));
        }
        assert!(!go(&limits, "192.0.2.99", JON, NOW));
        assert_eq!(limits.begin("10.1.1.1", JON, true, NOW), Verdict::Go);
    }

    #[test]
    fn one_address_guesses_at_many_accounts_fifty_times() {
        let limits = SignInLimits::default();
        for number in 0..50 {
            assert!(go(&limits, "192.0.2.1", &format!("{number}@norpump.example"), NOW));
        }
        assert!(!go(&limits, "192.0.2.1", JON, NOW));
        assert_eq!(limits.begin("192.0.2.1", JON, true, NOW), Verdict::Stop { first: false });
    }
}
