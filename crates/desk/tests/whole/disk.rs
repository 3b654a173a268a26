//! A disk that is full, or a folder that can't be used: an answer in words, and nothing half
//! written.

use crate::invented::{add, ask, at, bytes, day, describe, done, lines, names, set_up, setting};
use desk::desk::Failed;
use families::people::group::Group;
use ledger::check::check;
use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

const CHILD_FOLDER: &str = "STAIRGATE_FULL_FOLDER";

/// No file may become larger in the child than so many blocks of half a kilobyte.
const BLOCKS: &str = "300";

#[test]
fn on_a_full_disk_the_answer_is_in_words_and_nothing_is_half_written() {
    let place = tempfile::tempdir().unwrap();
    drop(set_up(&at(place.path())));
    let script = format!("trap '' XFSZ; ulimit -f {BLOCKS}; exec \"$0\" \"$@\"");
    let child = Command::new("sh")
        .args(["-c", &script])
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "disk::child_on_a_full_disk",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD_FOLDER, place.path())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let said = String::from_utf8(child.stdout).unwrap();
    assert!(child.status.success(), "{said}");
    let of = |start: &str| -> Vec<&str> {
        said.lines()
            .filter_map(|line| line.strip_prefix(start))
            .collect()
    };
    let (answered, refused) = (of("answered "), of("refused "));
    assert!(answered.len() > 3 && !refused.is_empty(), "{said}");
    assert!(
        refused.iter().all(|says| says.contains("disk is not full")),
        "{refused:?}"
    );
    let desk = at(place.path()).open().unwrap();
    assert_eq!(check(desk.store(), &[]).unwrap().head, desk.head());
    let text: Vec<String> = lines(desk.store())
        .into_iter()
        .map(|line| String::from_utf8(line.body.unwrap()).unwrap())
        .collect();
    for name in &answered {
        let known = names(&desk).iter().any(|(_, known)| known == name);
        let found = text
            .iter()
            .filter(|body| body.contains(&format!("\"{name} ")))
            .count();
        assert_eq!(usize::from(known) + found, 1, "{name}");
    }
    // With room again, all goes on; and what the other desk saw is what is there.
    done(&desk, describe("Room again"), day(3));
    assert_eq!(of("head "), [(desk.head().seq - 1).to_string()]);
}

#[test]
#[ignore = "is started by the test above"]
fn child_on_a_full_disk() {
    let Some(place) = setting(CHILD_FOLDER) else {
        return;
    };
    let desk = at(Path::new(&place)).open().unwrap();
    let mut out = std::io::stdout();
    let mut refused = 0;
    for number in 0..200 {
        let name = format!("act {number}");
        let act = match number % 3 {
            0 => add(&name, Group::Parent),
            _ => describe(&format!("{name} {}", "long ".repeat(4_000))),
        };
        match ask(&desk, act, day(1)) {
            Ok(_) => writeln!(out, "answered {name}").unwrap(),
            Err(Failed::Unavailable(says)) => {
                writeln!(out, "refused {says}").unwrap();
                refused += 1;
            }
            Err(other) => panic!("{other:?}"),
        }
        if refused == 5 {
            break;
        }
    }
    assert_eq!(desk.read_only(), None);
    assert_eq!(desk.store().head().unwrap(), desk.head());
    writeln!(out, "head {}", desk.head().seq).unwrap();
}

#[test]
fn a_folder_that_cannot_be_used_is_named() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("a-file");
    std::fs::write(&file, b"something else").unwrap();
    let says = |path: &Path| at(path).open().err().unwrap().to_string();
    assert!(
        says(&file).contains("a-file can’t be used"),
        "{}",
        says(&file)
    );
    let inside = place.path().join("data");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(inside.join("keys"), b"something else").unwrap();
    assert!(
        says(&inside).contains("keys can’t be used"),
        "{}",
        says(&inside)
    );
    std::fs::remove_file(inside.join("keys")).unwrap();
    std::fs::write(inside.join("ledger.db"), b"something else, and long enough").unwrap();
    assert!(says(&inside).contains("ledger.db"), "{}", says(&inside));
}

#[test]
fn keys_that_could_not_be_kept_are_not_used_afterwards() {
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    let before = bytes(&desk);
    // Another program keeps a lock on the keys, so that they can be read and not written.
    let raw = rusqlite::Connection::open(at(place.path()).key("keys.db")).unwrap();
    raw.execute_batch(
        "ALTER TABLE keys RENAME TO hidden; CREATE VIEW keys AS SELECT * FROM hidden;",
    )
    .unwrap();
    let refused = ask(&desk, add("Anwen Penhallow", Group::Parent), day(1));
    assert!(
        matches!(refused, Err(Failed::Unavailable(_))),
        "{refused:?}"
    );
    assert_eq!(bytes(&desk), before);
    raw.execute_batch("DROP VIEW keys; ALTER TABLE hidden RENAME TO keys;")
        .unwrap();
    done(&desk, add("Anwen Penhallow", Group::Parent), day(2));
    drop(desk);
    let again = at(place.path()).open().unwrap();
    assert!(
        names(&again)
            .iter()
            .any(|(_, name)| name == "Anwen Penhallow")
    );
}
