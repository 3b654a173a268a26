//! The file with the wrapping key: one line, or two while a key is being destroyed. It is written
//! beside and moved into place; the bytes of the old file are overwritten then.

use super::{Key, KeyError, rows::Table, rows::Wrapped};
use crate::{Fill, durable, hex};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use sha2::{Digest, Sha256};
use std::{
    fs::{File, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

const HEADER: &str = "stairgate wrapping key v1";
const COPY_HEADER: &[u8] = b"stairgate wrapping copy v1\n";

/// The largest wrapping file that is read, in bytes.
const BYTES_MAX: u64 = 4096;

/// One wrapping key, or two: with the generation that each is.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Ring(Vec<(u64, Key)>);

impl Ring {
    pub(super) fn first(fill: &mut Fill<'_>) -> Ring {
        Ring(vec![(1, draw(fill))])
    }

    pub(super) fn newest(&self) -> u64 {
        self.0
            .iter()
            .map(|(generation, _)| *generation)
            .max()
            .unwrap_or(0)
    }

    pub(super) fn has(&self, generation: u64) -> bool {
        self.0.iter().any(|(known, _)| *known == generation)
    }

    /// Without all but this generation.
    pub(super) fn only(&self, generation: u64) -> Ring {
        Ring(
            self.0
                .iter()
                .filter(|(known, _)| *known == generation)
                .cloned()
                .collect(),
        )
    }

    /// With a new key of the next generation.
    pub(super) fn with_next(mut self, fill: &mut Fill<'_>) -> Result<Ring, KeyError> {
        let next = self.newest().checked_add(1).ok_or(KeyError::Words)?;
        self.0.push((next, draw(fill)));
        Ok(self)
    }

    pub(super) fn wrap(
        &self,
        generation: u64,
        subject: &str,
        key: &Key,
        fill: &mut Fill<'_>,
    ) -> Result<Wrapped, KeyError> {
        let place = place(generation, subject);
        let wrapped = seal(self.key(generation)?, &place, &**key, fill)
            .ok_or_else(|| KeyError::Damaged(subject.to_owned()))?;
        Ok(Wrapped {
            subject: subject.to_owned(),
            wrapped,
        })
    }

    pub(super) fn open(&self, generation: u64, there: &Wrapped) -> Result<Key, KeyError> {
        let place = place(generation, &there.subject);
        open(self.key(generation)?, &place, &there.wrapped)
            .and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok())
            .map(Zeroizing::new)
            .ok_or_else(|| KeyError::Damaged(there.subject.clone()))
    }

    pub(super) fn open_all(&self, table: &Table) -> Result<Vec<(String, Key)>, KeyError> {
        let open =
            |there: &Wrapped| Ok((there.subject.clone(), self.open(table.generation, there)?));
        table.wrapped.iter().map(open).collect()
    }

    fn key(&self, generation: u64) -> Result<&Key, KeyError> {
        let found = self.0.iter().find(|(known, _)| *known == generation);
        found
            .map(|(_, key)| key)
            .ok_or(KeyError::Replaced { needed: generation })
    }

    fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(format!("{HEADER}\n"));
        for (generation, key) in &self.0 {
            let digits = Zeroizing::new(hex::encode(&**key));
            text.push_str(&generation.to_string());
            text.push(' ');
            text.push_str(&digits);
            text.push('\n');
        }
        text
    }

    fn from_text(text: &str) -> Option<Ring> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != HEADER {
            return None;
        }
        let read = |line: &str| {
            let (generation, key) = line.split_once(' ')?;
            Some((generation.parse().ok()?, Zeroizing::new(hex::decode(key)?)))
        };
        let keys: Vec<(u64, Key)> = lines.map(read).collect::<Option<_>>()?;
        (1..=2).contains(&keys.len()).then_some(Ring(keys))
    }
}

/// Where the wrapping key lies.
pub(super) struct WrappingFile {
    path: PathBuf,
}

impl WrappingFile {
    pub(super) fn at(path: &Path) -> WrappingFile {
        WrappingFile {
            path: path.to_owned(),
        }
    }

    /// Keeps other processes from changing the file until the answer is dropped.
    pub(super) fn hold(&self) -> Result<File, KeyError> {
        let said = |error: std::io::Error| file("locking the wrapping key", &error);
        let mut name = self.path.clone().into_os_string();
        name.push(".lock");
        let mut options = OpenOptions::new();
        let lock = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(name);
        let lock = lock.map_err(said)?;
        lock.lock().map_err(said)?;
        Ok(lock)
    }

    pub(super) fn is_there(&self) -> bool {
        self.path.exists()
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the first wrapping key beside its place, or takes the one of a start that was cut
    /// short. So a wrapping key in its place always has a table that names it.
    pub(super) fn propose(&self, fill: &mut Fill<'_>) -> Result<Ring, KeyError> {
        let proposed = self.proposed();
        if !proposed.is_there() {
            proposed.write(&Ring::first(fill))?;
        }
        proposed.ring()
    }

    /// Moves the proposed key into its place, when there is one of this generation and no other.
    pub(super) fn accept_proposed(&self, generation: u64) -> Result<(), KeyError> {
        let proposed = self.proposed();
        if self.is_there() || !proposed.is_there() || !proposed.ring()?.has(generation) {
            return Ok(());
        }
        std::fs::rename(&proposed.path, &self.path)
            .and_then(|()| durable::sync_folder(&self.path))
            .map_err(|error| file("writing the wrapping key", &error))
    }

    /// Removes and overwrites a half written file that a crash left beside: keys lie in it.
    pub(super) fn remove_leftover(&self) -> Result<(), KeyError> {
        let said = |error: std::io::Error| file("removing a half written wrapping key", &error);
        let leftover = durable::beside(&self.path).map_err(said)?;
        let mut old = match OpenOptions::new().write(true).open(&leftover) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            opened => opened.map_err(said)?,
        };
        wipe(&mut old)
            .and_then(|()| std::fs::remove_file(&leftover))
            .map_err(said)
    }

