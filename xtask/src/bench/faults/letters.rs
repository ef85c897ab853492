//! What the database says about letters, against what the mail server has seen.

use std::collections::BTreeMap;

use anyhow::Result;
use forewarn_testing::Taken;
use jiff::{SignedDuration, Timestamp};

use super::case_work::CUSTOMERS;
use super::notes::Page;
use super::rep::letter_subject;
use crate::bench::clock;
use crate::bench::witness::{Row, Witness, number, text};

/// Every letter of the company.
pub(super) struct Letters {
    letters: Vec<Letter>,
    /// How often each Message-ID went to a customer.
    by_message: BTreeMap<String, usize>,
}

struct Letter {
    entry: String,
    state: String,
    message_id: String,
    /// What it should have done to its case is not on record: an update keeps a word.
    without_deed: bool,
    /// A person has ordered it again, or said what became of it.
    is_settled: bool,
    /// Somebody owns its case and was told to find out.
    has_owner: bool,
    next_try_at: Option<Timestamp>,
    /// How often the mail server took what was written under this entry.
    taken: usize,
}

const LETTERS: &str = "SELECT l.entry, l.state, l.message_id, l.next_try_at, l.resolved_at, \
    CASE WHEN l.kind = 'update' AND l.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM case_event e \
        WHERE e.case_id = l.case_id AND e.kind = 'next-word-kept' AND e.happened_at >= l.dot_at) \
        THEN 1 ELSE 0 END AS without_deed, \
    CASE WHEN (k.owner_id IS NOT NULL OR k.inbox_team_id IS NOT NULL) AND EXISTS (SELECT 1 FROM notice n \
        WHERE n.case_id = l.case_id AND n.kind = 'letter' AND n.created_at >= l.dot_at) THEN 1 ELSE 0 END AS has_owner \
    FROM letter l JOIN cases k ON k.id = l.case_id WHERE l.state NOT IN ('draft', 'cancelled')";

/// Whatever waits for longer than this waits for its next try, not for its first.
const PUT_OFF: SignedDuration = SignedDuration::from_secs(15);

impl Letters {
    /// As things stand now.
    pub(super) fn of(witness: &Witness, taken: &[Taken]) -> Result<Self> {
        let to_customers = taken.iter().filter(|mail| mail.to.iter().any(|to| to.ends_with(CUSTOMERS)));
        let mut by_message: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_subject: BTreeMap<&str, usize> = BTreeMap::new();
        for mail in to_customers {
            *by_message.entry(mail.message_id.clone().unwrap_or_default()).or_default() += 1;
            *by_subject.entry(subject_of(&mail.mime)).or_default() += 1;
        }
        let mut letters: Vec<Letter> = witness.rows(LETTERS)?.iter().map(Letter::read).collect();
        for letter in &mut letters {
            letter.taken =
                by_subject.get(letter_subject(&letter.entry).as_str()).copied().unwrap_or_default();
        }
        Ok(Self { letters, by_message })
    }

    /// How many were approved.
    pub(super) fn sent_off(&self) -> usize {
        self.letters.len()
    }

    /// Acknowledged and not there, or the record says what the mail server has not seen.
    pub(super) fn lost(&self, page: &Page) -> Vec<String> {
        let is_there = |entry: &str| self.letters.iter().any(|letter| letter.entry == entry);
        let gone = page.letters.iter().filter(|(entry, _)| !is_there(entry));
        let mut lost: Vec<String> =
            gone.map(|(entry, path)| format!("{path} with the entry {entry}")).collect();
        let wrong = self.letters.iter().filter(|letter| match letter.state.as_str() {
            "accepted" => letter.taken == 0 || letter.without_deed,
            "refused" | "approved" | "pending" => letter.taken > 0,
            _ => false,
        });
        lost.extend(wrong.map(|letter| {
            let deed = if letter.without_deed { ", and kept no word" } else { "" };
            format!("{} is {} and was taken {} times{deed}", letter.entry, letter.state, letter.taken)
        }));
        lost
    }

    /// Letters and Message-IDs that the mail server has taken more than once for a customer.
    pub(super) fn mailed_twice(&self) -> Vec<&str> {
        let letters =
            self.letters.iter().filter(|letter| letter.taken > 1).map(|letter| letter.message_id.as_str());
        let messages = self.by_message.iter().filter(|(_, times)| **times > 1).map(|(id, _)| id.as_str());
        let mut twice: Vec<&str> = letters.chain(messages).collect();
        twice.sort_unstable();
        twice.dedup();
        twice
    }

    /// Nobody knows what became of them, and somebody was told to find out.
    pub(super) fn unknown_with_owner(&self) -> usize {
        self.letters.iter().filter(|letter| letter.is_unknown() && letter.has_owner).count()
    }

    /// Neither ended, nor waiting for their next try, nor in anybody's hands.
    pub(super) fn without_end_or_owner(&self) -> Vec<String> {
        let disowned = |letter: &Letter| letter.is_unknown() && !letter.has_owner;
        let without = self.letters.iter().filter(|letter| disowned(letter) || letter.is_forgotten());
        without.map(|letter| format!("{} and nobody’s: {}", letter.state, letter.entry)).collect()
    }

    /// Whether some will end, or be tried, in a moment; with `put_off`, or later.
    pub(super) fn are_restless(&self, put_off: bool) -> bool {
        let waits = |letter: &Letter| put_off && matches!(letter.state.as_str(), "approved" | "pending");
        self.letters.iter().any(|letter| letter.is_restless() || waits(letter))
    }

    /// What a person wants to know besides.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        for letter in &self.letters {
            *states.entry(&letter.state).or_default() += 1;
        }
        let mut remarks: Vec<String> =
            states.iter().map(|(state, n)| format!("letters {state}: {n}")).collect();
        remarks.extend(self.mailed_twice().iter().map(|id| format!("mailed twice: {id}")));
        remarks.extend(self.without_end_or_owner());
        remarks
    }
}

/// The subjects of these letters are short enough to be written as they are.
fn subject_of(mime: &str) -> &str {
    mime.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default()
}

impl Letter {
    fn read(row: &Row) -> Self {
        Self {
            entry: text(row, "entry").to_owned(),
            state: text(row, "state").to_owned(),
            message_id: text(row, "message_id").to_owned(),
            without_deed: number(row, "without_deed") == Some(1),
            is_settled: number(row, "resolved_at").is_some(),
            has_owner: number(row, "has_owner") == Some(1),
            next_try_at: number(row, "next_try_at").and_then(|at| Timestamp::from_microsecond(at).ok()),
            taken: 0,
        }
    }

    fn is_unknown(&self) -> bool {
        self.state == "unknown" && !self.is_settled
    }

    /// On its way, and not waiting for a later try.
    fn is_restless(&self) -> bool {
        self.is_under_way_at(clock::now() + PUT_OFF)
    }

    /// On its way, or its next try is over and nobody has made it. What is due is looked for every 5 seconds.
    fn is_forgotten(&self) -> bool {
        self.is_under_way_at(clock::now() - PUT_OFF)
    }

    fn is_under_way_at(&self, moment: Timestamp) -> bool {
        match self.state.as_str() {
            "claimed" | "dot" => true,
            "approved" | "pending" => self.next_try_at.is_none_or(|at| at <= moment),
            _ => false,
        }
    }
}
