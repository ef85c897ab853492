//! Acts that wait for longer transactions, such as an import, and are then tried anew.

use crate::StoreError;
use crate::cases::ActFailed;

/// Tries in all. Each waits for less than a second: together they are longer than an import takes.
pub(super) const TRIES: u32 = 80;

/// An error behind which the store may stand.
pub(super) trait MayWait {
    /// Whether the same transaction may well succeed when it is tried again.
    fn may_be_tried_again(&self) -> bool;
}

impl MayWait for StoreError {
    fn may_be_tried_again(&self) -> bool {
        StoreError::may_be_tried_again(self)
    }
}

impl MayWait for ActFailed {
    fn may_be_tried_again(&self) -> bool {
        matches!(self, ActFailed::Store(error) if error.may_be_tried_again())
    }
}

/// Runs a transaction that gives way, until it has had its turn. A macro, since a generic function over async
/// closures makes futures that can't be sent between threads.
macro_rules! patiently {
    ($once:expr) => {{
        use $crate::letters::patiently::{MayWait, TRIES};
        let mut tries = 1;
        loop {
            match $once.await {
                Err(error) if tries < TRIES && MayWait::may_be_tried_again(&error) => tries += 1,
                answer => break answer,
            }
        }
    }};
}
pub(super) use patiently;
