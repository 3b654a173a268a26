//! Words about people, sealed under the key of the person that they are about.
//! They stay sealed in the ledger and in the state; destroying the key erases them everywhere.
//! XChaCha20-Poly1305; the subject is bound in, so that words can't be moved to another person.
//! `Keys` holds what is kept; a `Sealer` seals for one act and collects the keys that the act makes.

use crate::chance::Chance;
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    sync::Arc,
};
use zeroize::Zeroizing;

/// A person's key: 32 bytes that are wiped when dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// Bytes of the nonce that stands before the sealed words.
const NONCE: usize = 24;

/// What is sealed is filled up to a multiple of so many bytes.
const PADDED: usize = 32;

/// A sealed value: `of` says whose key opens it. Without the key it says nothing about the value
/// but its rough length. It can be cloned, compared and written whatever `T` is.
pub struct Private<T = String> {
    /// Whose key: `person:17`.
    pub of: String,
    /// Nonce and sealed JSON of the value, base64.
    pub sealed: String,
    kind: PhantomData<fn() -> T>,
}

/// Why nothing can be sealed for this subject.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("what is kept about this person was erased, so nothing more can be written about them")]
pub struct Erased;

/// The keys that are at hand, and the list of those that were destroyed. Cloning shares what is
/// held; a change to one clone is not seen by the other.
#[derive(Clone, Default)]
pub struct Keys {
    held: Arc<Held>,
}

#[derive(Clone, Default)]
struct Held {
    keys: BTreeMap<String, Key>,
    destroyed: BTreeSet<String>,
}

impl Keys {
    /// From what the key store holds.
    #[must_use]
    pub fn new(keys: Vec<(String, Key)>, destroyed: Vec<String>) -> Keys {
        let destroyed: BTreeSet<String> = destroyed.into_iter().collect();
        let mut keys: BTreeMap<String, Key> = keys.into_iter().collect();
        keys.retain(|subject, _| !destroyed.contains(subject));
        Keys {
            held: Arc::new(Held { keys, destroyed }),
        }
    }

    /// Opens a sealed value. `None`: erased, damaged, or not of this kind.
    #[must_use]
    pub fn open<T: DeserializeOwned>(&self, private: &Private<T>) -> Option<T> {
        private.open_with(self.held.keys.get(&private.of)?)
    }

    /// Adds a key: one that an accepted act made, or another process. A destroyed one stays away.
    pub fn learn(&mut self, subject: String, key: Key) {
        if !self.held.destroyed.contains(&subject) {
            Arc::make_mut(&mut self.held).keys.insert(subject, key);
        }
    }

    /// Forgets a key for good.
    pub fn destroy(&mut self, subject: &str) {
        let held = Arc::make_mut(&mut self.held);
        held.keys.remove(subject);
        held.destroyed.insert(subject.to_owned());
    }

    /// Whether what is kept about this subject was erased.
    #[must_use]
    pub fn is_erased(&self, subject: &str) -> bool {
        self.held.destroyed.contains(subject)
    }

    /// Whether there is a key for this subject.
    #[must_use]
    pub fn has(&self, subject: &str) -> bool {
        self.held.keys.contains_key(subject)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Held { keys, destroyed } = &*self.held;
        write!(
            f,
            "Keys({} at hand, {} destroyed)",
            keys.len(),
            destroyed.len()
        )
    }
}

/// Seals for one act. Keys that it makes are not in `Keys`: whoever performs the act stores them
/// with `into_fresh` before the entries, or drops the sealer when the act comes to nothing.
pub struct Sealer<'a> {
    keys: &'a Keys,
    chance: &'a Chance,
    fresh: RefCell<BTreeMap<String, Key>>,
}

