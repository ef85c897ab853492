//! What can be wrong with a history, and how it is said.

use forewarn_domain::ids::CaseId;
use jiff::Timestamp;
use std::fmt;

/// Where the history is not what was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// In which case; `None` where a head does not fit what is there.
    pub case: Option<CaseId>,
    /// At which event.
    pub seq: u32,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The event, or one before it, is not what was recorded.
    Changed,
    /// There is no such event, though there is one after it, or the case says that there is.
    Missing,
    /// There is an event that the case knows nothing of.
    Added,
    /// The day that ends then does not add up to its head.
    Head(Timestamp),
    /// There are events, and no such case.
    NoCase,
    /// It is marked as erased, and was not only erased.
    NoErasure,
    /// It says that it was recorded long before one that stands in front of it.
    Backwards {
        /// When it says so.
        recorded: Timestamp,
        /// When the other one was.
        before: Timestamp,
    },
    /// The case is filed under something else than its events say.
    Elsewhere {
        /// What they say.
        recorded: String,
        /// What the tables say.
        now: String,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seq = self.seq;
        match (&self.wrong, self.case) {
            (Wrong::Head(until), _) => {
                write!(f, "What was recorded until {until} does not add up to the head that was made of it.")
            }
            (Wrong::Changed, Some(case)) => {
                write!(
                    f,
                    "Case {case}, event {seq}: it is not what was recorded, or the one before it is not."
                )
            }
            (Wrong::Missing, Some(case)) => write!(f, "Case {case}, event {seq}: it is missing."),
            (Wrong::Added, Some(case)) => {
                write!(f, "Case {case}, event {seq}: it is there, and the case knows nothing of it.")
            }
            (Wrong::NoCase, Some(case)) => {
                write!(f, "Case {case}: there are events of it, and the case itself is gone.")
            }
            (Wrong::NoErasure, Some(case)) => write!(
                f,
                "Case {case}, event {seq}: it is marked as erased, and what stands there is not what an erasure leaves."
            ),
            (Wrong::Backwards { recorded, before }, Some(case)) => write!(
                f,
                "Case {case}, event {seq}: it says that it was recorded at {recorded}, and stands behind one of \
                 {before}. It was slipped in later, or a clock was set back."
            ),
            (Wrong::Elsewhere { recorded, now }, Some(case)) => {
                write!(
                    f,
                    "Case {case}, event {seq}: it was recorded for {recorded}, and the tables say {now} now."
                )
            }
            (_, None) => write!(f, "Event {seq} belongs to no case."),
        }
    }
}
