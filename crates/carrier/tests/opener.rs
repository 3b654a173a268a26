//! What this crate writes is opened by `opener`, which shares no code with it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use carrier::{
    pack::{CONTENT, File, pack},
    sealed::{To, code, seal},
};
use ledger::checkpoint::Signing;
use opener as transfer;

const CONTENT_JSON: &[u8] =
    br#"{"child":{"name":"Wren Finch"},"receipt":"one two three four five six","words":"a bruise"}"#;

fn key() -> Signing {
    Signing::from_seed("larch-lane", &[3; 32]).unwrap()
}

fn files() -> Vec<File> {
    let file = |name: &str, bytes: &[u8]| File {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let long: Vec<u8> = (0..=255_u8).cycle().take(200_000).collect();
    vec![
        file(CONTENT, CONTENT_JSON),
        file("case-1.pdf", b"%PDF-1.7 Wren Finch"),
        file("file-1.png", &long),
    ]
}

fn carrier(words: &str) -> Vec<u8> {
    let (plain, _) = pack(&files(), &key()).unwrap();
    seal(&plain, &To::Code(words), &[8; 32]).unwrap()
}

#[test]
fn opener_alone_opens_what_was_sealed_with_a_code() {
    let words = code(&[6; 32]);
    let bytes = carrier(&words);
    let opened = transfer::open(&bytes, &words.to_uppercase()).unwrap();
    assert_eq!(opened.key, key().verifying().to_text());
    let found: Vec<(String, Vec<u8>)> = files().into_iter().map(|f| (f.name, f.bytes)).collect();
    assert_eq!(opened.files, found);
    // No name and no word of what is inside can be read in the carrier.
    for word in [
        "Wren",
        "Finch",
        "bruise",
        "content.json",
        "PDF",
        "larch",
        "three",
    ] {
        let there = bytes
            .windows(word.len())
            .any(|part| part == word.as_bytes());
        assert!(!there, "{word}");
    }
}

#[test]
fn opener_says_the_same_of_a_wrong_code_and_of_a_damaged_file() {
    let words = code(&[6; 32]);
    let bytes = carrier(&words);
    let wrong = transfer::open(&bytes, "some other code").unwrap_err();
    for place in [40, bytes.len() / 2, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[place] ^= 1;
        let said = transfer::open(&damaged, &words).unwrap_err();
        // A byte of the line before the chunks may make it no line at all.
        assert!(
            said == wrong || said.contains("not a file"),
            "{place}: {said}"
        );
    }
    let cut = transfer::open(&bytes[..bytes.len() - 1], &words).unwrap_err();
    assert_eq!(cut, wrong);
}

#[test]
fn opener_writes_a_folder_and_says_the_words_of_the_receipt() {
    let place = tempfile::tempdir().unwrap();
    let (file, out) = (place.path().join("a.transfer"), place.path().join("out"));
    let words = code(&[6; 32]);
    std::fs::write(&file, carrier(&words)).unwrap();
    let asked = |key: &str| {
        let words = [&file.to_string_lossy(), "--out", &out.to_string_lossy()];
        let mut all: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        if !key.is_empty() {
            all.extend(["--key".to_owned(), key.to_owned()]);
        }
        all
    };
    let typed = format!("{words}\n");
    let wrong = transfer::run(&asked("other+00000000+AAAA"), &mut typed.as_bytes()).unwrap_err();
    assert_eq!(wrong.1, 1);
    assert!(!out.exists(), "nothing is written before all is checked");
    let signs = key().verifying().to_text();
    let said = transfer::run(&asked(&signs), &mut typed.as_bytes()).unwrap();
    assert!(said.contains("3 files") && said.contains("one two three four five six"));
    assert_eq!(std::fs::read(out.join(CONTENT)).unwrap(), CONTENT_JSON);
    // An earlier folder is never written over.
    assert!(transfer::run(&asked(""), &mut typed.as_bytes()).is_err());
}
