use super::*;
use std::cell::Cell;

/// A folder with keys, and a source of bytes that never repeats.
struct Place {
    folder: tempfile::TempDir,
    drawn: Cell<u64>,
}

impl Place {
    fn new() -> Place {
        Place {
            folder: tempfile::tempdir().unwrap(),
            drawn: Cell::new(0),
        }
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.drawn.set(self.drawn.get() + 1);
        let drawn = crate::line::digest(&self.drawn.get().to_be_bytes());
        bytes
            .iter_mut()
            .zip(drawn.iter().cycle())
            .for_each(|(to, from)| *to = *from);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(&self) -> KeyStore {
        self.try_open().unwrap()
    }

    fn try_open(&self) -> Result<KeyStore, KeyError> {
        KeyStore::open(
            &self.path("keys.db"),
            &self.path("wrapping.key"),
            &mut |b| self.fill(b),
        )
    }

    fn save(&self, store: &KeyStore, names: &[(&str, u8)]) -> Result<(), KeyError> {
        let keys: Vec<(String, Key)> = names
            .iter()
            .map(|(name, byte)| ((*name).to_owned(), Key::new([*byte; 32])))
            .collect();
        store.save(&keys, &mut |b| self.fill(b))
    }

    fn destroy(&self, store: &KeyStore, name: &str, at: i64) -> Result<Receipt, KeyError> {
        store.destroy(name, at, "asked for by the family", &mut |b| self.fill(b))
    }
}

fn names(store: &KeyStore) -> Vec<(String, u8)> {
    store
        .load()
        .unwrap()
        .into_iter()
        .map(|(name, key)| (name, key[0]))
        .collect()
}

fn pairs(pairs: &[(&str, u8)]) -> Vec<(String, u8)> {
    pairs
        .iter()
        .map(|(name, byte)| ((*name).to_owned(), *byte))
        .collect()
}

#[test]
fn keys_come_back_as_they_were_saved_and_a_second_key_for_a_subject_is_refused() {
    let place = Place::new();
    let store = place.open();
    assert!(names(&store).is_empty());
    place
        .save(&store, &[("person:1", 1), ("person:2", 2)])
        .unwrap();
    place
        .save(&store, &[("person:1", 1), ("person:3", 3)])
        .unwrap();
    let refused = place.save(&store, &[("person:4", 4), ("person:2", 9)]);
    assert!(matches!(refused, Err(KeyError::Taken(subject)) if subject == "person:2"));
    assert!(matches!(
        place.save(&store, &[("", 1)]),
        Err(KeyError::Words)
    ));
    drop(store);
    assert_eq!(
        names(&place.open()),
        pairs(&[("person:1", 1), ("person:2", 2), ("person:3", 3)])
    );
}

#[test]
fn a_destroyed_key_is_gone_never_comes_back_and_leaves_a_receipt() {
    let place = Place::new();
    let store = place.open();
    place
        .save(&store, &[("person:1", 1), ("person:2", 2)])
        .unwrap();
    let receipt = place.destroy(&store, "person:1", 77).unwrap();
    assert_eq!((receipt.at, receipt.generation), (77, 2));
    assert_eq!(
        receipt.fingerprint,
        Some(wrapping::fingerprint(&Key::new([1; 32])))
    );
    assert_eq!(place.destroy(&store, "person:1", 99).unwrap(), receipt);
    let refused = place.save(&store, &[("person:1", 1)]);
    assert!(matches!(refused, Err(KeyError::Destroyed(subject)) if subject == "person:1"));
    assert_eq!(names(&place.open()), pairs(&[("person:2", 2)]));
    let unknown = place.destroy(&store, "person:8", 100).unwrap();
    assert_eq!((unknown.fingerprint, unknown.generation), (None, 3));
    assert!(place.save(&store, &[("person:8", 8)]).is_err());
    assert_eq!(names(&store), pairs(&[("person:2", 2)]));
}

#[test]
fn a_crash_between_any_two_steps_of_destroying_leaves_all_other_keys_and_can_be_finished() {
    for stop in [Step::BothInFile, Step::TableRewrapped, Step::OldForgotten] {
        let place = Place::new();
        let store = place.open();
        place
            .save(&store, &[("person:1", 1), ("person:2", 2), ("person:3", 3)])
            .unwrap();
        let crashed = store.destroy_by_steps(
            "person:2",
            5,
            "asked",
            &mut |b| place.fill(b),
            &mut |step| {
                if step == stop {
                    Err(KeyError::Words)
                } else {
                    Ok(())
                }
            },
        );
        assert!(crashed.is_err());
        drop(store);
        let lines = |path: &Path| std::fs::read_to_string(path).unwrap().lines().count();
        let store = place.open();
        assert_eq!(
            lines(&place.path("wrapping.key")),
            2,
            "one key is left after {stop:?}"
        );
        let gone = stop != Step::BothInFile;
        assert_eq!(
            store.destroyed().unwrap().len(),
            usize::from(gone),
            "{stop:?}"
        );
        assert_eq!(names(&store).len(), if gone { 2 } else { 3 }, "{stop:?}");
        let receipt = place.destroy(&store, "person:2", 6).unwrap();
        assert_eq!(receipt.at, if gone { 5 } else { 6 });
        assert_eq!(
            names(&place.open()),
            pairs(&[("person:1", 1), ("person:3", 3)]),
            "{stop:?}"
        );
    }
}

#[test]
fn an_old_copy_of_the_keys_does_not_open_after_a_destruction() {
    let place = Place::new();
    let store = place.open();
    place
        .save(&store, &[("person:1", 1), ("person:2", 2)])
        .unwrap();
    std::fs::copy(place.path("keys.db"), place.path("old.db")).unwrap();
    place.destroy(&store, "person:1", 1).unwrap();
    let old = KeyStore::open(
        &place.path("old.db"),
        &place.path("wrapping.key"),
        &mut |b| {
            place.fill(b);
        },
    );
    assert!(matches!(old, Err(KeyError::Replaced { needed: 1 })));
}

#[test]
fn another_process_goes_on_after_the_wrapping_key_was_changed() {
    let place = Place::new();
    let (one, two) = (place.open(), place.open());
    place.save(&one, &[("person:1", 1)]).unwrap();
    place.destroy(&two, "person:9", 1).unwrap();
    place.save(&one, &[("person:2", 2)]).unwrap();
    assert_eq!(names(&two), pairs(&[("person:1", 1), ("person:2", 2)]));
    place.destroy(&one, "person:1", 1).unwrap();
    assert_eq!(names(&two), pairs(&[("person:2", 2)]));
}

#[test]
fn threads_that_save_and_destroy_at_once_lose_no_key() {
    let place = Place::new();
    drop(place.open());
    let (keys, wrapping) = (place.path("keys.db"), place.path("wrapping.key"));
    let source = std::sync::Mutex::new(Place::new());
    let fill = |bytes: &mut [u8]| source.lock().unwrap().fill(bytes);
    std::thread::scope(|scope| {
        for worker in 0..3_u8 {
            let (keys, wrapping, fill) = (&keys, &wrapping, &fill);
            scope.spawn(move || {
                let store = KeyStore::open(keys, wrapping, &mut |b| fill(b)).unwrap();
                for round in 0..8_u8 {
                    let name = format!("person:{worker}-{round}");
                    let key = Key::new([worker * 8 + round; 32]);
                    store
                        .save(&[(name.clone(), key)], &mut |b| fill(b))
                        .unwrap();
                    if round % 2 == 0 {
                        store.destroy(&name, 1, "asked", &mut |b| fill(b)).unwrap();
                    }
                }
            });
        }
    });
    let store = place.open();
    assert_eq!(
        (names(&store).len(), store.destroyed().unwrap().len()),
        (12, 12)
    );
}

#[test]
fn without_the_wrapping_key_or_with_another_one_the_words_say_so() {
    let place = Place::new();
    place.save(&place.open(), &[("person:1", 1)]).unwrap();
    let wrapping = place.path("wrapping.key");
    std::fs::remove_file(&wrapping).unwrap();
    let missing = place.try_open().err().unwrap();
    assert!(matches!(missing, KeyError::Missing(_)));
    assert!(missing.to_string().contains("wrapping key is missing"));
    assert!(
        !wrapping.exists(),
        "no new one is made over keys that need the old one"
    );
    std::fs::write(
        &wrapping,
        format!("stairgate wrapping key v1\n1 {}\n", "4".repeat(64)),
    )
    .unwrap();
    assert!(matches!(place.open().load(), Err(KeyError::Damaged(_))));
    for text in ["", "stairgate wrapping key v1\n", "words"] {
        std::fs::write(&wrapping, text).unwrap();
        assert!(
            matches!(place.try_open(), Err(KeyError::File { .. })),
            "{text}"
        );
    }
}

#[test]
fn keys_that_are_gone_or_cut_off_are_told_and_no_new_ones_are_made() {
    let place = Place::new();
    place.save(&place.open(), &[("person:1", 1)]).unwrap();
    let path = place.path("keys.db");
    let whole = std::fs::read(&path).unwrap();
    for length in [0, 50, 4096, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).unwrap();
        let store = place.try_open().and_then(|store| store.load());
        let damaged = matches!(store, Err(KeyError::Store(StoreError::Damaged { .. })));
        assert!(damaged, "{length} bytes: {store:?}");
    }
    std::fs::remove_file(&path).unwrap();
    let lost = place.try_open().err().unwrap();
    assert!(matches!(lost, KeyError::Lost(_)), "{lost}");
    std::fs::write(&path, &whole).unwrap();
    assert_eq!(names(&place.open()), pairs(&[("person:1", 1)]));
}

