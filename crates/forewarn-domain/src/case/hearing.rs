//! What reports and people say about the lines of a case, and what follows from it.

use super::closing::Closing;
use super::event::{CaseEvent, Owner};
use super::line::{CaseLine, LineEnd, LineFacts};
use super::replay::Draft;
use super::{Case, Stage};
use crate::amount::Amount;
use crate::evidence::Outlook;
use crate::ids::{ImportId, PromiseId};
use crate::policy::Terms;
use crate::severity::{Weighed, tell_by, weigh};
use crate::slip::{NewsBecause, Slip, Standing, news_because};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Something observed about one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Which line.
    pub promise: PromiseId,
    /// What.
    pub observed: Observed,
}

/// What can be observed about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observed {
    /// A slip of a line that is not in the case yet.
    Slipped {
        /// The line and how it stands.
        line: LineFacts,
        /// Whether a person of ours stands behind it.
        confirmed: bool,
    },
    /// A date, or the lack of one: the same as before, or another.
    Outlook {
        /// What is expected.
        outlook: Outlook,
        /// When it was observed.
        observed_at: Timestamp,
        /// Where it comes from, in words.
        source: String,
        /// Whether a person of ours stands behind it.
        confirmed: bool,
    },
    /// It arrived.
    Delivered {
        /// The day.
        on: Date,
    },
    /// It was cancelled.
    Cancelled,
    /// The import that brought it was undone.
    Withdrawn {
        /// Which one.
        import: ImportId,
    },
    /// The import that said it had arrived or was cancelled was undone.
    Reopened {
        /// Which one.
        import: ImportId,
    },
}

impl Case {
    /// Opens a case with its first slips. The first event is always [`CaseEvent::Opened`]; whoever keeps it says there
    /// whose case it is.
    pub fn open(owner: Owner, now: Timestamp, terms: &Terms, slips: Vec<Observation>) -> Vec<CaseEvent> {
        let mut draft = Draft::of(&Case::blank(owner, now), now);
        draft.record(CaseEvent::Opened { owner, customer: None });
        take_in(&mut draft, now, terms, slips);
        draft.events()
    }

    /// Takes in what was observed, and what follows: slips become news, rounds begin, lines recover, an
    /// untold case that has nothing left closes. Without observations it still does what time alone does.
    pub fn hear(&self, now: Timestamp, terms: &Terms, observations: Vec<Observation>) -> Vec<CaseEvent> {
        let mut draft = Draft::of(self, now);
        take_in(&mut draft, now, terms, observations);
        draft.events()
    }
}

pub(super) fn take_in(draft: &mut Draft, now: Timestamp, terms: &Terms, observations: Vec<Observation>) {
    if draft.case.closed.is_some() {
        return;
    }
    let mut seen = BTreeMap::new();
    for Observation { promise, observed } in observations {
        match observed {
            Observed::Slipped { line, confirmed } => {
                seen.insert(promise, (line.observed_at, confirmed));
                if draft.case.takes_line(promise) {
                    draft.record(CaseEvent::LineJoined { line });
                }
            }
            Observed::Outlook { outlook, observed_at, source, confirmed } => {
                seen.insert(promise, (observed_at, confirmed));
                take_in_outlook(draft, promise, outlook, observed_at, source, terms);
            }
            Observed::Delivered { on } => end(draft, promise, CaseEvent::LineDelivered { promise, on }),
            Observed::Cancelled => end(draft, promise, CaseEvent::LineCancelled { promise }),
            Observed::Reopened { import } => {
                if draft.case.lines.get(&promise).is_some_and(|line| !line.is_open()) {
                    draft.record(CaseEvent::LineReopened { promise, import });
                }
            }
            Observed::Withdrawn { import } => {
                end(draft, promise, CaseEvent::LineWithdrawn { promise, import });
            }
        }
    }
    find_news(draft, now, terms, &seen);
    close_if_nothing_left(draft);
    weigh_again(draft, now, terms);
}

/// What follows once the customer has been told something: where the newest evidence contradicts it, that
/// may be news again at once.
pub(super) fn follow_up(draft: &mut Draft, now: Timestamp, terms: &Terms) {
    find_news(draft, now, terms, &BTreeMap::new());
    weigh_again(draft, now, terms);
}

fn end(draft: &mut Draft, promise: PromiseId, event: CaseEvent) {
    if draft.case.lines.get(&promise).is_some_and(CaseLine::is_open) {
        draft.record(event);
    }
}

