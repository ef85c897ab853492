//! The mail servers: whether they let us in. Nothing is sent and nothing is read.

use super::Finding;
use crate::{mail_server, settings};
use anyhow::Result;
use forewarn_outreach::imap::Session;
use forewarn_outreach::smtp::Connection;
use forewarn_store::Store;
use forewarn_store::settings::mail::MailSettings;
use std::time::Duration;

/// Somebody sits and waits.
const PATIENCE: Duration = Duration::from_secs(15);

/// Whether mail can leave, and answers can be read.
pub(super) async fn look(store: &Store) -> Vec<Finding> {
    match mail(store).await {
        Ok(None) => vec![Finding::good(
            "mail",
            "Mail is not set up: nothing leaves but notices in the program. Settings, Mail changes that.",
        )],
        Ok(Some(mail)) => {
            let mut findings = vec![smtp(&mail).await];
            findings.extend(imap(&mail).await);
            findings
        }
        Err(error) => vec![Finding::bad(
            "mail",
            format!("The settings of mail can't be read: {error:#}."),
            "Save them anew under Settings, Mail.",
        )],
    }
}

async fn mail(store: &Store) -> Result<Option<MailSettings>> {
    Ok(settings::mail::overrides()?.over(store.mail_settings().await?))
}

async fn smtp(mail: &MailSettings) -> Finding {
    let mut server = mail_server::smtp(&mail.smtp);
    server.patience.connect = PATIENCE;
    server.patience.answer = PATIENCE;
    let (host, port) = (&mail.smtp.host, mail.smtp.port);
    match Connection::open(&server).await {
        Ok(connection) => {
            connection.quit().await;
            Finding::good("smtp", format!("The mail server {host}, port {port}, lets us in."))
        }
        Err(trouble) => Finding::bad(
            "smtp",
            format!("The mail server {host}, port {port}: {trouble}."),
            "`forewarn mail test --to YOU` goes through it step by step.",
        ),
    }
}

async fn imap(mail: &MailSettings) -> Option<Finding> {
    let settings = &mail.imap.as_ref()?.server;
    let mut server = mail_server::imap(settings);
    server.patience = PATIENCE;
    let (host, port) = (&settings.host, settings.port);
    Some(match Session::open(&server).await {
        Ok(session) => {
            session.log_out().await;
            Finding::good("imap", format!("The mailbox at {host}, port {port}, lets us in."))
        }
        Err(trouble) => Finding::bad(
            "imap",
            format!("The mailbox at {host}, port {port}: {trouble}."),
            "Look at it under Settings, Mail. Until then replies and bounces are not seen.",
        ),
    })
}