#[test]
fn a_half_written_wrapping_key_that_a_crash_left_is_removed() {
    let place = Place::new();
    place.save(&place.open(), &[("person:1", 1)]).unwrap();
    let leftover = place.path("wrapping.key.new");
    std::fs::copy(place.path("wrapping.key"), &leftover).unwrap();
    assert_eq!(names(&place.open()), pairs(&[("person:1", 1)]));
    assert!(!leftover.exists());
}

#[test]
fn a_first_start_that_was_cut_short_is_finished_by_the_next() {
    let place = Place::new();
    let (wrapping, first) = (place.path("wrapping.key"), place.path("wrapping.key.first"));
    place.save(&place.open(), &[("person:1", 1)]).unwrap();
    std::fs::rename(&wrapping, &first).unwrap();
    // As if the table had been written, and the wrapping key not yet been moved.
    assert_eq!(names(&place.open()), pairs(&[("person:1", 1)]));
    assert!(wrapping.exists() && !first.exists());
    let other = Place::new();
    std::fs::copy(&wrapping, other.path("wrapping.key.first")).unwrap();
    // As if only the proposed wrapping key had been written.
    let store = other.open();
    other.save(&store, &[("person:2", 2)]).unwrap();
    assert_eq!(names(&other.open()), pairs(&[("person:2", 2)]));
}

