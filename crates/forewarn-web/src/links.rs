//! The tokens of links that work once. The store keeps their hashes only.

use crate::state::FreshIds;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// What the link is good for that the first start prints: creating the first admin.
pub const SETUP: &str = "setup";

/// What the link is good for that an invited person gets: choosing a password.
pub const PASSWORD: &str = "password";

/// How long an invited person has.
pub const GOOD_FOR: Duration = Duration::from_secs(7 * 24 * 3600);

/// A token that can't be guessed: 244 random bits.
#[must_use]
pub fn token(fresh: &FreshIds) -> String {
    format!("{}{}", fresh().simple(), fresh().simple())
}

/// Under what the store keeps the token.
#[must_use]
pub fn hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
