//! A ledger as JSON Lines and back: one object a line, every field in it, in one exact form that
//! `verify` reads and `docs/decisions/ledger-format.md` describes. The body is a JSON string, so
//! that its bytes are kept as they were hashed.

use crate::{
    hex,
    line::{Head, Line},
    store::{AppendError, Store, StoreError},
};
use serde_json::Value;
use std::{
    io::{self, BufRead, Write},
    ops::ControlFlow,
};

/// The first line of an export.
pub const HEADER: &str = r#"{"format":"stairgate-ledger","version":1}"#;

/// The longest line of an export, in bytes: a body of escapes, six bytes for one.
const LINE_BYTES_MAX: u64 = 6 * (8 << 20) + 4096;

/// Lines that are imported in one transaction.
const BATCH_LINES: usize = 4096;

/// Bytes of bodies after which a batch is written, however few lines it has.
const BATCH_BYTES: usize = 4 << 20;

/// An export or import that did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file can't be written or read.
    #[error("the export can't be written or read: {0}")]
    File(#[from] io::Error),
    /// A line of the export isn't one.
    #[error("line {line} of the export: {why}")]
    Form {
        /// Line of the file, from 1.
        line: u64,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The lines don't go into the store.
    #[error(transparent)]
    Append(#[from] AppendError),
}

/// Writes all lines, up to the end as it is when it is reached: so the line that accounts for a
/// spent body is in it too. The head of what was written.
///
/// # Errors
/// The store can't be read or the file not be written.
pub fn write(store: &dyn Store, out: &mut dyn Write) -> Result<Head, ExportError> {
    let mut head = Head::EMPTY;
    let mut text = Vec::with_capacity(1024);
    writeln!(out, "{HEADER}")?;
    let mut trouble = None;
    store.read(1, &mut |line| {
        text.clear();
        if let Err(error) = write_line(line, &mut text).and_then(|()| out.write_all(&text)) {
            trouble = Some(error);
            return ControlFlow::Break(());
        }
        head = line.head();
        ControlFlow::Continue(())
    })?;
    trouble.map_or(Ok(head), |error| Err(error.into()))
}

/// Reads an export into an empty store, checking the chain as it goes. The head then.
///
/// # Errors
/// The file isn't an export, was changed, or the store isn't empty. Whole batches before a fault
/// are in the store then.
pub fn read(from: &mut dyn BufRead, store: &dyn Store) -> Result<Head, ExportError> {
    let mut head = Head::EMPTY;
    let (mut lines, mut bytes) = (Vec::new(), 0_usize);
    let mut number = 1;
    let mut text = String::new();
    if !next_line(from, &mut text, number)? || text != HEADER {
        return Err(ExportError::Form {
            line: 1,
            why: "this is not an export that this build reads",
        });
    }
    // An empty export goes into an empty store only, too.
    head = store.append_lines(&head, &[])?;
    loop {
        number += 1;
        let more = next_line(from, &mut text, number)?;
        if more {
            let why = "it is not a line of a ledger";
            let line = read_line(&text).ok_or(ExportError::Form { line: number, why })?;
            bytes = bytes.saturating_add(line.body.as_ref().map_or(0, Vec::len));
            lines.push(line);
        }
        if !more || lines.len() >= BATCH_LINES || bytes >= BATCH_BYTES {
            head = store.append_lines(&head, &lines)?;
            lines.clear();
            bytes = 0;
        }
        if !more {
            return Ok(head);
        }
    }
}

pub(crate) fn write_line(line: &Line, out: &mut Vec<u8>) -> io::Result<()> {
    write!(out, r#"{{"seq":{},"at":{},"by":"#, line.seq, line.at)?;
    serde_json::to_writer(&mut *out, &line.by)?;
    out.write_all(br#","kind":"#)?;
    serde_json::to_writer(&mut *out, &line.kind)?;
    write!(
        out,
        r#","version":{},"digest":"{}","link":"{}","body":"#,
        line.version,
        hex::encode(&line.digest),
        hex::encode(&line.link)
    )?;
    match &line.body {
        Some(body) => {
            let text = std::str::from_utf8(body)
                .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "a body is not text"))?;
            serde_json::to_writer(&mut *out, text)?;
        }
        None => out.write_all(b"null")?,
    }
    out.write_all(b"}\n")
}

fn read_line(text: &str) -> Option<Line> {
    let value: Value = serde_json::from_str(text).ok()?;
    let word = |name: &str| value.get(name).and_then(Value::as_str);
    let body = match value.get("body")? {
        Value::Null => None,
        Value::String(text) => Some(text.as_bytes().to_vec()),
        _ => return None,
    };
    Some(Line {
        seq: value.get("seq")?.as_u64()?,
        at: value.get("at")?.as_i64()?,
        by: word("by")?.to_owned(),
        kind: word("kind")?.to_owned(),
        version: u16::try_from(value.get("version")?.as_u64()?).ok()?,
        body,
        digest: hex::decode(word("digest")?)?,
        link: hex::decode(word("link")?)?,
    })
}

/// Reads the next line without its line break; `false` at the end.
fn next_line(from: &mut dyn BufRead, text: &mut String, line: u64) -> Result<bool, ExportError> {
    text.clear();
    let read = io::Read::take(from, LINE_BYTES_MAX).read_line(text)?;
    if read == 0 {
        return Ok(false);
    }
    if text.pop() != Some('\n') {
        return Err(ExportError::Form {
            line,
            why: "it ends too early or is too long",
        });
    }
    Ok(true)
}
