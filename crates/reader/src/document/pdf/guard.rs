//! What a PDF unpacks to, counted before it is opened.

use crate::{limits::Limits, unreadable::Unreadable};
use flate2::read::ZlibDecoder;
use std::io::Read;

/// More packed parts than this no policy has.
const STREAMS_MAX: usize = 200_000;

/// Refuses a file whose packed parts unpack beyond the limit, or that is packed twice over.
pub(super) fn unpacked(bytes: &[u8], limits: &Limits) -> Result<(), Unreadable> {
    if packed_twice(bytes) {
        return Err(Unreadable::UnpacksTooFar);
    }
    let mut left = limits.unpacked_bytes_max;
    let mut rest = bytes;
    for _ in 0..STREAMS_MAX {
        let Some(start) = find(rest, b"stream") else {
            return Ok(());
        };
        rest = rest.get(start + 6..).unwrap_or_default();
        let ([b'\r', b'\n', body @ ..] | [b'\n', body @ ..]) = rest else {
            continue;
        };
        // A part that is no packed data ends the count at once.
        if !matches!(body.first(), Some(byte) if byte & 0x0f == 8) {
            continue;
        }
        let mut decoder = ZlibDecoder::new(body);
        let mut chunk = vec![0; 64 * 1024];
        while let Ok(read) = decoder.read(&mut chunk) {
            if read == 0 {
                break;
            }
            left = left.checked_sub(read).ok_or(Unreadable::UnpacksTooFar)?;
        }
        let used = usize::try_from(decoder.total_in())
            .unwrap_or(0)
            .min(body.len());
        rest = body.get(used..).unwrap_or_default();
    }
    Err(Unreadable::UnpacksTooFar)
}

/// Whether a part names two packings one over the other: no program writes that, and it hides what comes out.
fn packed_twice(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(start) = find(rest, b"/Filter") {
        rest = rest.get(start + 7..).unwrap_or_default();
        let list = rest.trim_ascii_start();
        if !list.starts_with(b"[") {
            continue;
        }
        let end = list
            .iter()
            .take(400)
            .position(|byte| *byte == b']')
            .unwrap_or(0);
        let names = list
            .get(1..end)
            .unwrap_or_default()
            .split(|byte| *byte == b'/');
        let packings = names.filter(|name| {
            name.starts_with(b"Fl")
                || name.starts_with(b"LZW")
                || name.starts_with(b"Run")
                || name.contains(&b'#')
        });
        if packings.count() > 1 {
            return true;
        }
    }
    false
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
