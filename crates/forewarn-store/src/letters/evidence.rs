//! What mailboxes say about letters: one that nobody knew of is found, one that was taken comes back, and a
//! reply names the letter that it answers.

use super::approving::note_resolution;
use super::notices::{self, Said};
use super::outcome;
use super::patiently::patiently;
use super::with_case::with_case;
use crate::cases::{Act, ActFailed};
use crate::db::{Json, Store, binds, marks};
use crate::error::Result;
use forewarn_domain::case::{Bounce, Resolution};
use forewarn_domain::ids::{CaseId, LetterId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;

impl Store {
    /// Message-IDs of letters of which nobody knows what became of them, with the moment of their dot: to be
    /// looked for in our own mailbox.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letters_to_find(&self) -> Result<Vec<(LetterId, String, Timestamp)>> {
        let sql = "SELECT id, message_id, dot_at FROM letter \
                   WHERE state = 'unknown' AND resolved_at IS NULL ORDER BY id";
        self.reads().all(sql, binds![]).await
    }

    /// A letter of which nobody knew was found in our own mailbox: it has left, and what it does to its case has
    /// happened. `false` when that was known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letter_found(&self, id: LetterId, now: Timestamp) -> Result<bool, ActFailed> {
        patiently!(self.try_letter_found(id, now))
    }

    async fn try_letter_found(&self, id: LetterId, now: Timestamp) -> Result<bool, ActFailed> {
        let tx = self.begin_briefly().await?;
        let Some((mut file, letter)) = with_case(&tx, Scope::Program, id, now).await? else {
            return Ok(false);
        };
        if !letter.needs_somebody() {
            return Ok(false);
        }
        let dot_at = letter.dot_at.unwrap_or(now);
        let events = file.case.resolve_letter(id, Resolution::Found, dot_at, &file.terms)?;
        outcome::append(&tx, &mut file, events, now, Some(dot_at)).await?;
        note_resolution(&tx, id, &Resolution::Found, Act::now(Scope::Program, now)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// A letter came back: the customer has not got it. What its acceptance had done to the case is undone, the
    /// clock for telling runs as before, and the owner hears of it at once. `false` when that was known, or the
    /// letter never left.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letter_bounced(&self, id: LetterId, bounce: &Bounce, now: Timestamp) -> Result<bool> {
        patiently!(self.try_letter_bounced(id, bounce, now))
    }

    async fn try_letter_bounced(&self, id: LetterId, bounce: &Bounce, now: Timestamp) -> Result<bool> {
        let tx = self.begin_briefly().await?;
        let Some((mut file, letter)) = with_case(&tx, Scope::Program, id, now).await? else {
            return Ok(false);
        };
        let events = file.case.bounce_letter(id, bounce.clone());
        if events.is_empty() || letter.bounced.is_some() {
            return Ok(false);
        }
        let sql = "UPDATE letter SET state = 'accepted', bounce = ?, bounced_at = ?, \
                   resolved_at = COALESCE(resolved_at, ?) WHERE id = ?";
        tx.execute(sql, binds![Json(bounce), now, now, id]).await?;
        outcome::append(&tx, &mut file, events, now, None).await?;
        let follows = file.case.hear(now, &file.terms, Vec::new());
        outcome::append(&tx, &mut file, follows, now, None).await?;
        notices::settle(&tx, id, now).await?;
        notices::tell_owner(&tx, &file, &letter, Said::CameBack(bounce), now).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The letter of ours that one of these Message-IDs names, the first that does, with its case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letter_of_message(&self, message_ids: &[String]) -> Result<Option<(LetterId, CaseId)>> {
        let ids: Vec<&String> = message_ids.iter().take(100).collect();
        if ids.is_empty() {
            return Ok(None);
        }
        let sql =
            format!("SELECT message_id, id, case_id FROM letter WHERE message_id IN ({})", marks(ids.len()));
        let values = ids.iter().flat_map(|id| binds![*id]).collect();
        let found = self.reads().all::<(String, LetterId, CaseId)>(&sql, values).await?;
        let first = ids.iter().find_map(|wanted| found.iter().find(|(id, ..)| id == *wanted));
        Ok(first.map(|(_, letter, case)| (*letter, *case)))
    }
}
