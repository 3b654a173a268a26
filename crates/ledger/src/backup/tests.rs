use super::*;
use crate::{line::Draft, spent};

const KEY: [u8; 32] = [8; 32];

struct Place {
    folder: tempfile::TempDir,
    store: Sqlite,
    keys: KeyStore,
}

fn fill(bytes: &mut [u8]) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let drawn = crate::line::digest(&DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    bytes
        .iter_mut()
        .zip(drawn.iter().cycle())
        .for_each(|(to, from)| *to = *from);
}

fn draft(body: &str) -> Draft {
    Draft {
        at: 1,
        by: "person:1".to_owned(),
        kind: "a".to_owned(),
        version: 1,
        body: body.as_bytes().to_vec(),
    }
}

impl Place {
    fn new(lines: usize) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::open(&folder.path().join(LEDGER_FILE)).unwrap();
        let drafts: Vec<Draft> = (0..lines)
            .map(|i| draft(&format!("{{\"n\":{i}}}")))
            .collect();
        store.append(&Head::EMPTY, &drafts).unwrap();
        let (keys, wrapping) = (
            folder.path().join(KEYS_FILE),
            folder.path().join("wrapping.key"),
        );
        let keys = KeyStore::open(&keys, &wrapping, &mut fill).unwrap();
        let place = Place {
            folder,
            store,
            keys,
        };
        place.save("person:1", 1);
        place.save("person:2", 2);
        place
    }

    fn save(&self, subject: &str, byte: u8) {
        let key = keys::Key::new([byte; 32]);
        self.keys
            .save(&[(subject.to_owned(), key)], &mut fill)
            .unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn backup(&self, at: i64, blobs: Vec<(&str, &'static [u8])>) -> Result<Written, BackupError> {
        let mut blobs = blobs
            .into_iter()
            .map(|(name, bytes)| Ok((name.to_owned(), Box::new(bytes) as Box<dyn Read>)));
        let contents = Contents {
            store: Some(&self.store),
            keys: Some(&self.keys),
            blobs: &mut blobs,
        };
        write(&self.path("backups"), at, contents, &KEY, &mut fill)
    }
}

#[test]
fn a_backup_is_restored_as_it_was_and_agrees_with_what_is_live() {
    let place = Place::new(5000);
    let head = place.store.head().unwrap();
    spent::spend(&place.store, &head, 5, "person:1", &[3, 4]).unwrap();
    let written = place
        .backup(1, vec![("pictures/1.jpg", b"sealed"), ("empty", b"")])
        .unwrap();
    assert_eq!((written.keys, written.blobs), (2, 2));
    let into = place.path("restored");
    let restored = restore(&written.path, &KEY, &into, None, &[]).unwrap();
    assert_eq!(
        (restored.head, restored.keys, restored.blobs),
        (written.head, 2, 2)
    );
    assert_eq!(
        std::fs::read(into.join("blobs/pictures/1.jpg")).unwrap(),
        b"sealed"
    );
    assert_eq!(std::fs::read(into.join("blobs/empty")).unwrap(), b"");
    let comparison = compare(&into, &place.store, &place.keys).unwrap();
    assert!(comparison.agrees(), "{comparison:?}");
    assert_eq!((comparison.restored.seq, comparison.keys), (5001, 2));
    // What happens after the backup is no disagreement; what did not happen is.
    place.save("person:3", 3);
    assert!(!compare(&into, &place.store, &place.keys).unwrap().agrees());
    place
        .store
        .append(&place.store.head().unwrap(), &[draft("{}")])
        .unwrap();
    assert!(compare(&into, &place.store, &place.keys).unwrap().agrees());
    let other = Place::new(5000 + 2);
    place
        .store
        .append(&place.store.head().unwrap(), &[draft("{}")])
        .unwrap();
    assert!(!compare(&into, &other.store, &other.keys).unwrap().agrees());
    assert!(matches!(
        restore(&written.path, &KEY, &into, None, &[]),
        Err(BackupError::There(_))
    ));
}

#[test]
fn a_destroyed_key_does_not_come_back_by_a_restore() {
    let place = Place::new(3);
    let old = place.backup(1, Vec::new()).unwrap();
    place
        .keys
        .destroy("person:1", 9, "asked", &mut fill)
        .unwrap();
    let into = place.path("restored");
    let gone = place.keys.destroyed().unwrap();
    let restored = restore(&old.path, &KEY, &into, None, &gone).unwrap();
    assert_eq!((restored.keys, restored.keys_held_back), (1, 1));
    assert!(
        compare(&into, &place.store, &place.keys)
            .unwrap()
            .keys_returned
            .is_empty()
    );
    // Even one who leaves the list out finds only keys that nothing opens any more.
    let careless = place.path("careless");
    restore(&old.path, &KEY, &careless, None, &[]).unwrap();
    let comparison = compare(&careless, &place.store, &place.keys).unwrap();
    assert_eq!(comparison.keys_returned, ["person:1"]);
    assert!(!comparison.agrees());
    let opened = KeyStore::open(
        &careless.join(KEYS_FILE),
        &place.path("wrapping.key"),
        &mut fill,
    );
    assert!(matches!(opened, Err(KeyError::Replaced { needed: 1 })));
}

#[test]
fn the_ledger_of_an_old_backup_is_restored_with_the_keys_of_a_newer_one() {
    let place = Place::new(3);
    let old = place.backup(1, Vec::new()).unwrap();
    place
        .keys
        .destroy("person:1", 9, "asked", &mut fill)
        .unwrap();
    let contents = Contents {
        store: None,
        keys: Some(&place.keys),
        blobs: &mut std::iter::empty(),
    };
    let newer = write(&place.path("backups"), 2, contents, &KEY, &mut fill).unwrap();
    assert_eq!((newer.head, newer.keys), (None, 1));
    let newer = keys_in(&newer.path, &KEY).unwrap().unwrap();
    let into = place.path("restored");
    let restored = restore(&old.path, &KEY, &into, Some(&newer), &[]).unwrap();
    assert_eq!((restored.keys, restored.head), (1, old.head));
    let keys = KeyStore::open(
        &into.join(KEYS_FILE),
        &place.path("wrapping.key"),
        &mut fill,
    );
    let keys = keys.unwrap();
    assert_eq!(
        keys.load().unwrap(),
        [("person:2".to_owned(), keys::Key::new([2; 32]))]
    );
    assert_eq!(keys.destroyed().unwrap().len(), 1);
}

#[test]
fn a_backup_that_is_damaged_restores_nothing_at_all() {
    let place = Place::new(200);
    let written = place.backup(1, vec![("note", b"words")]).unwrap();
    let whole = std::fs::read(&written.path).unwrap();
    let bad = place.path("bad");
    let into = place.path("restored");
    for place in (0..whole.len()).step_by(311) {
        let mut flipped = whole.clone();
        flipped[place] ^= 4;
        for bytes in [flipped.as_slice(), &whole[..place]] {
            std::fs::write(&bad, bytes).unwrap();
            assert!(restore(&bad, &KEY, &into, None, &[]).is_err(), "{place}");
            assert!(keys_in(&bad, &KEY).is_err(), "{place}");
            assert!(!into.exists());
        }
    }
    assert!(restore(&written.path, &[9; 32], &into, None, &[]).is_err());
    assert_eq!(
        std::fs::read_dir(place.folder.path())
            .unwrap()
            .filter(|entry| {
                entry
                    .as_ref()
                    .unwrap()
                    .file_name()
                    .to_string_lossy()
                    .starts_with(".stairgate")
            })
            .count(),
        0
    );
}

#[test]
fn a_name_that_leads_out_of_the_folder_is_refused_and_leaves_nothing() {
    let place = Place::new(1);
    for name in [
        "../keys.db",
        "/etc/x",
        "a//b",
        "",
        "a/.b",
        "C:x",
        "a\\b",
        "é",
    ] {
        let refused = place.backup(1, vec![(name, b"x")]);
        assert!(matches!(refused, Err(BackupError::Name(_))), "{name}");
    }
    assert_eq!(std::fs::read_dir(place.path("backups")).unwrap().count(), 0);
}

#[test]
fn a_backup_is_taken_while_somebody_appends() {
    let place = Place::new(2000);
    let path = place.path(LEDGER_FILE);
    let written = std::thread::scope(|scope| {
        scope.spawn(|| {
            let store = Sqlite::open(&path).unwrap();
            for _ in 0..100 {
                store
                    .append(&store.head().unwrap(), &[draft("{}")])
                    .unwrap();
            }
        });
        place.backup(1, Vec::new()).unwrap()
    });
    let into = place.path("restored");
    let restored = restore(&written.path, &KEY, &into, None, &[]).unwrap();
    assert!(restored.head.unwrap().seq >= 2000);
    assert!(compare(&into, &place.store, &place.keys).unwrap().agrees());
}

impl Place {
    fn rehearse(&self) -> Result<Option<Rehearsal>, BackupError> {
        let (backups, within) = (self.path("backups"), self.folder.path());
        let rehearsed = rehearse(&backups, &KEY, within, &self.store, &self.keys);
        let left = std::fs::read_dir(self.folder.path()).unwrap();
        let left = left.filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with(".stairgate")
        });
        assert_eq!(left.count(), 0, "nothing is left behind");
        rehearsed
    }
}

