//! One try to show who one is: with a password, or with a code. It counts from the moment it begins, and ends
//! in the log.

use crate::client::Client;
use crate::error::AppError;
use crate::sign_in_limits::Verdict;
use crate::state::AppState;
use forewarn_domain::ids::PersonId;
use forewarn_store::security_log::{SecurityEvent, What};
use jiff::{SignedDuration, Timestamp};

/// What is said to whoever has to wait.
pub(crate) const TOO_MANY: &str =
    "Too many wrong ones. Wait for a quarter of an hour, or ask your admin for a new link.";

/// An address from which somebody has come in during so long is theirs.
const AT_HOME_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A try that has begun.
pub(crate) struct Attempt<'a> {
    state: &'a AppState,
    client: &'a Client,
    account: String,
    person: Option<PersonId>,
    now: Timestamp,
}

impl<'a> Attempt<'a> {
    /// Begins a try for the account with this e-mail address; `None` if it is one too many.
    pub(crate) async fn begin(
        state: &'a AppState,
        client: &'a Client,
        account: &str,
        person: Option<PersonId>,
    ) -> Result<Option<Self>, AppError> {
        let now = state.now();
        let at_home = match person {
            Some(person) => {
                let since = now.saturating_sub(AT_HOME_FOR).unwrap_or(Timestamp::MIN);
                state.store.came_in_from(person, &client.address(), since).await?
            }
            None => false,
        };
        let attempt = Self { state, client, account: account.to_owned(), person, now };
        match state.limits.begin(&client.counted_as(), account, at_home, now) {
            Verdict::Go => Ok(Some(attempt)),
            Verdict::Stop { first } => {
                if first {
                    attempt.note(What::KeptOut).await?;
                }
                Ok(None)
            }
        }
    }

    /// It was right.
    pub(crate) fn right(self) {
        self.state.limits.right(&self.client.counted_as(), &self.account);
    }

    /// It was wrong, and stays counted.
    pub(crate) async fn wrong(self, what: What) -> Result<(), AppError> {
        self.note(what).await
    }

    /// The machine was too busy to look.
    pub(crate) fn never_was(self) {
        self.state.limits.never_was(&self.client.counted_as(), &self.account);
    }

    async fn note(&self, what: What) -> Result<(), AppError> {
        Ok(self.state.store.note_security(&self.client.event(what, self.person, self.now)).await?)
    }
}

impl Client {
    /// Something that they did, or that was done to a person from where they are.
    pub(crate) fn event(&self, what: What, person: Option<PersonId>, at: Timestamp) -> SecurityEvent {
        SecurityEvent { at, what, person, by: None, address: self.address(), device: self.device.clone() }
    }
}
