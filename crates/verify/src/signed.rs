//! Checks a document that carries its own proof, such as a signed agreement: `verify --signed
//! FILE.pdf --key VKEY [--key VKEY]... [--checkpoint FILE]`.
//!
//! After the document stands a proof, in lines that begin with `%`: lines of the ledger, each with
//! the link before it and its way up to the root of a checkpoint; that checkpoint; and a note that
//! says the length and the digest of the document and of the proof, signed with the setting's key.
//! So no byte of the file can change without being noticed. The first key is the setting's; others
//! are of witnesses, who must have signed the checkpoint too. A checkpoint that somebody kept may be
//! given: one of the same size must be the same.

use super::{BASE64, Checkpoint, Hash, Line, node, sha256};
use base64::Engine;
use std::fs;

/// What stands between the document and its proof.
const MARK: &[u8] = b"\n%%stairgate-signed-document/1\n";
/// How the name of a note about a document ends.
const ORIGIN_ENDS: &str = "/signed-document";
/// The largest file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 64 << 20;

/// What to do when it was not asked rightly.
pub const USAGE: &str = "verify --signed FILE.pdf --key VKEY [--key VKEY]... [--checkpoint FILE]";

/// Runs what the command line asks for; what to say, or why not and with which code it ends.
///
/// # Errors
/// 1 with the fault, or 2 when it was not asked rightly or a file can't be read.
pub fn run(arguments: &[String]) -> Result<String, (String, u8)> {
    let usage = || (format!("usage: {USAGE}"), 2);
    let (mut file, mut keys, mut kept) = (None, Vec::new(), None);
    let mut rest = arguments.iter().map(String::as_str);
    while let Some(argument) = rest.next() {
        match argument {
            "--signed" => {}
            "--key" => keys.push(rest.next().ok_or_else(usage)?),
            "--checkpoint" => kept = Some(rest.next().ok_or_else(usage)?),
            path if file.is_none() && !path.starts_with("--") => file = Some(path),
            _ => return Err(usage()),
        }
    }
    let file = file.filter(|_| !keys.is_empty()).ok_or_else(usage)?;
    let bytes = read(file)?;
    let kept = kept.map(read).transpose()?;
    let kept = kept.map(|text| String::from_utf8_lossy(&text).into_owned());
    let found = check(&bytes, &keys, kept.as_deref());
    let found = found.map_err(|why| (format!("FAULT in {file}: {why}"), 1))?;
    Ok(found)
}

fn read(path: &str) -> Result<Vec<u8>, (String, u8)> {
    let unreadable = |error| (format!("{path} can't be read: {error}"), 2);
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > FILE_BYTES_MAX {
        return Err((format!("{path} is too large"), 2));
    }
    fs::read(path).map_err(unreadable)
}

/// Checks a document with its proof; what was found, in words.
///
/// # Errors
/// The first fault.
pub fn check(file: &[u8], keys: &[&str], kept: Option<&str>) -> Result<String, String> {
    let none = "it carries no proof";
    let place = file.windows(MARK.len()).rposition(|part| part == MARK);
    let (document, proof) = file.split_at_checked(place.ok_or(none)?).ok_or(none)?;
    let proof = proof.strip_prefix(MARK).ok_or(none)?;
    let proof = std::str::from_utf8(proof).map_err(|_| "its proof is not text")?;
    let own = keys.get(..1).ok_or("it proves nothing without a key")?;
    let parts = parts(proof).ok_or("its proof is damaged")?;
    let [
        lines @ ..,
        (at, "checkpoint", signed),
        (note_at, "document", note),
    ] = parts.as_slice()
    else {
        return Err("its proof is not whole".to_owned());
    };
    // What the setting says of the document, and of the proof before it.
    let says = Checkpoint::read(note, own)?;
    let before = proof.get(..*note_at).unwrap_or_default();
    let digest = BASE64.encode(sha256(&[before.as_bytes()]));
    let is_note = says.origin.ends_with(ORIGIN_ENDS);
    if !is_note || note.split('\n').nth(3) != Some(digest.as_str()) {
        return Err("its proof is not the one that was signed".to_owned());
    }
    if says.size != document.len() as u64 || says.root != sha256(&[document]) {
        return Err("the document is not the one that was signed".to_owned());
    }
    let signed = Checkpoint::read(signed, keys)?;
    if let Some(kept) = kept {
        let kept = Checkpoint::read(kept, own)?;
        if kept.size == signed.size && kept.root != signed.root {
            return Err("the checkpoint that was kept says something else".to_owned());
        }
    }
    if lines.is_empty() || *at == 0 {
        return Err("it rests on no line of a ledger".to_owned());
    }
    let mut found = Vec::new();
    for (_, name, text) in lines {
        if *name != "line" {
            return Err("its proof has a part that is not known".to_owned());
        }
        found.push(line(text, &signed)?);
    }
    Ok(format!(
        "OK: the document is what the setting signed; it rests on {}, under the checkpoint of {} of {} lines",
        found.join(" and "),
        signed.origin,
        signed.size
    ))
}

