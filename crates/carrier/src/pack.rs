//! What is inside: a list of files with their digests, a note in which the setting that sends signs
//! that list, and the files one after the other. Nothing is compressed, so nothing swells.

use crate::{Fault, hex, sha256};
use ledger::checkpoint::{Checkpoint, Signing, Verifying};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The name of the file that says what the record is: `docs/transfer-format.md` has its fields.
pub const CONTENT: &str = "content.json";
/// How the name in the note about a list ends, so that it is no other note.
pub const ORIGIN_ENDS: &str = "/transfer";
/// The most files.
pub const FILES_MAX: usize = 2_000;
/// The most bytes of all files together.
pub const BYTES_MAX: usize = 128 << 20;
/// The longest list and the longest note, in bytes.
const LIST_BYTES_MAX: usize = 2 << 20;
const NOTE_BYTES_MAX: usize = 16 << 10;
/// The longest name of a file, in characters.
const NAME_CHARS_MAX: usize = 120;

/// A file inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What was inside, after every byte of it was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The key of the setting that signed it: `name+id+base64`. Whether that is the setting that it
    /// says, people find out by comparing words over the telephone.
    pub key: String,
    /// The digest of the list, and so of everything: which transfer it is.
    pub digest: [u8; 32],
    /// The files, the one that says what it is first.
    pub files: Vec<File>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    format: String,
    version: u32,
    key: String,
    files: Vec<Listed>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    name: String,
    size: u64,
    sha256: String,
}

impl Packed {
    /// The content, which is the first file.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        self.files.first().map_or(&[], |file| &file.bytes)
    }

    /// The digest as people and entries write it.
    #[must_use]
    pub fn digest_text(&self) -> String {
        hex(&self.digest)
    }
}

/// Packs and signs: the bytes, and the digest of the list. The first file says what it is.
///
/// # Errors
/// There are too many files or bytes, or a name can't be a file’s.
pub fn pack(files: &[File], key: &Signing) -> Result<(Vec<u8>, [u8; 32]), Fault> {
    let unmade = |why: &str| Fault::Unmade(why.to_owned());
    if files.first().is_none_or(|first| first.name != CONTENT) {
        return Err(unmade("it does not say what it is"));
    }
    let sum: usize = files.iter().map(|file| file.bytes.len()).sum();
    if files.len() > FILES_MAX || sum > BYTES_MAX {
        return Err(unmade("there is too much in it"));
    }
    if !are_names(files.iter().map(|file| file.name.as_str())) {
        return Err(unmade("a name is used twice or can’t be a file’s"));
    }
    let listed = files.iter().map(|file| Listed {
        name: file.name.clone(),
        size: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
        sha256: hex(&sha256(&[&file.bytes])),
    });
    let list = List {
        format: "stairgate-transfer".to_owned(),
        version: 1,
        key: key.verifying().to_text(),
        files: listed.collect(),
    };
    let list = serde_json::to_vec(&list).map_err(|error| Fault::Unmade(error.to_string()))?;
    let digest = sha256(&[&list]);
    let note = Checkpoint {
        origin: format!("{}{ORIGIN_ENDS}", key.verifying().name()),
        size: u64::try_from(list.len()).unwrap_or(u64::MAX),
        root: digest,
        more: Vec::new(),
    };
    let note = note.sign(&[key]);
    let mut bytes = Vec::with_capacity(sum + list.len() + note.len() + 8);
    for part in [list.as_slice(), note.as_bytes()] {
        let length = u32::try_from(part.len()).map_err(|_| unmade("there is too much in it"))?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(part);
    }
    files
        .iter()
        .for_each(|file| bytes.extend_from_slice(&file.bytes));
    Ok((bytes, digest))
}

