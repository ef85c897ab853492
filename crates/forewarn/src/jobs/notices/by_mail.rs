//! A notice as a mail.

use super::Tried;
use crate::{clock, mail_server};
use forewarn_domain::notice::NoticeKind;
use forewarn_outreach::mime::{self, Letter, Mailbox};
use forewarn_outreach::smtp::{Connection, Envelope, HandOver, Patience, Phase, Server};
use forewarn_store::Store;
use forewarn_store::notices::{ClaimedDelivery, DeliveryChannel};
use forewarn_store::settings::mail::{MailServer, MailSettings};
use std::time::Duration;

/// Less than with letters: to try again costs a second copy at worst. All of it fits into a claim.
const PATIENCE: Patience = Patience {
    connect: Duration::from_secs(10),
    answer: Duration::from_secs(15),
    after_dot: Duration::from_secs(45),
};

/// Sends notices by mail, one after another over the same connection.
pub(super) struct ByMail<'a> {
    base: &'a str,
    session: Option<(MailServer, Connection)>,
}

/// A mail ready to go.
struct Mail {
    envelope: Envelope,
    mime: String,
    message_id: String,
}

impl<'a> ByMail<'a> {
    pub(super) fn new(base: &'a str) -> Self {
        Self { base, session: None }
    }

    pub(super) async fn deliver(
        &mut self,
        store: &Store,
        settings: &MailSettings,
        delivery: &ClaimedDelivery,
    ) -> Tried {
        let mail = match self.write(settings, delivery) {
            Ok(mail) => mail,
            Err(tried) => return tried,
        };
        // Written down before it leaves: a report that it came back may be quicker than we are.
        let email = mail.envelope.to.address();
        if let Err(error) = store.note_notice_mail(&mail.message_id, email, clock::now()).await {
            return Tried::Later { why: error.to_string(), ours: true };
        }
        let mut connection = match self.connection(&settings.smtp).await {
            Ok(connection) => connection,
            Err(why) => return Tried::Later { why, ours: true },
        };
        let handed = connection.hand_over(&mail.envelope, mail.mime.as_bytes(), async || true).await;
        if connection.is_open() {
            self.session = Some((settings.smtp.clone(), connection));
        }
        meaning(handed)
    }

    /// Says goodbye to the server while there is nothing to send.
    pub(super) async fn hang_up(&mut self) {
        if let Some((_, connection)) = self.session.take() {
            connection.quit().await;
        }
    }

    fn write(&self, settings: &MailSettings, delivery: &ClaimedDelivery) -> Result<Mail, Tried> {
        let DeliveryChannel::Mail(address) = &delivery.channel else {
            return Err(Tried::Never { why: "it is not for mail".to_owned() });
        };
        let from = Mailbox::new(settings.from_name.as_deref(), &settings.from_address)
            .map_err(|error| Tried::Later { why: error.to_string(), ours: true })?;
        let to = Mailbox::new(Some(&delivery.name), address)
            .or_else(|_| Mailbox::new(None, address))
            .map_err(|error| Tried::Never { why: error.to_string() })?;
        let message_id = mime::message_id(&format!("notice-{}", clock::fresh_id().simple()), &from);
        let letter = Letter {
            from: &from,
            to: &to,
            subject: &delivery.subject,
            body: &format!("{}\n\n{}\n", delivery.body, self.links(delivery)),
            message_id: &message_id,
            in_reply_to: None,
            references: &[],
            date: clock::now(),
        };
        let mime = mime::compose_notice(&letter).map_err(|error| Tried::Never { why: error.to_string() })?;
        Ok(Mail { envelope: Envelope { from, to, copy: None }, mime, message_id })
    }

    /// Where to act on it, and for the weekly words where the whole of it stands.
    fn links(&self, delivery: &ClaimedDelivery) -> String {
        let here = format!("{}{}", self.base, delivery.link);
        match delivery.kind {
            NoticeKind::Week => format!("Team: {}/team\nThis notice: {here}", self.base),
            _ => here,
        }
    }

    /// The connection that there is, if it still goes to this server, or a new one.
    async fn connection(&mut self, settings: &MailServer) -> Result<Connection, String> {
        if let Some((server, connection)) = self.session.take() {
            if server == *settings {
                return Ok(connection);
            }
            connection.quit().await;
        }
        let server = Server { patience: PATIENCE, ..mail_server::smtp(settings) };
        Connection::open(&server).await.map_err(|trouble| trouble.to_string())
    }
}

/// Only what a server says to the recipient's address is about the recipient.
fn meaning(handed: HandOver) -> Tried {
    match handed {
        HandOver::Accepted { .. } => Tried::Sent,
        HandOver::Refused { answer } if answer.phase == Phase::Recipient => {
            Tried::Never { why: answer.to_string() }
        }
        HandOver::Refused { answer } => Tried::Later { why: answer.to_string(), ours: true },
        HandOver::Later { trouble, reconnect } => {
            Tried::Later { ours: reconnect || trouble.phase != Phase::Recipient, why: trouble.to_string() }
        }
        // Perhaps a second copy: better than none.
        HandOver::Unknown { trouble } => Tried::Later { why: trouble.to_string(), ours: true },
        HandOver::Stopped => Tried::Later { why: "it was stopped".to_owned(), ours: true },
    }
}
