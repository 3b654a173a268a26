//! A file that is not whole is refused with words, and the one in use stays in use.
#![expect(clippy::unwrap_used, reason = "what a test of its own is made of")]

use gate::compiled::{Builder, Compiled, FileError, List, Served, Survey};
use std::path::Path;

fn write(path: &Path, names: &[&str]) {
    let mut survey = Survey::new();
    names.iter().for_each(|name| survey.learn(name));
    survey.expect(500);
    let list = List {
        name: "Our list".to_owned(),
        category: "adult".to_owned(),
        ..List::default()
    };
    let mut builder = Builder::begin(vec![list], &survey).unwrap();
    for (line, name) in (1..).zip(names) {
        builder.add(0, line, name);
    }
    builder.add_hash(0, 99, [7; 32]);
    builder.sorted().finish(path).unwrap();
}

#[test]
fn a_file_with_any_byte_changed_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names");
    write(&path, &["example.com", "example.org"]);
    let whole = std::fs::read(&path).unwrap();
    let bad = folder.path().join("bad");
    // The model is a large part of a small file: every byte outside of it, and some inside.
    for at in (0..whole.len()).filter(|at| *at < 700 || at + 700 > whole.len() || at % 97 == 0) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        std::fs::write(&bad, &bytes).unwrap();
        assert!(Compiled::open(&bad).is_err(), "byte {at}");
    }
}

#[test]
fn a_file_that_was_cut_off_or_added_to_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names");
    write(&path, &["example.com"]);
    let whole = std::fs::read(&path).unwrap();
    let bad = folder.path().join("bad");
    for length in (0..whole.len()).filter(|at| *at < 400 || at + 400 > whole.len() || at % 211 == 0)
    {
        std::fs::write(&bad, &whole[..length]).unwrap();
        assert!(Compiled::open(&bad).is_err(), "{length} bytes");
    }
    let mut longer = whole.clone();
    longer.push(0);
    std::fs::write(&bad, &longer).unwrap();
    let error = Compiled::open(&bad).err().unwrap().to_string();
    assert!(
        error.ends_with("can't be used: it is not as long as it says: it was cut off, or added to")
    );
}

#[test]
fn the_file_in_use_stays_when_the_next_one_is_no_good() {
    let folder = tempfile::tempdir().unwrap();
    let (path, next) = (folder.path().join("names"), folder.path().join("next"));
    write(&path, &["example.com"]);
    let served = Served::begin(&path).unwrap();
    let closed = |name: &str| !served.now().look(name).unwrap().categories.is_empty();
    assert!(closed("www.example.com"));

    std::fs::write(&next, "nothing like it").unwrap();
    assert!(served.change::<FileError>(&next, |_| Ok(())).is_err());
    assert!(closed("www.example.com"));

    write(&next, &["example.net"]);
    let refused = served.change(&next, |_| {
        Err(FileError::TooMuch("the test does not let it pass"))
    });
    assert!(refused.is_err());
    assert!(closed("www.example.com") && !closed("example.net"));

    served.change::<FileError>(&next, |_| Ok(())).unwrap();
    assert!(!closed("www.example.com") && closed("example.net"));
}

#[test]
fn a_file_that_is_replaced_goes_on_for_whoever_has_it_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names");
    write(&path, &["example.com"]);
    let before = Compiled::open(&path).unwrap();
    write(&path, &["example.net"]);
    let found = before.look("example.com").unwrap();
    assert_eq!(before.origins(&found.hits[0]).unwrap()[0].line, 1);
    assert!(before.look("example.net").unwrap().hits.is_empty());
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left behind");
}
