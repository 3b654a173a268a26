//! Every change to a kept line is found, and named.

use crate::memory::{Dice, Memory, all, drafts};
use ledger::{
    check::{CheckError, Fault, check},
    checkpoint::Checkpoint,
    export,
    line::{Draft, Head},
    sqlite::Sqlite,
    store::Store,
    tree::{self, Tree},
};
use proptest::prelude::*;

fn lines(count: u64) -> Memory {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
    store.append(&Head::EMPTY, &drafts(count)).unwrap();
    Memory(all(&store))
}

fn fault(store: &dyn Store, checkpoints: &[Checkpoint]) -> Option<Fault> {
    match check(store, checkpoints) {
        Ok(_) => None,
        Err(CheckError::Fault(fault)) => Some(fault),
        Err(CheckError::Store(error)) => panic!("{error}"),
    }
}

fn checkpoint(store: &dyn Store, size: u64) -> Checkpoint {
    Checkpoint::of("example/ledger", &tree::of(store, size).unwrap(), &[]).unwrap()
}

#[test]
fn a_change_in_the_file_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let store = Sqlite::open(&path).unwrap();
    store.append(&Head::EMPTY, &drafts(20)).unwrap();
    let file = rusqlite::Connection::open(&path).unwrap();
    let after = |change: &str| {
        let undo = "CREATE TABLE kept AS SELECT * FROM lines";
        file.execute_batch(undo).unwrap();
        file.execute_batch(change).unwrap();
        let words = check(&store, &[]).unwrap_err().to_string();
        file.execute_batch(
            "DELETE FROM lines; INSERT INTO lines SELECT * FROM kept; DROP TABLE kept",
        )
        .unwrap();
        words
    };
    let follows = "does not follow from the line before it: one of the two was changed";
    assert_eq!(
        after("UPDATE lines SET body = CAST('{}' AS BLOB) WHERE seq = 5"),
        "line 5: the body is not the one that was written"
    );
    for change in [
        "at = at + 1",
        "\"by\" = 'x'",
        "kind = 'x'",
        "version = 2",
        "link = zeroblob(32)",
    ] {
        let words = after(&format!("UPDATE lines SET {change} WHERE seq = 5"));
        assert_eq!(words, format!("line 5 {follows}"), "{change}");
    }
    assert_eq!(
        after("DELETE FROM lines WHERE seq = 5"),
        "line 5 is missing: line 6 stands in its place"
    );
    assert!(after("UPDATE lines SET digest = x'00' WHERE seq = 5").contains("is damaged"));
    assert_eq!(check(&store, &[]).unwrap().head.seq, 20);
}

#[test]
fn a_checkpoint_finds_what_the_chain_alone_cannot() {
    let whole = lines(20);
    let signed = [
        checkpoint(&whole, 0),
        checkpoint(&whole, 7),
        checkpoint(&whole, 20),
    ];
    assert_eq!(fault(&whole, &signed), None);
    let mut forged = lines(20);
    forged.0[10].body = Some(b"{\"forged\":true}".to_vec());
    forged.forge(10);
    assert_eq!(fault(&forged, &[]), None, "the chain of a forger checks");
    assert_eq!(fault(&forged, &signed), Some(Fault::Root { size: 20 }));
    let mut shorter = lines(20);
    shorter.0.truncate(19);
    assert_eq!(fault(&shorter, &[]), None);
    assert_eq!(
        fault(&shorter, &signed),
        Some(Fault::Short {
            size: 20,
            found: 19
        })
    );
    let empty = Checkpoint::of("example/ledger", &Tree::default(), &[]).unwrap();
    assert_eq!(fault(&Memory(Vec::new()), &[empty]), None);
}

#[test]
fn what_goes_on_after_a_checkpoint_agrees_with_it_and_is_proved_to() {
    let (store, longer) = (lines(9), lines(23));
    let (old, new) = (checkpoint(&store, 9), checkpoint(&longer, 23));
    assert_eq!(fault(&longer, &[old.clone(), new.clone()]), None);
    let proof = tree::consistency(&longer, 9, 23).unwrap().unwrap();
    assert!(tree::is_consistent(9, &old.root, 23, &new.root, &proof));
}

proptest! {
    #[test]
    fn every_text_that_can_be_kept_is_exported_as_the_checker_reads_it(
        bodies in prop::collection::vec(any::<String>(), 1..5),
        controls in "[\\x00-\\x1f\\x7f\"\\\\/]{0,40}",
        by in "[^\\p{Cc}]{1,20}",
        at in any::<i64>(),
        version in any::<u16>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
        let drafts: Vec<Draft> = bodies
            .iter()
            .chain([&controls])
            .map(|body| Draft {
                at,
                by: by.clone(),
                kind: by.clone(),
                version,
                body: body.clone().into_bytes(),
            })
            .collect();
        let head = store.append(&Head::EMPTY, &drafts).unwrap();
        let mut text = Vec::new();
        export::write(&store, &mut text).unwrap();
        let report = verify::verify(&mut text.as_slice(), &[]).unwrap();
        prop_assert_eq!((report.lines, report.link), (head.seq, head.link));
        let again = Sqlite::open(&folder.path().join("again.db")).unwrap();
        prop_assert_eq!(export::read(&mut text.as_slice(), &again).unwrap(), head);
        prop_assert_eq!(all(&again), all(&store));
    }

    #[test]
    fn any_flipped_bit_of_any_field_is_found(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let mut store = lines(12);
        let line = &mut store.0[dice.roll(12)];
        let bit = dice.roll(8);
        match dice.roll(8) {
            0 => line.seq ^= 1 << dice.roll(63),
            1 => line.at ^= 1 << dice.roll(64),
            2 => line.by = flipped(&line.by, &mut dice),
            3 => line.kind = flipped(&line.kind, &mut dice),
            4 => line.version ^= 1 << dice.roll(16),
            5 => line.digest[dice.roll(32)] ^= 1 << bit,
            6 => line.link[dice.roll(32)] ^= 1 << bit,
            _ => {
                let body = line.body.as_mut().unwrap();
                let place = dice.roll(body.len());
                body[place] ^= 1 << bit;
            }
        }
        prop_assert!(fault(&store, &[]).is_some());
    }
}

fn flipped(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let place = dice.roll(bytes.len());
    bytes[place] ^= 1 << dice.roll(7);
    String::from_utf8(bytes).unwrap()
}