    fn proposed(&self) -> WrappingFile {
        let mut name = self.path.clone().into_os_string();
        name.push(".first");
        WrappingFile { path: name.into() }
    }

    pub(super) fn ring(&self) -> Result<Ring, KeyError> {
        let doing = "reading the wrapping key";
        let text = match read_small(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(KeyError::Missing(self.path.clone()));
            }
            Err(error) => return Err(file(doing, &error)),
        };
        std::str::from_utf8(&text)
            .ok()
            .and_then(Ring::from_text)
            .ok_or(KeyError::File {
                doing,
                why: format!("{} is not a file with a wrapping key", self.path.display()),
            })
    }

    pub(super) fn write(&self, ring: &Ring) -> Result<(), KeyError> {
        replace(&self.path, &[ring.to_text().as_bytes()])
            .map_err(|error| file("writing the wrapping key", &error))
    }

    pub(super) fn copy_to(
        &self,
        path: &Path,
        backup_key: &[u8; 32],
        fill: &mut Fill<'_>,
    ) -> Result<(), KeyError> {
        let doing = "copying the wrapping key";
        let text = self.ring()?.to_text();
        let sealed = seal(
            &Zeroizing::new(*backup_key),
            COPY_HEADER,
            text.as_bytes(),
            fill,
        );
        let sealed = sealed.ok_or(KeyError::File {
            doing,
            why: "it can't be sealed".to_owned(),
        })?;
        replace(path, &[COPY_HEADER, &sealed]).map_err(|error| file(doing, &error))
    }

    pub(super) fn restore_from(&self, copy: &Path, backup_key: &[u8; 32]) -> Result<(), KeyError> {
        let doing = "restoring the wrapping key";
        let bytes = read_small(copy).map_err(|error| file(doing, &error))?;
        let ring = bytes
            .strip_prefix(COPY_HEADER)
            .and_then(|sealed| open(&Zeroizing::new(*backup_key), COPY_HEADER, sealed))
            .and_then(|text| Ring::from_text(std::str::from_utf8(&text).ok()?));
        let why = "the copy is damaged or sealed under another backup key".to_owned();
        let ring = ring.ok_or(KeyError::File { doing, why })?;
        let _held = self.hold()?;
        if self.is_there() {
            let why = format!("{} is there already", self.path.display());
            return Err(KeyError::File { doing, why });
        }
        self.write(&ring)
    }
}

/// Says of a destroyed key that it was this one, and nothing else about it.
pub(super) fn fingerprint(key: &Key) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"stairgate destroyed key v1");
    hash.update(**key);
    hash.finalize().into()
}

/// Replaces a file and then overwrites the bytes of the old one, as far as the disk lets us.
fn replace(path: &Path, parts: &[&[u8]]) -> std::io::Result<()> {
    let old = OpenOptions::new().write(true).open(path).ok();
    durable::write(path, parts)?;
    old.map_or(Ok(()), |mut old| wipe(&mut old))
}

fn wipe(old: &mut File) -> std::io::Result<()> {
    let length = usize::try_from(old.metadata()?.len().min(BYTES_MAX)).unwrap_or(0);
    old.write_all(&vec![0; length])?;
    old.sync_all()
}

fn read_small(path: &Path) -> std::io::Result<Zeroizing<Vec<u8>>> {
    use std::io::Read;
    let mut bytes = Zeroizing::new(Vec::with_capacity(512));
    File::open(path)?.take(BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn draw(fill: &mut Fill<'_>) -> Key {
    let mut key = Zeroizing::new([0; 32]);
    fill(&mut *key);
    key
}

/// What a wrapped key is bound to: it opens for no other subject and under no other generation.
fn place(generation: u64, subject: &str) -> Vec<u8> {
    let mut place = b"stairgate key v1".to_vec();
    place.extend(generation.to_be_bytes());
    place.extend(subject.as_bytes());
    place
}

/// Nonce and sealed bytes.
fn seal(key: &Key, place: &[u8], bytes: &[u8], fill: &mut Fill<'_>) -> Option<Vec<u8>> {
    let mut nonce = [0; 24];
    fill(&mut nonce);
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let sealed = cipher
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: bytes,
                aad: place,
            },
        )
        .ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

fn open(key: &Key, place: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let payload = Payload {
        msg: sealed,
        aad: place,
    };
    cipher
        .decrypt(&XNonce::from(*nonce), payload)
        .ok()
        .map(Zeroizing::new)
}

fn file(doing: &'static str, error: &std::io::Error) -> KeyError {
    KeyError::File {
        doing,
        why: error.to_string(),
    }
}
