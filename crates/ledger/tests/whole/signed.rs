//! Documents that carry their own proof: the checker accepts them, and no byte can change.

use crate::memory::drafts;
use ledger::{
    checkpoint::{Checkpoint, Signing},
    line::Head,
    signed::{MARK, SignedError, append},
    sqlite::Sqlite,
    store::Store,
    tree,
};

fn key() -> Signing {
    Signing::from_seed("stairgate.example", &[5; 32]).unwrap()
}

fn ledger(lines: u64) -> (tempfile::TempDir, Sqlite) {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
    store.append(&Head::EMPTY, &drafts(lines)).unwrap();
    (folder, store)
}

fn checkpoint(store: &Sqlite, size: u64) -> String {
    let tree = tree::of(store, size).unwrap();
    Checkpoint::of("stairgate.example", &tree, &[])
        .unwrap()
        .sign(&[&key()])
}

fn check(file: &[u8], kept: Option<&str>) -> Result<String, String> {
    let own = key().verifying().to_text();
    verify::signed::check(file, &[&own], kept)
}

#[test]
fn a_document_is_accepted_under_every_checkpoint_that_covers_its_lines() {
    for size in 1..=13 {
        let (_folder, store) = ledger(13);
        let text = checkpoint(&store, size);
        for seq in 1..=size {
            let file = append(
                b"%PDF document".to_vec(),
                &store,
                &[seq],
                (&text, size),
                &key(),
            );
            let said = check(&file.unwrap(), Some(&text));
            assert!(
                said.as_ref()
                    .is_ok_and(|said| said.contains(&format!("line {seq} "))),
                "{size} {seq} {said:?}"
            );
        }
    }
}

#[test]
fn a_document_is_rejected_after_any_one_byte_of_it_has_changed() {
    let (_folder, store) = ledger(6);
    let text = checkpoint(&store, 6);
    let file = append(
        b"%PDF a document\n".to_vec(),
        &store,
        &[2, 5],
        (&text, 6),
        &key(),
    )
    .unwrap();
    assert!(check(&file, None).is_ok());
    for place in 0..file.len() {
        for bit in [1, 32] {
            let mut changed = file.clone();
            changed[place] ^= bit;
            assert!(check(&changed, None).is_err(), "byte {place}");
        }
    }
    for shorter in 1..file.len() {
        assert!(check(&file[..shorter], None).is_err(), "{shorter} bytes");
    }
    let longer = [file.as_slice(), b"\n"].concat();
    assert!(check(&longer, None).is_err());
}

#[test]
fn a_document_of_somebody_else_or_with_another_proof_is_rejected() {
    let (_folder, store) = ledger(6);
    let text = checkpoint(&store, 6);
    let file = append(b"one".to_vec(), &store, &[2], (&text, 6), &key()).unwrap();
    let other = Signing::from_seed("stairgate.example", &[6; 32]).unwrap();
    let stranger = other.verifying().to_text();
    assert!(verify::signed::check(&file, &[&stranger], None).is_err());
    // The proof of one document behind another.
    let place = file
        .windows(MARK.len())
        .position(|part| part == MARK.as_bytes())
        .unwrap();
    let moved = [b"two", &file[place..]].concat();
    assert!(check(&moved, None).is_err());
    assert!(check(b"one", None).is_err());
    // A checkpoint that was kept says something else of as many lines.
    let tree = tree::of(&store, 5).unwrap();
    let mut forged = Checkpoint::of("stairgate.example", &tree, &[]).unwrap();
    forged.size = 6;
    let forged = forged.sign(&[&key()]);
    assert!(check(&file, Some(&forged)).is_err());
    assert!(check(&file, Some(&text)).is_ok());
}

#[test]
fn a_line_that_no_checkpoint_covers_gets_no_proof() {
    let (_folder, store) = ledger(6);
    let text = checkpoint(&store, 4);
    let made = append(b"one".to_vec(), &store, &[5], (&text, 4), &key());
    assert!(matches!(made, Err(SignedError::NotThere(5))));
}
