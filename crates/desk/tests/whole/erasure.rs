//! Erasure: refused under a hold; afterwards nothing about the person can be read, here, in old
//! copies or in backups; and a crash in the middle of it is made good.

use crate::invented::{MANAGER, added, ask, at, day, describe, done, names, set_up};
use desk::{
    desk::{Desk, Failed},
    folder::Folder,
    rehearsal,
};
use families::{
    data, people,
    people::group::Group,
    spine::{
        act::{Act, Person},
        judge::No,
    },
};
use ledger::{check::check, hex, keys::Destroyed, line::Draft};
use std::path::{Path, PathBuf};

const NAME: &str = "Anwen Penhallow";

/// A setting with somebody who has left and can be erased from the third day on.
fn with_a_leaver(folder: &Folder) -> (Desk, Person) {
    let desk = set_up(folder);
    let person = added(&desk, NAME, Group::Parent, day(1));
    let last = day(1).date();
    done(
        &desk,
        Act::People(people::acts::Act::RecordLeaving { person, last }),
        day(2),
    );
    (desk, person)
}

fn erase(person: Person) -> Act {
    let why = "the time for keeping has ended".to_owned();
    Act::Data(data::acts::Act::Erase { person, why })
}

/// The plain key, and the key as it lies in the store.
fn keys_of(desk: &Desk, person: Person) -> (Vec<u8>, Vec<u8>) {
    let subject = person.subject();
    let plain = desk.keys().load().unwrap();
    let plain = plain
        .iter()
        .find(|(of, _)| *of == subject)
        .unwrap()
        .1
        .to_vec();
    let bundle = desk.keys().bundle().unwrap();
    let wrapped = bundle
        .wrapped
        .into_iter()
        .find(|key| key.subject == subject);
    (plain, wrapped.unwrap().wrapped)
}

fn knows(desk: &Desk, person: Person) -> bool {
    names(desk).contains(&(person, NAME.to_owned()))
}

fn files(place: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(place).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The files under `place` in which these bytes stand.
fn where_is(place: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let mut found = files(place);
    found.retain(|path| {
        let kept = std::fs::read(path).unwrap();
        kept.windows(bytes.len()).any(|window| window == bytes)
    });
    found
}

#[test]
fn under_a_hold_nobody_is_erased() {
    let place = tempfile::tempdir().unwrap();
    let (desk, person) = with_a_leaver(&at(place.path()));
    let hold = data::acts::Act::Hold {
        person,
        why: "an inquiry goes on".to_owned(),
        review: day(90).date(),
    };
    done(&desk, Act::Data(hold), day(3));
    let refused = ask(&desk, erase(person), day(4));
    assert!(
        matches!(refused, Err(Failed::No(No::Mistakes(_)))),
        "{refused:?}"
    );
    assert!(knows(&desk, person));
    let why = "the inquiry has ended".to_owned();
    done(
        &desk,
        Act::Data(data::acts::Act::Release { person, why }),
        day(5),
    );
    done(&desk, erase(person), day(6));
    assert!(!knows(&desk, person));
}

#[test]
fn after_an_erasure_nothing_can_be_read_in_any_file_or_copy() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(&place.path().join("data"));
    let to = place.path().join("backups");
    let (desk, person) = with_a_leaver(&folder);
    desk.save_snapshot().unwrap();
    let back_up =
        |desk: &Desk, at| rehearsal::back_up(&folder, desk.store(), desk.keys(), &to, at).unwrap();
    let old = back_up(&desk, day(2)).path;
    let (plain, wrapped) = keys_of(&desk, person);
    assert!(
        !where_is(place.path(), &wrapped).is_empty(),
        "the test looks in the right place"
    );
    let held = desk.state();
    done(&desk, erase(person), day(3));
    desk.save_snapshot().unwrap();
    back_up(&desk, day(3));
    assert!(!knows(&desk, person) && knows_manager(&desk));
    let seen = desk.keys().destroyed().unwrap();
    assert_eq!(seen[0].reason, "the time for keeping has ended");
    assert_eq!(seen[0].at, day(3).micros());
    drop((desk, held));
    for bytes in [
        NAME.as_bytes(),
        &plain,
        &wrapped,
        hex::encode(&plain).as_bytes(),
    ] {
        assert_eq!(where_is(place.path(), bytes), Vec::<PathBuf>::new());
    }
    let desk = folder.open().unwrap();
    assert!(!knows(&desk, person));
    assert!(check(desk.store(), &[]).is_ok());
    // The backup of before does not bring anything back, with or without today's list.
    let key = folder.backup_key().unwrap();
    let newer = desk.keys().bundle().unwrap();
    let gone: Vec<Destroyed> = desk.keys().destroyed().unwrap();
    let restored = at(&place.path().join("restored"));
    rehearsal::restore(&old, &key, &restored, Some(&newer), &gone).unwrap();
    let again = restored.open().unwrap();
    assert!(!knows(&again, person) && knows_manager(&again));
    let without = at(&place.path().join("without"));
    rehearsal::restore(&old, &key, &without, None, &[]).unwrap();
    assert!(
        without.open().is_err(),
        "its keys open with no key that is left"
    );
}

