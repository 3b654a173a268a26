//! `zstd` unpacked block by block as it comes, within a window of memory: a block is at most 128 KB,
//! and what it says is handed on before the next is read.

use ruzstd::decoding::FrameDecoder;
use std::io::{self, Write};

/// The largest window, in bytes: what browsers accept at least.
const WINDOW_MAX: u64 = 8 << 20;
/// The largest block and the largest head of a frame, in bytes.
const BLOCK_MAX: usize = 128 << 10;
const HEAD_MAX: usize = 18;
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Unpacks what is written to it, into something else.
pub(super) struct Zstd<W> {
    decoder: FrameDecoder,
    waiting: Vec<u8>,
    next: Next,
    has_sum: bool,
    out: W,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Head,
    Block,
    Sum,
}

impl<W: Write> Zstd<W> {
    pub(super) fn new(out: W) -> Zstd<W> {
        Zstd {
            decoder: FrameDecoder::new(),
            waiting: Vec::new(),
            next: Next::Head,
            has_sum: false,
            out,
        }
    }

    pub(super) fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Reads one step; whether there was enough for it.
    fn step(&mut self) -> io::Result<bool> {
        match self.next {
            Next::Head => {
                let Some(length) = head_length(&self.waiting)? else {
                    return Ok(false);
                };
                let Some(head) = self.waiting.get(..length) else {
                    return Ok(false);
                };
                self.has_sum = head.get(4).is_some_and(|flags| flags & 4 != 0);
                self.decoder = FrameDecoder::new();
                self.decoder.init(head).map_err(io::Error::other)?;
                self.waiting.drain(..length);
                self.next = Next::Block;
            }
            Next::Block => {
                let Some(head) = self.waiting.first_chunk::<3>() else {
                    return Ok(false);
                };
                let number = u32::from_le_bytes([head[0], head[1], head[2], 0]);
                let (last, kind, size) = (number & 1, (number >> 1) & 3, number >> 3);
                let size = usize::try_from(size).unwrap_or(usize::MAX);
                if size > BLOCK_MAX {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                let length = 3 + if kind == 1 { 1 } else { size };
                let Some(block) = self.waiting.get(..length) else {
                    return Ok(false);
                };
                let mut letters = vec![0; 16 << 10];
                let (mut source, mut read) = (block, 0);
                loop {
                    let (taken, given) = self
                        .decoder
                        .decode_from_to(source, &mut letters)
                        .map_err(io::Error::other)?;
                    read += taken;
                    source = &[];
                    self.out
                        .write_all(letters.get(..given).unwrap_or_default())?;
                    if given == 0 {
                        break;
                    }
                }
                if read < length {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                self.waiting.drain(..length);
                self.next = match (last, self.has_sum) {
                    (0, _) => Next::Block,
                    (_, true) => Next::Sum,
                    (_, false) => Next::Head,
                };
            }
            Next::Sum => {
                if self.waiting.len() < 4 {
                    return Ok(false);
                }
                self.waiting.drain(..4);
                self.next = Next::Head;
            }
        }
        Ok(true)
    }
}

impl<W: Write> Write for Zstd<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Not more than a block waits.
        let (part, _) = bytes.split_at_checked(BLOCK_MAX).unwrap_or((bytes, &[]));
        self.waiting.extend_from_slice(part);
        while self.step()? {}
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The length of the head of a frame, whose window is not too large. `None`: not all of it is there.
fn head_length(bytes: &[u8]) -> io::Result<Option<usize>> {
    let wrong = || io::Error::from(io::ErrorKind::InvalidData);
    let known = bytes.len().min(4);
    if bytes.get(..known) != MAGIC.get(..known) {
        return Err(wrong());
    }
    let Some(flags) = bytes.get(4).copied() else {
        return Ok(None);
    };
    let is_single = flags & 0x20 != 0;
    let dictionary = [0, 1, 2, 4]
        .get(usize::from(flags & 3))
        .copied()
        .unwrap_or(0);
    let size = match (flags >> 6, is_single) {
        (0, true) => 1,
        (0, false) => 0,
        (1, _) => 2,
        (2, _) => 4,
        (_, _) => 8,
    };
    let window = usize::from(!is_single);
    let length = 5 + window + dictionary + size;
    if length > HEAD_MAX {
        return Err(wrong());
    }
    let Some(head) = bytes.get(..length) else {
        return Ok(None);
    };
    let bytes = if is_single {
        let field = head.get(5 + dictionary..).unwrap_or_default();
        let value = field
            .iter()
            .rev()
            .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        if size == 2 { value + 256 } else { value }
    } else {
        let byte = u64::from(head.get(5).copied().unwrap_or(u8::MAX));
        let base = 1_u64 << (10 + (byte >> 3));
        base + base / 8 * (byte & 7)
    };
    // A dictionary would have to come from elsewhere.
    if bytes > WINDOW_MAX || dictionary > 0 {
        return Err(wrong());
    }
    Ok(Some(length))
}
