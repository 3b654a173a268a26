//! Which scenarios show which control: found in the sources, kept in `scenarios.txt`, and told by
//! `stairgate controls`. A scenario shows a control when its file is named after it, or when it
//! names it. A control without one fails here.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(family)
        .join("tests");
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let module = file.trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).unwrap();
        for (test, body) in tests(&text) {
            if file == own_file
                || body.contains(&format!("\"{id}\""))
                || body.contains(&format!("by {id} "))
            {
                found.insert(format!("{family}::tests::{module}::{test}"));
            }
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
