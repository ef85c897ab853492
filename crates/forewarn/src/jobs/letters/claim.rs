//! One letter in hand: what may be written down about it, and its signs of life.

use crate::clock;
use crate::jobs::letters::lane::Ended;
use forewarn_domain::case::LetterEnd;
use forewarn_domain::letter::next_try;
use forewarn_domain::text::InternalText;
use forewarn_store::letters::{CLAIM_LEASE, ClaimedLetter};
use forewarn_store::{Store, StoreError};
use std::time::Duration;

/// How often a claim is renewed; several times within its lease.
const SIGN_OF_LIFE_EVERY: Duration = Duration::from_secs(8);
/// Between two tries to write down how a letter has ended, while the database fails.
const WRITE_AGAIN_AFTER: Duration = Duration::from_millis(500);

/// A letter that this sender has claimed.
pub(super) struct Claim {
    store: Store,
    token: String,
    pub(super) letter: ClaimedLetter,
}

impl Claim {
    /// The letter that waits longest, if one's time has come.
    pub(super) async fn next(store: &Store) -> Result<Option<Self>, StoreError> {
        let token = clock::fresh_id().to_string();
        let now = store.time(clock::now()).await?;
        let claimed = store.claim_letters(&token, now, CLAIM_LEASE, 1).await?;
        let letter = claimed.into_iter().next();
        Ok(letter.map(|letter| Self { store: store.clone(), token, letter }))
    }

    /// Leave to end the mail with its dot. Whatever goes wrong is a no.
    pub(super) async fn may_end_the_mail(&self) -> bool {
        match self.mark_dot().await {
            Ok(leave) => leave,
            Err(error) => {
                tracing::error!(letter = self.letter.id.0, %error, "a letter can't be marked; it is not ended");
                false
            }
        }
    }

    async fn mark_dot(&self) -> Result<bool, StoreError> {
        let now = self.store.time(clock::now()).await?;
        self.store.mark_dot(self.letter.id, &self.token, now).await
    }

    /// Renews the claim, for as long as somebody waits for this.
    pub(super) async fn keep(&self) {
        loop {
            tokio::time::sleep(SIGN_OF_LIFE_EVERY).await;
            if let Err(error) = self.keep_once().await {
                tracing::warn!(letter = self.letter.id.0, %error, "a claim can't be renewed at present");
            }
        }
    }

    async fn keep_once(&self) -> Result<u64, StoreError> {
        let now = self.store.time(clock::now()).await?;
        self.store.keep_claims(&self.token, now, CLAIM_LEASE).await
    }

    /// Writes down how it ended. While the database fails it is tried again: an answer that is lost would leave
    /// the letter unknown.
    pub(super) async fn end(&self, ended: Ended) {
        while let Err(error) = self.write(&ended).await {
            tracing::error!(letter = self.letter.id.0, %error, "how a letter ended can't be written down yet");
            tokio::time::sleep(WRITE_AGAIN_AFTER).await;
        }
    }

    async fn write(&self, ended: &Ended) -> Result<(), StoreError> {
        let (now, id) = (self.store.time(clock::now()).await?, self.letter.id);
        let written = match ended {
            Ended::Accepted(answer) => {
                let end = LetterEnd::Accepted { answer: answer.clone() };
                self.store.end_letter(id, &self.token, &end, now).await?
            }
            Ended::Refused(answer) => {
                let end = LetterEnd::Refused { answer: answer.clone() };
                self.store.end_letter(id, &self.token, &end, now).await?
            }
            Ended::Unknown(trouble) => {
                let end = LetterEnd::Unknown { trouble: trouble.clone() };
                self.store.end_letter(id, &self.token, &end, now).await?
            }
            Ended::AtOnceAgain(trouble) => {
                self.store.letter_try_later(id, &self.token, trouble, now, now).await?
            }
            Ended::Later(trouble) => return self.put_off(trouble).await,
        };
        tracing::info!(
            letter = id.0,
            tries = self.letter.tries,
            how = ended.word(),
            ours = written,
            "a letter"
        );
        Ok(())
    }

    /// Tries again later, or gives up after two days.
    async fn put_off(&self, trouble: &InternalText) -> Result<(), StoreError> {
        let (now, id) = (self.store.time(clock::now()).await?, self.letter.id);
        let [jitter, ..] = clock::fresh_id().into_bytes();
        match next_try(self.letter.tries, self.letter.approved_at, now, jitter) {
            Some(at) => {
                self.store.letter_try_later(id, &self.token, trouble, at, now).await?;
                tracing::warn!(letter = id.0, tries = self.letter.tries, next = %at, "a letter was put off");
            }
            None => {
                let end = LetterEnd::Refused { answer: trouble.clone() };
                self.store.end_letter(id, &self.token, &end, now).await?;
                tracing::error!(
                    letter = id.0,
                    tries = self.letter.tries,
                    "a letter was put off for two days"
                );
            }
        }
        Ok(())
    }
}
