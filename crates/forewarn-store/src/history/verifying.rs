//! Going through the whole history, link by link.

use super::StoredEvent;
use super::chain;
use super::heads::{Head, Sum};
use crate::db::{Store, binds};
use crate::error::Result;
use forewarn_domain::case::CaseEvent;
use forewarn_domain::ids::CaseId;
use jiff::Timestamp;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Cases whose history was gone through.
    pub cases: u64,
    /// Events that were gone through.
    pub events: u64,
    /// Heads that were made anew and compared.
    pub heads: u64,
    /// What was erased on purpose, in the order of cases.
    pub erasures: Vec<Erasure>,
    /// What is wrong, in the order of cases; empty if nothing is.
    pub broken: Vec<Broken>,
}

/// Personal data was erased from a case, and the case says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// From which case.
    pub case: CaseId,
    /// By which of its events that is said.
    pub seq: u32,
    /// When: microseconds since 1970, UTC.
    pub at: i64,
    /// By whom; `None` for whoever sits at the machine that holds the data.
    pub by: Option<i64>,
    /// From which events.
    pub events: Vec<u32>,
}

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
}

impl Store {
    /// Goes through all events and heads. One wrong event breaks the chain of its case from there on: the first
    /// one of each case is named.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verify_history(&self) -> Result<Verified> {
        let heads = self.heads().await?;
        let mut round = Round::new(&heads);
        let (mut case, mut seq) = (CaseId(0), 0);
        loop {
            let page = self.stored_events((case, seq), 5_000).await?;
            let Some(last) = page.last() else { break };
            (case, seq) = (CaseId(last.case), last.seq);
            page.into_iter().for_each(|event| round.take(event));
        }
        // In one statement, so that a case which goes on meanwhile is seen at one moment.
        let said: Vec<(CaseId, u32, u32)> = self.reads().all(SAID, binds![]).await?;
        Ok(round.end(&said))
    }
}

/// How many events each case says it has, and the number of its last.
const SAID: &str = "SELECT k.id, k.version, COALESCE(MAX(e.seq), 0) FROM cases k \
                    LEFT JOIN case_event e ON e.case_id = k.id GROUP BY k.id, k.version ORDER BY k.id";

/// One way through the history.
pub(super) struct Round<'a> {
    found: Verified,
    before: Option<StoredEvent>,
    /// Cases that are known to be broken.
    broken: BTreeSet<i64>,
    /// The first thing that is wrong with the case under way.
    wrong: Option<(u32, Wrong)>,
    /// Its events from which something was erased, with the hash of what stands there.
    erased: BTreeMap<u32, String>,
    /// Those of which it says so itself.
    admitted: BTreeMap<u32, String>,
    heads: &'a [Head],
    sums: Vec<Sum>,
}

impl<'a> Round<'a> {
    pub(super) fn new(heads: &'a [Head]) -> Self {
        let before = std::iter::once(None).chain(heads.iter().map(Some));
        Self {
            found: Verified {
                cases: 0,
                events: 0,
                heads: heads.len() as u64,
                erasures: Vec::new(),
                broken: Vec::new(),
            },
            before: None,
            broken: BTreeSet::new(),
            wrong: None,
            erased: BTreeMap::new(),
            admitted: BTreeMap::new(),
            heads,
            sums: before.take(heads.len()).map(Sum::after).collect(),
        }
    }

    pub(super) fn take(&mut self, event: StoredEvent) {
        self.found.events += 1;
        if self.before.as_ref().is_some_and(|before| before.case != event.case) {
            self.end_case();
        }
        let before = self.before.take().filter(|before| before.case == event.case);
        let due = before.as_ref().map_or(1, |before| before.seq + 1);
        let chain = event.chain_after(before.as_ref().map(|before| before.chain.as_str()));
        let wrong = match () {
            () if event.seq != due => Some((due, Wrong::Missing)),
            () if chain != event.chain => Some((event.seq, Wrong::Changed)),
            () => None,
        };
        self.wrong = self.wrong.take().or(wrong);
        self.note_erasure(&event);
        let of_head = self.heads.partition_point(|head| head.until.as_microsecond() < event.recorded_at);
        if let Some(sum) = self.sums.get_mut(of_head) {
            sum.add(&event);
        }
        self.before = Some(event);
    }

    fn note_erasure(&mut self, event: &StoredEvent) {
        if event.erased.is_some() {
            self.erased.insert(event.seq, chain::sum(event.event.as_bytes()));
        }
        if event.kind != "erased" {
            return;
        }
        if let Ok(CaseEvent::Erased { events, .. }) = serde_json::from_str(&event.event) {
            self.found.erasures.push(Erasure {
                case: CaseId(event.case),
                seq: event.seq,
                at: event.happened_at,
                by: event.person,
                events: events.iter().map(|text| text.seq).collect(),
            });
            // What was erased twice is as the last time left it.
            self.admitted.extend(events.into_iter().map(|text| (text.seq, text.now)));
        }
    }

    /// Something was erased, and the case does not say so, or says something else: that is no erasure.
    fn end_case(&mut self) {
        let (erased, admitted) = (std::mem::take(&mut self.erased), std::mem::take(&mut self.admitted));
        let unlike = |one: &BTreeMap<u32, String>, other: &BTreeMap<u32, String>| {
            one.iter().find(|(seq, text)| other.get(seq) != Some(text)).map(|(seq, _)| *seq)
        };
        let secret = unlike(&erased, &admitted).into_iter().chain(unlike(&admitted, &erased)).min();
        let secret = secret.map(|seq| (seq, Wrong::Changed));
        let first = self.wrong.take().into_iter().chain(secret).min_by_key(|(seq, _)| *seq);
        if let (Some((seq, wrong)), Some(event)) = (first, &self.before) {
            self.broken.insert(event.case);
            self.found.broken.push(Broken { case: Some(CaseId(event.case)), seq, wrong });
        }
    }

    pub(super) fn end(mut self, said: &[(CaseId, u32, u32)]) -> Verified {
        self.end_case();
        self.found.cases = said.len() as u64;
        for (case, version, last) in said {
            let wrong = match last.cmp(version) {
                Ordering::Equal => continue,
                Ordering::Less => Broken { case: Some(*case), seq: last + 1, wrong: Wrong::Missing },
                Ordering::Greater => Broken { case: Some(*case), seq: version + 1, wrong: Wrong::Added },
            };
            if !self.broken.contains(&case.0) {
                self.found.broken.push(wrong);
            }
        }
        for (head, sum) in self.heads.iter().zip(self.sums) {
            if sum.events != head.events || sum.head() != head.head {
                self.found.broken.push(Broken { case: None, seq: 0, wrong: Wrong::Head(head.until) });
            }
        }
        self.found
    }
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
            (_, None) => write!(f, "Event {seq} belongs to no case."),
        }
    }
}
