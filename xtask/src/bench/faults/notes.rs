//! What those who work with Forewarn remember: what they were told is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

/// Shared by all who work.
#[derive(Default)]
pub(super) struct Notes {
    wanted: usize,
    stopped: AtomicBool,
    harm_is_done: AtomicBool,
    page: Mutex<Page>,
}

/// What is written down.
#[derive(Default)]
pub(super) struct Page {
    /// Operations begun.
    pub(super) operations: usize,
    /// Entries of acts that Forewarn said are done, with the address they were sent to.
    pub(super) acts: BTreeMap<String, String>,
    /// Notices of which Forewarn said that somebody is on it.
    pub(super) acknowledged: BTreeSet<i64>,
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
        Self { wanted: operations, ..Self::default() }
    }

    /// Whether there is work left: operations that are wanted, or harm that others still have to do meanwhile.
    pub(super) fn go_on(&self) -> bool {
        let harm_is_done = self.harm_is_done.load(Ordering::SeqCst);
        (self.operations() < self.wanted || !harm_is_done) && !self.is_stopped()
    }

    /// Whether all operations that were wanted have begun, and work only goes on for the sake of the harm.
    pub(super) fn is_overtime(&self) -> bool {
        self.operations() >= self.wanted
    }

    /// Nobody will be harmed any more.
    pub(super) fn harm_is_done(&self) {
        self.harm_is_done.store(true, Ordering::SeqCst);
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

    /// How many operations were answered as done.
    pub(super) fn kept(&self) -> usize {
        self.acts.len() + self.acknowledged.len() + self.letters.len() + self.reports.len()
    }
}
