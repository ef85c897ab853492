//! Letters as a case knows them: what each is for, whom it goes to, and what became of it.

use super::{Case, CaseEvent, Recorded, Telling};
use crate::ids::{LetterId, PersonId, PromiseId};
use crate::letter::LetterKind;
use crate::text::{CustomerText, InternalText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// A letter as it was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterFacts {
    /// Whom it goes to: a name at the customer.
    pub to: CustomerText,
    /// Their address.
    pub address: String,
    /// Its subject.
    pub subject: CustomerText,
    /// What it does once the mail server has taken it.
    pub purpose: Purpose,
    /// The letter that it repeats, by a person's order.
    pub again: Option<LetterId>,
}

/// What became of a letter. An end or a resolution also says how many of the events right after it are its
/// doing: if the letter bounces, they have not happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum LetterEvent {
    /// A person read it and sent it on its way.
    Approved {
        /// As it was approved.
        facts: LetterFacts,
    },
    /// Taken back before it left.
    Cancelled {
        /// Why.
        because: Option<InternalText>,
    },
    /// Handing it over has ended.
    Ended {
        /// How.
        end: LetterEnd,
        /// How many events are its doing.
        made: u32,
    },
    /// Nobody knew what became of it; now it is known, or of no matter.
    Resolved {
        /// How.
        resolution: Resolution,
        /// How many events are its doing.
        made: u32,
    },
    /// The mail server had taken it, and it came back.
    Bounced {
        /// What the report says.
        bounce: Bounce,
    },
}

/// What a letter does to the case once the mail server has taken it, and not before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Purpose {
    /// The recap of a talk has gone out.
    Recap,
    /// The next word is kept.
    Update {
        /// When they hear from us after that.
        then: Option<Timestamp>,
    },
    /// They know that these lines have arrived.
    Delivered {
        /// Which lines.
        promises: Vec<PromiseId>,
    },
    /// They are told.
    FirstWord {
        /// Who is told what; by e-mail, with the reason for it.
        telling: Telling,
        /// When they hear from us next.
        next_word: Option<Timestamp>,
    },
}

impl Purpose {
    /// Its kind.
    pub fn kind(&self) -> LetterKind {
        match self {
            Purpose::Recap => LetterKind::Recap,
            Purpose::Update { .. } => LetterKind::Update,
            Purpose::Delivered { .. } => LetterKind::Delivered,
            Purpose::FirstWord { .. } => LetterKind::FirstWord,
        }
    }
}

/// How handing a letter over has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum LetterEnd {
    /// The mail server took it.
    Accepted {
        /// What it said.
        answer: InternalText,
    },
    /// The mail server will not take it, or put us off for two days.
    Refused {
        /// What it said.
        answer: InternalText,
    },
    /// No answer came after the dot.
    Unknown {
        /// What happened instead.
        trouble: InternalText,
    },
}

/// What became of a letter of which nobody knew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
pub enum Resolution {
    /// Its Message-ID was found in our own mailbox: it has left.
    Found,
    /// A person asked them: they have it.
    Arrived,
    /// A person told them otherwise, by phone or face to face; the letter does not matter any more.
    SaidOtherwise,
    /// A person sent it again, knowing that they may get it twice.
    SentAgain {
        /// The letter that went instead.
        letter: LetterId,
    },
}

/// The news that a letter which the mail server had taken did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// The status that the report gives, such as 5.1.1.
    pub status: Option<String>,
    /// What the refusing server said.
    pub answer: Option<InternalText>,
}

/// A letter of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLetter {
    /// As it was approved.
    pub facts: LetterFacts,
    /// When.
    pub approved_at: Timestamp,
    /// By whom.
    pub approved_by: Option<PersonId>,
    /// What became of it.
    pub standing: Standing,
}

/// What became of a letter, as the case sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It has not ended.
    UnderWay,
    /// The mail server took it, or the customer has it.
    Accepted,
    /// The mail server did not take it.
    Refused,
    /// Nobody can tell, and somebody has to find out.
    Unknown,
    /// Nobody could tell, and it does not matter any more.
    Overtaken,
    /// Taken back before it left.
    Cancelled,
    /// It was taken and came back.
    Bounced,
}

impl Case {
    pub(super) fn apply_letter(
        &mut self,
        letter: LetterId,
        what: &LetterEvent,
        at: Timestamp,
        by: Option<PersonId>,
    ) {
        let standing = match what {
            LetterEvent::Approved { facts } => {
                let (facts, standing) = (facts.clone(), Standing::UnderWay);
                let approved = CaseLetter { facts, approved_at: at, approved_by: by, standing };
                self.letters.insert(letter, approved);
                return;
            }
            LetterEvent::Cancelled { .. } => Standing::Cancelled,
            LetterEvent::Ended { end, .. } => match end {
                LetterEnd::Accepted { .. } => Standing::Accepted,
                LetterEnd::Refused { .. } => Standing::Refused,
                LetterEnd::Unknown { .. } => Standing::Unknown,
            },
            LetterEvent::Resolved { resolution, .. } => match resolution {
                Resolution::Found | Resolution::Arrived => Standing::Accepted,
                Resolution::SaidOtherwise | Resolution::SentAgain { .. } => Standing::Overtaken,
            },
            LetterEvent::Bounced { .. } => Standing::Bounced,
        };
        if let Some(kept) = self.letters.get_mut(&letter) {
            kept.standing = standing;
        }
    }
}

/// The numbers of the events that letters had made which then came back: the customer has not heard of it.
pub(super) fn made_by_bounced_letters(events: &[Recorded]) -> Vec<u32> {
    let mut made: BTreeMap<LetterId, Range<u32>> = BTreeMap::new();
    let mut unmade = Vec::new();
    for Recorded { seq, event, .. } in events {
        let CaseEvent::Letter { letter, what } = event else { continue };
        match what {
            LetterEvent::Ended { made: count, .. } | LetterEvent::Resolved { made: count, .. } => {
                made.insert(*letter, seq + 1..seq.saturating_add(1).saturating_add(*count));
            }
            LetterEvent::Bounced { .. } => unmade.extend(made.remove(letter).into_iter().flatten()),
            LetterEvent::Approved { .. } | LetterEvent::Cancelled { .. } => {}
        }
    }
    unmade
}
