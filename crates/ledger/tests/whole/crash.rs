//! A process that is killed at a random moment while it appends: whatever it answered is there,
//! once, and the chain checks. (That an append waits for the disk is shown by `sqlite`'s tests.)

use crate::memory::{Dice, setting};
use ledger::{
    check::{check, read_checked},
    line::{Draft, Head},
    sqlite::Sqlite,
    store::Store,
};
use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Read, Write},
    ops::ControlFlow,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// Tells the child which file to append to, and which round it is.
const CHILD_FILE: &str = "STAIRGATE_CRASH_FILE";
const CHILD_ROUND: &str = "STAIRGATE_CRASH_ROUND";

/// Appends of a child that nobody kills in time; then it waits.
const APPENDS_MAX: u64 = 24;

#[test]
fn after_a_kill_at_any_moment_every_answered_append_is_there_once() {
    let kills: u64 = setting("STAIRGATE_KILLS").map_or(1_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut dice = Dice(kills);
    let (mut kept, mut answered, mut head) = (BTreeSet::new(), 0, Head::EMPTY);
    for round in 0..kills {
        let said = answered_until_killed(&path, round, &mut dice);
        let store = Sqlite::open(&path).unwrap();
        head = read_checked(&store, head, &mut |line| {
            let body = String::from_utf8(line.body.clone().unwrap()).unwrap();
            assert!(kept.insert(body), "a line is there twice, round {round}");
            ControlFlow::Continue(())
        })
        .unwrap();
        let lost = said.iter().find(|body| !kept.contains(*body));
        assert_eq!(lost, None, "an answered append is lost, round {round}");
        answered += said.len();
    }
    let store = Sqlite::open(&path).unwrap();
    let whole = check(&store, &[]).unwrap();
    assert_eq!(whole.head, head);
    assert_eq!(whole.head.seq, u64::try_from(kept.len()).unwrap());
    assert!(
        u64::try_from(answered).unwrap() > 2 * kills,
        "the children answered {answered} times only"
    );
}

/// Starts a child, kills it at a random moment, and hands back all that it answered.
fn answered_until_killed(path: &Path, round: u64, dice: &mut Dice) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::child_that_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD_FILE, path)
        .env(CHILD_ROUND, round.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    // One in eight is killed before or while it opens the ledger, the others while they append.
    if dice.roll(8) > 0 {
        said.by_ref().find(|line| line.contains("started"));
    }
    kill_soon(&mut child, dice);
    // What it said before it died counts, but for a last word that was cut off.
    let answered = said
        .filter_map(|line| Some(line.split_once("answered ")?.1.to_owned()))
        .filter(|body| body.ends_with('}'))
        .collect();
    child.wait().unwrap();
    answered
}

#[expect(
    clippy::disallowed_methods,
    reason = "a kill at a random moment is what is tested"
)]
fn kill_soon(child: &mut Child, dice: &mut Dice) {
    let wait = Duration::from_micros(u64::try_from(dice.roll(9_000)).unwrap());
    std::thread::sleep(wait);
    child.kill().unwrap();
}

#[test]
#[ignore = "is started, and killed, by the test above"]
fn child_that_is_killed() {
    let (Some(path), Some(round)) = (setting(CHILD_FILE), setting(CHILD_ROUND)) else {
        return;
    };
    let store = Sqlite::open(Path::new(&path)).unwrap();
    let mut head: Head = store.head().unwrap();
    let mut out = std::io::stdout().lock();
    writeln!(out, "started").unwrap();
    for number in 0..APPENDS_MAX {
        let drafts: Vec<Draft> = (0..=number % 4)
            .map(|part| Draft {
                at: 1,
                by: "person:1".to_owned(),
                kind: "a".to_owned(),
                version: 1,
                body: format!("{{\"round\":{round},\"number\":{number},\"part\":{part}}}").into(),
            })
            .collect();
        head = store.append(&head, &drafts).unwrap();
        for draft in &drafts {
            writeln!(out, "answered {}", String::from_utf8_lossy(&draft.body)).unwrap();
        }
    }
    out.flush().unwrap();
    // Until it is killed, or whoever started it is gone.
    let _ = std::io::stdin().read(&mut [0]);
}
