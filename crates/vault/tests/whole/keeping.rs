//! What can be relied on when files are kept: they come back whole or not at all, a full disk leaves
//! nothing half, nobody else's digest opens anything, and the sweep takes only what nobody refers to.

use kernel::{
    kept::{Kind, Loose},
    sealed::Key,
};
use std::{
    collections::BTreeSet,
    io::{self, Read, Write},
    path::Path,
    time::{Duration, SystemTime},
};
use vault::{
    Found, Shelf, Vault, VaultError,
    shelf::{Fill, Folder},
    vault::LOOSE_LASTS,
};

/// What time files are given now.
fn now() -> SystemTime {
    let file = tempfile::tempfile().unwrap();
    file.metadata().unwrap().modified().unwrap()
}

fn key(n: u8) -> Key {
    Key::new([n; 32])
}

fn keep(vault: &Vault, bytes: &[u8], n: u8) -> Loose {
    vault
        .keep(&mut &bytes[..], "note.txt", Kind::Text, key(n))
        .unwrap()
}

fn read(vault: &Vault, file: &Loose) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    vault
        .open(file)
        .map_err(io::Error::other)?
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn names(place: &Path) -> Vec<String> {
    let all = std::fs::read_dir(place).unwrap();
    all.map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_file_comes_back_as_it_was_and_lies_there_encrypted_under_its_digest() {
    let place = tempfile::tempdir().unwrap();
    let vault = Vault::in_folder(place.path());
    let words = b"Wren settled in well".repeat(20_000);
    let file = keep(&vault, &words, 1);
    assert_eq!((file.size, file.name.as_str()), (400_000, "note.txt"));
    assert_eq!(read(&vault, &file).unwrap(), words);
    let there = std::fs::read(place.path().join(&file.digest)).unwrap();
    assert!(!there.windows(4).any(|part| part == b"Wren"));
    assert_eq!(
        vault::shelf::digest_of(&mut &there[..]).unwrap(),
        file.digest
    );
    assert_eq!(vault.check([&file.digest]).unwrap().whole, 1);
}

#[test]
fn the_same_words_kept_twice_say_nothing_of_each_other() {
    let place = tempfile::tempdir().unwrap();
    let vault = Vault::in_folder(place.path());
    assert_ne!(
        keep(&vault, b"the same", 1).digest,
        keep(&vault, b"the same", 2).digest
    );
}

#[test]
fn a_digest_without_its_key_opens_nothing_and_a_path_leads_nowhere() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("secret"), "words").unwrap();
    let vault = Vault::in_folder(&place.path().join("files"));
    let file = keep(&vault, b"somebody else's", 1);
    let guessed = Loose {
        key: key(2),
        ..file.clone()
    };
    assert!(read(&vault, &guessed).is_err());
    for digest in [
        "../secret",
        "/etc/passwd",
        "",
        ".",
        "..",
        "0123",
        &file.digest.to_uppercase(),
    ] {
        let leads = Loose {
            digest: digest.to_owned(),
            ..file.clone()
        };
        assert!(
            matches!(vault.open(&leads), Err(VaultError::Missing)),
            "{digest}"
        );
    }
    vault.remove([&"../secret".to_owned()]).unwrap();
    assert!(place.path().join("secret").exists());
}

#[test]
fn damage_and_loss_are_told() {
    let place = tempfile::tempdir().unwrap();
    let vault = Vault::in_folder(place.path());
    let (one, two) = (keep(&vault, b"one", 1), keep(&vault, b"two", 2));
    let path = place.path().join(&one.digest);
    let mut bytes = std::fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path, bytes).unwrap();
    std::fs::remove_file(place.path().join(&two.digest)).unwrap();
    let found = vault.check([&one.digest, &two.digest]).unwrap();
    assert_eq!(
        (found.whole, found.damaged, found.missing),
        (0, vec![one.digest.clone()], vec![two.digest])
    );
    assert!(read(&vault, &one).is_err());
}

