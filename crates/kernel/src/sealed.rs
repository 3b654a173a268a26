//! Words about people, sealed under the key of the person that they are about.
//! They stay sealed in the ledger and in the state; destroying the key erases them everywhere.
//! XChaCha20-Poly1305; the subject is bound in, so that words can't be moved to another person.

use crate::chance::Chance;
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use serde::{Deserialize, Serialize};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};
use zeroize::Zeroizing;

/// A person's key: 32 bytes that are wiped when dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// Sealed words: `of` says whose key opens them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Private {
    /// Whose key: `person:17`.
    pub of: String,
    /// Nonce and sealed words, base64.
    pub sealed: String,
}

/// The keys that are at hand, and the list of those that were destroyed.
#[derive(Default)]
pub struct Keys {
    keys: BTreeMap<String, Key>,
    destroyed: BTreeSet<String>,
    fresh: RefCell<BTreeMap<String, Key>>,
}

/// The key of this person was destroyed; nothing more can be sealed for them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("what is kept about this person was erased, so nothing more can be written about them")]
pub struct Erased;

impl Keys {
    /// From what the key store holds.
    #[must_use]
    pub fn new(keys: Vec<(String, Key)>, destroyed: Vec<String>) -> Keys {
        Keys {
            keys: keys.into_iter().collect(),
            destroyed: destroyed.into_iter().collect(),
            fresh: RefCell::default(),
        }
    }

    /// Seals words about `subject`; makes a key when there is none yet.
    ///
    /// # Errors
    /// The subject was erased.
    pub fn seal(&self, subject: &str, words: &str, chance: &Chance) -> Result<Private, Erased> {
        if self.destroyed.contains(subject) {
            return Err(Erased);
        }
        let mut fresh = self.fresh.borrow_mut();
        let key = match self.keys.get(subject) {
            Some(key) => key.clone(),
            None => fresh
                .entry(subject.to_owned())
                .or_insert_with(|| Zeroizing::new(chance.draw()))
                .clone(),
        };
        let drawn = chance.draw();
        let mut nonce = [0_u8; 24];
        nonce
            .iter_mut()
            .zip(drawn)
            .for_each(|(to, from)| *to = from);
        let cipher = XChaCha20Poly1305::new((&*key).into());
        let payload = Payload {
            msg: words.as_bytes(),
            aad: subject.as_bytes(),
        };
        let boxed = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Erased)?;
        let mut bytes = nonce.to_vec();
        bytes.extend(boxed);
        Ok(Private {
            of: subject.to_owned(),
            sealed: BASE64.encode(bytes),
        })
    }

    /// Opens sealed words. `None`: erased, or damaged.
    #[must_use]
    pub fn open(&self, private: &Private) -> Option<String> {
        let bytes = BASE64.decode(&private.sealed).ok()?;
        let (nonce, boxed) = bytes.split_at_checked(24)?;
        let fresh = self.fresh.borrow();
        let key = self
            .keys
            .get(&private.of)
            .or_else(|| fresh.get(&private.of))?;
        let cipher = XChaCha20Poly1305::new((&**key).into());
        let nonce: [u8; 24] = nonce.try_into().ok()?;
        let payload = Payload {
            msg: boxed,
            aad: private.of.as_bytes(),
        };
        String::from_utf8(cipher.decrypt(&XNonce::from(nonce), payload).ok()?).ok()
    }

    /// Keys that were made since the last time of asking: to be stored before the entries that need them.
    pub fn take_fresh(&mut self) -> Vec<(String, Key)> {
        let fresh = std::mem::take(&mut *self.fresh.borrow_mut());
        self.keys.extend(
            fresh
                .iter()
                .map(|(subject, key)| (subject.clone(), key.clone())),
        );
        fresh.into_iter().collect()
    }

    /// Forgets keys that were made for an act that came to nothing.
    pub fn drop_fresh(&mut self) {
        self.fresh.borrow_mut().clear();
    }

    /// Adds a key that another process made.
    pub fn learn(&mut self, subject: String, key: Key) {
        self.keys.insert(subject, key);
    }

    /// Forgets a key for good.
    pub fn destroy(&mut self, subject: &str) {
        self.keys.remove(subject);
        self.destroyed.insert(subject.to_owned());
    }

    /// Whether what is kept about this subject was erased.
    #[must_use]
    pub fn is_erased(&self, subject: &str) -> bool {
        self.destroyed.contains(subject)
    }

    /// Whether there is a key for this subject.
    #[must_use]
    pub fn has(&self, subject: &str) -> bool {
        self.keys.contains_key(subject)
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Keys({} at hand, {} destroyed)",
            self.keys.len(),
            self.destroyed.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance() -> Chance {
        Chance::from_seed([7; 32])
    }

    #[test]
    fn sealed_words_open_with_the_key_and_are_gone_without_it() {
        let mut keys = Keys::default();
        let words = keys.seal("person:1", "Anwen Price", &chance()).unwrap();
        assert!(!serde_json::to_string(&words).unwrap().contains("Anwen"));
        assert_eq!(keys.open(&words).as_deref(), Some("Anwen Price"));
        assert_eq!(keys.take_fresh().len(), 1);
        keys.destroy("person:1");
        assert_eq!(keys.open(&words), None);
        assert_eq!(keys.seal("person:1", "again", &chance()), Err(Erased));
    }

    #[test]
    fn sealed_words_cannot_be_moved_to_another_person() {
        let keys = Keys::default();
        let chance = chance();
        let words = keys.seal("person:1", "a note", &chance).unwrap();
        keys.seal("person:2", "other", &chance).unwrap();
        let moved = Private {
            of: "person:2".to_owned(),
            ..words
        };
        assert_eq!(keys.open(&moved), None);
    }

    #[test]
    fn damaged_words_do_not_open() {
        let keys = Keys::default();
        let words = keys.seal("person:1", "a note", &chance()).unwrap();
        for sealed in [
            "",
            "AAAA",
            "not base64!",
            &words.sealed[..words.sealed.len() - 4],
        ] {
            let damaged = Private {
                of: words.of.clone(),
                sealed: sealed.to_owned(),
            };
            assert_eq!(keys.open(&damaged), None, "{sealed}");
        }
    }
}
