//! Checks an exported ledger without trusting the program that wrote it.
//!
//! An export is a text file: a header, then one JSON object a line. Every line holds a link, the
//! SHA-256 of the link before it and of all that the line says, so nothing can be changed, moved,
//! left out or put in without every later link changing. Whoever holds the file could reckon all
//! links anew, though. A checkpoint is what stops that: a short signed text that says what the
//! ledger was at some size, kept by somebody else. With one, a rewritten or shortened ledger is
//! found. A body may go by retention; a line of the ledger must say so, or it is a fault.
//! Read this file from top to bottom: what is checked, then how a line is read, then checkpoints.

pub mod signed;
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::{BufRead, Read};

/// The first line of an export.
pub const HEADER: &[u8] = br#"{"format":"stairgate-ledger","version":1}"#;

/// The kind of a line that says whose bodies were spent: `{"seqs":[3,4]}`.
const SPENT: &[u8] = b"ledger.bodies-spent";

/// The longest line that is read, in bytes: a body of 8 MiB, each byte of it written as six.
const LINE_BYTES_MAX: u64 = 6 * (8 << 20) + 4096;

type Hash = [u8; 32];

/// SHA-256 of these, one after the other.
fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// A ledger that was found in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many lines it has.
    pub lines: u64,
    /// How many of them have no body any more: spent by retention. Their digest still counts.
    pub spent: u64,
    /// How many checkpoints agree with it.
    pub checkpoints: usize,
    /// How many of the lines are in one of these checkpoints. Those after it, nobody vouches for.
    pub signed: u64,
    /// The link of the last line.
    pub link: Hash,
}

/// Why a ledger was not found in order.
#[derive(Debug)]
pub enum Error {
    /// It was changed: the first line of the file with a fault (the header is 1), and which.
    Fault(u64, String),
    /// It can't be read.
    Read(std::io::Error),
}

/// Checks a whole export, and that it is what each of the checkpoints was signed for.
///
/// # Errors
/// The first fault, or the file can't be read.
pub fn verify(export: &mut dyn BufRead, checkpoints: &[Checkpoint]) -> Result<Report, Error> {
    let mut text = Vec::new();
    if !next_line(export, &mut text, 1)? || text != HEADER {
        return fault(1, "this is not the header of an exported ledger");
    }
    let (mut report, mut line, mut tree) = (Report::default(), Line::default(), Tree::default());
    let mut gone = BTreeSet::new();
    loop {
        let file_line = report.lines + 2;
        // Does the ledger, as far as it was read, agree with the checkpoints of this size?
        let differs = |signed: &Checkpoint| signed.root != tree.root();
        if checkpoints
            .iter()
            .any(|signed| signed.size == report.lines && differs(signed))
        {
            return fault(file_line - 1, "up to here it is not what was signed");
        }
        if !next_line(export, &mut text, file_line)? {
            break;
        }
        if line.read(&text).is_none() {
            return fault(file_line, "it is not written as a line of a ledger is");
        }
        if line.seq != report.lines + 1 {
            return fault(file_line, "its number does not follow the number before it");
        }
        if line.has_body && sha256(&[&line.body]) != line.digest {
            return fault(file_line, "the body is not the one that was written");
        }
        if line.link_after(&report.link) != line.link {
            return fault(file_line, "it does not follow from the line before it");
        }
        report.lines += 1;
        report.link = line.link;
        tree.push(&line.link);
        if !line.has_body {
            report.spent += 1;
            gone.insert(line.seq);
        } else if line.kind == SPENT {
            line.account(&mut gone);
        }
    }
    if let Some(seq) = gone.first() {
        return fault(seq + 1, "its body is gone, and no line accounts for it");
    }
    report.checkpoints = checkpoints.len();
    for signed in checkpoints {
        report.signed = report.signed.max(signed.size);
    }
    if report.signed > report.lines {
        let why = format!("the file ends, but {} lines were signed", report.signed);
        return fault(report.lines + 2, &why);
    }
    Ok(report)
}

fn fault<T>(line: u64, why: &str) -> Result<T, Error> {
    Err(Error::Fault(line, why.to_owned()))
}

/// Reads a line without its line break into `text`; false at the end of the file.
fn next_line(from: &mut dyn BufRead, text: &mut Vec<u8>, line: u64) -> Result<bool, Error> {
    text.clear();
    let count = from
        .take(LINE_BYTES_MAX)
        .read_until(b'\n', text)
        .map_err(Error::Read)?;
    if count > 0 && text.pop() != Some(b'\n') {
        return fault(line, "it is cut off or too long");
    }
    Ok(count > 0)
}

