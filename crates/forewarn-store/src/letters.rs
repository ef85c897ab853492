//! Letters to customers, from the draft to what became of them.
//!
//! A person approves a letter ([`Store::approve_letter`]) and it is frozen: what was read is what is sent. A
//! sender claims it under a token ([`Store::claim_letters`]), and stands at [`Store::mark_dot`] just before it
//! ends the mail: whoever does not hold the token any more drops the connection. From there on only the mail
//! server's answer ends the letter; without one it is *unknown*, and stays so until evidence or a person says
//! more. Nothing ever sends it again by itself.

mod after_restore;
mod approving;
mod claimed;
mod drafting;
mod evidence;
mod handing_over;
mod notices;
mod outcome;
mod overtaken;
mod patiently;
mod reading;
mod with_case;

pub(crate) use after_restore::hold_after_restore;
pub use approving::Frozen;
pub use claimed::ClaimedLetter;
pub use drafting::NewLetter;
pub use handing_over::{CLAIM_LEASE, Claims, Recovered};
pub use reading::UnknownLetter;

use crate::db::{FromRow, Json, Row, Word};
use crate::error::{Result, StoreError};
use forewarn_domain::case::{Bounce, LetterFacts, Purpose, Resolution};
use forewarn_domain::ids::{CaseId, LetterId, PersonId};
use forewarn_domain::letter::{LetterKind, LetterState};
use forewarn_domain::text::{CustomerText, InternalText};
use jiff::Timestamp;

/// A letter, as a person of ours sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its number.
    pub id: LetterId,
    /// Of which case.
    pub case: CaseId,
    /// What it does once it has left.
    pub purpose: Purpose,
    /// Where it is on its way.
    pub state: LetterState,
    /// Grows with every change of a draft.
    pub version: u32,
    /// Whom it goes to.
    pub to: CustomerText,
    /// Their address.
    pub address: String,
    /// Its subject.
    pub subject: CustomerText,
    /// Its text.
    pub body: CustomerText,
    /// The letter that it repeats.
    pub again: Option<LetterId>,
    /// Who began it, and when.
    pub drafted: (Option<PersonId>, Timestamp),
    /// Who approved it, and when.
    pub approved: Option<(Option<PersonId>, Timestamp)>,
    /// Their name.
    pub approved_by: Option<String>,
    /// Under which it can be found in mailboxes, in angle brackets.
    pub message_id: Option<String>,
    /// When it leaves or is tried next, while it waits.
    pub next_try_at: Option<Timestamp>,
    /// How often a sender has begun to hand it over.
    pub tries: u32,
    /// What the mail server said last, or what went wrong.
    pub answer: Option<InternalText>,
    /// When the mail was ended with its dot.
    pub dot_at: Option<Timestamp>,
    /// When handing it over came to an end.
    pub ended_at: Option<Timestamp>,
    /// What became of it, where nobody could tell at first, and when that was said.
    pub resolved: Option<(Resolution, Timestamp)>,
    /// That it came back, and when.
    pub bounced: Option<(Bounce, Timestamp)>,
}

impl Letter {
    /// Its kind.
    pub fn kind(&self) -> LetterKind {
        self.purpose.kind()
    }

    /// Whether somebody has to find out what became of it.
    pub fn needs_somebody(&self) -> bool {
        self.state == LetterState::Unknown && self.resolved.is_none()
    }

    /// What its case is told when it is approved.
    fn facts(&self) -> LetterFacts {
        let Self { to, address, subject, purpose, again, .. } = self;
        LetterFacts {
            to: to.clone(),
            address: address.clone(),
            subject: subject.clone(),
            purpose: purpose.clone(),
            again: *again,
        }
    }
}

/// The columns that [`Letter`] reads, of `letter l` with `person a` who approved it.
const LETTER: &str = "l.id, l.case_id, l.purpose, l.state, l.version, l.to_name, l.to_address, l.subject, \
    l.body, l.again_id, l.drafted_by, l.drafted_at, l.approved_by, l.approved_at, a.name AS approved_by_name, \
    l.message_id, l.next_try_at, l.tries, l.answer, l.dot_at, l.ended_at, l.resolution, l.resolved_at, l.bounce, \
    l.bounced_at";

impl FromRow for Letter {
    fn from_row(row: &Row) -> Result<Self> {
        let approved_at: Option<Timestamp> = row.get("approved_at")?;
        let approved_by: Option<PersonId> = row.get("approved_by")?;
        let resolution: Option<Json<Resolution>> = row.get("resolution")?;
        let bounce: Option<Json<Bounce>> = row.get("bounce")?;
        let answer: Option<String> = row.get("answer")?;
        Ok(Self {
            id: row.get("id")?,
            case: row.get("case_id")?,
            purpose: row.get::<Json<Purpose>>("purpose")?.0,
            state: row.get::<Word<LetterState>>("state")?.0,
            version: row.get("version")?,
            to: customer_text(row, "to_name")?,
            address: row.get("to_address")?,
            subject: customer_text(row, "subject")?,
            body: customer_text(row, "body")?,
            again: row.get("again_id")?,
            drafted: (row.get("drafted_by")?, row.get("drafted_at")?),
            approved: approved_at.map(|at| (approved_by, at)),
            approved_by: row.get("approved_by_name")?,
            message_id: row.get("message_id")?,
            next_try_at: row.get("next_try_at")?,
            tries: row.get("tries")?,
            answer: answer.as_deref().and_then(InternalText::new),
            dot_at: row.get("dot_at")?,
            ended_at: row.get("ended_at")?,
            resolved: resolution.map(|Json(how)| how).zip(row.get("resolved_at")?),
            bounced: bounce.map(|Json(bounce)| bounce).zip(row.get("bounced_at")?),
        })
    }
}

fn customer_text(row: &Row, column: &str) -> Result<CustomerText> {
    let text: String = row.get(column)?;
    CustomerText::new(&text).ok_or_else(|| StoreError::Unreadable { column: column.to_owned(), found: text })
}