#[test]
fn a_rehearsal_restores_the_newest_backup_compares_it_and_leaves_nothing_behind() {
    let place = Place::new(50);
    assert_eq!(place.rehearse().unwrap(), None, "no folder yet");
    std::fs::create_dir(place.path("backups")).unwrap();
    assert_eq!(place.rehearse().unwrap(), None);
    place.backup(1, Vec::new()).unwrap();
    let head = place.store.head().unwrap();
    place.store.append(&head, &[draft("{}")]).unwrap();
    let newest = place.backup(2, vec![("picture", b"sealed")]).unwrap();
    let found = place.rehearse().unwrap().unwrap();
    assert_eq!((found.file, found.restored.blobs), (newest.path.clone(), 1));
    assert_eq!(found.comparison.restored.seq, 51);
    assert!(found.comparison.agrees());
    let mut bytes = std::fs::read(&newest.path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&newest.path, bytes).unwrap();
    assert!(place.rehearse().is_err(), "a damaged backup is found");
}

#[test]
fn a_rehearsal_misses_the_keys_that_were_not_backed_up_after_a_destruction() {
    let place = Place::new(5);
    place.backup(1, Vec::new()).unwrap();
    let destroyed = place.keys.destroy("person:1", 2, "asked", &mut fill);
    destroyed.unwrap();
    let found = place.rehearse().unwrap().unwrap().comparison;
    assert!(!found.keys_open && !found.agrees(), "{found:?}");
    let contents = Contents {
        store: None,
        keys: Some(&place.keys),
        blobs: &mut std::iter::empty(),
    };
    write(&place.path("backups"), 3, contents, &KEY, &mut fill).unwrap();
    let found = place.rehearse().unwrap().unwrap();
    assert!(found.comparison.agrees(), "{found:?}");
    assert_eq!(found.restored.keys, 1);
}

