//! What every store must do, asked of SQLite here and of PostgreSQL in `server`; and what a
//! SQLite file may look like.

use crate::memory::{all, draft, drafts};
use ledger::{
    check::{Fault, check, read_checked},
    export,
    line::{Draft, Head, Unfit},
    spent,
    sqlite::Sqlite,
    store::{AppendError, Store, StoreError, line_at},
};
use std::{collections::BTreeSet, ops::ControlFlow};

/// Opens the same ledger once more, as another process would.
pub(crate) type Open<'a> = &'a (dyn Fn() -> Box<dyn Store> + Sync);

fn in_sqlite(ask: fn(Open<'_>)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    ask(&|| Box::new(Sqlite::open(&path).unwrap()));
}

#[test]
fn what_is_appended_is_read_as_it_was_in_order() {
    in_sqlite(appended_is_read);
}

pub(crate) fn appended_is_read(open: Open<'_>) {
    let store = open();
    assert_eq!(store.head().unwrap(), Head::EMPTY);
    assert!(all(&*store).is_empty());
    let many = drafts(10_000);
    let head = store.append(&Head::EMPTY, &many[..1]).unwrap();
    let head = store.append(&head, &many[1..]).unwrap();
    assert_eq!(open().head().unwrap(), head);
    let lines = all(&*open());
    assert_eq!(lines.len(), 10_000);
    for (line, draft) in lines.iter().zip(&many) {
        assert_eq!(
            (line.at, &line.by, &line.kind),
            (draft.at, &draft.by, &draft.kind)
        );
        assert_eq!(
            (line.version, line.body.as_ref()),
            (draft.version, Some(&draft.body))
        );
    }
    assert!(lines.iter().map(|line| line.seq).eq(1..=10_000));
    assert_eq!(check(&*store, &[]).unwrap().head, head);
    assert_eq!(line_at(&*store, 77).unwrap().as_ref(), Some(&lines[76]));
    assert_eq!(line_at(&*store, 10_001).unwrap(), None);
    assert_eq!(store.append(&head, &[]).unwrap(), head);
}

#[test]
fn an_append_after_an_old_head_is_refused_with_the_new_one() {
    in_sqlite(old_head_is_refused);
}

pub(crate) fn old_head_is_refused(open: Open<'_>) {
    let (one, two) = (open(), open());
    let first = one.append(&Head::EMPTY, &drafts(2)).unwrap();
    let refused = two.append(&Head::EMPTY, &drafts(1));
    assert_eq!(refused, Err(AppendError::Moved(first)));
    assert_eq!(
        two.append(&Head::EMPTY, &[]),
        Err(AppendError::Moved(first))
    );
    let second = two.append(&first, &drafts(1)).unwrap();
    assert_eq!(
        one.append(&first, &drafts(3)),
        Err(AppendError::Moved(second))
    );
    let ahead = Head {
        seq: 9,
        link: [1; 32],
    };
    assert_eq!(
        one.append(&ahead, &drafts(1)),
        Err(AppendError::Moved(second))
    );
    let other = Head {
        seq: 3,
        link: [1; 32],
    };
    assert_eq!(
        one.append(&other, &drafts(1)),
        Err(AppendError::Moved(second))
    );
    assert_eq!(all(&*one).len(), 3);
}

#[test]
fn several_who_append_at_once_never_fork_the_chain_and_lose_nothing() {
    in_sqlite(many_at_once);
}

pub(crate) fn many_at_once(open: Open<'_>) {
    const EACH: u64 = 60;
    let conflicts = std::sync::atomic::AtomicUsize::new(0);
    let shared = open();
    std::thread::scope(|scope| {
        for worker in 0..4_u64 {
            let (shared, conflicts) = (&shared, &conflicts);
            scope.spawn(move || {
                // Two through one store, two through stores of their own.
                let own = (worker > 1).then(open);
                let store = own.as_ref().unwrap_or(shared);
                let mut head = store.head().unwrap();
                for number in 0..EACH {
                    let drafts = [draft(worker * 1000 + number)];
                    loop {
                        match store.append(&head, &drafts) {
                            Ok(now) => break head = now,
                            Err(AppendError::Moved(now)) => {
                                assert_ne!(now, head);
                                head = now;
                                conflicts.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                            }
                            Err(error) => panic!("{error}"),
                        }
                    }
                }
            });
        }
    });
    let lines = all(&*shared);
    let bodies: BTreeSet<_> = lines.iter().map(|line| line.body.clone()).collect();
    assert_eq!((lines.len(), bodies.len()), (240, 240));
    assert_eq!(check(&*shared, &[]).unwrap().head.seq, 240);
    assert!(conflicts.into_inner() > 0, "the workers never met");
}

#[test]
fn a_spent_body_is_gone_and_the_chain_still_checks() {
    in_sqlite(spent_body);
}

pub(crate) fn spent_body(open: Open<'_>) {
    let store = open();
    let head = store.append(&Head::EMPTY, &drafts(10)).unwrap();
    let head = spent::spend(&*store, &head, 5, "person:1", &[3, 2, 3]).unwrap();
    assert_eq!(store.spend(&[3, 99]).unwrap(), 0);
    for seq in [0, 11, 12] {
        let refused = spent::spend(&*store, &head, 5, "person:1", &[seq]);
        let fault = Fault::NotToSpend { seq };
        assert_eq!(refused, Err(AppendError::Fault(fault)), "{seq}");
    }
    let lines = all(&*store);
    let spent: Vec<u64> = lines
        .iter()
        .filter(|line| line.body.is_none())
        .map(|line| line.seq)
        .collect();
    assert_eq!(spent, [2, 3]);
    let checked = check(&*store, &[]).unwrap();
    assert_eq!((checked.head, checked.spent), (head, 2));
    assert!(store.append(&head, &drafts(1)).is_ok());
    // A crash came between the line and the deed.
    assert_eq!(spent::finish(&*store).unwrap(), 0);
    let head = store.head().unwrap();
    let body = b"{\"seqs\":[4]}".to_vec();
    let kind = spent::KIND.to_owned();
    let announced = Draft {
        kind,
        body,
        ..draft(1)
    };
    store.append(&head, &[announced]).unwrap();
    assert_eq!(spent::finish(&*store).unwrap(), 1);
    assert_eq!(check(&*store, &[]).unwrap().spent, 3);
    // Somebody removes a body without a word.
    store.spend(&[9]).unwrap();
    let fault = Fault::Unaccounted { seq: 9 };
    assert_eq!(check(&*store, &[]).unwrap_err(), fault.into());
}

#[test]
fn an_export_goes_into_an_empty_store_and_is_the_same_ledger() {
    in_sqlite(export_and_back);
}

pub(crate) fn export_and_back(open: Open<'_>) {
    let folder = tempfile::tempdir().unwrap();
    let from = Sqlite::open(&folder.path().join("from.db")).unwrap();
    let head = from.append(&Head::EMPTY, &drafts(5_000)).unwrap();
    spent::spend(&from, &head, 5, "person:1", &[7]).unwrap();
    let mut text = Vec::new();
    let head = export::write(&from, &mut text).unwrap();
    let to = open();
    assert_eq!(export::read(&mut text.as_slice(), &*to).unwrap(), head);
    assert_eq!(all(&*to), all(&from));
    let again = export::read(&mut text.as_slice(), &*to);
    assert!(again.is_err_and(|error| error.to_string().contains("somebody else wrote first")));
}

#[test]
fn what_cannot_be_kept_is_refused_whole() {
    in_sqlite(unfit);
}

pub(crate) fn unfit(open: Open<'_>) {
    let store = open();
    let mut many = drafts(3);
    many[2].body = vec![0xff];
    assert_eq!(
        store.append(&Head::EMPTY, &many),
        Err(AppendError::Unfit(Unfit::NotText))
    );
    assert_eq!(store.head().unwrap(), Head::EMPTY);
    let mut large = draft(1);
    large.body = vec![b'a'; ledger::line::BODY_BYTES_MAX];
    let head = store.append(&Head::EMPTY, &[large.clone()]).unwrap();
    assert_eq!(all(&*store)[0].body.as_ref(), Some(&large.body));
    assert_eq!(head.seq, 1);
}

#[test]
fn an_imported_line_that_does_not_follow_is_refused() {
    in_sqlite(|open| {
        let folder = tempfile::tempdir().unwrap();
        let from = Sqlite::open(&folder.path().join("from.db")).unwrap();
        from.append(&Head::EMPTY, &drafts(3)).unwrap();
        let lines = all(&from);
        let to = open();
        let mut changed = lines.clone();
        changed[1].by = "person:99".to_owned();
        let refused = to
            .append_lines(&Head::EMPTY, &changed)
            .unwrap_err()
            .to_string();
        assert_eq!(
            refused,
            "line 2 does not follow from the line before it: one of the two was changed"
        );
        assert_eq!(to.head().unwrap(), Head::EMPTY);
        assert_eq!(
            to.append_lines(&Head::EMPTY, &lines).unwrap(),
            lines[2].head()
        );
    });
}

#[test]
fn whoever_reads_may_append_and_sees_what_was_appended() {
    in_sqlite(|open| {
        let store = open();
        let mut head = store.append(&Head::EMPTY, &drafts(3)).unwrap();
        let mut seen = 0;
        read_checked(&*store, Head::EMPTY, &mut |line| {
            seen += 1;
            if line.seq == 2 {
                head = store.append(&head, &drafts(1)).unwrap();
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        assert!(seen == 3 || seen == 4, "{seen}");
        assert_eq!(all(&*store).len(), 4);
    });
}

#[test]
fn a_file_that_is_no_ledger_or_a_newer_one_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    std::fs::write(
        &path,
        "these words are no ledger, though the file is there\n".repeat(99),
    )
    .unwrap();
    let error = Sqlite::open(&path).err().unwrap();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    std::fs::write(&path, "").unwrap();
    let error = Sqlite::open(&path).err().unwrap().to_string();
    assert!(error.contains("it is empty"), "{error}");
    std::fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE notes (words TEXT)")
        .unwrap();
    let error = Sqlite::open(&path).err().unwrap().to_string();
    assert!(error.ends_with("ledger.db is not a ledger"), "{error}");
    drop(other);
    std::fs::remove_file(&path).unwrap();
    drop(Sqlite::open(&path).unwrap());
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA user_version = 2").unwrap();
    let error = Sqlite::open(&path).err().unwrap().to_string();
    assert!(
        error.contains("written by a newer Stairgate (format 2, this one knows 1)"),
        "{error}"
    );
    let missing = Sqlite::open_existing(&folder.path().join("none.db"));
    assert!(missing.is_err());
    assert!(!folder.path().join("none.db").exists());
}

#[test]
fn a_damaged_ledger_file_is_an_error_in_words_or_checks_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let store = Sqlite::open(&path).unwrap();
    let head = store.append(&Head::EMPTY, &drafts(300)).unwrap();
    let lines = all(&store);
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    assert!(
        !folder.path().join("ledger.db-wal").exists(),
        "all is in the one file"
    );
    let mut found = 0;
    for place in (0..whole.len()).step_by(97) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x41;
        std::fs::write(&path, &damaged).unwrap();
        let checked = Sqlite::open(&path).map(|store| (check(&store, &[]), all_or_none(&store)));
        match checked {
            // A byte that no line lies in: then every line is still as it was.
            Ok((Ok(checked), Some(read))) => {
                assert_eq!((checked.head, &read), (head, &lines), "byte {place}");
            }
            _ => found += 1,
        }
        for beside in ["ledger.db-wal", "ledger.db-shm"] {
            let _ = std::fs::remove_file(folder.path().join(beside));
        }
    }
    assert!(found > 300, "{found} of {} were found", whole.len() / 97);
}

fn all_or_none(store: &Sqlite) -> Option<Vec<ledger::line::Line>> {
    let mut lines = Vec::new();
    let read = store.read(1, &mut |line| {
        lines.push(line.clone());
        ControlFlow::Continue(())
    });
    read.ok().map(|()| lines)
}
