//! The sealed file that a backup is: a mark, a salt, and then chunks as `kernel::chunks` seals them.
//! The key of each file comes from the backup key and the salt.

use crate::Fill;
use kernel::chunks;
use sha2::{Digest, Sha256};
use std::io::{self, ErrorKind, Read, Write};

const MAGIC: &[u8; 20] = b"stairgate backup v1\n";

/// A backup being sealed.
pub(crate) type Sealing<W> = chunks::Sealing<W>;

/// A backup being opened.
pub(crate) type Opening<R> = chunks::Opening<R>;

/// Seals what is written to it into `to`.
pub(crate) fn seal<W: Write>(
    mut to: W,
    key: &[u8; 32],
    fill: &mut Fill<'_>,
) -> io::Result<Sealing<W>> {
    let mut salt = [0; 32];
    fill(&mut salt);
    to.write_all(MAGIC)?;
    to.write_all(&salt)?;
    Ok(Sealing::new(to, &own_key(key, &salt), MAGIC))
}

/// Opens what [`seal`] wrote.
pub(crate) fn open<R: Read>(mut from: R, key: &[u8; 32]) -> io::Result<Opening<R>> {
    let mut magic = [0; MAGIC.len()];
    let mut salt = [0; 32];
    let read = from
        .read_exact(&mut magic)
        .and_then(|()| from.read_exact(&mut salt));
    if read.is_err() || magic != *MAGIC {
        return Err(broken("this is not a backup that this build reads"));
    }
    Opening::new(from, &own_key(key, &salt), MAGIC)
}

fn own_key(key: &[u8; 32], salt: &[u8; 32]) -> zeroize::Zeroizing<[u8; 32]> {
    let mut hash = Sha256::new();
    hash.update(b"stairgate backup key v1");
    hash.update(key);
    hash.update(salt);
    zeroize::Zeroizing::new(hash.finalize().into())
}

pub(crate) fn broken(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_opens_under_its_key_only_and_only_with_its_mark_and_salt() {
        let mut sealing = seal(Vec::new(), &[1; 32], &mut |bytes| bytes.fill(9)).unwrap();
        sealing.write_all(b"words").unwrap();
        let sealed = sealing.finish().unwrap();
        let opened = |bytes: &[u8], key: u8| {
            let mut plain = Vec::new();
            open(bytes, &[key; 32])?.read_to_end(&mut plain)?;
            io::Result::Ok(plain)
        };
        assert_eq!(opened(&sealed, 1).unwrap(), b"words");
        assert!(opened(&sealed, 2).is_err());
        for at in [0, MAGIC.len()] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(opened(&changed, 1).is_err());
        }
    }
}
