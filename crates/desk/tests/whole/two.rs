//! Two desks on one setting, in one process and in two: they never fork its chain, never give a
//! number twice, and agree in the end.

use crate::{
    invented::{add, ask, bytes, day, describe, done, manager, names, set_up_desk, setting},
    local_postgres,
};
use desk::{
    desk::Desk,
    folder::{Database, Folder},
};
use families::people::group::Group;
use ledger::{check::check, server::Server};
use std::{
    collections::BTreeSet,
    path::Path,
    process::{Command, Stdio},
};

/// Callers who contend, and acts of each: one person and one description in turn.
const CALLERS: usize = 8;
const EACH: usize = 126;
/// Everybody who is known in the end.
const PEOPLE: usize = CALLERS * EACH / 2 + 1;
/// Tells a child where the folder is, what the setting is called, and on which server.
const CHILD_FOLDER: &str = "STAIRGATE_TWO_FOLDER";
const CHILD_SETTING: &str = "STAIRGATE_TWO_SETTING";
const CHILD_SERVER: &str = "STAIRGATE_TWO_SERVER";
/// The file in which the child says how many it did.
const COUNT: &str = "count";
/// So many acts of each at least fall among those of the other.
const MEETINGS: usize = 10;

/// A folder whose ledger is on the server, under a name that no other test or run uses.
fn on_server(place: &Path, test: &str) -> Option<(Folder, [String; 2])> {
    let url = local_postgres::url(test)?;
    let unique = place.file_name().unwrap().to_string_lossy().into_owned();
    let name = format!("{test} {unique}");
    Some((named(place, &url, &name), [url, name]))
}

fn named(place: &Path, url: &str, name: &str) -> Folder {
    let database = Database {
        server: Server::at(url),
        setting: name.to_owned(),
    };
    Folder::at(place, Some(database))
}

/// Callers at both desks who all add people and describe the place, at the same time.
fn contend(desks: [&Desk; 2]) {
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            scope.spawn(move || {
                for number in 0..EACH {
                    let name = format!("Invented {caller} {number}");
                    let act = match number % 2 {
                        0 => add(&name, Group::Parent),
                        _ => describe(&name),
                    };
                    done(desks[caller % 2], act, day(1));
                }
            });
        }
    });
}

/// Both know everybody, under a number of their own, and the chain is whole.
fn agree(one: &Desk, two: &Desk, people: usize) {
    one.refresh();
    two.refresh();
    assert_eq!(one.head(), two.head());
    assert_eq!(bytes(one), bytes(two));
    let of_one = names(one);
    assert_eq!(of_one, names(two));
    let different: BTreeSet<&String> = of_one.iter().map(|(_, name)| name).collect();
    assert_eq!((of_one.len(), different.len()), (people, people));
    assert_eq!(check(one.store(), &[]).unwrap().head, one.head());
}

fn two_desks(folder: &Folder) {
    let one = folder.open().unwrap();
    set_up_desk(&one);
    let two = folder.open().unwrap();
    contend([&one, &two]);
    agree(&one, &two, PEOPLE);
    drop((one, two));
    let again = folder.open().unwrap();
    agree(&again, &again, PEOPLE);
}

#[test]
fn two_desks_on_one_file_never_fork_and_agree() {
    let place = tempfile::tempdir().unwrap();
    two_desks(&Folder::at(place.path(), None));
}

#[test]
fn two_desks_on_one_server_never_fork_and_agree() {
    let place = tempfile::tempdir().unwrap();
    if let Some((folder, _)) = on_server(place.path(), "two desks") {
        two_desks(&folder);
    }
}

#[test]
fn two_processes_on_one_server_never_fork_and_agree() {
    let place = tempfile::tempdir().unwrap();
    let Some((folder, [url, name])) = on_server(place.path(), "two processes") else {
        return;
    };
    let desk = folder.open().unwrap();
    set_up_desk(&desk);
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "two::child_that_contends",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD_FOLDER, place.path())
        .env(CHILD_SETTING, name)
        .env(CHILD_SERVER, url)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // Goes on for as long as the other does, so that they meet.
    let mut own = 0;
    while child.try_wait().unwrap().is_none() {
        done(
            &desk,
            add(&format!("Of the parent {own}"), Group::Parent),
            day(1),
        );
        own += 1;
        // As people do, it looks at what came of it before it goes on.
        assert!(names(&desk).len() > own);
    }
    assert!(child.wait().unwrap().success());
    let theirs = std::fs::read_to_string(place.path().join(COUNT)).unwrap();
    let theirs: usize = theirs.parse().unwrap();
    let other = folder.open().unwrap();
    agree(&desk, &other, own + theirs + 1);
    assert!(own > MEETINGS && theirs >= 100, "they met");
}

#[test]
#[ignore = "is started by the test above"]
fn child_that_contends() {
    let (Some(place), Some(name)) = (setting(CHILD_FOLDER), setting(CHILD_SETTING)) else {
        return;
    };
    let url = setting(CHILD_SERVER).unwrap();
    let place = Path::new(&place);
    let desk = named(place, &url, &name).open().unwrap();
    // However the machine shares its time out, it goes on until the other has come to its turns.
    for number in 1..=2_000 {
        done(
            &desk,
            add(&format!("Of the child {number}"), Group::Parent),
            day(1),
        );
        if number >= 100 && of_the_parent(&desk) > MEETINGS {
            std::fs::write(place.join(COUNT), number.to_string()).unwrap();
            return;
        }
    }
    panic!("the other never came to its turn");
}

fn of_the_parent(desk: &Desk) -> usize {
    let all = names(desk).into_iter();
    all.filter(|(_, name)| name.starts_with("Of the parent"))
        .count()
}

#[test]
fn readers_who_hold_an_old_state_do_not_hinder_the_writer() {
    let place = tempfile::tempdir().unwrap();
    let desk = crate::invented::set_up(&Folder::at(place.path(), None));
    let mut held = vec![desk.state()];
    for number in 0..30 {
        done(
            &desk,
            add(&format!("Invented {number}"), Group::Parent),
            day(1),
        );
        if number % 3 != 0 {
            held.push(desk.state());
        }
    }
    let counts: Vec<usize> = held
        .iter()
        .map(|state| state.setting.people.all().count())
        .collect();
    assert!(counts.is_sorted() && counts[0] == 1, "{counts:?}");
    let live = bytes(&desk);
    assert!(ask(&desk, describe("And on"), day(2)).is_ok());
    assert_ne!(bytes(&desk), live);
    let again = Folder::at(place.path(), None).open().unwrap();
    assert_eq!(bytes(&again), bytes(&desk));
    assert_eq!(desk.standings(day(2).date()).clauses.len(), 0);
    assert_eq!(manager().person(), Some(crate::invented::MANAGER));
}
