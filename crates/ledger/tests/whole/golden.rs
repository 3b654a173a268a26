//! Files as this release and every earlier one wrote them, kept for ever in `tests/golden`: each
//! must be read as it was meant. A new format gets new files; these are never written anew.

use crate::memory::{Dice, all, draft, drafts, setting};
use ledger::{
    backup::{self, Contents},
    check::check,
    checkpoint::{Checkpoint, Signing, Verifying},
    checkpoints, export,
    keys::{Key, KeyStore},
    line::Head,
    spent,
    sqlite::Sqlite,
    store::Store,
};
use std::path::{Path, PathBuf};

const BACKUP_KEY: [u8; 32] = [7; 32];

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

/// A copy to open, as an opened file may be changed.
fn copied(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        std::fs::copy(golden(name), folder.path().join(name)).unwrap();
    }
    folder
}

fn believed() -> Vec<Verifying> {
    let text = std::fs::read_to_string(golden("format-1.vkeys")).unwrap();
    text.lines()
        .map(|key| Verifying::from_text(key).unwrap())
        .collect()
}

#[test]
fn a_ledger_file_of_format_1_is_read_and_checks_against_its_checkpoint() {
    let folder = copied(&["format-1.db"]);
    let store = Sqlite::open_existing(&folder.path().join("format-1.db")).unwrap();
    let text = std::fs::read_to_string(golden("format-1.checkpoint")).unwrap();
    for key in believed() {
        let signed = Checkpoint::read(&text, &key).unwrap();
        let checked = check(&store, &[signed]).unwrap();
        assert_eq!((checked.head.seq, checked.spent), (7, 1));
    }
    let lines = all(&store);
    for (line, number) in lines.iter().zip(1..=6) {
        let written = draft(number);
        assert_eq!(
            (line.at, &line.by, &line.kind),
            (written.at, &written.by, &written.kind)
        );
        let body = (number != 4).then_some(written.body);
        assert_eq!(line.body, body, "line {number}");
    }
    assert_eq!(lines[6].kind, spent::KIND);
    let mut text = Vec::new();
    export::write(&store, &mut text).unwrap();
    assert_eq!(text, std::fs::read(golden("format-1.jsonl")).unwrap());
    assert!(store.append(&lines[6].head(), &drafts(1)).is_ok());
}

#[test]
fn an_export_of_format_1_is_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
    let text = std::fs::read(golden("format-1.jsonl")).unwrap();
    assert_eq!(export::read(&mut text.as_slice(), &store).unwrap().seq, 7);
}

#[test]
fn keys_of_format_1_open() {
    let folder = copied(&["format-1-keys.db", "format-1-wrapping.key"]);
    let (keys, wrapping) = (
        folder.path().join("format-1-keys.db"),
        folder.path().join("format-1-wrapping.key"),
    );
    let store = KeyStore::open(&keys, &wrapping, &mut |b| b.fill(1)).unwrap();
    assert_eq!(
        store.load().unwrap(),
        [("person:2".to_owned(), Key::new([2; 32]))]
    );
    assert_eq!(store.destroyed().unwrap()[0].subject, "person:1");
}

#[test]
fn a_backup_of_format_1_is_restored() {
    let folder = copied(&["format-1-wrapping.key"]);
    let into = folder.path().join("restored");
    let backup = golden("format-1-backup.sealed");
    let restored = backup::restore(&backup, &BACKUP_KEY, &into, None, &[]).unwrap();
    assert_eq!(
        (restored.head.unwrap().seq, restored.keys, restored.blobs),
        (7, 1, 1)
    );
    assert_eq!(std::fs::read(into.join("blobs/note")).unwrap(), b"words");
    let wrapping = folder.path().join("format-1-wrapping.key");
    let keys = KeyStore::open(&into.join(backup::KEYS_FILE), &wrapping, &mut |b| b.fill(1));
    assert_eq!(keys.unwrap().load().unwrap().len(), 1);
}

#[test]
#[ignore = "writes the files of a new format, once"]
fn write_the_golden_files() {
    let Some(into) = setting("STAIRGATE_GOLDEN_INTO").map(PathBuf::from) else {
        return;
    };
    let path = |name: &str| {
        let path = into.join(name);
        assert!(!path.exists(), "{name} is never written anew");
        path
    };
    let (keys_path, wrapping) = (path("format-1-keys.db"), path("format-1-wrapping.key"));
    let store = Sqlite::open(&path("format-1.db")).unwrap();
    let head = store.append(&Head::EMPTY, &drafts(6)).unwrap();
    spent::spend(&store, &head, 9, "person:1", &[4]).unwrap();
    let mut text = Vec::new();
    export::write(&store, &mut text).unwrap();
    std::fs::write(path("format-1.jsonl"), text).unwrap();
    let key = Signing::from_seed("larch-lane", &[1; 32]).unwrap();
    let witness = Signing::from_seed("committee-chair", &[2; 32]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let more = ["at 2026-11-25T12:00:00Z".to_owned()];
    let origin = "stairgate.example/larch-lane";
    let signed = checkpoints::make(&store, folder.path(), origin, &more, &key).unwrap();
    let signed = witness.cosign(&signed).unwrap();
    std::fs::write(path("format-1.checkpoint"), signed).unwrap();
    let vkeys = format!(
        "{}\n{}\n",
        key.verifying().to_text(),
        witness.verifying().to_text()
    );
    std::fs::write(path("format-1.vkeys"), vkeys).unwrap();
    let mut dice = Dice(1);
    let mut fill = |bytes: &mut [u8]| dice.fill(bytes);
    let keys = KeyStore::open(&keys_path, &wrapping, &mut fill).unwrap();
    let pair = |name: &str, byte| (name.to_owned(), Key::new([byte; 32]));
    keys.save(&[pair("person:1", 1), pair("person:2", 2)], &mut fill)
        .unwrap();
    keys.destroy("person:1", 7, "asked for", &mut fill).unwrap();
    let note: backup::Blob = ("note".to_owned(), Box::new(b"words".as_slice()));
    let contents = Contents {
        store: Some(&store),
        keys: Some(&keys),
        blobs: &mut std::iter::once(Ok(note)),
    };
    let written = backup::write(folder.path(), 1, contents, &BACKUP_KEY, &mut fill).unwrap();
    std::fs::copy(written.path, path("format-1-backup.sealed")).unwrap();
}
