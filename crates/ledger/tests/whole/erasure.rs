//! After a key was destroyed nothing that was sealed under it can be read, from any file that is
//! there or ever was, though the wrapping key of today and the backup key are known.

use crate::memory::{Dice, all};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use ledger::{
    backup::{self, Contents},
    check::check,
    hex,
    keys::{Bundle, Key, KeyStore},
    line::{Draft, Head},
    snapshot, spent,
    sqlite::Sqlite,
    store::Store,
};
use std::path::Path;

const SUBJECT: &str = "person:17";
const WORDS: &str = "Anwen Gorse has an allergy";
const BACKUP_KEY: [u8; 32] = [6; 32];

fn seal(key: &[u8; 32], words: &str, place: &[u8], nonce: [u8; 24]) -> Vec<u8> {
    let cipher = XChaCha20Poly1305::new(key.into());
    let payload = Payload {
        msg: words.as_bytes(),
        aad: place,
    };
    [
        nonce.as_slice(),
        &cipher.encrypt(&XNonce::from(nonce), payload).unwrap(),
    ]
    .concat()
}

fn opens(key: &[u8; 32], sealed: &[u8], place: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
    let payload = Payload {
        msg: sealed,
        aad: place,
    };
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), payload)
        .ok()
}

/// Every file under a folder, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

/// Every 32 bytes that lie anywhere in `bytes`, as they are or as hexadecimal digits.
fn candidates(bytes: &[u8]) -> impl Iterator<Item = [u8; 32]> + '_ {
    let raw = bytes
        .windows(32)
        .map(|window| <[u8; 32]>::try_from(window).unwrap());
    let digits = bytes
        .windows(64)
        .filter_map(|window| hex::decode(std::str::from_utf8(window).ok()?));
    raw.chain(digits)
}

fn wrapped_of<'a>(bundle: &'a Bundle, subject: &str) -> Option<&'a Vec<u8>> {
    bundle
        .wrapped
        .iter()
        .find(|key| key.subject == subject)
        .map(|key| &key.wrapped)
}

/// Tries everything that lies in the files: the words themselves, the key, and every string of
/// 32 bytes as the key or as the wrapping key that an old wrapped key was wrapped by.
fn can_be_read(
    files: &[(String, Vec<u8>)],
    sealed: &[u8],
    old: &[u8],
    key: &[u8; 32],
) -> Option<String> {
    let place = [
        b"stairgate key v1".as_slice(),
        &1_u64.to_be_bytes(),
        SUBJECT.as_bytes(),
    ]
    .concat();
    let digits = hex::encode(key);
    for (name, bytes) in files {
        for secret in [WORDS.as_bytes(), key, digits.as_bytes()] {
            if bytes.windows(secret.len()).any(|window| window == secret) {
                return Some(format!("a secret lies open in {name}"));
            }
        }
        for candidate in candidates(bytes) {
            if opens(&candidate, old, &place).is_some() {
                return Some(format!("a wrapping key lies in {name}"));
            }
            if opens(&candidate, sealed, SUBJECT.as_bytes()).is_some() {
                return Some(format!("the key lies in {name}"));
            }
        }
    }
    None
}

