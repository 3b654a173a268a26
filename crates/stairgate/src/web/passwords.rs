//! Passwords: hashed with Argon2id at a recommended cost, a few at a time so that other pages go on,
//! and checked in the same time whether or not there is such an account. Why this cost:
//! docs/decisions/passwords.md.

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use sha2::{Digest, Sha256};
use std::{
    num::NonZero,
    sync::{Mutex, PoisonError},
};
use tokio::sync::Semaphore;

/// Memory that a hash takes, in KiB. With the passes below it is one of the sets that OWASP names as
/// equally good; the smaller ones stay in the processor's own memory, so fifty people wait less.
const MEMORY_KIB: u32 = 9 * 1024;
/// How often a hash goes through that memory.
const PASSES: u32 = 4;
/// Hashes that are reckoned at the same time, however many processors there are.
const AT_ONCE_MAX: usize = 4;
/// Hashes that may be waited for; whoever comes then is told to come again.
const WAITING_MAX: usize = 256;

/// Makes and checks hashes.
pub(crate) struct Passwords {
    turn: Semaphore,
    line: Semaphore,
    spare: Mutex<Vec<Blocks>>,
    at_once: usize,
    nobody: String,
}

/// The memory in which a hash is reckoned. It is handed on while others wait: asking the system for
/// it each time takes as long as a third of the hash.
type Blocks = Vec<Block>;

impl Passwords {
    pub(crate) fn new() -> anyhow::Result<Passwords> {
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let at_once = processors.min(AT_ONCE_MAX);
        Ok(Passwords {
            turn: Semaphore::new(at_once),
            line: Semaphore::new(WAITING_MAX),
            spare: Mutex::default(),
            at_once,
            nobody: hash(&ledger::hex::encode(&random))?,
        })
    }

    /// A hash to keep.
    pub(crate) async fn make(&self, password: &str) -> anyhow::Result<String> {
        let password = password.to_owned();
        self.reckon(move |blocks| hash_in(&password, blocks))
            .await?
    }

    /// Whether the password fits the hash; without a hash it takes as long and never fits.
    pub(crate) async fn fits(&self, password: &str, kept: Option<String>) -> anyhow::Result<bool> {
        let password = password.to_owned();
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| self.nobody.clone());
        let fits = self
            .reckon(move |blocks| verify(&password, &kept, blocks))
            .await?;
        Ok(fits && known)
    }

    /// A hash that no password fits, at the cost of another: of older hashes some cost more, and the
    /// time of an answer must not tell who has an account.
    pub(crate) fn nobodys(&self, like: Option<&str>) -> String {
        let like = like.and_then(|like| PasswordHash::new(like).ok());
        let nobody = PasswordHash::new(&self.nobody);
        match (like, nobody) {
            (Some(like), Ok(nobody)) => PasswordHash {
                params: like.params,
                ..nobody
            }
            .to_string(),
            (None, _) | (_, Err(_)) => self.nobody.clone(),
        }
    }

    /// Which of so many accounts a user name that nobody has is like: always the same one, and no
    /// stranger can tell which.
    pub(crate) fn like(&self, user: &str, accounts: usize) -> usize {
        let digest = Sha256::digest(format!("{} {user}", self.nobody));
        let number = digest.iter().take(8).fold(0_u64, |sum, byte| {
            sum.wrapping_mul(256).wrapping_add((*byte).into())
        });
        let accounts = u64::try_from(accounts).unwrap_or(u64::MAX).max(1);
        usize::try_from(number % accounts).unwrap_or(0)
    }

    /// Does this when it is its turn, beside the pages.
    async fn reckon<T: Send + 'static>(
        &self,
        what: impl FnOnce(&mut Blocks) -> T + Send + 'static,
    ) -> anyhow::Result<T> {
        let _place = self.line.try_acquire()?;
        let _turn = self.turn.acquire().await?;
        let mut blocks = self.spares().pop().unwrap_or_default();
        let (done, blocks) = tokio::task::spawn_blocking(move || {
            let done = what(&mut blocks);
            (done, blocks)
        })
        .await?;
        let mut spare = self.spares();
        if WAITING_MAX.saturating_sub(self.line.available_permits()) > self.at_once {
            spare.push(blocks);
        } else {
            spare.clear();
        }
        Ok(done)
    }

    fn spares(&self) -> std::sync::MutexGuard<'_, Vec<Blocks>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A hash, as PHC text.
///
/// # Errors
/// The system gave no randomness.
pub(crate) fn hash(password: &str) -> anyhow::Result<String> {
    hash_in(password, &mut Blocks::new())
}

fn hash_in(password: &str, blocks: &mut Blocks) -> anyhow::Result<String> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt)?;
    let failed = |error| anyhow::anyhow!("the password could not be hashed: {error}");
    made(password, &salt, blocks)
        .map(|hash| hash.to_string())
        .map_err(failed)
}

fn made(
    password: &str,
    salt: &[u8],
    blocks: &mut Blocks,
) -> argon2::password_hash::Result<PasswordHash> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(Params::DEFAULT_OUTPUT_LEN))?;
    let written = ParamsString::try_from(&params)?;
    let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
    let argon = Argon2::new(algorithm, version, params);
    Ok(PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: written,
        salt: Some(Salt::new(salt)?),
        hash: Some(output(
            &argon,
            password,
            salt,
            Params::DEFAULT_OUTPUT_LEN,
            blocks,
        )?),
    })
}

