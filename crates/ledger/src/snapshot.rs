//! A cached state in a file, for a quick start. Opaque bytes: what they mean is known to the build
//! that wrote them, and to no other. A snapshot is a cache: whenever anything about it does not
//! fit the ledger or the build, there is none.

use crate::{
    durable,
    line::{Head, digest},
    store::{Store, line_at},
};
use std::{io, path::Path};

const MAGIC: &[u8; 22] = b"stairgate snapshot v1\n";

/// Magic, digest, length of the build's name, number and link of the line.
const HEADER_BYTES: usize = 22 + 32 + 8 + 8 + 32;

/// Writes `bytes`, the state at `head`, for builds that call themselves `build`.
///
/// # Errors
/// What the system said; an earlier snapshot is still whole then.
pub fn save(path: &Path, build: &str, head: &Head, bytes: &[u8]) -> io::Result<()> {
    let name_length = u64::try_from(build.len()).unwrap_or(u64::MAX);
    let mut signed = Vec::with_capacity(HEADER_BYTES + build.len());
    signed.extend(name_length.to_be_bytes());
    signed.extend(head.seq.to_be_bytes());
    signed.extend(head.link);
    signed.extend(build.as_bytes());
    durable::write(path, &[MAGIC, &digest_of(&signed, bytes), &signed, bytes])
}

/// The state and where it stands, when it was written by this build and the ledger still has the
/// line that it stands at. `None` otherwise: fold the ledger from its start then.
#[must_use]
pub fn load(path: &Path, build: &str, store: &dyn Store) -> Option<(Head, Vec<u8>)> {
    let mut file = std::fs::read(path).ok()?;
    let rest = file.strip_prefix(MAGIC)?;
    let (sum, rest) = rest.split_first_chunk::<32>()?;
    let (length, _) = rest.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
    let (signed, bytes) = rest.split_at_checked(length.checked_add(48)?)?;
    if digest_of(signed, bytes) != *sum {
        return None;
    }
    let (seq, rest) = signed.get(8..)?.split_first_chunk::<8>()?;
    let (link, name) = rest.split_first_chunk::<32>()?;
    let head = Head {
        seq: u64::from_be_bytes(*seq),
        link: *link,
    };
    if name != build.as_bytes() || !stands(store, &head) {
        return None;
    }
    let start = file.len() - bytes.len();
    file.drain(..start);
    Some((head, file))
}

/// Whether the ledger has this line.
fn stands(store: &dyn Store, head: &Head) -> bool {
    match head.seq {
        0 => *head == Head::EMPTY,
        seq => line_at(store, seq).is_ok_and(|line| line.is_some_and(|line| line.head() == *head)),
    }
}

fn digest_of(signed: &[u8], bytes: &[u8]) -> [u8; 32] {
    digest(&[digest(signed), digest(bytes)].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{line::Draft, sqlite::Sqlite};

    fn ledger(folder: &Path, name: &str, by: &str) -> (Sqlite, Head) {
        let store = Sqlite::open(&folder.join(name)).unwrap();
        let draft = Draft {
            at: 1,
            by: by.to_owned(),
            kind: "a".to_owned(),
            version: 1,
            body: b"{}".to_vec(),
        };
        let head = store.append(&Head::EMPTY, &[draft.clone(), draft]).unwrap();
        (store, head)
    }

    #[test]
    fn a_snapshot_comes_back_for_the_same_build_and_the_same_ledger_only() {
        let folder = tempfile::tempdir().unwrap();
        let (store, head) = ledger(folder.path(), "one.db", "person:1");
        let (other, _) = ledger(folder.path(), "two.db", "person:2");
        let path = folder.path().join("state");
        save(&path, "0.1.0-abc", &head, b"the state").unwrap();
        assert_eq!(
            load(&path, "0.1.0-abc", &store),
            Some((head, b"the state".to_vec()))
        );
        assert_eq!(load(&path, "0.1.0-abd", &store), None);
        assert_eq!(load(&path, "0.1.0-abc", &other), None);
        assert_eq!(load(&folder.path().join("none"), "0.1.0-abc", &store), None);
        save(&path, "b", &Head::EMPTY, b"").unwrap();
        assert_eq!(load(&path, "b", &store), Some((Head::EMPTY, Vec::new())));
    }

    #[test]
    fn a_damaged_snapshot_is_none_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let (store, head) = ledger(folder.path(), "one.db", "person:1");
        let path = folder.path().join("state");
        save(&path, "build", &head, b"the state").unwrap();
        let whole = std::fs::read(&path).unwrap();
        for place in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[place] ^= 1;
            std::fs::write(&path, &flipped).unwrap();
            assert_eq!(load(&path, "build", &store), None, "byte {place}");
            std::fs::write(&path, &whole[..place]).unwrap();
            assert_eq!(load(&path, "build", &store), None, "cut at {place}");
        }
    }
}
