//! Files of the vault with the ledger that refers to them: swept, backed up, brought back, checked,
//! erased, and cut off by a crash.

use crate::invented::{at, day, set_up};
use desk::{
    files,
    folder::Folder,
    rehearsal::{self, Outcome},
};
use kernel::{
    chance::Chance,
    kept::{Kind, Loose},
    sealed::{Key, Keys, Sealer},
};
use ledger::{keys::KeyStore, line::Draft, store::Store};
use std::{
    path::Path,
    time::{Duration, SystemTime},
};

fn keep(folder: &Folder, words: &str, n: u8) -> Loose {
    let key = Key::new([n; 32]);
    let kept = folder
        .vault()
        .keep(&mut words.as_bytes(), "scan.txt", Kind::Text, key);
    kept.unwrap()
}

/// A line of a later release that refers to a file, deep inside.
fn refer(store: &dyn Store, file: &Loose, subject: &str) {
    let (keys, chance) = (Keys::default(), Chance::from_seed([3; 32]));
    let sealer = Sealer::new(&keys, &chance);
    let kept = file.seal(&sealer, subject).unwrap();
    let body = format!(r#"{{"hand":[{}]}}"#, serde_json::to_string(&kept).unwrap());
    let draft = Draft {
        at: day(2).micros(),
        by: "person:1".to_owned(),
        kind: "later.kept".to_owned(),
        version: 1,
        body: body.into_bytes(),
    };
    store.append(&store.head().unwrap(), &[draft]).unwrap();
}

fn key_store(folder: &Folder) -> KeyStore {
    let mut fill = desk::folder::entropy();
    KeyStore::open(
        &folder.key("keys.db"),
        &folder.key("wrapping.key"),
        &mut *fill,
    )
    .unwrap()
}

/// What time files are given now.
fn now() -> SystemTime {
    let file = tempfile::tempfile().unwrap();
    file.metadata().unwrap().modified().unwrap()
}

fn tomorrow() -> SystemTime {
    now() + Duration::from_secs(25 * 60 * 60)
}

fn names(place: &Path) -> Vec<String> {
    let all = std::fs::read_dir(place).unwrap();
    all.map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_file_that_a_line_refers_to_outlasts_the_sweep_even_when_this_build_can_not_read_the_line() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    drop(set_up(&folder));
    let (kept, loose) = (
        keep(&folder, "signed", 1),
        keep(&folder, "of a refused act", 2),
    );
    refer(&*folder.store().unwrap(), &kept, "person:1");
    let desk = folder.open().unwrap();
    assert!(desk.read_only().is_some());
    assert_eq!(desk.sweep_files(&folder, now()).unwrap(), 0);
    assert_eq!(desk.sweep_files(&folder, tomorrow()).unwrap(), 1);
    assert!(folder.vault().open(&kept).is_ok() && folder.vault().open(&loose).is_err());
    assert_eq!(desk.check_files(&folder).unwrap().whole, 1);
}

#[test]
fn backups_carry_files_once_a_rehearsal_compares_them_and_a_restore_brings_them_back() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(&place.path().join("data"));
    let to = place.path().join("backups");
    drop(set_up(&folder));
    let kept = keep(&folder, "signed", 1);
    let store = folder.store().unwrap();
    refer(&*store, &kept, "person:1");
    let keys = key_store(&folder);
    let backed_up = rehearsal::back_up(&folder, &*store, &keys, &to, day(400)).unwrap();
    assert_eq!(names(&to.join("files")), [kept.digest.as_str()]);
    let rehearse = || {
        rehearsal::rehearse(&folder, &*store, &keys, &to, day(401)).unwrap();
        rehearsal::last(&folder).rehearsal.unwrap().1
    };
    assert!(matches!(rehearse(), Outcome::Agrees { .. }));
    let copy = to.join("files").join(&kept.digest);
    let whole = std::fs::read(&copy).unwrap();
    std::fs::write(&copy, "damaged").unwrap();
    assert!(matches!(rehearse(), Outcome::Failed(why) if why.contains("1 are damaged")));
    std::fs::remove_file(&copy).unwrap();
    assert!(matches!(rehearse(), Outcome::Failed(why) if why.contains("1 are missing")));
    std::fs::write(&copy, whole).unwrap();
    let key = folder.backup_key().unwrap();
    let other = at(&place.path().join("elsewhere"));
    rehearsal::restore(&backed_up.path, &key, &other, None, &[]).unwrap();
    let again = other.open().unwrap();
    assert_eq!(again.check_files(&other).unwrap().whole, 1);
    assert!(other.vault().open(&kept).is_ok());
    std::fs::remove_file(other.root().join("files").join(&kept.digest)).unwrap();
    assert_eq!(again.check_files(&other).unwrap().missing, [kept.digest]);
}

#[test]
fn the_file_of_somebody_who_was_erased_goes_from_the_vault_and_from_the_backups() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(&place.path().join("data"));
    let to = place.path().join("backups");
    drop(set_up(&folder));
    let (theirs, other) = (keep(&folder, "theirs", 1), keep(&folder, "another's", 2));
    let store = folder.store().unwrap();
    refer(&*store, &theirs, "person:7");
    refer(&*store, &other, "person:8");
    let keys = key_store(&folder);
    rehearsal::back_up(&folder, &*store, &keys, &to, day(3)).unwrap();
    assert_eq!(names(&to.join("files")).len(), 2);
    let mut fill = desk::folder::entropy();
    keys.destroy("person:7", day(4).micros(), "asked for", &mut *fill)
        .unwrap();
    let referred = files::referred(&*store, &keys).unwrap();
    assert!(referred.erased.contains(&theirs.digest) && referred.live.contains(&other.digest));
    rehearsal::back_up(&folder, &*store, &keys, &to, day(5)).unwrap();
    assert_eq!(names(&to.join("files")), [other.digest.as_str()]);
    let swept = folder.vault().sweep(&referred.live, tomorrow()).unwrap();
    assert_eq!(swept, 1);
    assert!(folder.vault().open(&other).is_ok());
}

#[test]
fn a_crash_before_the_line_is_written_leaves_a_loose_file_and_one_after_it_loses_nothing() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    drop(set_up(&folder));
    // Cut off while the file is written: only what is half is there, under no digest.
    std::fs::create_dir_all(folder.root().join("files")).unwrap();
    std::fs::write(folder.root().join("files/1-0-0.incoming"), "half").unwrap();
    // Cut off between the file and its line; and after both.
    let (before, after) = (keep(&folder, "before", 1), keep(&folder, "after", 2));
    refer(&*folder.store().unwrap(), &after, "person:1");
    let desk = folder.open().unwrap();
    let found = desk.check_files(&folder).unwrap();
    assert_eq!(
        (found.whole, found.missing.len(), found.damaged.len()),
        (1, 0, 0)
    );
    assert_eq!(desk.sweep_files(&folder, tomorrow()).unwrap(), 2);
    assert!(folder.vault().open(&after).is_ok() && folder.vault().open(&before).is_err());
}
