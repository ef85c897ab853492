//! What those who work with Forewarn remember: what they were told is kept.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

/// Shared by all who work.
pub(super) struct Notes {
    wanted: usize,
    stopped: AtomicBool,
    page: Mutex<Page>,
}

/// What is written down.
#[derive(Default)]
pub(super) struct Page {
    /// Operations begun.
    pub(super) operations: usize,
    /// Entries of acts that Forewarn said are done, with the address they were sent to.
    pub(super) acts: BTreeMap<String, String>,
    /// Entries of letters that Forewarn said it will send, with the address they were sent to.
    pub(super) letters: BTreeMap<String, String>,
    /// Reports that Forewarn said it will import, with the orders in them.
    pub(super) reports: BTreeMap<String, Vec<String>>,
    /// Next words that come due in this run.
    pub(super) words: Vec<Word>,
    /// Acts that were refused, and why: there should be none.
    pub(super) refused: Vec<String>,
}

/// A next word that was promised, to the microsecond.
pub(super) struct Word {
    pub(super) case: u64,
    pub(super) by: Timestamp,
    /// From here on somebody may have kept it.
    pub(super) kept_after: Option<Timestamp>,
}

impl Notes {
    /// An empty page, for so many operations.
    pub(super) fn of(operations: usize) -> Self {
        Self { wanted: operations, stopped: AtomicBool::new(false), page: Mutex::default() }
    }

    /// Whether there is work left.
    pub(super) fn go_on(&self) -> bool {
        self.operations() < self.wanted && !self.is_stopped()
    }

    /// Somebody can't go on, so all may go home.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }

    /// Whether all may go home.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// The page, for reading and writing.
    pub(super) fn page(&self) -> MutexGuard<'_, Page> {
        self.page.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more operation begins; gives its number.
    pub(super) fn begin(&self) -> usize {
        let mut page = self.page();
        page.operations += 1;
        page.operations
    }

    /// How many have begun.
    pub(super) fn operations(&self) -> usize {
        self.page().operations
    }
}

impl Page {
    /// From now on the word of this case may be kept.
    pub(super) fn word_may_be_kept(&mut self, case: u64, now: Timestamp) {
        let last = self.words.iter_mut().rev().find(|word| word.case == case);
        if let Some(word) = last.filter(|word| word.kept_after.is_none()) {
            word.kept_after = Some(now);
        }
    }

    /// How many were acknowledged.
    pub(super) fn acknowledged(&self) -> usize {
        self.acts.len() + self.letters.len() + self.reports.len()
    }
}
