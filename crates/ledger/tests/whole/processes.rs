//! Real processes that append to one ledger at once, in SQLite and in PostgreSQL: the chain never
//! forks, and each line is there once.

use crate::{
    local_postgres,
    memory::{all, draft, setting},
};
use ledger::{
    check::check,
    postgres::Postgres,
    server::Server,
    sqlite::Sqlite,
    store::{AppendError, Store},
};
use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

/// Tells a child where to append (a file, or a server's address), and as who.
const CHILD_PLACE: &str = "STAIRGATE_APPEND_PLACE";
const CHILD_WORKER: &str = "STAIRGATE_APPEND_WORKER";

const WORKERS: u64 = 3;
const EACH: u64 = 100;

const SETTING: &str = "three processes";

fn open(place: &str) -> Box<dyn Store> {
    match place.starts_with("postgres://") {
        true => Box::new(Postgres::open(&Server::at(place), SETTING).unwrap()),
        false => Box::new(Sqlite::open(Path::new(place)).unwrap()),
    }
}

#[test]
fn processes_that_append_to_one_file_at_once_never_fork_the_chain() {
    let folder = tempfile::tempdir().unwrap();
    append_at_once(folder.path().join("ledger.db").to_str().unwrap());
}

#[test]
fn processes_that_append_to_one_server_at_once_never_fork_the_chain() {
    if let Some(url) = local_postgres::url("three processes") {
        append_at_once(&url);
    }
}

fn append_at_once(place: &str) {
    let mut children: Vec<_> = (0..WORKERS)
        .map(|worker| {
            Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    "processes::child_that_appends",
                    "--ignored",
                    "--nocapture",
                ])
                .env(CHILD_PLACE, place)
                .env(CHILD_WORKER, worker.to_string())
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut outs: Vec<_> = children
        .iter_mut()
        .map(|child| BufReader::new(child.stdout.take().unwrap()).lines())
        .collect();
    for out in &mut outs {
        assert!(out.any(|line| line.unwrap().contains("started")));
    }
    for child in &mut children {
        child.stdin.take().unwrap().write_all(b"go\n").unwrap();
    }
    let conflicts: u64 = outs
        .into_iter()
        .flatten()
        .filter_map(|line| line.ok()?.split_once("conflicts ")?.1.parse::<u64>().ok())
        .sum();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let store = open(place);
    let lines = all(&*store);
    let bodies: BTreeSet<_> = lines.iter().map(|line| line.body.clone()).collect();
    let expected = usize::try_from(WORKERS * EACH).unwrap();
    assert_eq!((lines.len(), bodies.len()), (expected, expected));
    assert_eq!(check(&*store, &[]).unwrap().head.seq, WORKERS * EACH);
    assert!(conflicts > 0, "the processes never met");
}

#[test]
#[ignore = "is started by the tests above"]
fn child_that_appends() {
    let (Some(place), Some(worker)) = (setting(CHILD_PLACE), setting(CHILD_WORKER)) else {
        return;
    };
    let worker: u64 = worker.parse().unwrap();
    let store = open(&place);
    writeln!(std::io::stdout(), "started").unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
    let (mut head, mut conflicts) = (store.head().unwrap(), 0_u64);
    for number in 0..EACH {
        let drafts = [draft(worker * 1000 + number)];
        loop {
            match store.append(&head, &drafts) {
                Ok(now) => break head = now,
                Err(AppendError::Moved(now)) => (head, conflicts) = (now, conflicts + 1),
                Err(error) => panic!("{error}"),
            }
        }
    }
    writeln!(std::io::stdout(), "\nconflicts {conflicts}").unwrap();
}