#[test]
fn several_that_start_for_the_first_time_at_once_share_one_wrapping_key() {
    for _ in 0..10 {
        let place = Place::new();
        let (keys, wrapping) = (place.path("keys.db"), place.path("wrapping.key"));
        std::thread::scope(|scope| {
            for worker in 1..=4_u8 {
                let (keys, wrapping) = (&keys, &wrapping);
                scope.spawn(move || {
                    let mut fill = |bytes: &mut [u8]| bytes.fill(worker);
                    let store = KeyStore::open(keys, wrapping, &mut fill).unwrap();
                    let name = format!("person:{worker}");
                    let key = Key::new([worker; 32]);
                    store.save(&[(name, key)], &mut fill).unwrap();
                });
            }
        });
        assert_eq!(names(&place.open()).len(), 4);
    }
}

#[test]
fn a_file_that_holds_no_keys_or_newer_ones_is_refused_in_words() {
    let place = Place::new();
    drop(place.open());
    let path = place.path("keys.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA user_version = 9").unwrap();
    drop(connection);
    assert!(matches!(
        place.try_open(),
        Err(KeyError::Store(StoreError::Newer { found: 9, .. }))
    ));
    std::fs::write(
        &path,
        b"these are no keys, and long enough to be looked at as a database",
    )
    .unwrap();
    assert!(matches!(
        place.try_open(),
        Err(KeyError::Store(StoreError::Damaged { .. }))
    ));
}

#[test]
fn a_sealed_copy_of_the_wrapping_key_brings_it_back() {
    let place = Place::new();
    let store = place.open();
    place.save(&store, &[("person:1", 1)]).unwrap();
    let (copy, wrapping) = (place.path("copy"), place.path("wrapping.key"));
    store
        .copy_wrapping(&copy, &[5; 32], &mut |b| place.fill(b))
        .unwrap();
    assert!(
        restore_wrapping(&copy, &[5; 32], &wrapping).is_err(),
        "there is one already"
    );
    std::fs::remove_file(&wrapping).unwrap();
    assert!(restore_wrapping(&copy, &[6; 32], &wrapping).is_err());
    restore_wrapping(&copy, &[5; 32], &wrapping).unwrap();
    assert_eq!(names(&place.open()), pairs(&[("person:1", 1)]));
}
