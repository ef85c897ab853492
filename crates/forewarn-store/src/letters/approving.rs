//! What a person does with a letter: approve it, take it back, and say what became of one that nobody knows of.

use super::patiently::patiently;
use super::with_case::of_person;
use super::{Letter, notices, outcome};
use crate::cases::{Act, ActFailed, Acted, CaseFile, acted, is_recorded};
use crate::db::{Json, Store, Tx, Word, binds};
use forewarn_domain::case::{CaseEvent, Refused, Resolution};
use forewarn_domain::ids::LetterId;
use forewarn_domain::letter::{LetterState, UNDO_WINDOW};
use forewarn_domain::text::InternalText;

/// A letter as it leaves: made from the draft that a person has read, and never made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The version of the draft that the person has read and that the mail was made from.
    pub version: u32,
    /// The whole mail: 7-bit text with CRLF.
    pub mime: String,
    /// Its Message-ID, in angle brackets; nobody has had it before.
    pub message_id: String,
    /// The sender's address, for the envelope.
    pub from: String,
    /// Our own mailbox that gets a copy, if there is one.
    pub copy: Option<String>,
}

impl Store {
    /// Approves a draft, which freezes it. It can leave [`UNDO_WINDOW`] later.
    ///
    /// # Errors
    /// [`ActFailed::Conflict`] when the draft is another than the one that was frozen, and what
    /// [`Case::approve_letter`](forewarn_domain::case::Case::approve_letter) refuses.
    pub async fn approve_letter(
        &self,
        act: Act<'_>,
        id: LetterId,
        frozen: &Frozen,
    ) -> Result<Acted, ActFailed> {
        patiently!(self.try_to(act, id, Deed::Approve(frozen)))
    }

    /// Takes a letter back, as long as no sender has begun to hand it over. A draft is thrown away.
    ///
    /// # Errors
    /// [`Refused::LetterHasLeft`] when it is too late.
    pub async fn cancel_letter(
        &self,
        act: Act<'_>,
        id: LetterId,
        because: Option<InternalText>,
    ) -> Result<Acted, ActFailed> {
        patiently!(self.try_to(act, id, Deed::Cancel(because.as_ref())))
    }

    /// Says what became of a letter of which nobody knew: they have it, or it does not matter any more. To send
    /// it again, draft and approve a letter that repeats it.
    ///
    /// # Errors
    /// [`Refused::LetterSettled`] when it is known already.
    pub async fn resolve_letter(
        &self,
        act: Act<'_>,
        id: LetterId,
        resolution: &Resolution,
    ) -> Result<Acted, ActFailed> {
        patiently!(self.try_to(act, id, Deed::Resolve(resolution)))
    }

    /// One act on a letter and its case, in one transaction.
    async fn try_to(&self, act: Act<'_>, id: LetterId, deed: Deed<'_>) -> Result<Acted, ActFailed> {
        let tx = self.begin_briefly().await?;
        let (mut file, letter) = of_person(&tx, act, id).await?;
        if let Some(entry) = act.entry
            && is_recorded(&tx, entry).await?
        {
            return Ok(Acted::AlreadyDone);
        }
        let events = match deed {
            Deed::Approve(frozen) => approve(&tx, act, &file, &letter, frozen).await?,
            Deed::Cancel(because) => cancel(&tx, act, &file, &letter, because).await?,
            Deed::Resolve(resolution) => resolve(&tx, act, &file, &letter, resolution).await?,
        };
        let Some(events) = events else { return Ok(Acted::AlreadyDone) };
        let before = file.history.len();
        outcome::append_by(&tx, &mut file, events, act, letter.dot_at).await?;
        tx.receipt(|| acted(&file, before));
        tx.commit().await?;
        Ok(Acted::Done(file.history.split_off(before)))
    }
}

/// What a person does with a letter.
#[derive(Clone, Copy)]
enum Deed<'a> {
    Approve(&'a Frozen),
    Cancel(Option<&'a InternalText>),
    Resolve(&'a Resolution),
}

/// What happened to the case; `None` if the deed had been done before.
type Decided = Result<Option<Vec<CaseEvent>>, ActFailed>;

async fn approve(tx: &Tx, act: Act<'_>, file: &CaseFile, letter: &Letter, frozen: &Frozen) -> Decided {
    match letter.state {
        LetterState::Draft => {}
        LetterState::Cancelled => return Err(Refused::LetterSettled.into()),
        _ => return Ok(None),
    }
    if letter.version != frozen.version {
        return Err(ActFailed::Conflict);
    }
    let events = file.case.approve_letter(letter.id, letter.facts(), act.at, &file.terms)?;
    let sql = "UPDATE letter SET state = ?, approved_by = ?, approved_at = ?, message_id = ?, \
               from_address = ?, copy_address = ?, mime = ?, next_try_at = ? WHERE id = ?";
    let Frozen { mime, message_id, from, copy, .. } = frozen;
    let mut values = binds![Word(LetterState::Approved), act.scope.person(), act.now, message_id];
    values.extend(binds![from, copy.as_ref(), mime, act.now + UNDO_WINDOW, letter.id]);
    tx.execute(sql, values).await?;
    if let Some(again) = letter.again {
        note_resolution(tx, again, &Resolution::SentAgain { letter: letter.id }, act).await?;
    }
    Ok(Some(events))
}

async fn cancel(
    tx: &Tx,
    act: Act<'_>,
    file: &CaseFile,
    letter: &Letter,
    because: Option<&InternalText>,
) -> Decided {
    if letter.state == LetterState::Cancelled {
        return Ok(None);
    }
    if !letter.state.can_be_cancelled() {
        return Err(Refused::LetterHasLeft.into());
    }
    let sql = "UPDATE letter SET state = ?, ended_at = ?, next_try_at = NULL WHERE id = ?";
    tx.execute(sql, binds![Word(LetterState::Cancelled), act.now, letter.id]).await?;
    if letter.state == LetterState::Draft {
        return Ok(Some(Vec::new()));
    }
    notices::settle(tx, letter.id, act.now).await?;
    Ok(Some(file.case.cancel_letter(letter.id, because.cloned())?))
}

async fn resolve(
    tx: &Tx,
    act: Act<'_>,
    file: &CaseFile,
    letter: &Letter,
    resolution: &Resolution,
) -> Decided {
    if !letter.needs_somebody() {
        return Err(Refused::LetterSettled.into());
    }
    let told_at = letter.dot_at.unwrap_or(act.at);
    let events = file.case.resolve_letter(letter.id, resolution.clone(), told_at, &file.terms)?;
    note_resolution(tx, letter.id, resolution, act).await?;
    Ok(Some(events))
}

/// Writes down what became of a letter of which nobody knew, and lets its notice rest.
pub(super) async fn note_resolution(
    tx: &Tx,
    id: LetterId,
    resolution: &Resolution,
    act: Act<'_>,
) -> Result<(), ActFailed> {
    let known = matches!(resolution, Resolution::Found | Resolution::Arrived);
    let state = if known { LetterState::Accepted } else { LetterState::Unknown };
    let sql = "UPDATE letter SET state = ?, resolution = ?, resolved_by = ?, resolved_at = ? \
               WHERE id = ? AND state = 'unknown' AND resolved_at IS NULL";
    let values = binds![Word(state), Json(resolution), act.scope.person(), act.now, id];
    tx.execute(sql, values).await?;
    notices::settle(tx, id, act.now).await?;
    Ok(())
}
