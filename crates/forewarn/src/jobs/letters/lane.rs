//! One sender: a letter at a time, over one connection for as long as there are letters.

use super::claim::Claim;
use crate::{clock, mail_server};
use forewarn_domain::text::InternalText;
use forewarn_outreach::mime::Mailbox;
use forewarn_outreach::smtp::{Connection, Envelope, HandOver, Server, Trouble};
use forewarn_store::letters::ClaimedLetter;
use forewarn_store::settings::mail::MailServer;
use forewarn_store::{Store, failpoints};
use forewarn_web::AppState;
use std::time::Duration;
use tokio::sync::watch;

/// How long it waits at most before it looks for letters again; a change rings before that.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long the letter in hand may take when the program is asked to stop.
const GRACE: Duration = Duration::from_secs(20);

/// One sender of letters.
pub(super) struct Lane {
    state: AppState,
    session: Option<Session>,
}

/// A connection, the server it goes to, and how many letters it has carried.
struct Session {
    server: MailServer,
    connection: Connection,
    carried: u32,
}

/// How handing a letter over has ended.
pub(super) enum Ended {
    /// The mail server took it.
    Accepted(InternalText),
    /// It never will.
    Refused(InternalText),
    /// No answer came after the dot.
    Unknown(InternalText),
    /// Trouble before the dot, or a no for now.
    Later(InternalText),
    /// The same, on a connection that had carried others: a fresh one may do.
    AtOnceAgain(InternalText),
}

impl Lane {
    pub(super) fn new(state: &AppState) -> Self {
        Self { state: state.clone(), session: None }
    }

    /// Hands letters over until `stopped` says so.
    pub(super) async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            match next(&self.state).await {
                Some((server, claim)) => self.see_to(&server, claim, &mut stopped).await,
                None => {
                    self.hang_up().await;
                    wait(self.state.store(), &mut stopped).await;
                }
            }
        }
        self.hang_up().await;
    }

    async fn see_to(&mut self, server: &MailServer, claim: Claim, stopped: &mut watch::Receiver<bool>) {
        failpoints::reach("letter-claimed");
        let out_of_time = async {
            // An error means that nobody can say it any more, which says it as well.
            drop(stopped.wait_for(|stopped| *stopped).await);
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            () = claim.keep() => {}
            () = out_of_time => tracing::warn!(letter = claim.letter.id.0, "a letter is left behind"),
            () = async {
                let ended = self.hand_over(server, &claim).await;
                failpoints::reach("letter-before-end");
                claim.end(ended).await;
            } => {}
        }
    }

    async fn hand_over(&mut self, server: &MailServer, claim: &Claim) -> Ended {
        let Some(envelope) = envelope(&claim.letter) else {
            return Ended::Refused(said("its addresses can’t be read"));
        };
        let mut session = match self.session(server).await {
            Ok(session) => session,
            Err(trouble) => return Ended::Later(said(&trouble.to_string())),
        };
        let before_dot = async || {
            failpoints::reach("letter-before-dot");
            let leave = claim.may_end_the_mail().await;
            failpoints::reach("letter-after-mark");
            failpoints::reach_soon("letter-after-dot");
            leave
        };
        let mime = claim.letter.mime.as_bytes();
        let handed = session.connection.hand_over(&envelope, mime, before_dot).await;
        let reused = session.carried > 0;
        session.carried += 1;
        self.session = Some(session).filter(|session| session.connection.is_open());
        match handed {
            HandOver::Accepted { answer } => Ended::Accepted(said(&answer.to_string())),
            HandOver::Refused { answer } => Ended::Refused(said(&answer.to_string())),
            HandOver::Unknown { trouble } => Ended::Unknown(said(&trouble.to_string())),
            HandOver::Later { trouble, reconnect: true } if reused => {
                Ended::AtOnceAgain(said(&trouble.to_string()))
            }
            HandOver::Later { trouble, .. } => Ended::Later(said(&trouble.to_string())),
            // The letter is somebody else's, or the database failed: nothing was ended.
            HandOver::Stopped => {
                Ended::Later(said("Forewarn could not make sure that it was still its turn"))
            }
        }
    }

    /// The connection that there is, if it still goes to this server, or a new one.
    async fn session(&mut self, server: &MailServer) -> Result<Session, Trouble> {
        if let Some(session) = self.session.take() {
            if session.server == *server && session.connection.is_open() {
                return Ok(session);
            }
            session.connection.quit().await;
        }
        let to: Server = mail_server::smtp(server);
        let connection = Connection::open(&to).await?;
        Ok(Session { server: server.clone(), connection, carried: 0 })
    }

    async fn hang_up(&mut self) {
        if let Some(session) = self.session.take() {
            session.connection.quit().await;
        }
    }
}

/// The next letter and the server for it. Without a server, letters wait.
async fn next(state: &AppState) -> Option<(MailServer, Claim)> {
    let server = match state.mail_settings().await {
        Ok(settings) => settings?.smtp,
        Err(error) => {
            tracing::error!(%error, "letters can't be looked at at present");
            return None;
        }
    };
    match Claim::next(state.store()).await {
        Ok(claim) => Some((server, claim?)),
        Err(error) => {
            tracing::error!(%error, "letters can't be claimed at present");
            None
        }
    }
}

/// Until the next letter may leave, or something changes.
async fn wait(store: &Store, stopped: &mut watch::Receiver<bool>) {
    let mut changes = store.changes();
    let next = store.next_letter_at().await.ok().flatten();
    let until = next.and_then(|at| Duration::try_from(at.duration_since(clock::now())).ok());
    let until = until.map_or(LOOK_EVERY, |until| until.clamp(Duration::from_millis(50), LOOK_EVERY));
    tokio::select! {
        () = tokio::time::sleep(until) => {}
        _changed = changes.changed() => {}
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

impl Ended {
    /// In the log.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Ended::Accepted(_) => "accepted",
            Ended::Refused(_) => "refused",
            Ended::Unknown(_) => "unknown",
            Ended::Later(_) | Ended::AtOnceAgain(_) => "put off",
        }
    }
}

fn envelope(letter: &ClaimedLetter) -> Option<Envelope> {
    let mailbox = |address: &str| Mailbox::new(None, address).ok();
    // A copy is no reason not to send.
    let copy = letter.copy.as_deref().and_then(mailbox);
    Some(Envelope { from: mailbox(&letter.from)?, to: mailbox(&letter.to)?, copy })
}

fn said(words: &str) -> InternalText {
    InternalText::new(words).unwrap_or_default()
}