pub(super) fn take_in_outlook(
    draft: &mut Draft,
    promise: PromiseId,
    outlook: Outlook,
    observed_at: Timestamp,
    source: String,
    terms: &Terms,
) {
    let Some(line) = draft.case.lines.get(&promise).filter(|line| line.is_open()) else { return };
    if observed_at < line.observed_at {
        return; // older news never overrides newer
    }
    let slip = Slip::measure(line.promised, outlook, terms);
    let (told, was_slipping) = (!line.told.is_empty(), line.slip.counts());
    if outlook != line.outlook || slip != line.slip {
        draft.record(CaseEvent::LineMoved { promise, outlook, slip, observed_at, source });
    } else {
        return;
    }
    if slip.counts() {
        if told && !was_slipping {
            // Lines that slip again before the customer has heard of the first belong to one conversation.
            let again = |(other, line): (PromiseId, &CaseLine)| other != promise && !line.told.is_empty();
            let under_way = draft.case.slipping().any(again);
            let round = draft.case.round + u32::from(!under_way);
            draft.record(CaseEvent::RepeatSlip { promise, round });
        }
    } else if told {
        let Some(line) = draft.case.lines.get(&promise) else { return };
        let better = match (line.promised.latest(), outlook.latest()) {
            (Some(promised), Some(expected)) => expected < promised || was_slipping,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        if better {
            draft.record(CaseEvent::Recovered { promise, after_telling: true });
        }
    } else {
        draft.record(CaseEvent::Recovered { promise, after_telling: false });
    }
}

fn find_news(
    draft: &mut Draft,
    now: Timestamp,
    terms: &Terms,
    seen: &BTreeMap<PromiseId, (Timestamp, bool)>,
) {
    let mut by_reason: BTreeMap<&'static str, (NewsBecause, Vec<PromiseId>)> = BTreeMap::new();
    for (promise, line) in draft.case.slipping().filter(|(_, line)| line.firm_at.is_none()) {
        let (observed_at, confirmed) = seen.get(&promise).copied().unwrap_or((line.observed_at, false));
        let standing = Standing {
            known_at: line.known_at,
            observed_at: observed_at.max(line.observed_at),
            outlook: line.outlook,
            confirmed,
            promised: line.promised,
        };
        if let Some(because) = news_because(&standing, terms, now) {
            by_reason.entry(because.in_words()).or_insert((because, Vec::new())).1.push(promise);
        }
    }
    for (because, promises) in by_reason.into_values() {
        draft.record(CaseEvent::BecameNews { promises, because });
    }
}

fn close_if_nothing_left(draft: &mut Draft) {
    let case = &draft.case;
    if case.closed.is_some() || case.lines.values().any(CaseLine::is_open) || !case.tellings.is_empty() {
        return;
    }
    let arrived_after_news = case
        .lines
        .values()
        .any(|line| line.firm_at.is_some() && matches!(line.end, Some(LineEnd::Delivered { .. })));
    if arrived_after_news {
        return; // they were let down without a word: the rep has to talk to them, and close it
    }
    let all_recovered = case.lines.values().all(|line| line.end == Some(LineEnd::Recovered));
    let closing = if all_recovered { Closing::Recovered } else { Closing::NothingLeft };
    draft.record(CaseEvent::Closed { closing });
}

/// Weighs the case anew and sets its deadline; records only what differs from before.
pub(super) fn weigh_again(draft: &mut Draft, now: Timestamp, terms: &Terms) {
    let case = &draft.case;
    if case.stage() == Stage::Closed {
        return;
    }
    let severity = weigh(&Weighed {
        worst_slip_days: case.slipping().filter_map(|(_, line)| line.slip.days()).max().unwrap_or(0),
        no_date: case.slipping().any(|(_, line)| line.slip == Slip::NoDate),
        earlier_tellings: case.round.saturating_sub(1),
        value: Amount::from_raw(case.slipping().map(|(_, line)| line.value.raw()).sum()),
        tier: terms.tier,
        impact: case.impact,
        temperature: case.temperature(),
    });
    let deadline = case.firm_at().map(|firm_at| {
        let news = case.lines.values().filter(|line| line.is_news()).map(|line| line.promised);
        tell_by(firm_at, severity.level(), news, terms)
    });
    let changed = case.tell_by != deadline
        || case.severity.as_ref().is_none_or(|before| before.points != severity.points);
    // A deadline that has passed stays where it was: weighing anew must not hide that it was missed.
    let missed = case.tell_by.filter(|by| *by <= now && deadline.is_some_and(|new| new > *by));
    if changed {
        draft.record(CaseEvent::Weighed { severity, tell_by: missed.or(deadline) });
    }
}
