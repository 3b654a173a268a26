//! Something long, sealed as it passes: chunks under XChaCha20-Poly1305, each with its number and
//! whether it is the last in its nonce, so that a chunk which is changed, moved, left out or cut off
//! is found before any of it is used. A key must be used for one stream only: numbers are its nonces.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use std::io::{self, ErrorKind, Read, Write};

/// Plain bytes in a chunk.
pub const CHUNK: usize = 64 << 10;

/// Bytes that sealing adds to a chunk.
pub const TAG: usize = 16;

/// Seals what is written to it. Without [`Sealing::finish`] the stream is cut off, and found so.
pub struct Sealing<W: Write> {
    to: W,
    seal: Seal,
    chunk: Vec<u8>,
}

impl<W: Write> Sealing<W> {
    /// Seals into `to` under a key that is used for nothing else; `kind` says what sort of stream it
    /// is, and one sort does not open as another.
    pub fn new(to: W, key: &[u8; 32], kind: &'static [u8]) -> Sealing<W> {
        Sealing {
            to,
            seal: Seal::new(key, kind),
            chunk: Vec::with_capacity(CHUNK),
        }
    }

    /// Writes the last chunk, and hands back what was written to.
    ///
    /// # Errors
    ///
    /// As writing.
    pub fn finish(mut self) -> io::Result<W> {
        self.write_chunk(true)?;
        Ok(self.to)
    }

    fn write_chunk(&mut self, is_last: bool) -> io::Result<()> {
        let sealed = self.seal.close(&self.chunk, is_last)?;
        self.chunk.clear();
        self.to.write_all(&sealed)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits for what comes after it: it may be the last.
        if self.chunk.len() == CHUNK && !bytes.is_empty() {
            self.write_chunk(false)?;
        }
        let room = CHUNK - self.chunk.len();
        let taken = bytes.get(..room).unwrap_or(bytes);
        self.chunk.extend_from_slice(taken);
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens what [`Sealing`] wrote; every byte that it hands out was checked.
pub struct Opening<R: Read> {
    from: R,
    seal: Seal,
    ahead: Vec<u8>,
    plain: Vec<u8>,
    at: usize,
    is_last: bool,
}

impl<R: Read> Opening<R> {
    /// Opens what comes from `from`, sealed under this key as this kind.
    ///
    /// # Errors
    ///
    /// As reading.
    pub fn new(mut from: R, key: &[u8; 32], kind: &'static [u8]) -> io::Result<Opening<R>> {
        let ahead = read_ahead(&mut from)?;
        Ok(Opening {
            from,
            seal: Seal::new(key, kind),
            ahead,
            plain: Vec::new(),
            at: 0,
            is_last: false,
        })
    }

    fn open_next(&mut self) -> io::Result<()> {
        let after = read_ahead(&mut self.from)?;
        self.is_last = after.is_empty();
        let sealed = std::mem::replace(&mut self.ahead, after);
        self.plain = self.seal.open(&sealed, self.is_last)?;
        self.at = 0;
        Ok(())
    }
}

impl<R: Read> Read for Opening<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.plain.len() && !self.is_last {
            self.open_next()?;
        }
        let rest = self.plain.get(self.at..).unwrap_or_default();
        let count = rest.len().min(into.len());
        into.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.at += count;
        Ok(count)
    }
}

/// Up to a sealed chunk.
fn read_ahead(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let most = u64::try_from(CHUNK + TAG).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    from.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

struct Seal {
    cipher: XChaCha20Poly1305,
    kind: &'static [u8],
    number: u64,
}

impl Seal {
    fn new(key: &[u8; 32], kind: &'static [u8]) -> Seal {
        Seal {
            cipher: XChaCha20Poly1305::new(key.into()),
            kind,
            number: 0,
        }
    }

    fn close(&mut self, chunk: &[u8], is_last: bool) -> io::Result<Vec<u8>> {
        let nonce = self.next(is_last)?;
        let sealed = self.cipher.encrypt(&nonce, self.payload(chunk));
        sealed.map_err(|_| broken("it can't be sealed"))
    }

    fn open(&mut self, sealed: &[u8], is_last: bool) -> io::Result<Vec<u8>> {
        let nonce = self.next(is_last)?;
        let opened = self.cipher.decrypt(&nonce, self.payload(sealed));
        opened.map_err(|_| broken("it is damaged, cut off, or sealed under another key"))
    }

    fn payload<'a>(&self, msg: &'a [u8]) -> Payload<'a, 'a> {
        Payload {
            msg,
            aad: self.kind,
        }
    }

    /// The nonce of the next chunk: its number, and whether it is the last.
    fn next(&mut self, is_last: bool) -> io::Result<XNonce> {
        let mut nonce = [0; 24];
        let number = self.number.to_be_bytes().into_iter();
        let parts = number.chain([u8::from(is_last)]);
        nonce
            .iter_mut()
            .zip(parts)
            .for_each(|(to, from)| *to = from);
        let next = self.number.checked_add(1);
        self.number = next.ok_or_else(|| broken("it is too long"))?;
        Ok(XNonce::from(nonce))
    }
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KIND: &[u8] = b"a kind";

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::new(Vec::new(), &[1; 32], KIND);
        sealing.write_all(plain).unwrap();
        sealing.finish().unwrap()
    }

    fn opened(bytes: &[u8], key: u8) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        Opening::new(bytes, &[key; 32], KIND)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn what_was_sealed_opens_whatever_its_length() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5] {
            let plain: Vec<u8> = (0..=255_u8).cycle().take(length).collect();
            assert_eq!(opened(&sealed(&plain), 1).unwrap(), plain, "{length}");
        }
        assert!(opened(&sealed(b"words"), 2).is_err());
    }

    #[test]
    fn one_kind_does_not_open_as_another() {
        let sealed = sealed(b"words");
        let mut opening = Opening::new(sealed.as_slice(), &[1; 32], b"another").unwrap();
        assert!(opening.read_to_end(&mut Vec::new()).is_err());
    }

    #[test]
    fn chunks_that_are_moved_cut_off_or_put_in_are_found() {
        let whole = sealed(&vec![7; 3 * CHUNK]);
        let chunks: Vec<&[u8]> = whole.chunks(CHUNK + TAG).collect();
        assert_eq!(chunks.len(), 3);
        let changed = [
            vec![chunks[0], chunks[1]],
            vec![chunks[0], chunks[2]],
            vec![chunks[1], chunks[0], chunks[2]],
            vec![chunks[0], chunks[1], chunks[2], chunks[2]],
            vec![],
        ];
        for chunks in changed {
            assert!(opened(&chunks.concat(), 1).is_err());
        }
    }

    proptest! {
        #[test]
        fn a_flipped_bit_or_a_cut_is_found(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let mut bytes = sealed(&[5; 700]);
            let place = at.index(bytes.len());
            prop_assert!(opened(&bytes[..place], 1).is_err());
            bytes[place] ^= 1 << bit;
            prop_assert!(opened(&bytes, 1).is_err());
        }
    }
}
