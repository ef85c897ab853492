//! What a sender does with letters. Each step is one compare-and-set on the token: whoever was away for too
//! long finds that it is not theirs any more.

use super::claimed::{CLAIMED, ClaimedLetter};
use super::notices::{self, Said};
use super::outcome;
use super::patiently::patiently;
use super::with_case::with_case;
use crate::db::{Row, Store, Word, binds, marks};
use crate::error::Result;
use forewarn_domain::case::LetterEnd;
use forewarn_domain::ids::LetterId;
use forewarn_domain::letter::{LetterState, SAY_SO_AFTER};
use forewarn_domain::people::Scope;
use forewarn_domain::text::InternalText;
use jiff::{SignedDuration, Timestamp};

/// How long a claim is believed without a sign of life ([`Store::keep_claims`]). A sender that was killed is
/// replaced this much later.
pub const CLAIM_LEASE: SignedDuration = SignedDuration::from_secs(30);

/// Whose claims are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claims {
    /// Those that nobody has renewed in time.
    Lapsed,
    /// All. Only for the one process of a database, at its start: whoever claimed before is dead.
    All,
}

/// What became of claims that were over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recovered {
    /// Letters that had not reached their dot: they wait again.
    pub waiting: u32,
    /// Letters that had: nobody can tell what became of them, and their owners know.
    pub unknown: u32,
}

impl Store {
    /// Claims letters whose time has come, the one that waits longest first. Nobody else can have them, until
    /// the claim ends or lapses. A first word whose case has ended meanwhile is taken back instead.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_letters(
        &self,
        token: &str,
        now: Timestamp,
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<ClaimedLetter>> {
        if self.next_letter_at().await?.is_none_or(|at| at > now) {
            return Ok(Vec::new());
        }
        self.take_back_overtaken_letters(now).await?;
        let tx = self.begin().await?;
        let sql = "UPDATE letter SET state = 'pending' WHERE state = 'approved' AND next_try_at <= ?";
        tx.execute(sql, binds![now]).await?;
        let sql = format!(
            "SELECT id FROM letter WHERE state = 'pending' AND next_try_at <= ? ORDER BY next_try_at, id LIMIT ?{}",
            tx.engine().skip_locked()
        );
        let due = tx.all::<(LetterId,)>(&sql, binds![now, limit]).await?;
        let ids: Vec<_> = due.into_iter().flat_map(|(id,)| binds![id]).collect();
        if ids.is_empty() {
            tx.commit_quietly().await?;
            return Ok(Vec::new());
        }
        let among = marks(ids.len());
        let sql = format!(
            "UPDATE letter SET state = 'claimed', token = ?, lease_until = ?, tries = tries + 1 WHERE id IN ({among})"
        );
        tx.execute(&sql, [binds![token, now + lease], ids.clone()].concat()).await?;
        let sql = format!("SELECT {CLAIMED} FROM letter WHERE id IN ({among}) ORDER BY next_try_at, id");
        let claimed = tx.all(&sql, ids).await?;
        tx.commit_quietly().await?;
        Ok(claimed)
    }

