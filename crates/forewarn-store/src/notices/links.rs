//! Links that travel with a notice. Each is for that notice only, and for a week; the store keeps hashes.

use super::{Notice, SELECT};
use crate::db::{Store, Tx, Value, binds};
use crate::error::Result;
use forewarn_domain::ids::NoticeId;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

const GOOD_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Store {
    /// The notice that a link is for, while it works. Looking changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notice_by_link(&self, token: &str, now: Timestamp) -> Result<Option<Notice>> {
        let sql = format!(
            "{SELECT} WHERE id = (SELECT notice_id FROM notice_link WHERE token_hash = ? AND expires_at > ?)"
        );
        self.reads().one(&sql, binds![hash(token), now]).await
    }
}

/// Adds the links of notices that leave, and forgets those that have ended.
pub(super) async fn add(tx: &Tx, links: &[(String, NoticeId)], now: Timestamp) -> Result<()> {
    tx.execute("DELETE FROM notice_link WHERE expires_at <= ?", binds![now]).await?;
    let rows: Vec<Vec<Value>> =
        links.iter().map(|(token, notice)| binds![hash(token), *notice, now + GOOD_FOR]).collect();
    tx.insert_rows("notice_link", &["token_hash", "notice_id", "expires_at"], rows).await?;
    Ok(())
}

fn hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
