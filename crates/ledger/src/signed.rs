//! A document that carries its own proof: after its last byte stand the lines of the ledger that it
//! rests on, each with its way up to the root of a signed checkpoint, that checkpoint, and a note
//! with the digest of the document, signed with the setting's key. Every line of it begins with `%`,
//! so that a PDF stays one. `verify --signed` reads it; the form is in `docs/decisions/ledger-format.md`.

use crate::{
    checkpoint::{Checkpoint, Signing},
    export, hex,
    store::{Store, StoreError},
    tree,
};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use sha2::{Digest, Sha256};
use std::{fmt::Write, ops::ControlFlow};

/// What stands between a document and its proof.
pub const MARK: &str = "\n%%stairgate-signed-document/1\n";

/// What follows the name of the key in the note about a document, so that it is no checkpoint.
pub const ORIGIN_ENDS: &str = "/signed-document";

/// A document that could not be given its proof.
#[derive(Debug, thiserror::Error)]
pub enum SignedError {
    /// The ledger can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A line is not under the checkpoint, or has no body any more.
    #[error("entry {0} of the ledger is not under a signed checkpoint, or is gone")]
    NotThere(u64),
    /// A line can't be written.
    #[error(transparent)]
    Line(#[from] std::io::Error),
}

/// The document with its proof: these lines are under the checkpoint of `size` lines whose signed
/// text this is.
///
/// # Errors
/// The ledger can't be read, or a line is not there.
pub fn append(
    mut document: Vec<u8>,
    store: &dyn Store,
    seqs: &[u64],
    checkpoint: (&str, u64),
    key: &Signing,
) -> Result<Vec<u8>, SignedError> {
    let (text, size) = checkpoint;
    let mut proof = String::new();
    for seq in seqs {
        line(&mut proof, store, *seq, size)?;
    }
    part(&mut proof, "checkpoint", text);
    let note = Checkpoint {
        origin: format!("{}{ORIGIN_ENDS}", key.verifying().name()),
        size: u64::try_from(document.len()).unwrap_or(u64::MAX),
        root: Sha256::digest(&document).into(),
        more: vec![BASE64.encode(Sha256::digest(proof.as_bytes()))],
    };
    part(&mut proof, "document", &note.sign(&[key]));
    document.extend_from_slice(MARK.as_bytes());
    document.extend_from_slice(proof.as_bytes());
    Ok(document)
}

/// A line with the link before it and its way up to the root.
fn line(proof: &mut String, store: &dyn Store, seq: u64, size: u64) -> Result<(), SignedError> {
    let mut before = None;
    let mut found = None;
    let from = seq.saturating_sub(1).max(1);
    store.read(from, &mut |line| {
        if line.seq == seq {
            found = Some(line.clone());
            return ControlFlow::Break(());
        }
        before = Some(line.link);
        ControlFlow::Continue(())
    })?;
    let gone = || SignedError::NotThere(seq);
    let found = found.filter(|line| line.body.is_some()).ok_or_else(gone)?;
    let before = match before {
        Some(link) => link,
        None if seq == 1 => [0; 32],
        None => return Err(gone()),
    };
    let way = tree::inclusion(store, seq - 1, size)?.ok_or_else(gone)?;
    let mut text = Vec::new();
    export::write_line(&found, &mut text)?;
    let mut whole = format!("{}\n", hex::encode(&before));
    whole.push_str(&String::from_utf8_lossy(&text));
    for hash in &way {
        // Writing to a string can't fail.
        let _ = writeln!(whole, "{}", hex::encode(hash));
    }
    part(proof, "line", &whole);
    Ok(())
}

/// A part: its name, and its lines, each behind a `%`.
fn part(proof: &mut String, name: &str, lines: &str) {
    let _ = writeln!(proof, "%%{name}");
    for line in lines.split_terminator('\n') {
        let _ = writeln!(proof, "%{line}");
    }
}
