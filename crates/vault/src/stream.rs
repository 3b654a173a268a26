//! A file as it lies in the vault: chunks under XChaCha20-Poly1305, each with its number and whether
//! it is the last in its nonce, so that a chunk which is changed, moved, left out or cut off is found
//! before any of it is used. Each file has a random key of its own, so numbers may serve as nonces.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use std::io::{self, ErrorKind, Read, Write};

const MAGIC: &[u8; 17] = b"stairgate file 1\n";
/// Plain bytes in a chunk.
const CHUNK: usize = 64 << 10;
/// Bytes that sealing adds to a chunk.
const TAG: usize = 16;

/// Seals all of `from` into `to`. How many plain bytes that were.
pub(crate) fn seal(key: &[u8; 32], from: &mut dyn Read, to: &mut dyn Write) -> io::Result<u64> {
    let mut chunks = Chunks::new(key);
    to.write_all(MAGIC)?;
    let mut size = 0;
    let mut chunk = read_up_to(from, CHUNK)?;
    loop {
        // A full chunk is the last one only when nothing comes after it.
        let after = read_up_to(from, CHUNK)?;
        let is_last = after.is_empty();
        to.write_all(&chunks.seal(&chunk, is_last)?)?;
        size += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if is_last {
            return Ok(size);
        }
        chunk = after;
    }
}

/// Opens what [`seal`] wrote; every byte that it hands out was checked.
pub struct Opening<R: Read> {
    from: R,
    chunks: Chunks,
    ahead: Vec<u8>,
    plain: Vec<u8>,
    at: usize,
    is_last: bool,
}

impl<R: Read> Opening<R> {
    pub(crate) fn new(mut from: R, key: &[u8; 32]) -> io::Result<Opening<R>> {
        let mut magic = [0; MAGIC.len()];
        if from.read_exact(&mut magic).is_err() || magic != *MAGIC {
            return Err(broken("this is not a file of the vault"));
        }
        let ahead = read_up_to(&mut from, CHUNK + TAG)?;
        Ok(Opening {
            from,
            chunks: Chunks::new(key),
            ahead,
            plain: Vec::new(),
            at: 0,
            is_last: false,
        })
    }

    fn open_next(&mut self) -> io::Result<()> {
        let after = read_up_to(&mut self.from, CHUNK + TAG)?;
        self.is_last = after.is_empty();
        let sealed = std::mem::replace(&mut self.ahead, after);
        self.plain = self.chunks.open(&sealed, self.is_last)?;
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

fn read_up_to(from: &mut dyn Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    from.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

struct Chunks {
    cipher: XChaCha20Poly1305,
    number: u64,
}

impl Chunks {
    fn new(key: &[u8; 32]) -> Chunks {
        Chunks {
            cipher: XChaCha20Poly1305::new(key.into()),
            number: 0,
        }
    }

    fn seal(&mut self, chunk: &[u8], is_last: bool) -> io::Result<Vec<u8>> {
        let nonce = self.next(is_last)?;
        let sealed = self.cipher.encrypt(&nonce, payload(chunk));
        sealed.map_err(|_| broken("it can't be sealed"))
    }

    fn open(&mut self, sealed: &[u8], is_last: bool) -> io::Result<Vec<u8>> {
        let nonce = self.next(is_last)?;
        let opened = self.cipher.decrypt(&nonce, payload(sealed));
        opened.map_err(|_| broken("it is damaged, cut off, or sealed under another key"))
    }

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

fn payload(msg: &[u8]) -> Payload<'_, '_> {
    Payload { msg, aad: MAGIC }
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let size = seal(&[1; 32], &mut &plain[..], &mut out).unwrap();
        assert_eq!(size, plain.len() as u64);
        out
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
        let (start, chunks) = whole.split_at(MAGIC.len());
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
