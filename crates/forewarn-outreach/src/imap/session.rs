use std::future::Future;
use std::time::Duration;

use async_imap::error::Error;
use async_imap::types::{Fetch, Mailbox, NameAttribute};
use async_imap::{Client, Session as Logged};
use futures_util::{StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use tokio::time::timeout;

use super::{ImapServer, ImapTrouble, Incoming};
use crate::smtp::Security;
use crate::wire::{self, Wire};

/// A mailbox server that has let us in.
pub struct Session {
    logged: Logged<Box<dyn Wire>>,
    patience: Duration,
}

/// How far a mailbox has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Another number means that the mailbox was made anew and its mails counted anew.
    pub uid_validity: u32,
    /// The first number that has not been read.
    pub next_uid: u32,
}

/// What has come in.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// At most as many as were asked for, in the order of arrival.
    pub mails: Vec<Incoming>,
    /// Where to go on.
    pub position: Position,
    /// There is more to read at once.
    pub more: bool,
}

/// How far back a mailbox is read that is new to us, in mails.
const LOOK_BACK: u32 = 200;

/// Of a longer mail only this much is read, in bytes. Headers, words and delivery reports stand in front.
const LONGEST: u32 = 256 * 1024;

impl Session {
    /// Connects, protects, logs in.
    ///
    /// # Errors
    /// See [`ImapTrouble`].
    pub async fn open(server: &ImapServer) -> Result<Self, ImapTrouble> {
        let opening = open(server);
        let opened = timeout(server.patience, opening).await;
        let logged = opened.map_err(|_| ImapTrouble::Silent(server.patience))??;
        Ok(Self { logged, patience: server.patience })
    }

    /// Which of `message_ids` (with their brackets) are in `mailbox`.
    ///
    /// # Errors
    /// See [`ImapTrouble`]; a mailbox that does not exist is refused.
    pub async fn find(&mut self, mailbox: &str, message_ids: &[String]) -> Result<Vec<String>, ImapTrouble> {
        self.look_into(mailbox).await?;
        let mut found = Vec::new();
        for id in message_ids.iter().filter(|id| is_searchable(id)) {
            let query = format!("HEADER Message-ID \"{id}\"");
            let hits = within(self.patience, self.logged.uid_search(query)).await?;
            if !hits.is_empty() {
                found.push(id.clone());
            }
        }
        Ok(found)
    }

    /// What has come into `mailbox` since `since`, at most `limit` mails. A mailbox that is new to us, or was made
    /// anew, is read from its last 200 mails on: who takes them must know which of them he has.
    ///
    /// # Errors
    /// See [`ImapTrouble`].
    pub async fn new_mail(
        &mut self,
        mailbox: &str,
        since: Option<Position>,
        limit: usize,
    ) -> Result<NewMail, ImapTrouble> {
        let seen = self.look_into(mailbox).await?;
        let (uid_validity, end) = (seen.uid_validity.unwrap_or_default(), seen.uid_next.unwrap_or_default());
        let known = since.filter(|position| position.uid_validity == uid_validity);
        let first = known.map_or(end.saturating_sub(LOOK_BACK), |position| position.next_uid).max(1);
        if seen.exists == 0 || (end > 0 && first >= end) {
            let next_uid = first.max(end);
            return Ok(NewMail {
                mails: Vec::new(),
                position: Position { uid_validity, next_uid },
                more: false,
            });
        }
        let found = within(self.patience, self.logged.uid_search(format!("UID {first}:*"))).await?;
        // "n:*" names the last mail even where n is behind it.
        let mut uids: Vec<u32> = found.into_iter().filter(|uid| *uid >= first).collect();
        uids.sort_unstable();
        let more = uids.len() > limit;
        uids.truncate(limit);
        let mut mails = Vec::with_capacity(uids.len());
        for uid in &uids {
            mails.extend(self.read(*uid).await?);
        }
        let next_uid = uids.last().map_or(end.max(first), |last| last.saturating_add(1));
        Ok(NewMail { mails, position: Position { uid_validity, next_uid }, more })
    }

