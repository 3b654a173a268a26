//! Backups, restores, rehearsals, and the house that is kept by the minute.

use crate::invented::{add, added, at, bytes, day, describe, done, names, set_up};
use desk::{
    desk::Desk,
    folder::Folder,
    housekeeping::{Chore, Kept, Times},
    rehearsal::{self, Outcome, RehearsalError},
    witness,
};
use families::people::group::Group;
use ledger::{checkpoint::Checkpoint, line::Draft};
use std::path::Path;

fn back_up(desk: &Desk, folder: &Folder, to: &Path, days: i64) -> std::path::PathBuf {
    let written = rehearsal::back_up(folder, desk.store(), desk.keys(), to, day(days));
    written.unwrap().path
}

#[test]
fn a_backup_that_is_restored_shows_the_same_and_goes_on() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(&place.path().join("data"));
    let to = place.path().join("backups");
    let desk = set_up(&folder);
    added(&desk, "Anwen Penhallow", Group::Parent, day(1));
    let signed = witness::sign(&folder, desk.store(), day(1)).unwrap();
    back_up(&desk, &folder, &to, 1);
    done(&desk, describe("After the first backup"), day(2));
    let file = back_up(&desk, &folder, &to, 2);
    let found = rehearsal::rehearse(&folder, desk.store(), desk.keys(), &to, day(3)).unwrap();
    assert!(found.agrees());
    assert_eq!(found.restored, desk.head(), "the newest one is rehearsed");
    let known = rehearsal::last(&folder);
    assert_eq!(known.backup.unwrap().0, day(2));
    let lines = desk.head().seq;
    assert_eq!(
        known.rehearsal.unwrap().1,
        Outcome::Agrees { lines, keys: 2 }
    );
    let left = std::fs::read_dir(folder.root()).unwrap();
    let left: Vec<String> = left
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("rehears") || name.contains("restor"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
    let (live, key) = (bytes(&desk), folder.backup_key().unwrap());
    drop(desk);
    let other = at(&place.path().join("on another machine"));
    let restored = rehearsal::restore(&file, &key, &other, None, &[]).unwrap();
    assert_eq!(restored.keys, 2);
    let again = other.open().unwrap();
    assert_eq!(bytes(&again), live);
    assert!(
        names(&again)
            .iter()
            .any(|(_, name)| name == "Anwen Penhallow")
    );
    assert_eq!(other.backup_key().unwrap(), key);
    // The past that was signed is still proved by the same key.
    assert_eq!(witness::newest(&other).unwrap(), signed);
    assert_eq!(witness::check(&other, again.store()).unwrap().1, 1);
    done(&again, add("Zennor Trevanion", Group::Child), day(4));
    let twice = rehearsal::restore(&file, &key, &other, None, &[]);
    assert!(twice.unwrap_err().to_string().contains("is there already"));
}

#[test]
fn a_backup_that_would_not_serve_is_told() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(&place.path().join("data"));
    let to = place.path().join("backups");
    let desk = set_up(&folder);
    let rehearse = |days| rehearsal::rehearse(&folder, desk.store(), desk.keys(), &to, day(days));
    std::fs::create_dir(&to).unwrap();
    assert!(matches!(rehearse(1), Err(RehearsalError::None(_))));
    let file = back_up(&desk, &folder, &to, 1);
    std::fs::remove_file(to.join("wrapping.copy")).unwrap();
    assert!(rehearse(2).is_err());
    back_up(&desk, &folder, &to, 2);
    assert!(rehearse(3).unwrap().agrees());
    let newest = to.join(
        file.file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .replace("backup-0", "backup-9"),
    );
    std::fs::write(newest, &std::fs::read(&file).unwrap()[..900]).unwrap();
    assert!(rehearse(4).is_err());
    let Some((at, Outcome::Failed(why))) = rehearsal::last(&folder).rehearsal else {
        panic!("it was not noted");
    };
    assert!(at == day(4) && !why.is_empty());
    let other = crate::invented::at(&place.path().join("other"));
    let wrong = rehearsal::restore(&file, &[9; 32], &other, None, &[]);
    assert!(wrong.is_err() && !other.root().exists());
}

#[test]
fn the_house_is_kept_by_the_minute() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(&place.path().join("data"));
    let to = place.path().join("backups");
    let desk = set_up(&folder);
    let keep = |minutes| {
        let now = day(1).plus_minutes(minutes);
        desk.keep_house(&folder, &Times::default(), now, &to)
    };
    let well = |chores: &[Chore]| -> Vec<Kept> {
        let kept = chores.iter().map(|chore| Kept {
            chore: *chore,
            failed: None,
        });
        kept.collect()
    };
    let all = well(&[Chore::Checkpoint, Chore::Backup, Chore::Rehearsal]);
    assert_eq!(keep(0), all);
    assert_eq!(keep(1), []);
    let signed = witness::newest(&folder).unwrap();
    assert_eq!(signed.size, desk.head().seq);
    let key = folder.signing().unwrap().verifying();
    assert!(Checkpoint::read(&signed.text, &key).is_ok());
    assert_eq!(signed.words.split_whitespace().count(), 12);
    // The next night: nothing was written, so nothing is signed.
    let night = 24 * 60;
    assert_eq!(keep(night), well(&[Chore::Backup]));
    done(&desk, describe("On the second day"), day(2));
    assert_eq!(keep(2 * night), well(&[Chore::Checkpoint, Chore::Backup]));
    assert_eq!(keep(2 * night + 1), []);
    // What another process wrote is taken in; many lines make a snapshot worth while.
    let line = |number| Draft {
        at: day(3).micros() + number,
        by: "person:1".to_owned(),
        kind: "access.signed-in".to_owned(),
        version: 1,
        body: b"{}".to_vec(),
    };
    let many: Vec<Draft> = (0..20_000).map(line).collect();
    let head = desk.store().append(&desk.head(), &many).unwrap();
    assert_eq!(keep(2 * night + 2), well(&[Chore::Snapshot]));
    assert_eq!(desk.head(), head);
    assert!(folder.snapshot().exists());
}

#[test]
fn what_fails_is_told_and_tried_again_after_an_hour() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(&place.path().join("data"));
    let to = place.path().join("backups");
    std::fs::write(&to, b"a file where the folder should be").unwrap();
    let desk = set_up(&folder);
    let keep = |minutes| {
        let now = day(1).plus_minutes(minutes);
        let kept = desk.keep_house(&folder, &Times::default(), now, &to);
        let chores: Vec<(Chore, bool)> = kept
            .iter()
            .map(|kept| (kept.chore, kept.failed.is_none()))
            .collect();
        chores
    };
    let failed = [
        (Chore::Checkpoint, true),
        (Chore::Backup, false),
        (Chore::Rehearsal, false),
    ];
    assert_eq!(keep(0), failed);
    assert_eq!(keep(1), []);
    std::fs::remove_file(&to).unwrap();
    assert_eq!(keep(59), []);
    assert_eq!(keep(60)[0], (Chore::Backup, true));
}
