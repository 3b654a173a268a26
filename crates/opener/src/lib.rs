//! Opens a file that was sent from one setting to another, without a Stairgate: `opener FILE --out
//! FOLDER [--key VKEY]`. The code is read from the first line that is typed, so that it
//! stands in no list of programs. `docs/transfer-format.md` has the form.
//!
//! First a mark and a line that says how it is opened; then chunks under XChaCha20-Poly1305, each
//! with its number in its nonce; in them a list of files with digests, a note in which the setting
//! signs that list, and the files. Nothing is written before every byte was checked.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fs, io::BufRead, io::Write, path::Path};
use verify::Checkpoint;

type Hash = [u8; 32];

/// What the file begins with.
const MARK: &[u8] = b"stairgate transfer 1\n";
/// The largest file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 160 << 20;
/// Plain bytes in a chunk, and what sealing adds to it.
const CHUNK: usize = 64 << 10;
const TAG: usize = 16;
/// The longest line that says how it is opened, the longest list and the longest note.
const LINE_BYTES_MAX: usize = 300;
const LIST_BYTES_MAX: usize = 2 << 20;
const NOTE_BYTES_MAX: usize = 16 << 10;
/// The most files, and the longest name of one.
const FILES_MAX: usize = 2_000;
const NAME_BYTES_MAX: usize = 120;

/// What to do when it was not asked rightly.
pub const USAGE: &str = "opener FILE --out FOLDER [--key VKEY]";

/// What is said of a wrong code and of a damaged file alike: trying codes tells nothing.
const SHUT: &str = "the code does not open this file, or the file is damaged";

/// What was in a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Opened {
    /// The key of the setting that signed it.
    pub key: String,
    /// The digest of its list.
    pub digest: Hash,
    /// The files: name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