    /// The mailbox that the server itself calls the one of sent mails (RFC 6154).
    ///
    /// # Errors
    /// See [`ImapTrouble`].
    pub async fn sent_mailbox(&mut self) -> Result<Option<String>, ImapTrouble> {
        let listing = async {
            let names = self.logged.list(None, Some("*")).await?;
            names.try_collect::<Vec<_>>().await
        };
        let names = within(self.patience, listing).await?;
        let is_sent = |attributes: &[NameAttribute<'_>]| attributes.contains(&NameAttribute::Sent);
        Ok(names.iter().find(|name| is_sent(name.attributes())).map(|name| name.name().to_owned()))
    }

    /// Says goodbye.
    pub async fn log_out(mut self) {
        // Whatever the server makes of it, we are gone.
        let _ = within(self.patience, self.logged.logout()).await;
    }

    async fn look_into(&mut self, mailbox: &str) -> Result<Mailbox, ImapTrouble> {
        within(self.patience, self.logged.examine(mailbox)).await
    }

    /// One mail; none if somebody has removed it meanwhile.
    async fn read(&mut self, uid: u32) -> Result<Option<Incoming>, ImapTrouble> {
        let fetching = async {
            let query = format!("(UID INTERNALDATE BODY.PEEK[]<0.{LONGEST}>)");
            let mut fetched = self.logged.uid_fetch(uid.to_string(), query).await?;
            let mut mail = None;
            while let Some(one) = fetched.next().await {
                let one = one?;
                if one.uid == Some(uid) {
                    mail = mail.or_else(|| incoming(uid, &one));
                }
            }
            Ok(mail)
        };
        within(self.patience, fetching).await
    }
}

fn incoming(uid: u32, fetched: &Fetch) -> Option<Incoming> {
    let received = fetched.internal_date().and_then(|date| Timestamp::from_second(date.timestamp()).ok());
    Some(Incoming::read(uid, received, fetched.body()?))
}

/// What can stand in a quoted string of IMAP without further ado. Ours can.
fn is_searchable(id: &str) -> bool {
    id.len() < 1_000 && id.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"\\".contains(&byte))
}

async fn open(server: &ImapServer) -> Result<Logged<Box<dyn Wire>>, ImapTrouble> {
    let socket = wire::connect(&server.host, server.port).await.map_err(ImapTrouble::Network)?;
    let mut plain: Box<dyn Wire> = Box::new(socket);
    if server.security == Security::Tls {
        plain = wire::protect(&server.host, &server.trust, plain).await.map_err(ImapTrouble::Tls)?;
    }
    let mut client = Client::new(plain);
    let greeting = client.read_response().await.map_err(|error| ImapTrouble::Network(error.to_string()))?;
    if greeting.is_none() {
        return Err(ImapTrouble::Network("it closed the connection".to_owned()));
    }
    if server.security == Security::StartTls {
        let agreed = client.run_command_and_check_ok("STARTTLS", None).await;
        agreed.map_err(|error| ImapTrouble::Tls(format!("it does not offer STARTTLS ({error})")))?;
        // What came in before TLS is thrown away with the client that read it.
        let wire = wire::protect(&server.host, &server.trust, client.into_inner()).await;
        client = Client::new(wire.map_err(ImapTrouble::Tls)?);
    }
    let logged = client.login(&server.login.user, &server.login.password).await;
    logged.map_err(|(error, _)| match error {
        Error::No(words) | Error::Bad(words) => ImapTrouble::Login(words),
        other => trouble(other),
    })
}

async fn within<T>(
    patience: Duration,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, ImapTrouble> {
    let done = timeout(patience, work).await.map_err(|_| ImapTrouble::Silent(patience))?;
    done.map_err(trouble)
}

fn trouble(error: Error) -> ImapTrouble {
    match error {
        Error::No(words) | Error::Bad(words) => ImapTrouble::Refused(words),
        Error::Io(error) => ImapTrouble::Network(error.to_string()),
        Error::ConnectionLost => ImapTrouble::Network("it closed the connection".to_owned()),
        other => ImapTrouble::Refused(other.to_string()),
    }
}
