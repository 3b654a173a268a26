use super::*;
use crate::check::check;

fn drafts(count: usize, body_bytes: usize) -> Vec<Draft> {
    let draft = Draft {
        at: 1,
        by: "person:1".to_owned(),
        kind: "a".to_owned(),
        version: 1,
        body: vec![b' '; body_bytes],
    };
    vec![draft; count]
}

/// Bytes of the write-ahead log's header and of what stands before each page in it.
const LOG_HEADER: usize = 32;
const PAGE_HEADER: usize = 24;
const PAGE: usize = 4096;

/// How many transactions lie in the write-ahead log, each of which was synced.
fn commits(folder: &Path) -> usize {
    let log = std::fs::read(folder.join("ledger.db-wal")).unwrap();
    let pages = log[LOG_HEADER.min(log.len())..].chunks_exact(PAGE_HEADER + PAGE);
    pages.filter(|page| page[4..8] != [0; 4]).count()
}

#[test]
fn an_append_waits_for_the_disk_once_however_many_drafts_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
    let asked = |pragma: &str| -> String {
        let number = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0).map(|n| n.to_string());
        lock(&store.writer)
            .query_row(&format!("PRAGMA {pragma}"), [], |row| {
                row.get::<_, String>(0).or_else(|_| number(row))
            })
            .unwrap()
    };
    assert_eq!(asked("journal_mode"), "wal");
    assert_eq!(asked("synchronous"), "2", "FULL: synced at each commit");
    assert_eq!(asked("secure_delete"), "1");
    let head = store.append(&Head::EMPTY, &drafts(1, 9)).unwrap();
    let before = commits(folder.path());
    let head = store.append(&head, &drafts(64, 90)).unwrap();
    assert_eq!(commits(folder.path()) - before, 1, "64 drafts, one commit");
    store.append(&head, &drafts(1, 9)).unwrap();
    assert_eq!(commits(folder.path()) - before, 2);
}

#[test]
fn a_full_disk_refuses_an_append_whole_and_the_ledger_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
    let head = store.append(&Head::EMPTY, &drafts(3, 9)).unwrap();
    let room = |pages: i64| {
        let set = format!("PRAGMA max_page_count = {pages}");
        lock(&store.writer).query_row(&set, [], |_| Ok(())).unwrap();
    };
    room(4);
    let refused = store.append(&head, &drafts(5, 20_000)).unwrap_err();
    let is_full = matches!(&refused, AppendError::Store(StoreError::Outside { .. }));
    assert!(is_full && refused.to_string().contains("full"), "{refused}");
    assert_eq!(store.head().unwrap(), head);
    room(1_000_000);
    assert_eq!(store.append(&head, &drafts(5, 20_000)).unwrap().seq, 8);
    assert_eq!(check(&store, &[]).unwrap().head.seq, 8);
}

#[test]
fn a_write_ahead_log_that_was_torn_anywhere_leaves_whole_appends_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let store = Sqlite::open(&path).unwrap();
    let mut head = Head::EMPTY;
    for _ in 0..4 {
        head = store.append(&head, &drafts(3, 3000)).unwrap();
    }
    let (whole, log) = (
        std::fs::read(&path).unwrap(),
        std::fs::read(folder.path().join("ledger.db-wal")).unwrap(),
    );
    let mut lengths = std::collections::BTreeSet::new();
    for cut in (0..=log.len()).step_by(1021).chain([log.len()]) {
        let torn = tempfile::tempdir().unwrap();
        let path = torn.path().join("ledger.db");
        std::fs::write(&path, &whole).unwrap();
        std::fs::write(torn.path().join("ledger.db-wal"), &log[..cut]).unwrap();
        let torn = Sqlite::open(&path).unwrap();
        let seq = check(&torn, &[]).unwrap().head.seq;
        assert_eq!(seq % 3, 0, "cut at {cut}: an append is there in part");
        lengths.insert(seq);
        let head = torn.head().unwrap();
        assert_eq!(torn.append(&head, &drafts(1, 9)).unwrap().seq, seq + 1);
    }
    assert_eq!(Vec::from_iter(lengths), [0, 3, 6, 9, 12]);
}

#[test]
fn many_that_open_a_new_ledger_at_once_make_one() {
    for _ in 0..40 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let store = Sqlite::open(&path).unwrap();
                    let mut head = store.head().unwrap();
                    while let Err(AppendError::Moved(now)) = store.append(&head, &drafts(1, 9)) {
                        head = now;
                    }
                });
            }
        });
        let store = Sqlite::open(&path).unwrap();
        assert_eq!(check(&store, &[]).unwrap().head.seq, 4);
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_a_ledger() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
    store.append(&Head::EMPTY, &drafts(1, 9)).unwrap();
    for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
        let file = std::fs::metadata(folder.path().join(name)).unwrap();
        assert_eq!(file.permissions().mode() & 0o077, 0, "{name}");
    }
}

#[test]
fn a_place_where_no_ledger_can_be_made_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "words").unwrap();
    for path in [file.join("ledger.db"), folder.path().join("none/ledger.db")] {
        let error = Sqlite::open(&path).err().unwrap();
        assert!(matches!(error, StoreError::Outside { .. }), "{error}");
        assert!(error.to_string().contains("ledger.db"), "{error}");
    }
    let missing = folder.path().join("none.db");
    let error = Sqlite::open_existing(&missing).err().unwrap().to_string();
    assert!(error.contains("must be there"), "{error}");
    let error = Sqlite::open(folder.path()).err().unwrap();
    assert!(!error.to_string().is_empty());
}
