//! Which scenarios show which control: found in the sources, kept in `scenarios.txt`, and told by
//! `stairgate controls`. A scenario shows a control when its file is named after it, or when it
//! names it. A control without one fails here.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{
    collections::BTreeSet,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_control_has_a_scenario_and_the_list_of_them_is_true() {
    let mut list = String::new();
    for kind in families::families::controls() {
        let scenarios = scenarios(kind.id);
        assert!(!scenarios.is_empty(), "{} has no scenario", kind.id);
        for scenario in scenarios {
            writeln!(list, "{} {scenario}", kind.id).unwrap();
        }
    }
    expect_test::expect_file!["scenarios.txt"].assert_eq(&list);
}

fn scenarios(id: &str) -> BTreeSet<String> {
    let (family, name) = id.split_once('.').unwrap();
    let own_file = format!("{}.rs", name.replace('-', "_"));
    // A name that is a keyword has one more at its end.
    let of_keyword = format!("{}_.rs", name.replace('-', "_"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(family)
        .join("tests");
    let mut found = BTreeSet::new();
    for path in files(&folder) {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let below = path.strip_prefix(&folder).unwrap().with_extension("");
        let parts = below.iter().map(|part| part.to_string_lossy().into_owned());
        let module = parts.collect::<Vec<_>>().join("::");
        let text = fs::read_to_string(&path).unwrap();
        for (test, body) in tests(&text) {
            if file == own_file
                || file == of_keyword
                || body.contains(&format!("\"{id}\""))
                || body.contains(&format!("by {id} "))
            {
                found.insert(format!("{family}::tests::{module}::{test}"));
            }
        }
    }
    found
}

/// The files of a folder and of those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The names and bodies of the tests in a file.
fn tests(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for part in text.split("#[test]\nfn ").skip(1) {
        let name = part.split('(').next().unwrap();
        let body = part.split("\n}\n").next().unwrap();
        found.push((name, body));
    }
    found
}
