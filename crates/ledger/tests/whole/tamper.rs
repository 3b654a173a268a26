//! Random single changes to an exported ledger, all found by the independent checker with a
//! checkpoint that a witness holds.

use crate::memory::{Dice, Memory, all, drafts, setting};
use ledger::{
    checkpoint::{Checkpoint, Signing},
    export,
    line::{Head, Line},
    spent,
    sqlite::Sqlite,
    store::Store,
    tree,
};
use std::collections::BTreeMap;

/// Lines that are appended; a line that accounts for the spent ones comes after them.
const DRAFTS: u64 = 8;
const LINES: u64 = DRAFTS + 1;

/// What the changes are called, in the order in which they are rolled.
const CHANGES: [&str; 10] = [
    "flip a bit",
    "drop a byte",
    "drop a line",
    "drop a body",
    "swap two bytes",
    "swap two lines",
    "truncate",
    "roll back",
    "fork",
    "put in a line",
];

/// An export, the lines in it, and what a witness keeps of it.
struct Exported {
    bytes: Vec<u8>,
    lines: Vec<Line>,
    signed: verify::Checkpoint,
}

fn keys() -> (Signing, Signing) {
    let key = Signing::from_seed("setting", &[1; 32]).unwrap();
    (
        key,
        Signing::from_seed("committee-chair", &[2; 32]).unwrap(),
    )
}

/// What the setting signs for a ledger, and the witness when `is_witnessed`.
fn signed(store: &dyn Store, size: u64, is_witnessed: bool) -> verify::Checkpoint {
    let (key, witness) = keys();
    let tree = tree::of(store, size).unwrap();
    let checkpoint = Checkpoint::of("example/ledger", &tree, &[]).unwrap();
    let mut text = checkpoint.sign(&[&key]);
    let mut believed = vec![key.verifying().to_text()];
    if is_witnessed {
        text = witness.cosign(&text).unwrap();
        believed.push(witness.verifying().to_text());
    }
    let believed: Vec<&str> = believed.iter().map(String::as_str).collect();
    verify::Checkpoint::read(&text, &believed).unwrap()
}

fn exported() -> Exported {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
    let head = store.append(&Head::EMPTY, &drafts(DRAFTS)).unwrap();
    spent::spend(&store, &head, 5, "person:1", &[3, 6]).unwrap();
    let mut bytes = Vec::new();
    export::write(&store, &mut bytes).unwrap();
    Exported {
        bytes,
        lines: all(&store),
        signed: signed(&store, LINES, true),
    }
}

fn is_found(export: &[u8], signed: &[verify::Checkpoint]) -> bool {
    match verify::verify(&mut &*export, signed) {
        Ok(_) => false,
        Err(verify::Error::Fault(..)) => true,
        Err(verify::Error::Read(error)) => panic!("{error}"),
    }
}

#[test]
fn an_unchanged_export_is_in_order() {
    let exported = exported();
    let signed = std::slice::from_ref(&exported.signed);
    let report = verify::verify(&mut exported.bytes.as_slice(), signed).unwrap();
    assert_eq!((report.lines, report.spent), (LINES, 2));
    assert_eq!((report.checkpoints, report.signed), (1, LINES));
    assert_eq!(report.link, exported.lines.last().unwrap().link);
    let unsigned = verify::verify(&mut exported.bytes.as_slice(), &[]).unwrap();
    assert_eq!((unsigned.checkpoints, unsigned.signed), (0, 0));
}

#[test]
fn every_random_change_to_an_export_is_found() {
    let changes: u64 = setting("STAIRGATE_TAMPERS").map_or(100_000, |count| count.parse().unwrap());
    let exported = exported();
    let tried = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            let exported = &exported;
            scope.spawn(move || change_and_look(exported, (half..changes).step_by(2)))
        });
        let mut tried = BTreeMap::new();
        for (what, count) in halves.into_iter().flat_map(|half| half.join().unwrap()) {
            *tried.entry(what).or_insert(0) += count;
        }
        tried
    });
    assert_eq!(tried.values().sum::<u64>(), changes);
    for what in CHANGES {
        let count = tried.get(what).copied().unwrap_or(0);
        assert!(count >= changes / 100, "{what} was tried {count} times");
    }
}

