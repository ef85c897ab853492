//! Writing down what a letter has done to its case.

use crate::cases::{Act, CaseFile, Ledger};
use crate::db::Tx;
use crate::error::Result;
use forewarn_domain::case::{CaseEvent, LetterEvent};
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// Appends what happened, observed by the program at `now`. What the letter did, the events behind the first, it
/// did at the moment of its dot, if that was longer ago, and for whoever approved it: they have told the customer.
pub(super) async fn append(
    tx: &Tx,
    file: &mut CaseFile,
    events: Vec<CaseEvent>,
    now: Timestamp,
    dot_at: Option<Timestamp>,
) -> Result<()> {
    append_by(tx, file, events, Act::now(Scope::Program, now), dot_at).await
}

/// The same, observed or said by whoever acts.
pub(super) async fn append_by(
    tx: &Tx,
    file: &mut CaseFile,
    mut events: Vec<CaseEvent>,
    act: Act<'_>,
    dot_at: Option<Timestamp>,
) -> Result<()> {
    let by = act.scope.person();
    let author = author(file, &events).or(by);
    let deeds = if events.is_empty() { Vec::new() } else { events.split_off(1) };
    let mut ledger = Ledger::new(tx, act.now);
    ledger.append(file, events, by, act.at, act.entry).await?;
    ledger.append(file, deeds, author, dot_at.unwrap_or(act.at), None).await?;
    ledger.write().await
}

/// Who approved the letter whose deeds these are.
fn author(file: &CaseFile, events: &[CaseEvent]) -> Option<PersonId> {
    let Some(CaseEvent::Letter { letter, what }) = events.first() else { return None };
    let made = match what {
        LetterEvent::Ended { made, .. } | LetterEvent::Resolved { made, .. } => *made,
        LetterEvent::Approved { .. } | LetterEvent::Cancelled { .. } | LetterEvent::Bounced { .. } => 0,
    };
    file.case.letters.get(letter).filter(|_| made > 0).and_then(|kept| kept.approved_by)
}
