//! From known to told: each slip of each line with its three moments, and who said what to whom.

use super::event::{CaseEvent, Recorded, Waits};
use super::line::LineEnd;
use super::telling::{Agreement, Channel};
use super::{Case, CaseLine};
use crate::evidence::Outlook;
use crate::ids::{PersonId, PromiseId};
use crate::promise::{Expectation, Promised};
use crate::text::CustomerText;
use jiff::Timestamp;

/// One slip of one line: when we knew of it, when it was firm, and when the customer was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownToTold {
    /// Which line.
    pub promise: PromiseId,
    /// What the customer had been promised until then.
    pub promised: Promised,
    /// What was expected when they were told, or is expected now.
    pub expected: Outlook,
    /// First evidence of the slip.
    pub known_at: Timestamp,
    /// When it was fit to tell; `None` if it was told before that, or never became so.
    pub firm_at: Option<Timestamp>,
    /// The telling; `None` while there is none.
    pub told: Option<ToldLine>,
    /// How the line ended, if nobody was told.
    pub end: Option<LineEnd>,
}

/// What a customer was told about one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldLine {
    /// When.
    pub at: Timestamp,
    /// By whom of us.
    pub by: Option<PersonId>,
    /// Who heard it.
    pub to: CustomerText,
    /// How.
    pub channel: Channel,
    /// What was said.
    pub said: Expectation,
    /// Working days they had to act.
    pub notice_days: Option<i32>,
    /// How long it took us.
    pub waits: Waits,
    /// Whether they repeated it back right; `None` if nobody asked.
    pub understood: Option<bool>,
    /// Whether they accept it; `None` if nobody asked.
    pub agreement: Option<Agreement>,
}

impl Case {
    /// Every telling of every line in the order of telling, and after them what nobody has been told. What was taken
    /// back, or came back as a letter, is no telling.
    pub fn known_to_told(events: &[Recorded]) -> Vec<KnownToTold> {
        let undone = Case::undone(events);
        let Some(Recorded { at, event: CaseEvent::Opened { owner, .. }, .. }) = events.first() else {
            return Vec::new();
        };
        let (mut case, mut rows) = (Case::blank(*owner, *at), Vec::new());
        for recorded in events.iter().filter(|recorded| !undone.contains(&recorded.seq)) {
            rows.extend(told_by(&case, recorded));
            case.apply(recorded);
        }
        for row in &mut rows {
            note_answers(row, &case);
        }
        let untold = case.lines.iter().filter(|(_, line)| line.told.is_empty() || line.is_slipping());
        rows.extend(untold.map(|(promise, line)| KnownToTold { end: line.end, ..slip(*promise, line) }));
        rows
    }
}

/// The slips that this event told, as they stood before it.
fn told_by(case: &Case, recorded: &Recorded) -> Vec<KnownToTold> {
    let CaseEvent::Told { telling, notice_days, waits } = &recorded.event else { return Vec::new() };
    let lines = telling.lines.iter().filter_map(|(promise, said)| {
        let told = ToldLine {
            at: recorded.at,
            by: recorded.by,
            to: telling.to.clone(),
            channel: telling.channel.clone(),
            said: *said,
            notice_days: *notice_days,
            waits: *waits,
            understood: None,
            agreement: None,
        };
        let line = case.lines.get(promise)?;
        Some(KnownToTold { told: Some(told), ..slip(*promise, line) })
    });
    lines.collect()
}

fn slip(promise: PromiseId, line: &CaseLine) -> KnownToTold {
    KnownToTold {
        promise,
        promised: line.promised,
        expected: line.outlook,
        known_at: line.known_at,
        firm_at: line.firm_at,
        told: None,
        end: None,
    }
}

fn note_answers(row: &mut KnownToTold, case: &Case) {
    let Some(told) = &mut row.told else { return };
    let heard = case.lines.get(&row.promise).into_iter().flat_map(|line| &line.told);
    if let Some(heard) = heard.into_iter().find(|heard| heard.at == told.at) {
        told.understood = heard.understood;
        told.agreement = heard.agreement;
    }
}
