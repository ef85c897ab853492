//! Passwords: argon2id with 64 MiB, two at a time, so that a thousand sign-ins at once can't take all
//! memory.

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

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Passwords {
    fresh: FreshIds,
    at_once: Arc<Semaphore>,
}

/// Why a password can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPassword {
    /// Too short.
    #[error("The password has {0} characters. Use {SHORTEST} or more; a sentence is good.")]
    Short(usize),
    /// Too long.
    #[error("The password is longer than {LONGEST} characters. Use a shorter one.")]
    Long,
    /// The machine can't hash it.
    #[error("The password could not be kept, because the machine is short of memory. Try again in a minute.")]
    NoMemory,
}

impl Passwords {
    /// With salts from `fresh`.
    #[must_use]
    pub fn new(fresh: FreshIds) -> Self {
        Self { fresh, at_once: Arc::new(Semaphore::new(2)) }
    }

    /// The hash of a new password, to be kept.
    ///
    /// # Errors
    /// [`NoPassword`] says what to choose instead.
    pub async fn hash(&self, password: &str) -> Result<String, NoPassword> {
        let length = password.chars().count();
        if length < SHORTEST {
            return Err(NoPassword::Short(length));
        }
        if password.len() > LONGEST {
            return Err(NoPassword::Long);
        }
        let salt = *(self.fresh)().as_bytes();
        let password = password.to_owned();
        let hash = self.aside(move || {
            let hash = hasher()?.hash_password_with_salt(password.as_bytes(), &salt).ok()?;
            Some(hash.to_string())
        });
        hash.await.flatten().ok_or(NoPassword::NoMemory)
    }

    /// Whether `password` is the one behind `hash`. Without a hash it takes as long and is not: nobody
    /// learns from the time whether an address is known.
    pub(crate) async fn matches(&self, password: &str, hash: Option<String>) -> bool {
        if password.len() > LONGEST {
            return false;
        }
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
        let password = password.to_owned();
        let right = self.aside(move || {
            let hash = PasswordHash::new(&hash).ok()?;
            hasher()?.verify_password(password.as_bytes(), &hash).ok()
        });
        right.await.flatten().is_some() && known
    }

    async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _turn = self.at_once.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }
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
        let hash = passwords().hash("correct horse").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{hash}");
        assert!(passwords().matches("correct horse", Some(hash.clone())).await);
        assert!(!passwords().matches("correct horsf", Some(hash)).await);
        assert!(!passwords().matches("correct horse", None).await);
    }

    #[tokio::test]
    async fn a_short_password_is_refused_and_a_long_one_is_not() {
        assert_eq!(passwords().hash("too short").await, Err(NoPassword::Short(9)));
        assert!(passwords().hash(&"a sentence ".repeat(20)).await.is_ok());
    }
}