/// The parts of a proof: where each begins, its name, its lines. Every line begins with `%`.
fn parts(proof: &str) -> Option<Vec<(usize, &str, String)>> {
    let mut parts: Vec<(usize, &str, String)> = Vec::new();
    let mut at = 0;
    for line in proof.split_inclusive('\n') {
        let text = line.strip_suffix('\n')?.strip_prefix('%')?;
        match text.strip_prefix('%') {
            Some(name) => parts.push((at, name, String::new())),
            None => {
                let (_, _, lines) = parts.last_mut()?;
                lines.push_str(text);
                lines.push('\n');
            }
        }
        at += line.len();
    }
    Some(parts)
}

/// A line of the ledger is in order and lies under the checkpoint; which it is, in words.
fn line(text: &str, signed: &Checkpoint) -> Result<String, String> {
    let damaged = || "a line of its proof is damaged".to_owned();
    let mut rest = text.split_terminator('\n');
    let before = rest.next().and_then(hash).ok_or_else(damaged)?;
    let mut line = Line::default();
    let written = rest.next().ok_or_else(damaged)?;
    line.read(written.as_bytes()).ok_or_else(damaged)?;
    if !line.has_body || sha256(&[&line.body]) != line.digest {
        return Err(damaged());
    }
    if line.link_after(&before) != line.link {
        return Err(damaged());
    }
    let way: Option<Vec<Hash>> = rest.map(hash).collect();
    let root = root(line.seq, signed.size, &line.link, &way.ok_or_else(damaged)?);
    if root != Some(signed.root) {
        return Err(format!("line {} is not under the checkpoint", line.seq));
    }
    let kind = String::from_utf8_lossy(&line.kind).into_owned();
    Ok(format!("line {} ({kind})", line.seq))
}

fn hash(text: &str) -> Option<Hash> {
    let mut rest = super::Rest(text.as_bytes());
    let mut quoted = Vec::with_capacity(66);
    quoted.push(b'"');
    quoted.extend_from_slice(rest.take(64)?);
    quoted.push(b'"');
    rest.0.is_empty().then_some(())?;
    super::Rest(&quoted).hash()
}

/// The root of a tree of `size` lines in which a line with this number has this link: RFC 9162,
/// 2.1.3.2.
fn root(seq: u64, size: u64, link: &Hash, way: &[Hash]) -> Option<Hash> {
    let (mut index, mut last) = (seq.checked_sub(1)?, size.checked_sub(1)?);
    if index > last {
        return None;
    }
    let mut hash = sha256(&[&[0], link]);
    for other in way {
        if last == 0 {
            return None;
        }
        if index % 2 == 1 || index == last {
            hash = node(other, &hash);
            while index.is_multiple_of(2) && index != 0 {
                index /= 2;
                last /= 2;
            }
        } else {
            hash = node(&hash, other);
        }
        index /= 2;
        last /= 2;
    }
    (last == 0).then_some(hash)
}
