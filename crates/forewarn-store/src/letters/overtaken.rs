//! A first word whose case has ended before it could leave: the date came back, or the order was cancelled. What
//! it says is not true any more, so it is taken back, and whoever has the case hears of it.

use super::notices::{self, Said};
use super::outcome;
use super::patiently::patiently;
use super::with_case::with_case;
use crate::db::{Store, binds};
use crate::error::Result;
use forewarn_domain::ids::LetterId;
use forewarn_domain::people::Scope;
use forewarn_domain::text::InternalText;
use jiff::Timestamp;

/// Why it was taken back, in the record.
const BECAUSE: &str = "the case ended before it could leave";

impl Store {
    /// Takes back every first word that waits in a case which has ended.
    pub(super) async fn take_back_overtaken_letters(&self, now: Timestamp) -> Result<()> {
        let sql = "SELECT l.id FROM letter l JOIN cases k ON k.id = l.case_id WHERE k.closed_at IS NOT NULL \
                   AND l.state IN ('approved', 'pending') AND l.kind = 'first-word' ORDER BY l.id";
        for (id,) in self.reads().all::<(LetterId,)>(sql, binds![]).await? {
            patiently!(self.try_to_take_back(id, now))?;
        }
        Ok(())
    }

    async fn try_to_take_back(&self, id: LetterId, now: Timestamp) -> Result<()> {
        let tx = self.begin_briefly().await?;
        let Some((mut file, letter)) = with_case(&tx, Scope::Program, id, now).await? else { return Ok(()) };
        let sql = "UPDATE letter SET state = 'cancelled', ended_at = ?, next_try_at = NULL \
                   WHERE id = ? AND state IN ('approved', 'pending')";
        if file.case.closed.is_none() || tx.execute(sql, binds![now, id]).await? == 0 {
            return Ok(());
        }
        let events = file.case.cancel_letter(id, InternalText::new(BECAUSE)).unwrap_or_default();
        outcome::append(&tx, &mut file, events, now, None).await?;
        notices::settle(&tx, id, now).await?;
        notices::tell_owner(&tx, &file, &letter, Said::Overtaken, now).await?;
        tx.commit().await
    }
}