#[test]
fn nothing_readable_is_left_in_any_file_after_a_key_was_destroyed() {
    let mut dice = Dice(1);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let (mut key, mut other) = ([0; 32], [0; 32]);
    dice.fill(&mut key);
    dice.fill(&mut other);
    let sealed = seal(&key, WORDS, SUBJECT.as_bytes(), [3; 24]);
    let body = format!(
        "{{\"name\":\"{}\"}}",
        sealed
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect::<String>()
    );

    let store = Sqlite::open(&data.join("ledger.db")).unwrap();
    let mut fill = |bytes: &mut [u8]| dice.fill(bytes);
    let keys =
        KeyStore::open(&data.join("keys.db"), &data.join("wrapping.key"), &mut fill).unwrap();
    let pairs = [
        (SUBJECT.to_owned(), Key::new(key)),
        ("person:18".to_owned(), Key::new(other)),
    ];
    keys.save(&pairs, &mut fill).unwrap();
    let draft = Draft {
        at: 1,
        by: "person:2".to_owned(),
        kind: "people.child-added".to_owned(),
        version: 1,
        body: body.into_bytes(),
    };
    let head = store.append(&Head::EMPTY, &[draft]).unwrap();
    snapshot::save(
        &data.join("state"),
        "build",
        &head,
        &all(&store)[0].body.clone().unwrap(),
    )
    .unwrap();
    let contents = Contents {
        store: Some(&store),
        keys: Some(&keys),
        blobs: &mut std::iter::empty(),
    };
    let old = backup::write(
        &folder.path().join("backups"),
        1,
        contents,
        &BACKUP_KEY,
        &mut fill,
    );
    let old = old.unwrap();
    // Somebody copies the data, but for the wrapping key, which is kept apart.
    let copy = folder.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    for name in ["ledger.db", "ledger.db-wal", "keys.db", "state"] {
        std::fs::copy(data.join(name), copy.join(name)).unwrap();
    }
    let bundle = backup::keys_in(&old.path, &BACKUP_KEY).unwrap().unwrap();
    let old_wrapped = wrapped_of(&bundle, SUBJECT).unwrap().clone();
    assert_eq!(
        can_be_read(&files(folder.path()), &sealed, &old_wrapped, &key).as_deref(),
        Some(
            format!(
                "a wrapping key lies in {}",
                data.join("wrapping.key").display()
            )
            .as_str()
        ),
        "before, whoever has all the files reads the words"
    );

    let receipt = keys
        .destroy(SUBJECT, 2, "asked for by the family", &mut fill)
        .unwrap();
    assert!(receipt.fingerprint.is_some());

    // Restored and opened backups are files too.
    let restored = folder.path().join("restored");
    backup::restore(&old.path, &BACKUP_KEY, &restored, None, &[]).unwrap();
    let everything = files(folder.path());
    assert!(
        everything
            .iter()
            .any(|(name, _)| name.ends_with("ledger.db-wal"))
    );
    assert_eq!(can_be_read(&everything, &sealed, &old_wrapped, &key), None);
    assert_eq!(wrapped_of(&keys.bundle().unwrap(), SUBJECT), None);

    // All else is as it was: the chain checks, the other key opens, the snapshot stands.
    assert_eq!(check(&store, &[]).unwrap().head, head);
    assert_eq!(
        keys.load().unwrap(),
        [("person:18".to_owned(), Key::new(other))]
    );
    assert!(snapshot::load(&data.join("state"), "build", &store).is_some());
}

#[test]
fn a_spent_body_leaves_no_bytes_in_the_file_or_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
    let draft = |body: String| Draft {
        at: 1,
        by: "person:2".to_owned(),
        kind: "a".to_owned(),
        version: 1,
        body: body.into_bytes(),
    };
    let secret = "the spent words".repeat(400);
    let drafts = [
        draft("before".to_owned()),
        draft(secret),
        draft("after".to_owned()),
    ];
    let head = store.append(&Head::EMPTY, &drafts).unwrap();
    let lies_open = || {
        files(folder.path())
            .iter()
            .any(|(_, bytes)| bytes.windows(15).any(|window| window == b"the spent words"))
    };
    assert!(lies_open());
    // Somebody who reads keeps the write-ahead log as it was for a while.
    let reader = rusqlite::Connection::open(folder.path().join("ledger.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM lines").unwrap();
    let head = spent::spend(&store, &head, 2, "person:2", &[2]).unwrap();
    assert!(lies_open(), "the reader still sees it");
    reader.execute_batch("COMMIT").unwrap();
    store.append(&head, &drafts[..1]).unwrap();
    assert!(!lies_open());
    assert_eq!(check(&store, &[]).unwrap().spent, 1);
}