/// How often each kind of change was tried; all of them were found.
fn change_and_look(
    exported: &Exported,
    numbers: impl Iterator<Item = u64>,
) -> BTreeMap<&'static str, u64> {
    let mut tried = BTreeMap::new();
    for number in numbers {
        let (what, bytes) = changed(exported, &mut Dice(number * 7919));
        assert_ne!(bytes, exported.bytes, "{what}, change {number}");
        let signed = std::slice::from_ref(&exported.signed);
        assert!(is_found(&bytes, signed), "{what}, change {number}");
        *tried.entry(what).or_insert(0) += 1;
    }
    tried
}

/// A setting that rewrites its own history signs the new one with its own key. Its checkpoint
/// agrees then; the older one of a witness does not.
#[test]
fn a_history_that_the_setting_wrote_and_signed_anew_is_found_by_an_older_checkpoint() {
    let exported = exported();
    let before = Memory(exported.lines.clone());
    for changed in 0..7_usize {
        let mut forged = Memory(exported.lines.clone());
        forged.0[changed].at += 1;
        forged.forge(changed);
        let mut bytes = Vec::new();
        export::write(&forged, &mut bytes).unwrap();
        let own = signed(&forged, LINES, false);
        assert!(!is_found(&bytes, std::slice::from_ref(&own)), "{changed}");
        let witnessed = signed(&before, 7, true);
        assert!(is_found(&bytes, &[own, witnessed]), "{changed}");
    }
}

/// One random change, and what it is called.
fn changed(exported: &Exported, dice: &mut Dice) -> (&'static str, Vec<u8>) {
    let mut bytes = exported.bytes.clone();
    let what = CHANGES[dice.roll(CHANGES.len())];
    match what {
        "flip a bit" => {
            let place = dice.roll(bytes.len());
            bytes[place] ^= 1 << dice.roll(8);
        }
        "drop a byte" => {
            bytes.remove(dice.roll(bytes.len()));
        }
        "swap two bytes" => {
            let (one, two) = loop {
                let (one, two) = (dice.roll(bytes.len()), dice.roll(bytes.len()));
                if bytes[one] != bytes[two] {
                    break (one, two);
                }
            };
            bytes.swap(one, two);
        }
        "truncate" => bytes.truncate(dice.roll(bytes.len())),
        "drop a line" => {
            bytes = rewritten(&bytes, |lines| {
                lines.remove(dice.roll(lines.len()));
            });
        }
        "swap two lines" => {
            bytes = rewritten(&bytes, |lines| {
                let one = dice.roll(lines.len());
                let other = (one + 1 + dice.roll(lines.len() - 1)) % lines.len();
                lines.swap(one, other);
            });
        }
        "roll back" => {
            let left = 1 + dice.roll(exported.lines.len());
            bytes = rewritten(&bytes, |lines| lines.truncate(left));
        }
        "drop a body" => bytes = without_a_body(exported, dice),
        "fork" => bytes = forked(exported, dice, false),
        "put in a line" => bytes = forked(exported, dice, true),
        other => panic!("nobody knows how to {other}"),
    }
    (what, bytes)
}

/// The export with its lines changed.
fn rewritten(bytes: &[u8], change: impl FnOnce(&mut Vec<&[u8]>)) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    change(&mut lines);
    lines.concat()
}

/// A body removed as if it had been spent, which no line says.
fn without_a_body(exported: &Exported, dice: &mut Dice) -> Vec<u8> {
    let mut lines = exported.lines.clone();
    let with_body: Vec<usize> = (0..lines.len())
        .filter(|place| lines[*place].body.is_some())
        .collect();
    lines[with_body[dice.roll(with_body.len())]].body = None;
    let mut bytes = Vec::new();
    export::write(&Memory(lines), &mut bytes).unwrap();
    bytes
}

/// Another history from some line on, with all digests and links reckoned anew.
fn forked(exported: &Exported, dice: &mut Dice, is_longer: bool) -> Vec<u8> {
    let mut forged = Memory(exported.lines.clone());
    let place = dice.roll(forged.0.len());
    let line = &mut forged.0[place];
    if is_longer {
        let mut more = line.clone();
        more.at += 1;
        forged.0.insert(place, more);
    } else {
        match dice.roll(4) {
            0 => line.at += 1 + i64::try_from(dice.roll(1_000_000)).unwrap(),
            1 => line.by = format!("person:{}", 10 + dice.roll(90)),
            2 => line.version = 2,
            _ => line.body = Some(format!("{{\"forged\":{}}}", dice.roll(1_000_000)).into_bytes()),
        }
    }
    forged.forge(place);
    let mut bytes = Vec::new();
    export::write(&forged, &mut bytes).unwrap();
    bytes
}
