//! The one place that reads the clock and makes random numbers; everything else is handed them.

use jiff::Timestamp;
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

/// The clock, to be handed on.
pub(crate) fn clock() -> forewarn_web::Clock {
    std::sync::Arc::new(now)
}

/// The source of fresh numbers, to be handed on.
pub(crate) fn fresh_ids() -> forewarn_web::FreshIds {
    std::sync::Arc::new(fresh_id)
}