impl<'a> Sealer<'a> {
    /// For one act.
    #[must_use]
    pub fn new(keys: &'a Keys, chance: &'a Chance) -> Sealer<'a> {
        Sealer {
            keys,
            chance,
            fresh: RefCell::default(),
        }
    }

    /// Seals a value about `subject`; makes a key when there is none yet.
    ///
    /// # Errors
    /// The subject was erased.
    pub fn seal<T: Serialize>(&self, subject: &str, value: &T) -> Result<Private<T>, Erased> {
        self.seal_json(subject, value)
    }

    /// Bytes that nobody could foresee, for what is picked by chance.
    #[must_use]
    pub fn draw(&self) -> [u8; 32] {
        self.chance.draw()
    }

    /// Seals words about `subject`, as `seal` does.
    ///
    /// # Errors
    /// The subject was erased.
    pub fn seal_words(&self, subject: &str, words: &str) -> Result<Private, Erased> {
        self.seal_json(subject, words)
    }

    /// Opens a sealed value, also one that this act sealed. `None`: erased, damaged, or not of this kind.
    #[must_use]
    pub fn open<T: DeserializeOwned>(&self, private: &Private<T>) -> Option<T> {
        let fresh = self.fresh.borrow();
        let held = self.keys.held.keys.get(&private.of);
        private.open_with(held.or_else(|| fresh.get(&private.of))?)
    }

    /// Whether what was kept about this subject was erased, so that nothing can be sealed for it.
    #[must_use]
    pub fn is_erased(&self, subject: &str) -> bool {
        self.keys.is_erased(subject)
    }

    /// The keys that this act made: to be stored before its entries, then learned by `Keys`.
    #[must_use]
    pub fn into_fresh(self) -> Vec<(String, Key)> {
        self.fresh.into_inner().into_iter().collect()
    }

    fn seal_json<T, V: Serialize + ?Sized>(
        &self,
        subject: &str,
        value: &V,
    ) -> Result<Private<T>, Erased> {
        let key = self.key_of(subject)?;
        let json = serde_json::to_vec(value);
        // INVARIANT: what is sealed is plain data (words, dates, lists of them), which JSON can hold.
        debug_assert!(json.is_ok(), "a sealed value must be plain data");
        let mut json = Zeroizing::new(json.map_err(|_| Erased)?);
        // Spaces after the value mean nothing in JSON; they keep the length of a name to ourselves.
        let padded = json.len().next_multiple_of(PADDED);
        json.resize(padded, b' ');
        let mut bytes = [0_u8; NONCE];
        bytes
            .iter_mut()
            .zip(self.chance.draw())
            .for_each(|(to, from)| *to = from);
        let nonce = XNonce::from(bytes);
        let payload = Payload {
            msg: &json,
            aad: subject.as_bytes(),
        };
        // INVARIANT: the cipher refuses only values of more than 256 GiB.
        let boxed = XChaCha20Poly1305::new((&*key).into())
            .encrypt(&nonce, payload)
            .map_err(|_| Erased)?;
        Ok(Private::from_parts(
            subject,
            BASE64.encode([bytes.as_slice(), &boxed].concat()),
        ))
    }

    fn key_of(&self, subject: &str) -> Result<Key, Erased> {
        if self.keys.is_erased(subject) {
            return Err(Erased);
        }
        if let Some(key) = self.keys.held.keys.get(subject) {
            return Ok(key.clone());
        }
        let mut fresh = self.fresh.borrow_mut();
        let made = fresh.entry(subject.to_owned());
        Ok(made
            .or_insert_with(|| Zeroizing::new(self.chance.draw()))
            .clone())
    }
}

impl fmt::Debug for Sealer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealer({} fresh)", self.fresh.borrow().len())
    }
}

impl<T> Private<T> {
    /// From its two parts, as they stand in an entry.
    #[must_use]
    pub fn from_parts(of: impl Into<String>, sealed: impl Into<String>) -> Private<T> {
        Private {
            of: of.into(),
            sealed: sealed.into(),
            kind: PhantomData,
        }
    }
}

impl<T: DeserializeOwned> Private<T> {
    fn open_with(&self, key: &Key) -> Option<T> {
        let bytes = BASE64.decode(&self.sealed).ok()?;
        let (nonce, boxed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: boxed,
            aad: self.of.as_bytes(),
        };
        let cipher = XChaCha20Poly1305::new((&**key).into());
        let json = Zeroizing::new(cipher.decrypt(&XNonce::from(*nonce), payload).ok()?);
        serde_json::from_slice(&json).ok()
    }
}

// By hand, because a derive would ask `T` for what only the sealed text has to have.

impl<T> Clone for Private<T> {
    fn clone(&self) -> Private<T> {
        Private::from_parts(self.of.clone(), self.sealed.clone())
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Private({})", self.of)
    }
}

impl<T> PartialEq for Private<T> {
    fn eq(&self, other: &Private<T>) -> bool {
        self.of == other.of && self.sealed == other.sealed
    }
}

impl<T> Eq for Private<T> {}

impl<T> Hash for Private<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.of.hash(state);
        self.sealed.hash(state);
    }
}

#[derive(Serialize)]
struct Written<'a> {
    of: &'a str,
    sealed: &'a str,
}

#[derive(Deserialize)]
struct Read {
    of: String,
    sealed: String,
}

