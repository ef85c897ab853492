//! Passwords: argon2id with 64 MiB, two at a time and a short line before them, so that a thousand sign-ins at
//! once can't take all memory.

use crate::state::FreshIds;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The fewest characters of a password. Long ones are welcome.
pub const SHORTEST: usize = 10;

/// More than anybody types; hashing more would be work for nothing.
const LONGEST: usize = 1_024;

/// How many are hashed at once: each takes 64 MiB while it lasts.
const AT_ONCE: usize = 2;

/// How many are hashed or wait for it. Whoever comes when the line is full is asked to try again: with two at a
/// time, more than this would wait for too long.
const IN_LINE: usize = 66;

/// What a guesser tries first is no password, however long it takes to type.
const GUESSES: u64 = 1_000_000;

/// A password longer than this is not looked up: nobody guesses it by its words.
const LOOKED_UP: usize = 40;

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Passwords {
    fresh: FreshIds,
    at_once: Arc<Semaphore>,
    line: Arc<Semaphore>,
}

/// Why a password can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPassword {
    /// Too short.
    #[error("The password has {0} characters. Use {SHORTEST} or more; 15 are better, a sentence is good.")]
    Short(usize),
    /// Too long.
    #[error("The password is longer than {LONGEST} characters. Use a shorter one.")]
    Long,
    /// Too many people use it.
    #[error("This password is among the first that a stranger tries. Choose another; a sentence is good.")]
    Common,
    /// The machine can't hash it.
    #[error("The password could not be kept, because the machine is short of memory. Try again in a minute.")]
    NoMemory,
    /// Too many at once.
    #[error(transparent)]
    Busy(#[from] Busy),
}

/// Too many passwords are being checked at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Too many people are signing in at this moment. Try again in half a minute.")]
pub struct Busy;

impl Passwords {
    /// With salts from `fresh`.
    #[must_use]
    pub fn new(fresh: FreshIds) -> Self {
        let (at_once, line) = (Arc::new(Semaphore::new(AT_ONCE)), Arc::new(Semaphore::new(IN_LINE)));
        Self { fresh, at_once, line }
    }

    /// The hash of a new password, to be kept. `about` are words that a stranger who knows the person would try:
    /// their name, their address.
    ///
    /// # Errors
    /// [`NoPassword`] says what to choose instead.
    pub async fn hash(&self, password: &str, about: &[&str]) -> Result<String, NoPassword> {
        let length = password.chars().count();
        if length < SHORTEST {
            return Err(NoPassword::Short(length));
        }
        if password.len() > LONGEST {
            return Err(NoPassword::Long);
        }
        if is_common(password, about) {
            return Err(NoPassword::Common);
        }
        let salt = *(self.fresh)().as_bytes();
        let password = password.to_owned();
        let hash = self.aside(move || {
            let hash = hasher()?.hash_password_with_salt(password.as_bytes(), &salt).ok()?;
            Some(hash.to_string())
        });
        hash.await?.ok_or(NoPassword::NoMemory)
    }

    /// Whether `password` is the one behind `hash`. Without a hash it takes as long and is not: nobody
    /// learns from the time whether an address is known.
    pub(crate) async fn matches(&self, password: &str, hash: Option<String>) -> Result<bool, Busy> {
        if password.len() > LONGEST {
            return Ok(false);
        }
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
        let password = password.to_owned();
        let right = self.aside(move || {
            let hash = PasswordHash::new(&hash).ok()?;
            hasher()?.verify_password(password.as_bytes(), &hash).ok()
        });
        Ok(right.await?.is_some() && known)
    }

    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Option<T> + Send + 'static,
    ) -> Result<Option<T>, Busy> {
        let _place = self.line.try_acquire().map_err(|_| Busy)?;
        let _turn = self.at_once.acquire().await.map_err(|_| Busy)?;
        Ok(tokio::task::spawn_blocking(work).await.ok().flatten())
    }
}

/// Whether a guesser finds it early: a usual password, a row of the keyboard, one sign over and over, or what
/// everybody knows about the person.
fn is_common(password: &str, about: &[&str]) -> bool {
    if password.chars().count() > LOOKED_UP {
        return false;
    }
    let mut known: Vec<&str> = about.iter().flat_map(|text| text.split(['@', '.', ' ', '-'])).collect();
    known.extend(about);
    known.push("forewarn");
    zxcvbn::zxcvbn(password, &known).guesses() < GUESSES
}

/// A hash with our parameters that no password is kept under.
const NOBODYS: &str = "$argon2id$v=19$m=65536,t=3,p=1$bm9ib2R5cyBwYXNzd29yZA$\
                       AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(64 * 1024, 3, 1, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn passwords() -> Passwords {
        Passwords::new(Arc::new(|| Uuid::from_u128(7)))
    }

    #[tokio::test]
    async fn only_the_same_password_matches() {
        let hash = passwords().hash("correct horse", &[]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{hash}");
        assert_eq!(passwords().matches("correct horse", Some(hash.clone())).await, Ok(true));
        assert_eq!(passwords().matches("correct horsf", Some(hash)).await, Ok(false));
        assert_eq!(passwords().matches("correct horse", None).await, Ok(false));
    }

    #[tokio::test]
    async fn a_short_password_is_refused_and_a_long_one_is_not() {
        assert_eq!(passwords().hash("too short", &[]).await, Err(NoPassword::Short(9)));
        assert!(passwords().hash(&"a sentence ".repeat(20), &[]).await.is_ok());
        assert_eq!(passwords().hash(&"x".repeat(1_025), &[]).await, Err(NoPassword::Long));
    }

    #[test]
    fn what_a_stranger_tries_first_is_no_password() {
        let jon = ["jon.eide@norpump.example", "Jon Eide"];
        for common in [
            "password123",
            "P@ssw0rd123",
            "1234567890",
            "qwertyuiop",
            "aaaaaaaaaaaaaaa",
            "passwordpassword",
            "jon.eide@norpump.example",
            "norpump123",
            "forewarn123",
        ] {
            assert!(is_common(common, &jon), "{common}");
        }
        for fine in ["tell them early", "keep your word", "correct horse battery staple", "Vik-47-Bergen!x"] {
            assert!(!is_common(fine, &jon), "{fine}");
        }
    }
}
