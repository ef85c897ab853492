//! Drafts: written, changed, and thrown away before anybody approves them.

use super::Letter;
use super::patiently::patiently;
use crate::cases::{Act, ActFailed, locked};
use crate::db::{Json, Store, Tx, Word, binds};
use forewarn_domain::case::{Purpose, Refused};
use forewarn_domain::ids::{CaseId, LetterId};
use forewarn_domain::letter::LetterState;
use forewarn_domain::text::CustomerText;

/// A letter as it is written. Everything in it is for the customer's eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    /// What it does once it has left.
    pub purpose: Purpose,
    /// Whom it goes to.
    pub to: CustomerText,
    /// Their address: one, and checked by whoever makes the mail.
    pub address: String,
    /// Its subject.
    pub subject: CustomerText,
    /// Its text.
    pub body: CustomerText,
    /// The letter that it repeats, by a person's order.
    pub again: Option<LetterId>,
}

impl Store {
    /// Keeps a draft; nothing leaves. The same entry twice gives the same draft, with the text of the first.
    ///
    /// # Errors
    /// [`ActFailed::NotFound`] when there is no such case for this person; [`Refused::NoSuchLetter`] when it
    /// repeats a letter of another case.
    pub async fn draft_letter(
        &self,
        act: Act<'_>,
        case: CaseId,
        new: &NewLetter,
    ) -> Result<LetterId, ActFailed> {
        patiently!(self.try_draft(act, case, new))
    }

    /// Changes a draft.
    ///
    /// # Errors
    /// [`ActFailed::Conflict`] when it is not in the version that the person had before them ([`Act::expected`]);
    /// [`Refused::LetterHasLeft`] when it is no draft any more.
    pub async fn change_letter(
        &self,
        act: Act<'_>,
        id: LetterId,
        new: &NewLetter,
    ) -> Result<Letter, ActFailed> {
        patiently!(self.try_change(act, id, new))
    }

    async fn try_draft(&self, act: Act<'_>, case: CaseId, new: &NewLetter) -> Result<LetterId, ActFailed> {
        let tx = self.begin_briefly().await?;
        let file = locked(&tx, act.scope, case, act.now).await?.ok_or(ActFailed::NotFound)?;
        if let Some(entry) = act.entry
            && let Some((id,)) = drafted(&tx, entry, case).await?
        {
            return Ok(id);
        }
        if new.again.is_some_and(|again| !file.case.letters.contains_key(&again)) {
            return Err(Refused::NoSuchLetter.into());
        }
        let id = insert(&tx, act, case, new).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn try_change(&self, act: Act<'_>, id: LetterId, new: &NewLetter) -> Result<Letter, ActFailed> {
        let tx = self.begin_briefly().await?;
        let (_, letter) = super::with_case::of_person(&tx, act, id).await?;
        if letter.state != LetterState::Draft {
            return Err(Refused::LetterHasLeft.into());
        }
        if act.expected.is_some_and(|expected| expected != letter.version) {
            return Err(ActFailed::Conflict);
        }
        let sql = "UPDATE letter SET kind = ?, purpose = ?, to_name = ?, to_address = ?, subject = ?, \
                   body = ?, version = version + 1 WHERE id = ?";
        let NewLetter { purpose, to, address, subject, body, .. } = new;
        let (kind, purpose) = (Word(purpose.kind()), Json(purpose));
        let texts = binds![to.as_str(), address, subject.as_str(), body.as_str(), id];
        tx.execute(sql, [binds![kind, purpose], texts].concat()).await?;
        let changed = super::with_case::letter(tx.reads(), id).await?.ok_or(ActFailed::NotFound)?;
        tx.commit().await?;
        Ok(changed)
    }
}

async fn drafted(tx: &Tx, entry: &str, case: CaseId) -> crate::error::Result<Option<(LetterId,)>> {
    tx.one("SELECT id FROM letter WHERE entry = ? AND case_id = ?", binds![entry, case]).await
}

async fn insert(tx: &Tx, act: Act<'_>, case: CaseId, new: &NewLetter) -> Result<LetterId, ActFailed> {
    let NewLetter { purpose, to, address, subject, body, again } = new;
    let sql = "INSERT INTO letter (case_id, kind, purpose, state, to_name, to_address, subject, body, again_id, \
               entry, drafted_by, drafted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
    let mut values = binds![case, Word(purpose.kind()), Json(purpose), Word(LetterState::Draft)];
    values.extend(binds![to.as_str(), address, subject.as_str(), body.as_str(), *again]);
    values.extend(binds![act.entry, act.scope.person(), act.now]);
    let (id,) = tx.one::<(LetterId,)>(sql, values).await?.ok_or(ActFailed::NotFound)?;
    Ok(id)
}
