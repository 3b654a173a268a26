//! A file as it lies in the vault: a mark, and then chunks as `kernel::chunks` seals them. Each file
//! has a random key of its own.

use kernel::chunks::{self, Sealing};
use std::io::{self, ErrorKind, Read, Write};

const MAGIC: &[u8; 17] = b"stairgate file 1\n";

/// A file of the vault being opened; every byte that it hands out was checked.
pub type Opening<R> = chunks::Opening<R>;

/// Seals all of `from` into `to`. How many plain bytes that were.
pub(crate) fn seal(key: &[u8; 32], from: &mut dyn Read, to: &mut dyn Write) -> io::Result<u64> {
    to.write_all(MAGIC)?;
    let mut sealing = Sealing::new(to, key, MAGIC);
    let size = io::copy(from, &mut sealing)?;
    sealing.finish()?;
    Ok(size)
}

/// Opens what [`seal`] wrote.
pub(crate) fn open<R: Read>(mut from: R, key: &[u8; 32]) -> io::Result<Opening<R>> {
    let mut magic = [0; MAGIC.len()];
    if from.read_exact(&mut magic).is_err() || magic != *MAGIC {
        let why = "this is not a file of the vault";
        return Err(io::Error::new(ErrorKind::InvalidData, why));
    }
    Opening::new(from, key, MAGIC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_opens_under_its_key_only_and_only_with_its_mark() {
        let mut sealed = Vec::new();
        assert_eq!(seal(&[1; 32], &mut &b"words"[..], &mut sealed).unwrap(), 5);
        let opened = |bytes: &[u8], key: u8| {
            let mut plain = Vec::new();
            open(bytes, &[key; 32])?.read_to_end(&mut plain)?;
            io::Result::Ok(plain)
        };
        assert_eq!(opened(&sealed, 1).unwrap(), b"words");
        assert!(opened(&sealed, 2).is_err());
        sealed[0] ^= 1;
        assert!(opened(&sealed, 1).is_err());
        assert!(opened(b"", 1).is_err());
    }
}
