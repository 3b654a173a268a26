//! A process that is killed while people act: whatever it answered is there, once, and the chain
//! is whole. A thousand times; `STAIRGATE_KILLS` names another number.

use crate::invented::{Dice, add, ask, at, day, describe, lines, manager, names, set_up, setting};
use families::people::group::Group;
use ledger::check::check;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    time::Duration,
};

const CHILD_FOLDER: &str = "STAIRGATE_CRASH_FOLDER";
const CHILD_ROUND: &str = "STAIRGATE_CRASH_ROUND";
/// How many act at once in the child.
const CALLERS: u64 = 4;
/// After so many kills everything is looked at; at the end too.
const LOOK_EACH: u64 = 100;

#[test]
fn after_a_thousand_kills_every_answered_act_is_there_once() {
    let kills: u64 = setting("STAIRGATE_KILLS").map_or(1_000, |count| count.parse().unwrap());
    let place = tempfile::tempdir().unwrap();
    drop(set_up(&at(place.path())));
    let (mut dice, mut answered) = (Dice(kills), Vec::new());
    let mut silent = 0;
    for round in 0..kills {
        let said = answered_until_killed(place.path(), round, &mut dice);
        silent += u64::from(said.is_empty());
        answered.extend(said);
        if (round + 1) % LOOK_EACH == 0 || round + 1 == kills {
            look(place.path(), &answered);
        }
    }
    assert!(
        answered.len() > usize::try_from(kills / 2).unwrap(),
        "the children did answer"
    );
    assert!(
        silent > 0 || kills < 50,
        "some were killed before they answered"
    );
}

/// Opens what the dead left, and looks for everything that was answered.
fn look(place: &Path, answered: &[String]) {
    let desk = at(place).open().unwrap();
    assert_eq!(desk.read_only(), None);
    assert_eq!(check(desk.store(), &[]).unwrap().head, desk.head());
    let mut kept: BTreeMap<String, u32> = BTreeMap::new();
    for (_, name) in names(&desk) {
        *kept.entry(name).or_default() += 1;
    }
    for line in lines(desk.store()) {
        let body = String::from_utf8(line.body.unwrap()).unwrap();
        if let Some((_, rest)) = body.split_once("{\"name\":\"act ") {
            let name = rest.split_once('"').unwrap().0;
            *kept.entry(format!("act {name}")).or_default() += 1;
        }
    }
    for name in answered {
        assert_eq!(kept.get(name), Some(&1), "{name}");
    }
    assert!(
        kept.values().all(|count| *count == 1),
        "nothing is there twice"
    );
    // What comes out of a snapshot that was being written, or not, is what the lines say.
    let quick = crate::invented::bytes(&desk);
    drop(desk);
    std::fs::remove_file(at(place).snapshot()).unwrap_or_default();
    assert_eq!(crate::invented::bytes(&at(place).open().unwrap()), quick);
}

/// Starts a child and kills it: after so many answers, or so many microseconds after the start.
fn answered_until_killed(place: &Path, round: u64, dice: &mut Dice) -> Vec<String> {
    let (mut child, heard) = start(place, round);
    let mut answered = Vec::new();
    if dice.roll(4) == 0 {
        let patience = Duration::from_micros(dice.roll(60_000));
        answered.extend(heard.recv_timeout(patience).ok());
    } else {
        for _ in 0..=dice.roll(6) {
            answered.extend(heard.recv().ok());
        }
        // Somewhere within the next act.
        let patience = Duration::from_micros(dice.roll(4_000));
        answered.extend(heard.recv_timeout(patience).ok());
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it had said before it died counts too.
    answered.extend(heard.iter());
    answered
}

/// What the child says comes line by line, whole lines only.
fn start(place: &Path, round: u64) -> (Child, Receiver<String>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::child_that_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD_FOLDER, place)
        .env(CHILD_ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let (tell, heard) = mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        while out.read_line(&mut line).is_ok_and(|read| read > 0) {
            if let Some(name) = line
                .strip_suffix('\n')
                .and_then(|l| l.strip_prefix("answered "))
            {
                drop(tell.send(name.to_owned()));
            }
            line.clear();
        }
    });
    (child, heard)
}

#[test]
#[ignore = "is started, and killed, by the test above"]
fn child_that_is_killed() {
    let (Some(place), Some(round)) = (setting(CHILD_FOLDER), setting(CHILD_ROUND)) else {
        return;
    };
    let desk = at(Path::new(&place)).open().unwrap();
    if round.ends_with('7') {
        desk.save_snapshot().unwrap();
    }
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            let (desk, round) = (&desk, &round);
            scope.spawn(move || {
                for number in 0..1_000 {
                    let name = format!("act {round} {caller} {number}");
                    let act = match (caller + number) % 4 {
                        0 => add(&name, Group::Parent),
                        _ => describe(&name),
                    };
                    assert!(ask(desk, act, day(1)).is_ok());
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "answered {name}").unwrap();
                    out.flush().unwrap();
                }
            });
        }
    });
    assert!(manager().person().is_some());
}
