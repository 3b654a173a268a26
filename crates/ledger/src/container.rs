//! The sealed file that a backup is: chunks under XChaCha20-Poly1305, each with its number and
//! whether it is the last in its nonce, so a chunk that is changed, moved, left out or cut off is
//! found before any of it is used. The key of each file comes from the backup key and a salt.

use crate::Fill;
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use sha2::{Digest, Sha256};
use std::io::{self, ErrorKind, Read, Write};

const MAGIC: &[u8; 20] = b"stairgate backup v1\n";

/// Plain bytes in a chunk.
const CHUNK: usize = 64 << 10;

/// Bytes that sealing adds to a chunk.
const TAG: usize = 16;

/// Seals what is written to it. Without [`Sealing::finish`] the file is cut off, and found so.
pub(crate) struct Sealing<W: Write> {
    to: W,
    seal: Seal,
    chunk: Vec<u8>,
}

impl<W: Write> Sealing<W> {
    pub(crate) fn new(mut to: W, key: &[u8; 32], fill: &mut Fill<'_>) -> io::Result<Sealing<W>> {
        let mut salt = [0; 32];
        fill(&mut salt);
        to.write_all(MAGIC)?;
        to.write_all(&salt)?;
        Ok(Sealing {
            to,
            seal: Seal::new(key, &salt),
            chunk: Vec::with_capacity(CHUNK),
        })
    }

    /// Writes the last chunk, and hands back what was written to.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.write_chunk(true)?;
        Ok(self.to)
    }

    fn write_chunk(&mut self, is_last: bool) -> io::Result<()> {
        let nonce = self.seal.next(is_last)?;
        let payload = Payload {
            msg: &self.chunk,
            aad: MAGIC,
        };
        let sealed = self
            .seal
            .cipher
            .encrypt(&nonce, payload)
            .map_err(|_| broken("it can't be sealed"))?;
        self.chunk.clear();
        self.to.write_all(&sealed)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits for what comes after it: it may be the last.
        if self.chunk.len() == CHUNK {
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
pub(crate) struct Opening<R: Read> {
    from: R,
    seal: Seal,
    ahead: Vec<u8>,
    plain: Vec<u8>,
    at: usize,
    is_last: bool,
}

impl<R: Read> Opening<R> {
    pub(crate) fn new(mut from: R, key: &[u8; 32]) -> io::Result<Opening<R>> {
        let mut magic = [0; MAGIC.len()];
        let mut salt = [0; 32];
        let read = from
            .read_exact(&mut magic)
            .and_then(|()| from.read_exact(&mut salt));
        if read.is_err() || magic != *MAGIC {
            return Err(broken("this is not a backup that this build reads"));
        }
        let seal = Seal::new(key, &salt);
        let mut opening = Opening {
            from,
            seal,
            ahead: Vec::new(),
            plain: Vec::new(),
            at: 0,
            is_last: false,
        };
        opening.ahead = opening.read_ahead()?;
        Ok(opening)
    }

    /// Up to a sealed chunk.
    fn read_ahead(&mut self) -> io::Result<Vec<u8>> {
        let most = u64::try_from(CHUNK + TAG).unwrap_or(u64::MAX);
        let mut bytes = Vec::with_capacity(CHUNK + TAG);
        self.from.by_ref().take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn open_next(&mut self) -> io::Result<()> {
        let after = self.read_ahead()?;
        self.is_last = after.is_empty();
        let sealed = std::mem::replace(&mut self.ahead, after);
        let nonce = self.seal.next(self.is_last)?;
        let payload = Payload {
            msg: &sealed,
            aad: MAGIC,
        };
        self.plain =
            self.seal.cipher.decrypt(&nonce, payload).map_err(|_| {
                broken("it is damaged, cut off, or sealed under another backup key")
            })?;
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

struct Seal {
    cipher: XChaCha20Poly1305,
    number: u64,
}

impl Seal {
    fn new(key: &[u8; 32], salt: &[u8; 32]) -> Seal {
        let mut hash = Sha256::new();
        hash.update(b"stairgate backup key v1");
        hash.update(key);
        hash.update(salt);
        let own = zeroize::Zeroizing::new(<[u8; 32]>::from(hash.finalize()));
        Seal {
            cipher: XChaCha20Poly1305::new((&*own).into()),
            number: 0,
        }
    }

    /// The nonce of the next chunk: its number, and whether it is the last.
    fn next(&mut self, is_last: bool) -> io::Result<XNonce> {
        let mut nonce = [0; 24];
        let parts = self
            .number
            .to_be_bytes()
            .into_iter()
            .chain([u8::from(is_last)]);
        nonce
            .iter_mut()
            .zip(parts)
            .for_each(|(to, from)| *to = from);
        self.number = self
            .number
            .checked_add(1)
            .ok_or_else(|| broken("it is too long"))?;
        Ok(XNonce::from(nonce))
    }
}

pub(crate) fn broken(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::new(Vec::new(), &[1; 32], &mut |b| b.fill(9)).unwrap();
        sealing.write_all(plain).unwrap();
        sealing.finish().unwrap()
    }

    fn opened(bytes: &[u8], key: u8) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        Opening::new(bytes, &[key; 32])?.read_to_end(&mut plain)?;
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
    fn chunks_that_are_moved_cut_off_or_put_in_are_found() {
        let whole = sealed(&vec![7; 3 * CHUNK]);
        let head = MAGIC.len() + 32;
        let (start, chunks) = whole.split_at(head);
        let chunks: Vec<&[u8]> = chunks.chunks(CHUNK + TAG).collect();
        assert_eq!(chunks.len(), 3);
        let changed = [
            vec![chunks[0], chunks[1]],
            vec![chunks[0], chunks[2]],
            vec![chunks[1], chunks[0], chunks[2]],
            vec![chunks[0], chunks[1], chunks[2], chunks[2]],
            vec![],
        ];
        for chunks in changed {
            assert!(opened(&[start, &chunks.concat()].concat(), 1).is_err());
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