impl<T> Serialize for Private<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written {
            of: &self.of,
            sealed: &self.sealed,
        }
        .serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Private<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Private<T>, D::Error> {
        let Read { of, sealed } = Read::deserialize(deserializer)?;
        Ok(Private::from_parts(of, sealed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance() -> Chance {
        Chance::from_seed([7; 32])
    }

    /// Performs an act that seals these words, and keeps its keys.
    fn sealed(keys: &mut Keys, subject: &str, words: &str) -> Private {
        let chance = chance();
        let sealer = Sealer::new(keys, &chance);
        let private = sealer.seal_words(subject, words).unwrap();
        for (subject, key) in sealer.into_fresh() {
            keys.learn(subject, key);
        }
        private
    }

    #[test]
    fn sealed_words_open_with_the_key_and_are_gone_without_it() {
        let mut keys = Keys::default();
        let words = sealed(&mut keys, "person:1", "Anwen Price");
        assert!(!serde_json::to_string(&words).unwrap().contains("Anwen"));
        assert_eq!(keys.open(&words).as_deref(), Some("Anwen Price"));
        keys.destroy("person:1");
        assert_eq!(keys.open(&words), None);
        assert_eq!(
            Sealer::new(&keys, &chance()).seal_words("person:1", "again"),
            Err(Erased)
        );
    }

    #[test]
    fn a_destroyed_key_does_not_come_back() {
        let mut keys = Keys::new(vec![("person:1".to_owned(), Key::default())], Vec::new());
        keys.destroy("person:1");
        keys.learn("person:1".to_owned(), Key::default());
        assert!(!keys.has("person:1") && keys.is_erased("person:1"));
        let both = Keys::new(
            vec![("person:1".to_owned(), Key::default())],
            vec!["person:1".to_owned()],
        );
        assert!(!both.has("person:1"));
    }

    #[test]
    fn keys_of_an_act_that_came_to_nothing_are_gone_with_it() {
        let keys = Keys::default();
        let chance = chance();
        let sealer = Sealer::new(&keys, &chance);
        let words = sealer.seal_words("person:1", "a note").unwrap();
        assert_eq!(sealer.open(&words).as_deref(), Some("a note"));
        drop(sealer);
        assert_eq!(keys.open(&words), None);
        assert!(!keys.has("person:1"));
    }

    #[test]
    fn an_act_makes_one_key_for_each_subject() {
        let keys = Keys::default();
        let chance = chance();
        let sealer = Sealer::new(&keys, &chance);
        for subject in ["person:1", "person:2", "person:1"] {
            sealer.seal_words(subject, "a note").unwrap();
        }
        let subjects: Vec<String> = sealer.into_fresh().into_iter().map(|(of, _)| of).collect();
        assert_eq!(subjects, ["person:1", "person:2"]);
    }

    #[test]
    fn any_plain_value_can_be_sealed() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Note {
            text: String,
            stars: Option<u8>,
        }
        let keys = Keys::default();
        let chance = chance();
        let sealer = Sealer::new(&keys, &chance);
        let note = Note {
            text: "äöü \u{1F33B}".to_owned(),
            stars: Some(3),
        };
        let private = sealer.seal("person:1", &note).unwrap();
        let written = serde_json::to_string(&private).unwrap();
        let read: Private<Note> = serde_json::from_str(&written).unwrap();
        assert_eq!(read, private);
        assert_eq!(sealer.open(&read), Some(note));
        let as_number: Private<u64> = Private::from_parts(read.of, read.sealed);
        assert_eq!(sealer.open(&as_number), None);
    }

    #[test]
    fn short_names_seal_to_the_same_length_and_never_to_the_same_text() {
        let mut keys = Keys::default();
        let short = sealed(&mut keys, "person:1", "Bo");
        let long = sealed(&mut keys, "person:2", "Bartholomea Penhallow");
        assert_eq!(short.sealed.len(), long.sealed.len());
        let chance = chance();
        let sealer = Sealer::new(&keys, &chance);
        let (one, two) = (
            sealer.seal_words("person:1", "x"),
            sealer.seal_words("person:1", "x"),
        );
        assert_ne!(one, two);
    }

    #[test]
    fn sealed_words_cannot_be_moved_to_another_person() {
        let mut keys = Keys::default();
        let words = sealed(&mut keys, "person:1", "a note");
        let key = keys.held.keys.get("person:1").unwrap().clone();
        keys.learn("person:2".to_owned(), key);
        let moved: Private = Private::from_parts("person:2", words.sealed);
        assert_eq!(keys.open(&moved), None);
    }

    #[test]
    fn damaged_words_do_not_open() {
        let mut keys = Keys::default();
        let words = sealed(&mut keys, "person:1", "a note");
        let mut shorter = words.sealed.clone();
        shorter.truncate(shorter.len() - 4);
        for sealed in ["", "AAAA", "not base64!", &shorter] {
            let damaged: Private = Private::from_parts(words.of.clone(), sealed);
            assert_eq!(keys.open(&damaged), None, "{sealed}");
        }
    }

    #[test]
    fn keys_are_shared_between_threads_and_nothing_shows_what_they_are() {
        fn shared<T: Send + Sync + Clone>(_: &T) {}
        struct Plain;
        let private: Private<Plain> = Private::from_parts("person:1", "AAAA");
        shared(&private);
        let keys = Keys::new(vec![("person:1".to_owned(), Key::default())], Vec::new());
        shared(&keys);
        assert_eq!(
            format!("{keys:?} {private:?}"),
            "Keys(1 at hand, 0 destroyed) Private(person:1)"
        );
    }
}
