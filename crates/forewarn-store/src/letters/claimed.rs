//! A letter in the hands of a sender.

use crate::db::{FromRow, Row};
use crate::error::Result;
use forewarn_domain::ids::{CaseId, LetterId};
use jiff::Timestamp;

/// A letter that a sender has claimed, with all that it takes to hand it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedLetter {
    /// Its number.
    pub id: LetterId,
    /// Of which case.
    pub case: CaseId,
    /// The sender's address, for the envelope.
    pub from: String,
    /// The one address that it goes to.
    pub to: String,
    /// Our own mailbox that gets a copy, if there is one.
    pub copy: Option<String>,
    /// Its Message-ID, in angle brackets.
    pub message_id: String,
    /// The whole mail, as it was frozen.
    pub mime: String,
    /// Which try this is, 1 for the first.
    pub tries: u32,
    /// When it was approved.
    pub approved_at: Timestamp,
}

/// The columns that [`ClaimedLetter`] reads, of `letter`.
pub(super) const CLAIMED: &str =
    "id, case_id, from_address, to_address, copy_address, message_id, mime, tries, approved_at";

impl FromRow for ClaimedLetter {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            case: row.get("case_id")?,
            from: row.get("from_address")?,
            to: row.get("to_address")?,
            copy: row.get("copy_address")?,
            message_id: row.get("message_id")?,
            mime: row.get("mime")?,
            tries: row.get("tries")?,
            approved_at: row.get("approved_at")?,
        })
    }
}