#[derive(Deserialize)]
#[serde(tag = "to", rename_all = "lowercase", deny_unknown_fields)]
enum Way {
    Code {
        salt: String,
    },
    Key {
        #[serde(rename = "once")]
        _once: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    format: String,
    version: u32,
    key: String,
    files: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    name: String,
    size: u64,
    sha256: String,
}

/// The one field of the content that is told: the words of the receipt.
#[derive(Deserialize)]
struct Receipt {
    receipt: String,
}

/// Runs what the command line asks for; what to say, or why not and with which code it ends.
///
/// # Errors
/// 1 with the fault, or 2 when it was not asked rightly or a file can't be read or written.
pub fn run(arguments: &[String], typed: &mut dyn BufRead) -> Result<String, (String, u8)> {
    let usage = || (format!("usage: {USAGE}"), 2);
    let (mut file, mut out, mut key) = (None, None, None);
    let mut rest = arguments.iter().map(String::as_str);
    while let Some(argument) = rest.next() {
        match argument {
            "--out" => out = Some(rest.next().ok_or_else(usage)?),
            "--key" => key = Some(rest.next().ok_or_else(usage)?),
            path if file.is_none() && !path.starts_with("--") => file = Some(path),
            _ => return Err(usage()),
        }
    }
    let (file, out) = file.zip(out).ok_or_else(usage)?;
    let unreadable = |error| (format!("{file} can't be read: {error}"), 2);
    if fs::metadata(file).map_err(unreadable)?.len() > FILE_BYTES_MAX {
        return Err((format!("{file} is too large"), 2));
    }
    let bytes = fs::read(file).map_err(unreadable)?;
    let mut code = String::new();
    let _ = writeln!(std::io::stderr(), "Type the code that you were told:");
    std::io::Read::take(typed, 1_000)
        .read_line(&mut code)
        .map_err(|error| (format!("the code can't be read: {error}"), 2))?;
    let opened = open(&bytes, &code).map_err(|why| (format!("FAULT in {file}: {why}"), 1))?;
    if key.is_some_and(|key| key.trim() != opened.key) {
        let why = format!("FAULT in {file}: it was signed by another: {}", opened.key);
        return Err((why, 1));
    }
    write(&opened, Path::new(out)).map_err(|error| (format!("{out}: {error}"), 2))?;
    let content = opened.files.first().map(|(_, bytes)| bytes.as_slice());
    let receipt = content.and_then(|bytes| serde_json::from_slice::<Receipt>(bytes).ok());
    Ok(format!(
        "OK: {} files are as they were signed, and lie in {out}\n\
         Signed with the key {}: ask the setting whether that is theirs\n\
         Tell the setting that it has arrived, with these words: {}",
        opened.files.len(),
        opened.key,
        receipt.map_or_else(|| "(none)".to_owned(), |content| content.receipt)
    ))
}

/// Opens a file with a code.
///
/// # Errors
/// It is no such file, the code is not the one, or it is damaged.
pub fn open(bytes: &[u8], code: &str) -> Result<Opened, String> {
    let none = "this is not a file that was sent from one setting to another";
    let rest = bytes.strip_prefix(MARK).ok_or(none)?;
    let ahead = rest.get(..LINE_BYTES_MAX.min(rest.len())).ok_or(none)?;
    let end = ahead.iter().position(|byte| *byte == b'\n').ok_or(none)?;
    let (head, sealed) = bytes.split_at_checked(MARK.len() + end + 1).ok_or(none)?;
    let (line, _) = rest.split_at_checked(end).ok_or(none)?;
    let Way::Code { salt } = serde_json::from_slice(line).map_err(|_| none)? else {
        return Err("it is closed to one Stairgate: only that one opens it".to_owned());
    };
    let salt: [u8; 16] = BASE64
        .decode(salt)
        .ok()
        .and_then(|salt| salt.try_into().ok())
        .ok_or(none)?;
    let mut secret = [0; 32];
    let params = Params::new(64 << 10, 3, 1, Some(32)).map_err(|error| error.to_string())?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(plain(code).as_bytes(), &salt, &mut secret)
        .map_err(|_| SHUT)?;
    let key = sha256(&[
        b"stairgate transfer key 1",
        &secret,
        &sha256(&[head]),
        &[0; 32],
    ]);
    unpack(&unseal(sealed, &key).ok_or(SHUT)?)
}

/// A code however it is typed: its words in small letters, one space between.
fn plain(code: &str) -> String {
    let words = code.split(|c: char| !c.is_ascii_alphabetic());
    let words = words.filter(|word| !word.is_empty());
    words
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Opens the chunks. The nonce is the number of a chunk in eight bytes, then 1 for the last, then
/// zeros; the mark is bound in.
fn unseal(sealed: &[u8], key: &Hash) -> Option<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new(key.into());
    let mut plain = Vec::with_capacity(sealed.len());
    let mut chunks = sealed.chunks(CHUNK + TAG).peekable();
    let mut number = 0_u64;
    while let Some(msg) = chunks.next() {
        let mut nonce = [0; 24];
        let says = number
            .to_be_bytes()
            .into_iter()
            .chain([u8::from(chunks.peek().is_none())]);
        nonce.iter_mut().zip(says).for_each(|(to, from)| *to = from);
        let payload = Payload { msg, aad: MARK };
        plain.extend(cipher.decrypt(&XNonce::from(nonce), payload).ok()?);
        number += 1;
    }
    (number > 0).then_some(plain)
}

/// Reads the list, checks who signed it, and each file against it.
fn unpack(bytes: &[u8]) -> Result<Opened, String> {
    let (list, rest) = part(bytes, LIST_BYTES_MAX)?;
    let (note, mut rest) = part(rest, NOTE_BYTES_MAX)?;
    let (digest, length) = (sha256(&[list]), list.len());
    let list: List = serde_json::from_slice(list).map_err(|_| "its list can't be read")?;
    if list.format != "stairgate-transfer" || list.version != 1 {
        return Err("it is of a later format than this program reads".to_owned());
    }
    let note = std::str::from_utf8(note).map_err(|_| "its signature is not right")?;
    let says = Checkpoint::read(note, &[&list.key])?;
    let name = list.key.split('+').next().unwrap_or_default();
    let size = u64::try_from(length).unwrap_or(u64::MAX);
    if says.origin != format!("{name}/transfer") || says.root != digest || says.size != size {
        return Err("its signature is of something else".to_owned());
    }
    if list.files.len() > FILES_MAX || list.files.is_empty() {
        return Err("it has too many files, or none".to_owned());
    }
    let mut seen = BTreeSet::new();
    let mut files = Vec::new();
    for listed in list.files {
        if !is_name(&listed.name) || !seen.insert(listed.name.to_ascii_lowercase()) {
            return Err("a name in it can't be a file's".to_owned());
        }
        let size = usize::try_from(listed.size).unwrap_or(usize::MAX);
        let (file, after) = rest
            .split_at_checked(size)
            .ok_or("a file in it is cut off")?;
        let found: String = sha256(&[file])
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if found != listed.sha256 {
            return Err("a file in it was changed".to_owned());
        }
        files.push((listed.name, file.to_vec()));
        rest = after;
    }
    if !rest.is_empty() {
        return Err("there is more in it than its list says".to_owned());
    }
    let key = list.key;
    Ok(Opened { key, digest, files })
}

/// A part with its length before it: four bytes, big-endian.
fn part(bytes: &[u8], most: usize) -> Result<(&[u8], &[u8]), String> {
    let cut = "it is cut off";
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(cut)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    if length > most {
        return Err("a part of it is too long".to_owned());
    }
    Ok(rest.split_at_checked(length).ok_or(cut)?)
}

/// Whether this is the name of a file in a folder of its own, on any system.
fn is_name(name: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    let edges = name.starts_with(['.', ' ']) || name.ends_with(['.', ' ']);
    (1..=NAME_BYTES_MAX).contains(&name.len()) && name.chars().all(fine) && !edges
}

/// Writes the files into a new folder that only its owner reads.
fn write(opened: &Opened, out: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(out)?;
    for (name, bytes) in &opened.files {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(out.join(name))?.write_all(bytes)?;
    }
    Ok(())
}

fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}
