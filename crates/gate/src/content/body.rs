//! The text of a body as it came over the network: unpacked, within bounds, and in letters, whatever
//! its coding and character set. What can't be read, or grows without measure, is said; nothing of it
//! is held in memory.

use super::{
    judge::{Finding, Judge},
    markup::Kind,
    zstd::Zstd,
};
use crate::plan::Thresholds;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, WINDOWS_1252};
use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{self, Write};

/// The most bytes of text of one page that are judged; what is behind is not looked at.
const JUDGED_MAX: u64 = 32 << 20;
/// A body may grow to so many times its size, beyond some bytes that every body may have.
const GROWTH_MAX: u64 = 200;
const FREE_BYTES: u64 = 4 << 20;
/// Bytes of a page in which its character set is looked for.
const SET_BYTES: usize = 1_024;
/// Bytes that `br` unpacks at a time.
const PIECE_BYTES: usize = 16 << 10;

/// Why a body can't be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// It is packed in a way that is not known here.
    #[error("it is packed in a way that is not known here")]
    Coding,
    /// It is broken.
    #[error("it is broken")]
    Broken,
    /// It grows without measure.
    #[error("it grows without measure")]
    Grows,
}

/// Judges the text of a body.
pub struct BodyJudge {
    unpack: Unpack,
    taken: u64,
}

enum Unpack {
    Plain(Box<Text>),
    Gzip(Box<MultiGzDecoder<Text>>),
    Zlib(Box<ZlibDecoder<Text>>),
    Deflate(Box<DeflateDecoder<Text>>),
    /// `deflate`, whose first byte says which of the two it is.
    Either(Box<Text>),
    Brotli(Box<brotli_decompressor::DecompressorWriter<Text>>),
    Zstd(Box<Zstd<Text>>),
    Over,
}

/// What kind of text a type names; none, where it is no text that people read.
#[must_use]
pub fn kind_of(content_type: &str) -> Option<Kind> {
    let plain = content_type.split(';').next().unwrap_or_default();
    let plain = plain.trim().to_ascii_lowercase();
    match plain.as_str() {
        "text/css" | "text/javascript" | "text/calendar" | "text/vtt" => None,
        "application/json"
        | "application/x-ndjson"
        | "application/ndjson"
        | "text/event-stream"
        | "application/ld+json"
        | "application/problem+json" => Some(Kind::Json),
        "application/xhtml+xml"
        | "application/xml"
        | "application/rss+xml"
        | "application/atom+xml"
        | "text/html"
        | "text/xml" => Some(Kind::Markup),
        other if other.starts_with("text/") => Some(Kind::Plain),
        other if other.ends_with("+json") => Some(Kind::Json),
        _ => None,
    }
}

impl BodyJudge {
    /// Begins a body of a type and a coding, as its head says them. `None`: nothing is judged.
    ///
    /// # Errors
    ///
    /// The coding is not known.
    pub fn begin(
        thresholds: &Thresholds,
        content_type: &str,
        coding: &str,
    ) -> Result<Option<BodyJudge>, Unread> {
        let Some(judge) = kind_of(content_type).and_then(|kind| Judge::begin(kind, thresholds))
        else {
            return Ok(None);
        };
        let text = Text::new(judge, content_type);
        let unpack = match coding.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Unpack::Plain(Box::new(text)),
            "gzip" | "x-gzip" => Unpack::Gzip(Box::new(MultiGzDecoder::new(text))),
            "deflate" => Unpack::Either(Box::new(text)),
            "br" => {
                let brotli = brotli_decompressor::DecompressorWriter::new(text, PIECE_BYTES);
                Unpack::Brotli(Box::new(brotli))
            }
            "zstd" => Unpack::Zstd(Box::new(Zstd::new(text))),
            _ => return Err(Unread::Coding),
        };
        Ok(Some(BodyJudge { unpack, taken: 0 }))
    }

    /// Takes more of the body.
    ///
    /// # Errors
    ///
    /// It can't be read on.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), Unread> {
        let Some(first) = bytes.first() else {
            return Ok(());
        };
        if let Unpack::Either(_) = &self.unpack
            && let Unpack::Either(text) = core::mem::replace(&mut self.unpack, Unpack::Over)
        {
            // A body with a head of zlib has method 8 in it; some leave the head away.
            self.unpack = match first & 0x0f {
                8 => Unpack::Zlib(Box::new(ZlibDecoder::new(*text))),
                _ => Unpack::Deflate(Box::new(DeflateDecoder::new(*text))),
            };
        }
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.taken = self.taken.saturating_add(length);
        let most = FREE_BYTES.saturating_add(self.taken.saturating_mul(GROWTH_MAX));
        if let Some(text) = self.text() {
            text.most = most;
        }
        let done = match &mut self.unpack {
            Unpack::Plain(text) => text.write_all(bytes),
            Unpack::Gzip(gzip) => gzip.write_all(bytes),
            Unpack::Zlib(zlib) => zlib.write_all(bytes),
            Unpack::Deflate(deflate) => deflate.write_all(bytes),
            Unpack::Brotli(brotli) => brotli.write_all(bytes),
            Unpack::Zstd(zstd) => zstd.write_all(bytes),
            Unpack::Either(_) | Unpack::Over => Err(io::ErrorKind::InvalidData.into()),
        };
        self.said(&done)
    }

    /// The body ends, or so much of it as is to be judged now.
    ///
    /// # Errors
    ///
    /// What came can't be read.
    pub fn flush(&mut self) -> Result<(), Unread> {
        let done = match &mut self.unpack {
            Unpack::Plain(_) | Unpack::Either(_) | Unpack::Over => Ok(()),
            Unpack::Gzip(gzip) => gzip.flush(),
            Unpack::Zlib(zlib) => zlib.flush(),
            Unpack::Deflate(deflate) => deflate.flush(),
            Unpack::Brotli(brotli) => brotli.flush(),
            Unpack::Zstd(zstd) => zstd.flush(),
        };
        self.said(&done)
    }

    /// The body is over.
    ///
    /// # Errors
    ///
    /// What came can't be read.
    pub fn end(&mut self) -> Result<(), Unread> {
        self.flush()?;
        if let Some(text) = self.text() {
            text.end();
        }
        Ok(())
    }

    /// What closes what has come so far.
    pub fn finding(&mut self) -> Option<Finding> {
        self.text()?.judge.finding()
    }

    fn said(&mut self, done: &io::Result<()>) -> Result<(), Unread> {
        if done.is_ok() {
            return Ok(());
        }
        let grows = self.text().is_some_and(|text| text.came > text.most);
        Err(if grows { Unread::Grows } else { Unread::Broken })
    }

    fn text(&mut self) -> Option<&mut Text> {
        Some(match &mut self.unpack {
            Unpack::Plain(text) => text,
            Unpack::Gzip(gzip) => gzip.get_mut(),
            Unpack::Zlib(zlib) => zlib.get_mut(),
            Unpack::Deflate(deflate) => deflate.get_mut(),
            Unpack::Either(text) => text,
            Unpack::Brotli(brotli) => brotli.get_mut(),
            Unpack::Zstd(zstd) => zstd.get_mut(),
            Unpack::Over => return None,
        })
    }
}

