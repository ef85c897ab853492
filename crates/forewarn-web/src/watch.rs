//! What watches over Forewarn has seen, kept for those who ask: `/healthz` and `/metrics`.

use crate::links;
use forewarn_store::auditor::Audit;
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// After so long without an audit nobody knows any more whether the promises are kept.
const SILENCE: SignedDuration = SignedDuration::from_mins(3);

/// Writes all figures down, as Prometheus reads them.
pub type Figures = Arc<dyn Fn() -> String + Send + Sync>;

/// Shared by the auditor, who writes, and the pages, which read. Cheap to clone.
#[derive(Clone)]
pub struct Watch(Arc<Kept>);

struct Kept {
    since: Timestamp,
    seen: Mutex<Option<Audit>>,
    no_new_sessions: Mutex<Option<String>>,
    figures: Option<Figures>,
    readers: Readers,
}

/// Who may read the figures, and in which cases something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readers {
    /// Whoever asks from this machine.
    ThisMachine,
    /// Whoever brings this token; the hash of it is kept.
    WithToken(String),
    /// Nobody.
    Nobody,
}

impl Readers {
    /// Whoever brings this token.
    #[must_use]
    pub fn with_token(token: &str) -> Self {
        Self::WithToken(links::hash(token))
    }
}

/// How things stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It has only just started, and the auditor comes soon.
    NotSeenYet,
    /// The auditor looked a while ago.
    Seen(Audit),
    /// The auditor has not looked for longer than it may.
    Silent,
}

impl Watch {
    /// Nothing has been seen; the program started at `since`.
    #[must_use]
    pub fn new(since: Timestamp) -> Self {
        Self(Arc::new(Kept {
            since,
            seen: Mutex::default(),
            no_new_sessions: Mutex::default(),
            figures: None,
            readers: Readers::Nobody,
        }))
    }

    /// The same, nothing seen, with figures for these readers.
    #[must_use]
    pub fn with_figures(self, figures: Figures, readers: Readers) -> Self {
        let (since, seen, no_new_sessions) = (self.0.since, Mutex::default(), Mutex::default());
        Self(Arc::new(Kept { since, seen, no_new_sessions, figures: Some(figures), readers }))
    }

    /// The auditor has looked.
    pub fn saw(&self, audit: Audit) {
        *self.0.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(audit);
    }

    /// A new session of the database was tried; why it could not be had, if it could not. Those that are open may
    /// still work.
    pub fn tried_a_session(&self, refused: Option<String>) {
        *self.0.no_new_sessions.lock().unwrap_or_else(PoisonError::into_inner) = refused;
    }

    pub(crate) fn no_new_sessions(&self) -> Option<String> {
        self.0.no_new_sessions.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        let seen = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let last = seen.as_ref().map_or(self.0.since, |audit| audit.at);
        match seen {
            _ if now.duration_since(last) > SILENCE => Standing::Silent,
            Some(audit) => Standing::Seen(audit),
            None => Standing::NotSeenYet,
        }
    }

    pub(crate) fn figures(&self) -> Option<String> {
        self.0.figures.as_ref().map(|figures| figures())
    }

    pub(crate) fn readers(&self) -> &Readers {
        &self.0.readers
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("since", &self.0.since).finish_non_exhaustive()
    }
}