fn output(
    argon: &Argon2<'_>,
    password: &str,
    salt: &[u8],
    length: usize,
    blocks: &mut Blocks,
) -> argon2::password_hash::Result<Output> {
    let needed = argon.params().block_count();
    if blocks.len() < needed {
        blocks.resize(needed, Block::new());
    }
    let mut buffer = [0; Output::MAX_LENGTH];
    let out = buffer
        .get_mut(..length)
        .ok_or(argon2::password_hash::Error::OutputSize)?;
    argon.hash_password_into_with_memory(password.as_bytes(), salt, out, blocks.as_mut_slice())?;
    Ok(Output::new(out)?)
}

fn verify(password: &str, kept: &str, blocks: &mut Blocks) -> bool {
    fits(password, kept, blocks).unwrap_or(false)
}

/// At whatever cost the hash was made; `None` if it is none. Outputs are compared in constant time.
fn fits(password: &str, kept: &str, blocks: &mut Blocks) -> Option<bool> {
    let kept = PasswordHash::new(kept).ok()?;
    let (salt, expected) = (kept.salt?, kept.hash?);
    let algorithm = Algorithm::try_from(kept.algorithm.as_str()).ok()?;
    let version = Version::try_from(kept.version?).ok()?;
    let params = Params::try_from(&kept).ok()?;
    let argon = Argon2::new(algorithm, version, params);
    let length = expected.as_ref().len();
    let given = output(&argon, password, &salt, length, blocks).ok()?;
    Some(given == expected)
}

/// Whether a hash was made at the cost of today. One that was not is made anew when its owner next
/// signs in.
pub(crate) fn is_of_today(kept: &str) -> bool {
    let kept = PasswordHash::new(kept).ok();
    let params = kept.and_then(|kept| Params::try_from(&kept).ok());
    params.is_some_and(|params| {
        (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, 1)
    })
}

/// SHA-256 of a code or token, in hex.
pub(crate) fn digest(secret: &str) -> String {
    ledger::hex::encode(&Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::PasswordHasher;

    /// As an earlier version made it.
    fn of_before() -> String {
        let made = Argon2::default().hash_password(b"plum tree hat").unwrap();
        made.to_string()
    }

    #[test]
    fn a_password_is_kept_slowly_hashed_with_a_salt_of_its_own() {
        let mut blocks = Blocks::new();
        let (one, other) = (
            hash("plum tree hat").unwrap(),
            hash_in("plum tree hat", &mut blocks).unwrap(),
        );
        for kept in [&one, &other] {
            assert!(kept.starts_with("$argon2id$v=19$m=9216,t=4,p=1$"), "{kept}");
            assert!(!kept.contains("plum") && is_of_today(kept));
            assert!(verify("plum tree hat", kept, &mut blocks));
            assert!(!verify("plum tree hats", kept, &mut blocks));
        }
        assert_ne!(one, other);
        assert!(!verify("plum tree hat", "plum tree hat", &mut blocks));
    }

    #[test]
    fn memory_that_was_used_before_makes_no_other_hash() {
        let mut used = Blocks::new();
        let first = made("one", &[7; 16], &mut used).unwrap();
        made("another altogether", &[8; 16], &mut used).unwrap();
        let again = made("one", &[7; 16], &mut used).unwrap();
        assert_eq!(first, again);
        // The library, which takes new memory each time, says the same.
        let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap();
        let library = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let theirs = library.hash_password_with_salt(b"one", &[7; 16]).unwrap();
        assert_eq!(first.to_string(), theirs.to_string());
    }

    #[test]
    fn a_hash_of_an_earlier_cost_still_fits_and_is_known_as_one() {
        let (old, mut blocks) = (of_before(), Blocks::new());
        assert!(old.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{old}");
        assert!(verify("plum tree hat", &old, &mut blocks));
        assert!(!verify("plum tree hats", &old, &mut blocks));
        assert!(!is_of_today(&old) && !is_of_today("") && !is_of_today("$argon2id$v=19$"));
    }

    #[test]
    fn a_name_that_nobody_has_costs_what_the_hash_of_some_account_costs() {
        let passwords = Passwords::new().unwrap();
        let (old, mut blocks) = (of_before(), Blocks::new());
        let nobody = passwords.nobodys(Some(&old));
        assert!(
            nobody.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{nobody}"
        );
        assert!(!verify("plum tree hat", &nobody, &mut blocks));
        assert_eq!(passwords.nobodys(None), passwords.nobody);
        assert_eq!(passwords.nobodys(Some("nonsense")), passwords.nobody);
        let like: Vec<usize> = (0..64)
            .map(|number| passwords.like(&format!("name-{number}"), 3))
            .collect();
        assert_eq!(like.first(), Some(&passwords.like("name-0", 3)));
        assert!((0..3).all(|account| like.contains(&account)), "{like:?}");
        assert_eq!(passwords.like("name", 0), 0);
    }
}
