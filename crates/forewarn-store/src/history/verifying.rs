//! Going through the whole history, link by link.

use super::heads::{Head, SETTLED_AFTER, Sum};
use super::{Broken, StoredEvent, Wrong, chain, erased, outside};
use crate::db::{Store, binds};
use crate::error::Result;
use forewarn_domain::case::CaseEvent;
use forewarn_domain::ids::CaseId;
use jiff::{SignedDuration, Timestamp};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Cases whose history was gone through.
    pub cases: u64,
    /// Events that were gone through.
    pub events: u64,
    /// Heads that were made anew and compared.
    pub heads: u64,
    /// When the oldest event was recorded.
    pub since: Option<Timestamp>,
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

/// The program makes a head a day, of what is an hour old.
const HAS_HEADS_AFTER: SignedDuration = SignedDuration::from_hours(48);

impl Verified {
    /// Since when there is history, if there should be a head of it by `now` and there is none at all.
    pub fn without_heads(&self, now: Timestamp) -> Option<Timestamp> {
        self.since.filter(|since| self.heads == 0 && now.duration_since(*since) > HAS_HEADS_AFTER)
    }
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
        let mut outside = Vec::new();
        let (mut case, mut seq) = (CaseId(0), 0);
        loop {
            let page = self.stored_events((case, seq), 5_000).await?;
            let Some(last) = page.last() else { break };
            (case, seq) = (CaseId(last.case), last.seq);
            outside.extend(outside::compared(self.reads(), &page).await?);
            page.into_iter().for_each(|event| round.take(event));
        }
        outside.extend(outside::without_erasure(self.reads()).await?);
        // In one statement, so that a case which goes on meanwhile is seen at one moment.
        let said: Vec<(CaseId, u32, u32)> = self.reads().all(SAID, binds![]).await?;
        Ok(round.end(&said, outside))
    }
}

/// How many events each case says it has, and the number of its last.
const SAID: &str = "SELECT k.id, k.version, COALESCE(MAX(e.seq), 0) FROM cases k \
                    LEFT JOIN case_event e ON e.case_id = k.id GROUP BY k.id, k.version ORDER BY k.id";

/// One way through the history.
pub(super) struct Round<'a> {
    found: Verified,
    before: Option<StoredEvent>,
    /// When the latest event of the case under way was recorded.
    latest: Option<i64>,
    /// Cases that have events.
    seen: BTreeSet<i64>,
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
                since: None,
                erasures: Vec::new(),
                broken: Vec::new(),
            },
            before: None,
            latest: None,
            seen: BTreeSet::new(),
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
            () if event.erased.is_some() && !erased::may_be_left(&event.kind, &event.event) => {
                Some((event.seq, Wrong::NoErasure))
            }
            () => self.backwards(&event).map(|wrong| (event.seq, wrong)),
        };
        self.note_moment(&event);
        self.wrong = self.wrong.take().or(wrong);
        self.note_erasure(&event);
        let of_head = self.heads.partition_point(|head| head.until.as_microsecond() < event.recorded_at);
        if let Some(sum) = self.sums.get_mut(of_head) {
            sum.add(&event);
        }
        self.before = Some(event);
    }

    /// A transaction carries the moment at which it began, and may have waited for others: so what it records can lie
    /// a little before what they did, but no longer than that can take.
    fn backwards(&self, event: &StoredEvent) -> Option<Wrong> {
        let recorded = Timestamp::from_microsecond(event.recorded_at).ok()?;
        let before = Timestamp::from_microsecond(self.latest?).ok()?;
        (before.duration_since(recorded) > SETTLED_AFTER).then_some(Wrong::Backwards { recorded, before })
    }

    fn note_moment(&mut self, event: &StoredEvent) {
        self.seen.insert(event.case);
        self.latest = self.latest.max(Some(event.recorded_at));
        let recorded = Timestamp::from_microsecond(event.recorded_at).ok();
        self.found.since = self.found.since.into_iter().chain(recorded).min();
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
        self.latest = None;
        let (erased, admitted) = (std::mem::take(&mut self.erased), std::mem::take(&mut self.admitted));
        let unlike = |one: &BTreeMap<u32, String>, other: &BTreeMap<u32, String>| {
            one.iter().find(|(seq, text)| other.get(seq) != Some(text)).map(|(seq, _)| *seq)
        };
        let secret = unlike(&erased, &admitted).into_iter().chain(unlike(&admitted, &erased)).min();
        let secret = secret.map(|seq| (seq, Wrong::Changed));
        let first = self.wrong.take().into_iter().chain(secret).min_by_key(|(seq, _)| *seq);
        if let (Some((seq, wrong)), Some(event)) = (first, &self.before) {
            let case = Some(CaseId(event.case));
            self.note_broken(Broken { case, seq, wrong });
        }
    }

    /// `said` is how many events each case says it has, and the number of its last; `outside` what the tables say
    /// otherwise.
    pub(super) fn end(mut self, said: &[(CaseId, u32, u32)], outside: Vec<Broken>) -> Verified {
        self.end_case();
        self.found.cases = said.len() as u64;
        for (case, version, last) in said {
            let wrong = match last.cmp(version) {
                Ordering::Equal => continue,
                Ordering::Less => Broken { case: Some(*case), seq: last + 1, wrong: Wrong::Missing },
                Ordering::Greater => Broken { case: Some(*case), seq: version + 1, wrong: Wrong::Added },
            };
            self.note_broken(wrong);
        }
        let there: BTreeSet<i64> = said.iter().map(|(case, ..)| case.0).collect();
        for case in std::mem::take(&mut self.seen).difference(&there) {
            self.note_broken(Broken { case: Some(CaseId(*case)), seq: 1, wrong: Wrong::NoCase });
        }
        outside.into_iter().for_each(|wrong| self.note_broken(wrong));
        self.found.broken.sort_by_key(|broken| broken.case);
        for (head, sum) in self.heads.iter().zip(self.sums) {
            if sum.events != head.events || sum.head() != head.head {
                self.found.broken.push(Broken { case: None, seq: 0, wrong: Wrong::Head(head.until) });
            }
        }
        self.found
    }

    /// Of each case one thing that is wrong is enough.
    fn note_broken(&mut self, broken: Broken) {
        if broken.case.is_none_or(|case| self.broken.insert(case.0)) {
            self.found.broken.push(broken);
        }
    }
}
