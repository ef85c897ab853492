//! What a letter can become, and how patiently it is tried.

use super::*;
use jiff::Timestamp;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_793_000_000 + seconds).unwrap()
}

#[test]
fn from_the_dot_no_way_leads_back_to_a_claim_but_over_the_servers_own_no() {
    let back = |from: LetterState| LetterState::ALL.into_iter().filter(move |to| from.leads_to(*to));
    assert!(back(LetterState::Unknown).all(|to| matches!(to, LetterState::Accepted | LetterState::Refused)));
    assert!(!LetterState::Dot.leads_to(LetterState::Claimed));
    for ended in [LetterState::Accepted, LetterState::Refused, LetterState::Cancelled] {
        assert_eq!(back(ended).count(), 0, "{ended:?} has ended");
    }
}

#[test]
fn only_what_nobody_hands_over_can_be_cancelled() {
    for state in LetterState::ALL {
        assert_eq!(state.can_be_cancelled(), state.leads_to(LetterState::Cancelled), "{state:?}");
    }
}

#[test]
fn tries_grow_rarer_are_spread_and_end() {
    let pause = |tries, jitter| next_try(tries, at(0), at(60), jitter).unwrap().duration_since(at(60));
    assert_eq!(pause(1, 0), SignedDuration::from_mins(1));
    assert_eq!(pause(1, 255), SignedDuration::from_secs(75));
    assert_eq!(pause(6, 0), SignedDuration::from_mins(30));
    assert_eq!(pause(99, 0), SignedDuration::from_mins(30));
    assert!((1..9).all(|tries| pause(tries, 0) <= pause(tries + 1, 0)));
    assert_eq!(next_try(90, at(0), at(48 * 3_600 - 60), 0), None, "two days are enough");
}
