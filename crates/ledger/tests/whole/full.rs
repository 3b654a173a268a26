//! A disk without room: whatever is asked then is refused in words, nothing that was answered is
//! lost, nothing half written is left, and all of it goes on when there is room again.

use crate::memory::{Dice, draft, setting};
use ledger::{
    backup::{self, Contents},
    check::check,
    keys::{Key, KeyStore},
    line::Draft,
    snapshot,
    sqlite::Sqlite,
    store::{AppendError, Store, StoreError},
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const CHILD_FOLDER: &str = "STAIRGATE_FULL_FOLDER";

/// Runs the child where no file may grow beyond so many blocks of 512 bytes.
const LIMITED: &str = r#"trap '' XFSZ; ulimit -f "$1"; shift; exec "$@""#;

fn open(folder: &Path) -> (Sqlite, KeyStore) {
    let mut dice = Dice(u64::from(std::process::id()));
    let store = Sqlite::open(&folder.join("ledger.db")).unwrap();
    let (keys, wrapping) = (folder.join("keys.db"), folder.join("wrapping.key"));
    let keys = KeyStore::open(&keys, &wrapping, &mut |b| dice.fill(b)).unwrap();
    (store, keys)
}

#[test]
fn a_full_disk_loses_nothing_that_was_answered_and_leaves_nothing_half_written() {
    for blocks in [70, 90, 130, 200] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let (store, keys) = open(folder);
        let head = store.append(&store.head().unwrap(), &[draft(1)]).unwrap();
        snapshot::save(&folder.join("state"), "build", &head, b"small").unwrap();
        let pair = ("person:first".to_owned(), Key::new([9; 32]));
        keys.save(&[pair], &mut |b| b.fill(3)).unwrap();
        drop((store, keys));
        let answered = limited(folder, blocks);
        assert!(
            answered.contains("refused append"),
            "{blocks}: {answered:?}"
        );
        assert!(
            answered.contains("refused backup"),
            "{blocks}: {answered:?}"
        );
        assert!(
            answered.contains("refused snapshot"),
            "{blocks}: {answered:?}"
        );
        assert!(answered.contains("refused keys"), "{blocks}: {answered:?}");

        let (store, keys) = open(folder);
        let now = check(&store, &[]).unwrap().head;
        let kept: BTreeSet<String> = keys.load().unwrap().into_iter().map(|key| key.0).collect();
        let gone = keys.destroyed().unwrap();
        for answer in &answered {
            if let Some(seq) = answer.strip_prefix("appended ") {
                assert!(seq.parse::<u64>().unwrap() <= now.seq, "{answer}");
            }
            if let Some(name) = answer.strip_prefix("saved ") {
                assert!(kept.contains(name), "{blocks}: {answer}");
            }
        }
        let is_gone = gone.iter().any(|gone| gone.subject == "person:first");
        assert_ne!(
            is_gone,
            kept.contains("person:first"),
            "gone or there, not between"
        );
        let snapshot = snapshot::load(&folder.join("state"), "build", &store);
        assert_eq!(snapshot, Some((head, b"small".to_vec())));
        assert_eq!(half_written(folder), Vec::<PathBuf>::new(), "{blocks}");
        assert_eq!(store.append(&now, &[draft(2)]).unwrap().seq, now.seq + 1);
        keys.destroy("person:first", 1, "asked", &mut |b| b.fill(5))
            .unwrap();
    }
}

/// What the child said, a word and what it is about in each.
fn limited(folder: &Path, blocks: u64) -> BTreeSet<String> {
    let output = Command::new("sh")
        .args(["-c", LIMITED, "sh", &blocks.to_string()])
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "full::child_without_room",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD_FOLDER, folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{blocks}: {said}\n{errors}");
    said.lines().map(str::to_owned).collect()
}

fn half_written(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(half_written(&path));
        } else if path.extension().is_some_and(|ending| ending == "new") {
            found.push(path);
        }
    }
    found
}

#[test]
#[ignore = "is started by the test above"]
fn child_without_room() {
    let Some(folder) = setting(CHILD_FOLDER).map(PathBuf::from) else {
        return;
    };
    let (store, keys) = open(&folder);
    let mut fill = |bytes: &mut [u8]| bytes.fill(7);
    println!();
    let mut head = store.head().unwrap();
    let large = Draft {
        body: vec![b' '; 5_000],
        ..draft(7)
    };
    let refused = loop {
        match store.append(&head, std::slice::from_ref(&large)) {
            Ok(now) => head = now,
            Err(error) => break error,
        }
        println!("appended {}", head.seq);
        assert!(head.seq < 1_000);
    };
    assert!(
        matches!(refused, AppendError::Store(StoreError::Outside { .. })),
        "{refused}"
    );
    assert_eq!(store.head().unwrap(), head);
    println!("refused append");
    let picture = std::io::repeat(1);
    let picture: backup::Blob = ("picture".to_owned(), Box::new(picture));
    let contents = Contents {
        store: Some(&store),
        keys: Some(&keys),
        blobs: &mut std::iter::once(Ok(picture)),
    };
    backup::write(&folder.join("backups"), 1, contents, &[1; 32], &mut fill).unwrap_err();
    println!("refused backup");
    snapshot::save(&folder.join("state"), "build", &head, &vec![1; 1 << 20]).unwrap_err();
    println!("refused snapshot");
    for number in 0.. {
        assert!(number < 10_000);
        let name = format!("person:{number}-{}", "x".repeat(300));
        if keys
            .save(&[(name.clone(), Key::new([1; 32]))], &mut fill)
            .is_err()
        {
            break;
        }
        println!("saved {name}");
    }
    println!("refused keys");
    match keys.destroy("person:first", 1, "asked", &mut fill) {
        Ok(_) => println!("destroyed"),
        Err(error) => println!("refused destruction: {error}"),
    }
}
