//! What the auditor looks for: one entry a check.

use crate::db::{Value, binds};
use jiff::{SignedDuration, Timestamp};

/// Something that should never be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// An open case that belongs to nobody.
    NoOwner,
    /// An open case for which nothing is owed at any time: its clock is lost.
    NothingOwed,
    /// Something owed that is overdue, and nobody has heard of it.
    Unnoticed,
    /// A step of a ladder that should have fired and has not.
    StepLate,
    /// A letter that nobody hands over: its sender has gone, or never came.
    LetterStuck,
    /// A letter of which nobody knows what became of it, and nobody was told to find out.
    LetterUnowned,
    /// A notice that should have left by mail or chat long ago. It is in the program all the same.
    NoticeStuck,
}

/// So much later than its time something may be noticed.
const GRACE: SignedDuration = SignedDuration::from_secs(60);
/// So long a letter that is due may wait for a sender.
const LETTER_WAITS: SignedDuration = SignedDuration::from_mins(5);
/// So long a notice that is due may wait to be tried.
const NOTICE_WAITS: SignedDuration = SignedDuration::from_mins(10);

impl Check {
    /// Every check.
    pub const ALL: [Check; 7] = [
        Check::NoOwner,
        Check::NothingOwed,
        Check::Unnoticed,
        Check::StepLate,
        Check::LetterStuck,
        Check::LetterUnowned,
        Check::NoticeStuck,
    ];

    /// Its name, for programs.
    pub fn name(self) -> &'static str {
        match self {
            Check::NoOwner => "no-owner",
            Check::NothingOwed => "nothing-owed",
            Check::Unnoticed => "overdue-unnoticed",
            Check::StepLate => "step-late",
            Check::LetterStuck => "letter-stuck",
            Check::LetterUnowned => "letter-unowned",
            Check::NoticeStuck => "notice-stuck",
        }
    }

    /// What is wrong when something is found, for people.
    pub fn says(self) -> &'static str {
        match self {
            Check::NoOwner => "open cases belong to nobody",
            Check::NothingOwed => "open cases have no deadline",
            Check::Unnoticed => "deadlines are overdue by more than a minute and nobody has heard of it",
            Check::StepLate => "steps of escalations are late by more than a minute",
            Check::LetterStuck => "letters are on their way and nobody hands them over",
            Check::LetterUnowned => "nobody knows what became of letters, and nobody was told to find out",
            Check::NoticeStuck => "notices have waited for minutes to leave by mail or chat",
        }
    }

    /// Whether finding something means that a promise to the user is broken.
    pub fn is_a_promise(self) -> bool {
        match self {
            Check::NoOwner
            | Check::NothingOwed
            | Check::Unnoticed
            | Check::StepLate
            | Check::LetterStuck
            | Check::LetterUnowned => true,
            Check::NoticeStuck => false,
        }
    }

    /// The first few cases of what is wrong, each row with the number of all.
    pub(crate) fn sql(self, first: usize) -> String {
        let wrong = match self {
            Check::NoOwner => NO_OWNER,
            Check::NothingOwed => NOTHING_OWED,
            Check::Unnoticed => UNNOTICED,
            Check::StepLate => STEP_LATE,
            Check::LetterStuck => LETTER_STUCK,
            Check::LetterUnowned => LETTER_UNOWNED,
            Check::NoticeStuck => NOTICE_STUCK,
        };
        format!(
            "SELECT case_id, COUNT(*) OVER () AS found FROM ({wrong}) AS wrong ORDER BY case_id LIMIT {first}"
        )
    }

    /// What stands for the question marks.
    pub(crate) fn values(self, now: Timestamp) -> Vec<Value> {
        let overdue = now - GRACE;
        match self {
            Check::NoOwner | Check::NothingOwed | Check::LetterUnowned => Vec::new(),
            Check::Unnoticed => binds![overdue, overdue],
            Check::StepLate => binds![overdue],
            Check::LetterStuck => binds![overdue, now - LETTER_WAITS],
            Check::NoticeStuck => binds![overdue, now - NOTICE_WAITS],
        }
    }
}

const NO_OWNER: &str =
    "SELECT id AS case_id FROM cases WHERE closed_at IS NULL AND owner_id IS NULL AND inbox_team_id IS NULL";

const NOTHING_OWED: &str = "SELECT k.id AS case_id FROM cases k WHERE k.closed_at IS NULL AND NOT EXISTS \
    (SELECT 1 FROM obligation b WHERE b.case_id = k.id AND b.done_at IS NULL)";

/// Overdue facts are news by then. For everything else a ladder watches: since it was due somebody has got a
/// notice, or the policy lets the ladder wait (a step is to come, and none that has fired reached nobody).
const UNNOTICED: &str = "SELECT o.case_id FROM (\
        SELECT b.case_id, b.kind, b.due_at, CASE b.kind WHEN 'tell-by' THEN 'tell' \
            WHEN 'arrival-check' THEN 'confirm-delivery' ELSE b.kind END AS ladder \
        FROM obligation b JOIN cases k ON k.id = b.case_id \
        WHERE b.done_at IS NULL AND b.due_at <= ? AND k.closed_at IS NULL) AS o \
    WHERE o.kind = 'facts-by' OR (\
        NOT EXISTS (SELECT 1 FROM notice n \
            WHERE n.case_id = o.case_id AND n.kind = o.ladder AND n.settled_at IS NULL AND n.created_at >= o.due_at) \
        AND (NOT EXISTS (SELECT 1 FROM escalation_step s WHERE s.case_id = o.case_id \
                AND s.ladder = o.ladder AND s.done_at IS NULL AND s.due_at > ?) \
            OR EXISTS (SELECT 1 FROM escalation_step s WHERE s.case_id = o.case_id \
                AND s.ladder = o.ladder AND s.fired = TRUE AND s.done_at >= o.due_at)))";

const STEP_LATE: &str = "SELECT case_id FROM escalation_step WHERE done_at IS NULL AND due_at <= ?";

const LETTER_STUCK: &str = "SELECT case_id FROM letter WHERE state IN ('claimed', 'dot') AND lease_until <= ? \
    UNION ALL SELECT case_id FROM letter WHERE state IN ('approved', 'pending') AND next_try_at <= ?";

const LETTER_UNOWNED: &str = "SELECT l.case_id FROM letter l JOIN cases k ON k.id = l.case_id \
    WHERE l.state = 'unknown' AND l.resolved_at IS NULL \
    AND ((k.owner_id IS NULL AND k.inbox_team_id IS NULL) OR NOT EXISTS (SELECT 1 FROM notice n \
        WHERE n.case_id = l.case_id AND n.kind = 'letter' AND n.settled_at IS NULL AND n.created_at >= l.dot_at))";

/// What waits for a mail server that nobody has set up yet is not stuck.
const NOTICE_STUCK: &str = "SELECT n.case_id FROM notice_delivery d JOIN notice n ON n.id = d.notice_id \
    WHERE (d.state = 'claimed' AND d.lease_until <= ?) OR (d.state = 'pending' AND d.next_try_at <= ? \
        AND (d.channel <> 'mail' OR EXISTS (SELECT 1 FROM setting WHERE name = 'mail') \
            OR EXISTS (SELECT 1 FROM notice_delivery t WHERE t.channel = 'mail' AND t.attempts > 0)))";
