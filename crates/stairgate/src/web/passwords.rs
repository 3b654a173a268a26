//! Passwords: hashed with Argon2id at the library's recommended cost, at most two at a time so that
//! other pages go on, and checked in the same time whether or not there is such an account.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// Hashes that are reckoned at the same time.
const AT_ONCE: usize = 2;
/// Hashes that may be waited for; whoever comes then is told to come again.
const WAITING_MAX: usize = 256;

/// Makes and checks hashes.
pub(crate) struct Passwords {
    turn: Semaphore,
    line: Semaphore,
    nobody: String,
}

impl Passwords {
    pub(crate) fn new() -> anyhow::Result<Passwords> {
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        Ok(Passwords {
            turn: Semaphore::new(AT_ONCE),
            line: Semaphore::new(WAITING_MAX),
            nobody: hash(&ledger::hex::encode(&random))?,
        })
    }

    /// A hash to keep.
    pub(crate) async fn make(&self, password: &str) -> anyhow::Result<String> {
        let _place = self.line.try_acquire()?;
        let _turn = self.turn.acquire().await?;
        let password = password.to_owned();
        tokio::task::spawn_blocking(move || hash(&password)).await?
    }

    /// Whether the password fits the hash; without a hash it takes as long and never fits.
    pub(crate) async fn fits(&self, password: &str, kept: Option<String>) -> anyhow::Result<bool> {
        let _place = self.line.try_acquire()?;
        let _turn = self.turn.acquire().await?;
        let password = password.to_owned();
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| self.nobody.clone());
        let fits = tokio::task::spawn_blocking(move || verify(&password, &kept)).await?;
        Ok(fits && known)
    }
}

/// A hash, as PHC text.
///
/// # Errors
/// The system gave no randomness.
pub(crate) fn hash(password: &str) -> anyhow::Result<String> {
    let made = Argon2::default().hash_password(password.as_bytes());
    made.map(|hash| hash.to_string())
        .map_err(|error| anyhow::anyhow!("the password could not be hashed: {error}"))
}

fn verify(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept).is_ok_and(|kept| {
        Argon2::default()
            .verify_password(password.as_bytes(), &kept)
            .is_ok()
    })
}

/// SHA-256 of a code or token, in hex.
pub(crate) fn digest(secret: &str) -> String {
    ledger::hex::encode(&Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_kept_slowly_hashed_with_a_salt_of_its_own() {
        let (one, other) = (
            hash("plum tree hat").unwrap(),
            hash("plum tree hat").unwrap(),
        );
        for kept in [&one, &other] {
            assert!(
                kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
                "{kept}"
            );
            assert!(!kept.contains("plum") && verify("plum tree hat", kept));
            assert!(!verify("plum tree hats", kept));
        }
        assert_ne!(one, other);
        assert!(!verify("plum tree hat", "plum tree hat"));
    }
}
