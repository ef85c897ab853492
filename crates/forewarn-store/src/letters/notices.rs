//! Telling the owner of a case what became of a letter, when that is anything but *accepted*.

use super::Letter;
use crate::cases::CaseFile;
use crate::db::Tx;
use crate::error::Result;
use forewarn_domain::case::{Bounce, LetterEnd};
use forewarn_domain::ids::LetterId;
use forewarn_domain::text::InternalText;
use jiff::Timestamp;

/// What there is to say.
#[derive(Clone, Copy)]
pub(super) enum Said<'a> {
    /// The mail server will not take it.
    Refused(&'a InternalText),
    /// Nobody can tell whether it has left.
    Unknown(&'a InternalText),
    /// It has not left for a while.
    Waits(&'a InternalText),
    /// It came back.
    CameBack(&'a Bounce),
}

impl<'a> Said<'a> {
    pub(super) fn of_end(end: &'a LetterEnd) -> Option<Self> {
        match end {
            LetterEnd::Accepted { .. } => None,
            LetterEnd::Refused { answer } => Some(Said::Refused(answer)),
            LetterEnd::Unknown { trouble } => Some(Said::Unknown(trouble)),
        }
    }
}

pub(super) async fn tell_owner(
    _tx: &Tx,
    _file: &CaseFile,
    _letter: &Letter,
    _said: Said<'_>,
    _now: Timestamp,
) -> Result<()> {
    Ok(())
}

pub(super) async fn settle(_tx: &Tx, _id: LetterId, _now: Timestamp) -> Result<()> {
    Ok(())
}