#[test]
fn the_sweep_takes_what_nobody_refers_to_after_a_day_and_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let vault = Vault::in_folder(place.path());
    let (kept, loose) = (keep(&vault, b"kept", 1), keep(&vault, b"loose", 2));
    std::fs::write(place.path().join("1-2-3.incoming"), "half").unwrap();
    std::fs::write(place.path().join("readme"), "not ours").unwrap();
    let referred = BTreeSet::from([kept.digest.clone()]);
    let later = |seconds| now() + LOOSE_LASTS + Duration::from_secs(seconds);
    assert_eq!(vault.sweep(&referred, now()).unwrap(), 0);
    assert_eq!(
        vault
            .sweep(&referred, later(0) - Duration::from_secs(60))
            .unwrap(),
        0
    );
    assert_eq!(vault.sweep(&referred, SystemTime::UNIX_EPOCH).unwrap(), 0);
    assert_eq!(vault.sweep(&referred, later(60)).unwrap(), 2);
    assert!(read(&vault, &kept).is_ok() && read(&vault, &loose).is_err());
    assert!(place.path().join("readme").exists());
    assert_eq!(names(place.path()).len(), 2);
}

#[test]
fn only_new_files_are_copied_and_a_damaged_one_is_not() {
    let place = tempfile::tempdir().unwrap();
    let here = Vault::in_folder(&place.path().join("here"));
    let there = Vault::in_folder(&place.path().join("there"));
    let (one, two) = (keep(&here, b"one", 1), keep(&here, b"two", 2));
    assert_eq!(here.copy_to(&there, [&one.digest]).unwrap(), 1);
    std::fs::write(place.path().join("here").join(&two.digest), "damaged").unwrap();
    assert_eq!(here.copy_to(&there, [&one.digest, &two.digest]).unwrap(), 0);
    assert_eq!(
        there.digests().unwrap(),
        BTreeSet::from([one.digest.clone()])
    );
    assert_eq!(read(&there, &one).unwrap(), b"one");
}

#[test]
fn ten_thousand_small_files_are_kept_and_found() {
    let place = tempfile::tempdir().unwrap();
    for number in 0..10_000_u32 {
        let name = format!("{number:064x}");
        std::fs::write(place.path().join(name), b"x").unwrap();
    }
    let vault = Vault::in_folder(place.path());
    assert_eq!(vault.fill().unwrap(), (10_000, 10_000));
    let file = keep(&vault, b"one more", 1);
    assert_eq!(read(&vault, &file).unwrap(), b"one more");
}

/// A disk that has room for so many bytes.
struct Small(Folder, usize);

struct Room<'a>(&'a mut dyn Write, usize);

impl Write for Room<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = self
            .1
            .checked_sub(bytes.len())
            .ok_or(io::ErrorKind::StorageFull)?;
        self.1 = left;
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Shelf for Small {
    fn keep(&self, fill: &mut Fill<'_>) -> io::Result<String> {
        self.0.keep(&mut |to| fill(&mut Room(to, self.1)))
    }

    fn open(&self, digest: &str) -> io::Result<Box<dyn Read + Send>> {
        self.0.open(digest)
    }

    fn remove(&self, digest: &str) -> io::Result<()> {
        self.0.remove(digest)
    }

    fn list(&self, each: &mut dyn FnMut(Found)) -> io::Result<()> {
        self.0.list(each)
    }
}

#[test]
fn a_full_disk_leaves_nothing_half_and_is_told() {
    let place = tempfile::tempdir().unwrap();
    let vault = Vault::over(Box::new(Small(Folder::at(place.path()), 100_000)));
    let large = vec![7; 300_000];
    let full = vault.keep(&mut &large[..], "large", Kind::Text, key(1));
    assert!(matches!(full, Err(VaultError::Full)));
    assert_eq!(names(place.path()), Vec::<String>::new());
    assert_eq!(read(&vault, &keep(&vault, b"small", 2)).unwrap(), b"small");
}