/// A line of the ledger. Its buffers are used again for the next one.
#[derive(Default)]
struct Line {
    seq: u64,
    at: i64,
    by: Vec<u8>,
    kind: Vec<u8>,
    version: u16,
    digest: Hash,
    link: Hash,
    has_body: bool,
    body: Vec<u8>,
}

impl Line {
    /// The link that this line must have. All numbers are big-endian; lengths are 32 bits.
    fn link_after(&self, previous: &Hash) -> Hash {
        let length = |name: &[u8]| u32::try_from(name.len()).unwrap_or(u32::MAX).to_be_bytes();
        sha256(&[
            b"stairgate/line/1",
            previous,
            &self.seq.to_be_bytes(),
            &self.at.to_be_bytes(),
            &length(&self.by),
            &self.by,
            &length(&self.kind),
            &self.kind,
            &self.version.to_be_bytes(),
            &self.digest,
        ])
    }

    /// Strikes the numbers that stand in the body of a line of the kind [`SPENT`].
    fn account(&self, gone: &mut BTreeSet<u64>) -> Option<()> {
        let mut rest = Rest(&self.body);
        rest.word(br#"{"seqs":["#)?;
        loop {
            gone.remove(&rest.number()?);
            rest.word(b",")?;
        }
    }

    /// Reads a line. There is exactly one way to write each line, and no other is accepted:
    /// so no byte of the file can change without being noticed.
    fn read(&mut self, text: &[u8]) -> Option<()> {
        let mut rest = Rest(text);
        rest.word(br#"{"seq":"#)?;
        self.seq = rest.number()?;
        rest.word(br#","at":"#)?;
        self.at = rest.signed_number()?;
        rest.word(br#","by":"#)?;
        rest.string(&mut self.by)?;
        rest.word(br#","kind":"#)?;
        rest.string(&mut self.kind)?;
        rest.word(br#","version":"#)?;
        self.version = u16::try_from(rest.number()?).ok()?;
        rest.word(br#","digest":"#)?;
        self.digest = rest.hash()?;
        rest.word(br#","link":"#)?;
        self.link = rest.hash()?;
        rest.word(br#","body":"#)?;
        self.has_body = rest.word(b"null").is_none();
        if self.has_body {
            rest.string(&mut self.body)?;
        }
        rest.word(b"}")?;
        rest.0.is_empty().then_some(())
    }
}

/// What is left to read of a line.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    /// Exactly these bytes.
    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(word)?;
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// Digits without a zero before them.
    fn number(&mut self) -> Option<u64> {
        let is_other = |byte: &u8| !byte.is_ascii_digit();
        let digits = self.take(self.0.iter().position(is_other)?)?;
        if digits.is_empty() || (digits.len() > 1 && digits.starts_with(b"0")) {
            return None;
        }
        digits.iter().try_fold(0_u64, |number, digit| {
            number.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
        })
    }

    /// A number, perhaps with a minus before it; zero has none.
    fn signed_number(&mut self) -> Option<i64> {
        if self.word(b"-").is_none() {
            return i64::try_from(self.number()?).ok();
        }
        let number = self.number()?;
        (number > 0).then_some(())?;
        0_i64.checked_sub_unsigned(number)
    }

    /// 64 lowercase hexadecimal digits in quotation marks.
    fn hash(&mut self) -> Option<Hash> {
        self.word(b"\"")?;
        let mut hash = [0; 32];
        for (byte, digits) in hash.iter_mut().zip(self.take(64)?.chunks_exact(2)) {
            let [high, low] = digits else { return None };
            *byte = (hex(*high)? << 4) | hex(*low)?;
        }
        self.word(b"\"")?;
        Some(hash)
    }

    /// A JSON string, where what must be escaped is, in the shortest way, and nothing else is.
    fn string(&mut self, into: &mut Vec<u8>) -> Option<()> {
        into.clear();
        self.word(b"\"")?;
        loop {
            let is_special = |byte: &u8| matches!(*byte, b'"' | b'\\' | 0..=0x1f);
            into.extend_from_slice(self.take(self.0.iter().position(is_special)?)?);
            match self.byte()? {
                b'"' => return Some(()),
                b'\\' => into.push(self.escape()?),
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<u8> {
        match self.byte()? {
            same @ (b'"' | b'\\') => Some(same),
            b'b' => Some(8),
            b't' => Some(b'\t'),
            b'n' => Some(b'\n'),
            b'f' => Some(12),
            b'r' => Some(b'\r'),
            b'u' => {
                self.word(b"00")?;
                let code = (hex(self.byte()?)? << 4) | hex(self.byte()?)?;
                // The others have a shorter escape, or need none.
                matches!(code, 0..=7 | 11 | 14..=31).then_some(code)
            }
            _ => None,
        }
    }
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// The Merkle tree of RFC 6962 over the links: only the roots of its full subtrees are kept, the
/// largest first.
#[derive(Default)]
struct Tree {
    size: u64,
    peaks: Vec<Hash>,
}

impl Tree {
    fn push(&mut self, link: &Hash) {
        let mut hash = sha256(&[&[0], link]);
        // Two full subtrees of one size become one: as often as the size ends in binary ones.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            Some(last) => peaks.fold(*last, |right, left| node(left, &right)),
            None => sha256(&[]),
        }
    }
}

fn node(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], left, right])
}

/// What somebody signed: the first `size` lines of a ledger have this root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which ledger, by its name.
    pub origin: String,
    /// How many lines.
    pub size: u64,
    /// Their root.
    pub root: [u8; 32],
}

impl Checkpoint {
    /// Reads a checkpoint (C2SP tlog-checkpoint) that each of `keys` must have signed. A key is
    /// written `name+id+base64` (C2SP signed-note).
    ///
    /// # Errors
    /// What is wrong with it, or which key did not sign it.
    pub fn read(text: &str, keys: &[&str]) -> Result<Checkpoint, String> {
        let split = text
            .strip_suffix('\n')
            .and_then(|text| text.rsplit_once("\n\n"));
        let (body, signatures) = split.ok_or("it is cut off, or has no signatures")?;
        if keys.is_empty() {
            return Err("it proves nothing without the key of somebody who signed it".to_owned());
        }
        for key in keys {
            Key::read(key)?.must_have_signed(&format!("{body}\n"), signatures)?;
        }
        let mut lines = body.split('\n');
        let origin = lines.next().filter(|origin| !origin.is_empty());
        let size = lines.next().and_then(|digits| {
            let size: u64 = digits.parse().ok()?;
            (size.to_string() == digits).then_some(size)
        });
        let root = lines
            .next()
            .and_then(|root| BASE64.decode(root).ok()?.try_into().ok());
        let (Some(origin), Some(size), Some(root)) = (origin.map(str::to_owned), size, root) else {
            return Err("it must begin with a name, a number of lines and a root".to_owned());
        };
        Ok(Checkpoint { origin, size, root })
    }
}

/// An Ed25519 key that somebody is known by.
struct Key {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

impl Key {
    fn read(text: &str) -> Result<Key, String> {
        let key = || -> Option<Key> {
            let (name, rest) = text.trim_end().split_once('+')?;
            let (id, key) = rest.split_once('+')?;
            let bytes = BASE64.decode(key).ok()?;
            // The first byte says which kind of key it is; 1 is Ed25519.
            let key = bytes.strip_prefix(&[1])?.try_into().ok()?;
            let key = VerifyingKey::from_bytes(key).ok()?;
            let [a, b, c, d, ..] = sha256(&[name.as_bytes(), b"\n", &bytes]);
            let (name, own) = (name.to_owned(), [a, b, c, d]);
            (id == format!("{:08x}", u32::from_be_bytes(own))).then_some(Key { name, id: own, key })
        };
        key().ok_or_else(|| format!("\"{text}\" is not a key that checkpoints are signed with"))
    }

    /// One of the lines `— name base64(id, signature)` must be by this key, and none that says
    /// that it is may be wrong.
    fn must_have_signed(&self, body: &str, signatures: &str) -> Result<(), String> {
        let mut found = false;
        for line in signatures.split('\n') {
            let (name, bytes) = line
                .strip_prefix("— ")
                .and_then(|rest| rest.split_once(' '))
                .and_then(|(name, text)| Some((name, BASE64.decode(text).ok()?)))
                .ok_or("a signature is damaged")?;
            let Some(signature) = bytes.strip_prefix(&self.id).filter(|_| name == self.name) else {
                continue;
            };
            Signature::from_slice(signature)
                .and_then(|signature| self.key.verify_strict(body.as_bytes(), &signature))
                .map_err(|_| format!("it is not what {} signed", self.name))?;
            found = true;
        }
        found
            .then_some(())
            .ok_or_else(|| format!("{} did not sign it", self.name))
    }
}
