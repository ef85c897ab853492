//! How far our mailbox has been read, and which of our mails to our own people may come back to it.

use crate::db::{Store, binds};
use crate::error::Result;
use jiff::{SignedDuration, Timestamp};

/// How far a mailbox has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailboxPosition {
    /// Another number means that the mailbox counts anew.
    pub uid_validity: u32,
    /// The first number that has not been read.
    pub next_uid: u32,
}

/// A report that comes later than this is about nothing that matters any more.
const COMES_BACK_WITHIN: SignedDuration = SignedDuration::from_hours(14 * 24);

impl Store {
    /// How far the mailbox of that name (server, user and mailbox) has been read; `None` while it has not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mailbox_position(&self, name: &str) -> Result<Option<MailboxPosition>> {
        let sql = "SELECT uid_validity, next_uid FROM mailbox_position WHERE name = ?";
        let row: Option<(u32, u32)> = self.reads().one(sql, binds![name]).await?;
        Ok(row.map(|(uid_validity, next_uid)| MailboxPosition { uid_validity, next_uid }))
    }

    /// Notes how far it has been read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_mailbox_position(&self, name: &str, position: MailboxPosition) -> Result<()> {
        let tx = self.begin().await?;
        let sql = "INSERT INTO mailbox_position (name, uid_validity, next_uid) VALUES (?, ?, ?) \
                   ON CONFLICT (name) DO UPDATE SET uid_validity = excluded.uid_validity, \
                   next_uid = excluded.next_uid";
        tx.execute(sql, binds![name, position.uid_validity, position.next_uid]).await?;
        tx.commit_quietly().await
    }

    /// A mail with this Message-ID is about to go to one of our own people.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_notice_mail(&self, message_id: &str, email: &str, now: Timestamp) -> Result<()> {
        let tx = self.begin().await?;
        tx.execute("DELETE FROM notice_mail WHERE sent_at < ?", binds![now - COMES_BACK_WITHIN]).await?;
        let sql = "INSERT INTO notice_mail (message_id, email, sent_at) VALUES (?, ?, ?) \
                   ON CONFLICT (message_id) DO NOTHING";
        tx.execute(sql, binds![message_id, email, now]).await?;
        tx.commit_quietly().await
    }

    /// Which of our own people such a mail went to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recipient_of_notice_mail(&self, message_id: &str) -> Result<Option<String>> {
        let sql = "SELECT email FROM notice_mail WHERE message_id = ?";
        Ok(self.reads().one::<(String,)>(sql, binds![message_id]).await?.map(|(email,)| email))
    }
}
