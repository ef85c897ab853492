//! The tokens of links that work once. The store keeps their hashes only.

use crate::state::{AppState, FreshIds};
use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// What the link is good for that the first start prints: creating the first admin.
pub const SETUP: &str = "setup";

/// What the link is good for that an invited person gets: choosing a password.
pub const PASSWORD: &str = "password";

/// How long an invited person has.
pub const GOOD_FOR: Duration = Duration::from_secs(7 * 24 * 3600);

/// How long somebody has who has had a password before.
pub const RESET_GOOD_FOR: Duration = Duration::from_secs(24 * 3600);
/// What the token of a program begins with, so that one that lies about is known for what it is.
pub const TOKEN_MARK: &str = "fw_";

/// The address that people type, without a slash at its end, as their own request names it.
pub(crate) fn base(state: &AppState, headers: &HeaderMap) -> String {
    let scheme = if state.secure { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("{scheme}://{host}")
}

/// A token that can't be guessed: 244 random bits.
#[must_use]
pub fn token(fresh: &FreshIds) -> String {
    format!("{}{}", fresh().simple(), fresh().simple())
}

/// Under what the store keeps the token.
#[must_use]
pub fn hash(token: &str) -> String {
    hash_bytes(token.as_bytes())
}

/// The SHA-256 of anything, in hexadecimal.
pub(crate) fn hash_bytes(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
