//! Letters in a backup that had not left when it was taken. They may have left since: nobody can tell any more, and
//! none may leave twice.

use super::notices::{self, Said};
use super::outcome;
use super::with_case::with_case;
use crate::db::{Tx, binds};
use crate::error::Result;
use forewarn_domain::case::LetterEnd;
use forewarn_domain::ids::LetterId;
use forewarn_domain::people::Scope;
use forewarn_domain::text::InternalText;
use jiff::Timestamp;

/// Makes every letter *unknown* that the backup of `taken_at` knows as approved and not ended; the owners of their
/// cases hear of it. Our own mailbox is asked for them, as for all such letters. Gives how many there are.
pub(crate) async fn hold_after_restore(tx: &Tx, taken_at: Timestamp, now: Timestamp) -> Result<u32> {
    let sql = "SELECT id FROM letter WHERE state IN ('approved', 'pending', 'claimed', 'dot') ORDER BY id";
    let mut held = 0;
    for (id,) in tx.all::<(LetterId,)>(sql, binds![]).await? {
        hold(tx, id, taken_at, now).await?;
        held += 1;
    }
    Ok(held)
}

async fn hold(tx: &Tx, id: LetterId, taken_at: Timestamp, now: Timestamp) -> Result<()> {
    let sql = "UPDATE letter SET state = 'unknown', answer = ?, ended_at = ?, token = NULL, lease_until = NULL, \
               next_try_at = NULL, dot_at = COALESCE(dot_at, ?) WHERE id = ?";
    tx.execute(sql, binds![RESTORED, now, taken_at, id]).await?;
    let (mut file, letter) = match with_case(tx, Scope::Program, id, now).await {
        Ok(Some(found)) => found,
        Ok(None) => return Ok(()),
        // The rest of a backup must not be lost for one case of it.
        Err(error) if error.is_about_one_case() => return Ok(()),
        Err(error) => return Err(error),
    };
    let end = LetterEnd::Unknown { trouble: InternalText::new(RESTORED).unwrap_or_default() };
    let events = file.case.end_letter(id, end.clone(), now, &file.terms);
    outcome::append(tx, &mut file, events, now, None).await?;
    if let Some(said) = Said::of_end(&end) {
        notices::tell_owner(tx, &file, &letter, said, now).await?;
    }
    Ok(())
}

/// What is said of such a letter.
const RESTORED: &str = "Forewarn was restored from a backup that was taken before it was sent, if it was";
