//! That the program is asked to stop: for jobs, and for answers that would never end by themselves.

use std::sync::Arc;
use tokio::sync::watch;

/// Whether the program is asked to stop. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Stop {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Asks everybody to stop.
    pub fn ask(&self) {
        self.0.send_replace(true);
    }

    /// For whoever waits to hear it.
    #[must_use]
    pub fn listen(&self) -> watch::Receiver<bool> {
        self.0.subscribe()
    }

    /// Whether it has been asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        *self.0.borrow()
    }
}
