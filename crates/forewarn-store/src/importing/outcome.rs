//! What an import did, in numbers.

use super::RowProblem;
use forewarn_domain::slip::Slip;
use serde::{Deserialize, Serialize};

/// The outcome of an import, or of its rehearsal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportOutcome {
    /// Rows of the report, without its headings. Every row is one of the next five.
    pub read: u64,
    /// Lines seen for the first time.
    pub added: u64,
    /// Known lines with another date, without one, or cancelled.
    pub moved: u64,
    /// Known lines that have arrived.
    pub delivered: u64,
    /// Known lines that say the same as before.
    pub unchanged: u64,
    /// Open lines that a full report doesn't show any more. They are listed, never deleted.
    pub missing: u64,
    /// Rows that could not be taken in.
    pub rejected: u64,
    /// Lines that moved less than the customer's tolerance.
    pub quiet: u64,
    /// Lines that are late by more than that, or have lost their date.
    pub slips: u64,
    /// Lines whose slip became fit to tell.
    pub news: u64,
    /// Customers for whom a conversation was opened.
    pub cases_opened: u64,
    /// Customers for whom the report still names a contact who was erased. They are not taken in again; the rest of
    /// their rows is.
    #[serde(default)]
    pub erased_contacts: u64,
    /// What is wrong with rejected rows: the first of them, at most [`ImportOutcome::ERRORS_SHOWN`].
    pub errors: Vec<RowProblem>,
}

impl ImportOutcome {
    /// How many errors are listed; all of them are in the file of rejected rows.
    pub const ERRORS_SHOWN: usize = 1_000;

    pub(super) fn count_slip(&mut self, slip: Slip) {
        match slip {
            Slip::None => {}
            Slip::Quiet { .. } => self.quiet += 1,
            Slip::Late { .. } | Slip::NoDate => self.slips += 1,
        }
    }

    pub(super) fn reject(&mut self, problems: &[RowProblem]) {
        self.rejected += 1;
        let room = Self::ERRORS_SHOWN.saturating_sub(self.errors.len());
        self.errors.extend(problems.iter().take(room).cloned());
    }
}