/// Reads what [`pack`] wrote. Nothing is handed out unless all of it is as it was signed.
///
/// # Errors
/// What is wrong with it.
pub fn unpack(bytes: &[u8]) -> Result<Packed, Fault> {
    let (list, rest) = part(bytes, LIST_BYTES_MAX)?;
    let (note, mut rest) = part(rest, NOTE_BYTES_MAX)?;
    let digest = sha256(&[list]);
    let list: List = serde_json::from_slice(list).map_err(|_| Fault::NotOne)?;
    if list.format != "stairgate-transfer" || list.version != 1 {
        return Err(Fault::NotOne);
    }
    signed(&list, &digest, note, bytes)?;
    if list.files.len() > FILES_MAX || list.files.first().is_none_or(|one| one.name != CONTENT) {
        return Err(Fault::NotOne);
    }
    if !are_names(list.files.iter().map(|listed| listed.name.as_str())) {
        return Err(Fault::NotWhole("a name in it can’t be a file’s"));
    }
    let mut files = Vec::with_capacity(list.files.len());
    for listed in list.files {
        let size = usize::try_from(listed.size).unwrap_or(usize::MAX);
        let cut = Fault::NotWhole("a file in it is cut off");
        let (bytes, after) = rest.split_at_checked(size).ok_or(cut)?;
        if hex(&sha256(&[bytes])) != listed.sha256 {
            return Err(Fault::NotWhole("a file in it was changed"));
        }
        files.push(File {
            name: listed.name,
            bytes: bytes.to_vec(),
        });
        rest = after;
    }
    if !rest.is_empty() {
        return Err(Fault::NotWhole("there is more in it than its list says"));
    }
    Ok(Packed {
        key: list.key,
        digest,
        files,
    })
}

/// Whether the note is by the key that the list names, and about this list.
fn signed(list: &List, digest: &[u8; 32], note: &[u8], bytes: &[u8]) -> Result<(), Fault> {
    let wrong = Fault::NotWhole("its signature is not right");
    let key = Verifying::from_text(&list.key).map_err(|_| wrong.clone())?;
    let note = std::str::from_utf8(note).map_err(|_| wrong.clone())?;
    let says = Checkpoint::read(note, &key).map_err(|_| wrong.clone())?;
    let length = bytes.first_chunk().map(|bytes| u32::from_be_bytes(*bytes));
    let fits = says.origin == format!("{}{ORIGIN_ENDS}", key.name())
        && says.root == *digest
        && length.map(u64::from) == Some(says.size);
    if fits { Ok(()) } else { Err(wrong) }
}

/// A part with its length before it.
fn part(bytes: &[u8], most: usize) -> Result<(&[u8], &[u8]), Fault> {
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(Fault::NotOne)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    if length > most {
        return Err(Fault::NotOne);
    }
    rest.split_at_checked(length).ok_or(Fault::NotOne)
}

/// Whether each is the name of a file in a folder of its own, on any system, and each is there once.
fn are_names<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = BTreeSet::new();
    names.into_iter().all(|name| {
        let fine = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_. ".contains(c));
        let edges = name.starts_with(['.', ' ']) || name.ends_with(['.', ' ']);
        let length = (1..=NAME_CHARS_MAX).contains(&name.len());
        fine && !edges && length && seen.insert(name.to_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn key() -> Signing {
        Signing::from_seed("larch-lane", &[3; 32]).unwrap()
    }

    fn file(name: &str, bytes: &[u8]) -> File {
        File {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
        }
    }

    #[test]
    fn what_was_packed_comes_out_as_it_went_in() {
        let files = [file(CONTENT, b"{}"), file("case.pdf", &[7; 3_000])];
        let (bytes, digest) = pack(&files, &key()).unwrap();
        let packed = unpack(&bytes).unwrap();
        assert_eq!(
            (packed.files.as_slice(), packed.digest),
            (&files[..], digest)
        );
        assert_eq!(packed.key, key().verifying().to_text());
    }

    #[test]
    fn every_byte_that_is_changed_is_found() {
        let files = [file(CONTENT, b"{\"a\":1}"), file("b.pdf", b"words")];
        let (bytes, _) = pack(&files, &key()).unwrap();
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 4;
            assert!(unpack(&changed).is_err(), "{place}");
            assert!(unpack(&bytes[..place]).is_err(), "{place}");
        }
        assert!(unpack(&[&bytes[..], b"x"].concat()).is_err());
    }

    #[test]
    fn a_name_leads_nowhere_else_and_is_there_once() {
        for bad in [
            "../x",
            "a/b",
            "a\\b",
            ".x",
            "",
            "x.",
            "con:x",
            "a\u{202e}b",
            "Content.JSON",
        ] {
            let files = [file(CONTENT, b"{}"), file(bad, b"x")];
            assert!(
                matches!(pack(&files, &key()), Err(Fault::Unmade(_))),
                "{bad}"
            );
        }
        assert!(pack(&[file("case.pdf", b"x")], &key()).is_err());
    }
}