    /// When the next letter may leave; `None` while none waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_letter_at(&self) -> Result<Option<Timestamp>> {
        let sql = "SELECT next_try_at FROM letter WHERE state IN ('approved', 'pending') \
                   ORDER BY next_try_at, id LIMIT 1";
        Ok(self.reads().one::<(Timestamp,)>(sql, binds![]).await?.map(|(at,)| at))
    }

    /// A sign of life: claims under this token hold for another lease. Gives how many there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_claims(&self, token: &str, now: Timestamp, lease: SignedDuration) -> Result<u64> {
        let tx = self.begin().await?;
        let sql = "UPDATE letter SET lease_until = ? WHERE token = ? AND state IN ('claimed', 'dot')";
        let kept = tx.execute(sql, binds![now + lease, token]).await?;
        tx.commit_quietly().await?;
        Ok(kept)
    }

    /// Asks for leave to end the mail with its dot. With `false` the letter is not this sender's any more: it must
    /// drop the connection without ending the mail. The same when it fails.
    ///
    /// # Errors
    /// When the database fails; then it is not known whether the mark was set, and the mail must not be ended.
    pub async fn mark_dot(&self, id: LetterId, token: &str, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "UPDATE letter SET state = 'dot', dot_at = ?, lease_until = ? \
                   WHERE id = ? AND token = ? AND state = 'claimed'";
        let marked = tx.execute(sql, binds![now, now + CLAIM_LEASE, id, token]).await?;
        tx.commit_quietly().await?;
        Ok(marked == 1)
    }

    /// Writes down how handing it over has ended, with what that does to the case; the owner hears of whatever
    /// is not *accepted*, in the same transaction. An answer that comes after the claim had lapsed still counts,
    /// unless somebody has said meanwhile what became of the letter. `false` when it was not this sender's.
    ///
    /// # Errors
    /// When the database fails; try again then: the answer is lost otherwise.
    pub async fn end_letter(
        &self,
        id: LetterId,
        token: &str,
        end: &LetterEnd,
        now: Timestamp,
    ) -> Result<bool> {
        patiently!(self.try_end_letter(id, token, end, now))
    }

    async fn try_end_letter(
        &self,
        id: LetterId,
        token: &str,
        end: &LetterEnd,
        now: Timestamp,
    ) -> Result<bool> {
        let tx = self.begin_briefly().await?;
        let Some((mut file, letter)) = with_case(&tx, Scope::Program, id, now).await? else {
            return Ok(false);
        };
        let (state, answer, from) = match end {
            LetterEnd::Accepted { answer } => (LetterState::Accepted, answer, "'dot'"),
            LetterEnd::Refused { answer } => (LetterState::Refused, answer, "'claimed', 'dot'"),
            LetterEnd::Unknown { trouble } => (LetterState::Unknown, trouble, "'dot'"),
        };
        let late = if state == LetterState::Unknown { "1 = 0" } else { "state = 'unknown'" };
        let sql = format!(
            "UPDATE letter SET state = ?, answer = ?, ended_at = ?, lease_until = NULL, next_try_at = NULL \
             WHERE id = ? AND token = ? AND resolved_at IS NULL AND (state IN ({from}) OR {late})"
        );
        let values = binds![Word(state), answer.for_our_people(), now, id, token];
        if tx.execute(&sql, values).await? == 0 {
            return Ok(false);
        }
        let events = file.case.end_letter(id, end.clone(), now, &file.terms);
        outcome::append(&tx, &mut file, events, now, None).await?;
        notices::settle(&tx, id, now).await?;
        if let Some(said) = Said::of_end(end) {
            notices::tell_owner(&tx, &file, &letter, said, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Puts a letter back to wait until `at`: there was trouble before the dot, or the mail server has answered
    /// that it did not take it. Never to be called when no answer came after the dot. Its owner hears of it when
    /// it has been tried for a while. `false` when it was not this sender's.
    ///
    /// # Errors
    /// When the database fails; the claim then lapses by itself.
    pub async fn letter_try_later(
        &self,
        id: LetterId,
        token: &str,
        answer: &InternalText,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<bool> {
        patiently!(self.try_letter_try_later(id, token, answer, at, now))
    }

    async fn try_letter_try_later(
        &self,
        id: LetterId,
        token: &str,
        answer: &InternalText,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<bool> {
        let tx = self.begin_briefly().await?;
        let Some((file, letter)) = with_case(&tx, Scope::Program, id, now).await? else {
            return Ok(false);
        };
        let sql = "UPDATE letter SET state = 'pending', token = NULL, lease_until = NULL, dot_at = NULL, \
                   next_try_at = ?, answer = ? WHERE id = ? AND token = ? AND state IN ('claimed', 'dot')";
        if tx.execute(sql, binds![at, answer.for_our_people(), id, token]).await? == 0 {
            return Ok(false);
        }
        let since = letter.approved.map_or(now, |(_, at)| at);
        if now.duration_since(since) >= SAY_SO_AFTER {
            notices::tell_owner(&tx, &file, &letter, Said::Waits(answer), now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Takes over from senders that have gone: letters before their dot wait again, letters at their dot are
    /// *unknown* from now on, and their owners hear of it.
    ///
    /// # Errors
    /// When the database fails; what was recovered before stays so.
    pub async fn recover_letters(&self, claims: Claims, now: Timestamp) -> Result<Recovered> {
        let over = match claims {
            Claims::Lapsed => "lease_until <= ?",
            Claims::All => "lease_until <= ? OR 1 = 1",
        };
        let sql = format!(
            "SELECT id, state FROM letter WHERE state IN ('claimed', 'dot') AND ({over}) ORDER BY id"
        );
        let mut recovered = Recovered::default();
        for Held { id, state } in self.reads().all(&sql, binds![now]).await? {
            if state == LetterState::Dot {
                recovered.unknown += u32::from(self.lose_sight_of(id, over, now).await?);
            } else {
                recovered.waiting += u32::from(self.let_wait(id, over, now).await?);
            }
        }
        Ok(recovered)
    }

    async fn let_wait(&self, id: LetterId, over: &str, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = format!(
            "UPDATE letter SET state = 'pending', token = NULL, lease_until = NULL, next_try_at = ? \
             WHERE id = ? AND state = 'claimed' AND ({over})"
        );
        let waits = tx.execute(&sql, binds![now, id, now]).await?;
        tx.commit_quietly().await?;
        Ok(waits > 0)
    }

    /// The token stays: should the one who was at the dot come back with an answer, it counts.
    async fn lose_sight_of(&self, id: LetterId, over: &str, now: Timestamp) -> Result<bool> {
        patiently!(self.try_lose_sight_of(id, over, now))
    }

    async fn try_lose_sight_of(&self, id: LetterId, over: &str, now: Timestamp) -> Result<bool> {
        let tx = self.begin_briefly().await?;
        let Some((mut file, letter)) = with_case(&tx, Scope::Program, id, now).await? else {
            return Ok(false);
        };
        let sql = format!(
            "UPDATE letter SET state = 'unknown', answer = ?, ended_at = ?, lease_until = NULL, \
             next_try_at = NULL WHERE id = ? AND state = 'dot' AND ({over})"
        );
        if tx.execute(&sql, binds![INTERRUPTED, now, id, now]).await? == 0 {
            return Ok(false);
        }
        let end = LetterEnd::Unknown { trouble: InternalText::new(INTERRUPTED).unwrap_or_default() };
        let events = file.case.end_letter(id, end.clone(), now, &file.terms);
        outcome::append(&tx, &mut file, events, now, None).await?;
        if let Some(said) = Said::of_end(&end) {
            notices::tell_owner(&tx, &file, &letter, said, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

/// What is said of a letter whose sender has gone at its dot.
const INTERRUPTED: &str = "Forewarn was interrupted while the mail server took it";

struct Held {
    id: LetterId,
    state: LetterState,
}

impl crate::db::FromRow for Held {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { id: row.get("id")?, state: row.get::<Word<LetterState>>("state")?.0 })
    }
}