fn knows_manager(desk: &Desk) -> bool {
    names(desk).contains(&(MANAGER, "Maya Lin".to_owned()))
}

/// The entry of an erasure, as if the program had ended right after it.
fn only_the_entry(desk: &Desk, person: Person) {
    let draft = Draft {
        at: day(3).micros(),
        by: "person:1".to_owned(),
        kind: "data.erased".to_owned(),
        version: 1,
        body: format!("{{\"person\":{person},\"why\":\"asked for\"}}").into_bytes(),
    };
    desk.store().append(&desk.head(), &[draft]).unwrap();
}

#[test]
fn an_erasure_that_a_crash_cut_short_is_finished_at_the_next_start() {
    let place = tempfile::tempdir().unwrap();
    let (desk, person) = with_a_leaver(&at(place.path()));
    desk.save_snapshot().unwrap();
    only_the_entry(&desk, person);
    drop(desk);
    let desk = at(place.path()).open().unwrap();
    assert!(!knows(&desk, person));
    let seen = desk.keys().destroyed().unwrap();
    assert_eq!(
        (seen[0].subject.clone(), seen[0].at),
        (person.subject(), day(3).micros())
    );
    assert_eq!(desk.keys().load().unwrap().len(), 1);
}

#[test]
fn an_erasure_of_another_process_is_taken_in_and_finished_by_whoever_comes_next() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let (one, person) = with_a_leaver(&folder);
    let two = folder.open().unwrap();
    done(&one, erase(person), day(3));
    two.refresh();
    assert!(!knows(&two, person));
    let other = added(&one, NAME, Group::Parent, day(4));
    let last = day(4).date();
    let leave = people::acts::Act::RecordLeaving {
        person: other,
        last,
    };
    done(&two, Act::People(leave), day(5));
    one.refresh();
    only_the_entry(&one, other);
    // Neither of the two did it; the one that reads it next destroys the key.
    two.refresh();
    assert!(!knows(&two, other));
    assert_eq!(two.keys().destroyed().unwrap().len(), 2);
    done(&one, describe("Larkrise again"), day(6));
    assert!(!knows(&one, other));
}

#[test]
fn nobody_writes_about_a_person_whom_another_process_has_erased() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let (one, person) = with_a_leaver(&folder);
    let two = folder.open().unwrap();
    done(&one, erase(person), day(3));
    let hold = data::acts::Act::Hold {
        person,
        why: "too late".to_owned(),
        review: day(90).date(),
    };
    let refused = ask(&two, Act::Data(hold), day(3));
    assert!(
        matches!(refused, Err(Failed::No(No::Mistakes(_)))),
        "{refused:?}"
    );
    assert_eq!(one.head(), two.head());
}

#[test]
fn what_two_people_let_go_can_be_read_nowhere() {
    use families::{
        concerns::{
            acts::{Act as Concern, NewReport},
            keeping::{acts::Act as Keep, entries::Ground},
            note::Note,
        },
        roles,
    };
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let desk = set_up(&folder);
    let deputy = added(&desk, NAME, Group::Staff, day(1));
    let give = roles::acts::Act::Give {
        role: roles::role::Role::DeputyLead,
        person: deputy,
        from: None,
    };
    done(&desk, Act::Roles(give), day(1));
    let mut new = NewReport::default();
    new.report.what = "A bruise on the arm".to_owned();
    let on = |act: Concern| Act::Concerns(act);
    done(&desk, on(Concern::Report(Box::new(new))), day(2));
    let outcome = Note::new("Nothing more is done");
    done(&desk, on(Concern::Close { case: 1, outcome }), day(3));
    let later = day(26 * 366);
    let ask = Keep::AskLetGo {
        case: 1,
        ground: Ground::LongEnough,
        why: "Nobody needs it".to_owned(),
    };
    done(&desk, on(Concern::Keeping(ask)), later);
    let has_key = |desk: &Desk| {
        let all = desk.keys().load().unwrap();
        all.iter().any(|(of, _)| of == "case:1")
    };
    assert!(has_key(&desk));
    let agree = on(Concern::Keeping(Keep::LetGo { case: 1 }));
    let who = families::spine::act::Actor::person_only(deputy);
    desk.perform(&who, agree, &[], later).unwrap();
    assert!(!has_key(&desk));
    // The entry is on the disk, and says so to whoever opens the folder again.
    drop(desk);
    let desk = folder.open().unwrap();
    let gone: Vec<String> = desk.state().setting.erased().map(|(of, _)| of).collect();
    assert_eq!(gone, ["case:1"]);
    assert!(!has_key(&desk));
}
