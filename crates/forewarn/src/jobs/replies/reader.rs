//! One look into our mailboxes.

use super::{now, sorting};
use crate::mail_server;
use anyhow::Result;
use forewarn_outreach::imap::{Incoming, Position, Session};
use forewarn_store::Store;
use forewarn_store::replies::MailboxPosition;
use forewarn_store::settings::mail::Mailboxes;

/// Mails read at a time; how far it got is noted after each such batch.
const AT_ONCE: usize = 50;

/// Reads mailboxes over a connection that it keeps.
#[derive(Default)]
pub(super) struct Reader {
    session: Option<(Mailboxes, Session)>,
}

impl Reader {
    /// Takes what has come in, and looks for letters of which nobody knows what became of them.
    pub(super) async fn look(&mut self, store: &Store, mailboxes: &Mailboxes) -> Result<()> {
        let session = self.session(mailboxes).await?;
        read_new(store, session, mailboxes).await?;
        find_unknown(store, session, mailboxes).await
    }

    /// The next look begins with a new connection.
    pub(super) fn forget(&mut self) {
        self.session = None;
    }

    async fn session(&mut self, mailboxes: &Mailboxes) -> Result<&mut Session> {
        let kept = match self.session.take() {
            Some((of, session)) if of == *mailboxes => Some((of, session)),
            Some((_, session)) => {
                session.log_out().await;
                None
            }
            None => None,
        };
        let session = match kept {
            Some(session) => session,
            None => (mailboxes.clone(), Session::open(&mail_server::imap(&mailboxes.server)).await?),
        };
        Ok(&mut self.session.insert(session).1)
    }
}

async fn read_new(store: &Store, session: &mut Session, mailboxes: &Mailboxes) -> Result<()> {
    let name = name_of(mailboxes);
    loop {
        let since = store.mailbox_position(&name).await?;
        let since =
            since.map(|MailboxPosition { uid_validity, next_uid }| Position { uid_validity, next_uid });
        let new = session.new_mail(&mailboxes.inbox, since, AT_ONCE).await?;
        for mail in &new.mails {
            take(store, mail, new.position.uid_validity).await?;
        }
        if since != Some(new.position) {
            let Position { uid_validity, next_uid } = new.position;
            store.save_mailbox_position(&name, MailboxPosition { uid_validity, next_uid }).await?;
        }
        if !new.more {
            return Ok(());
        }
    }
}

/// One mail that can't be taken must not keep the others waiting, as long as the database is there.
async fn take(store: &Store, mail: &Incoming, uid_validity: u32) -> Result<()> {
    if sorting::sort(store, mail, uid_validity, now(store).await).await.is_ok() {
        return Ok(());
    }
    store.ping().await?;
    if let Err(error) = sorting::sort(store, mail, uid_validity, now(store).await).await {
        tracing::error!(%error, uid = mail.uid, "a mail in our mailbox can't be taken and is left out");
    }
    Ok(())
}

async fn find_unknown(store: &Store, session: &mut Session, mailboxes: &Mailboxes) -> Result<()> {
    let unknown = store.letters_to_find().await?;
    if unknown.is_empty() {
        return Ok(());
    }
    let sent = match &mailboxes.sent {
        Some(sent) => Some(sent.clone()),
        None => session.sent_mailbox().await?,
    };
    let wanted: Vec<String> = unknown.iter().map(|(_, message_id, _)| message_id.clone()).collect();
    for mailbox in [Some(mailboxes.inbox.clone()), sent].into_iter().flatten() {
        for found in session.find(&mailbox, &wanted).await? {
            for (letter, ..) in unknown.iter().filter(|(_, message_id, _)| *message_id == found) {
                if store.letter_found(*letter, now(store).await).await? {
                    tracing::info!(
                        letter = letter.0,
                        "a letter of which nobody knew was found in our mailbox"
                    );
                }
            }
        }
    }
    Ok(())
}

/// Another server or user is another mailbox.
fn name_of(mailboxes: &Mailboxes) -> String {
    let server = &mailboxes.server;
    format!(
        "{}@{}:{}/{}",
        server.user.as_deref().unwrap_or_default(),
        server.host,
        server.port,
        mailboxes.inbox
    )
}