#[test]
fn what_a_crash_left_of_a_rehearsal_or_restore_is_in_nobodys_way() {
    let place = Place::new(5);
    let written = place.backup(1, Vec::new()).unwrap();
    for left in [
        ".stairgate-rehearsal",
        ".stairgate-restoring-.stairgate-rehearsal",
    ] {
        std::fs::create_dir(place.path(left)).unwrap();
        std::fs::write(place.path(left).join(LEDGER_FILE), "half").unwrap();
    }
    assert!(place.rehearse().unwrap().unwrap().comparison.agrees());
    // What only has a likely name is somebody else's.
    std::fs::create_dir(place.path("restored.new")).unwrap();
    restore(&written.path, &KEY, &place.path("restored"), None, &[]).unwrap();
    assert!(place.path("restored.new").exists());
}

#[test]
fn the_newest_backups_are_kept() {
    let place = Place::new(1);
    for at in [30, 10, 20] {
        place.backup(at, Vec::new()).unwrap();
    }
    assert!(matches!(
        place.backup(20, Vec::new()),
        Err(BackupError::There(_))
    ));
    let folder = place.path("backups");
    let removed = keep_newest(&folder, 2).unwrap();
    assert_eq!(removed.len(), 1);
    assert!(removed[0].to_string_lossy().contains("00010.sealed"));
    keep_newest(&folder, 0).unwrap();
    let left = list(&folder, false).unwrap();
    assert_eq!(left.len(), 1);
    assert!(left[0].to_string_lossy().contains("00030.sealed"));
}