/// Bytes of text, in a character set that the head or the page itself says.
struct Text {
    judge: Judge,
    /// The set that the head says.
    said: Option<&'static Encoding>,
    decoder: Option<Decoder>,
    /// What came before the set was known.
    before: Vec<u8>,
    came: u64,
    most: u64,
}

impl Text {
    fn new(judge: Judge, content_type: &str) -> Text {
        let lower = content_type.to_ascii_lowercase();
        let set = lower.split_once("charset=").map(|(_, set)| set);
        let set = set.and_then(|set| set.split([';', ',']).next());
        let set = set.map(|set| set.trim().trim_matches(['"', '\'']));
        Text {
            judge,
            said: set.and_then(|set| Encoding::for_label(set.as_bytes())),
            decoder: None,
            before: Vec::new(),
            came: 0,
            most: FREE_BYTES,
        }
    }

    fn begin(&mut self) {
        let before = core::mem::take(&mut self.before);
        let set = Encoding::for_bom(&before).map(|(set, _)| set);
        let set = set.or(self.said).or_else(|| set_in(&before));
        // Without a word UTF-8 is usual; what is none of it is the old set of the west.
        let set = set.unwrap_or(match core::str::from_utf8(&before) {
            Ok(_) => UTF_8,
            Err(error) if error.error_len().is_none() => UTF_8,
            Err(_) => WINDOWS_1252,
        });
        self.decoder = Some(set.new_decoder());
        self.decode(&before, false);
    }

    fn decode(&mut self, mut bytes: &[u8], last: bool) {
        let Some(decoder) = &mut self.decoder else {
            return;
        };
        let mut letters = [0; 4_096];
        loop {
            let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut letters, last);
            let part = letters.get(..written).unwrap_or_default();
            // INVARIANT: the decoder writes UTF-8.
            if let Ok(part) = core::str::from_utf8(part) {
                self.judge.take(part);
            }
            bytes = bytes.get(read..).unwrap_or_default();
            match result {
                CoderResult::InputEmpty => return,
                CoderResult::OutputFull => {}
            }
        }
    }

    fn end(&mut self) {
        if self.decoder.is_none() {
            self.begin();
        }
        self.decode(&[], true);
        self.judge.end();
    }
}

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.came = self.came.saturating_add(length);
        if self.came > self.most {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if self.came > JUDGED_MAX {
            return Ok(bytes.len());
        }
        if self.decoder.is_some() {
            self.decode(bytes, false);
            return Ok(bytes.len());
        }
        let (first, rest) = bytes
            .split_at_checked(SET_BYTES.saturating_sub(self.before.len()))
            .unwrap_or((bytes, &[]));
        self.before.extend_from_slice(first);
        if self.before.len() >= SET_BYTES {
            self.begin();
            self.decode(rest, false);
        }
        Ok(bytes.len())
    }

    /// What came is to be judged now.
    fn flush(&mut self) -> io::Result<()> {
        if self.decoder.is_none() && !self.before.is_empty() {
            self.begin();
        }
        Ok(())
    }
}

/// The character set that a page says of itself.
fn set_in(page: &[u8]) -> Option<&'static Encoding> {
    let lower = page.to_ascii_lowercase();
    let at = memchr::memmem::find(&lower, b"charset=")?;
    let behind = lower.get(at + b"charset=".len()..)?;
    let behind = behind.strip_prefix(b"\"").unwrap_or(behind);
    let end = behind
        .iter()
        .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_".contains(byte)));
    let set = Encoding::for_label(behind.get(..end?)?)?;
    // Whoever can read this can't be in two bytes a letter.
    Some(if set.is_ascii_compatible() {
        set
    } else {
        UTF_8
    })
}
