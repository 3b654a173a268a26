//! The list of who may do what names every act: those that a form asks for, and those that none does.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{collections::BTreeSet, fs, path::Path};

const LIST: &str = include_str!("permissions.txt");

#[test]
fn every_act_stands_in_the_list_of_who_may_do_what() {
    let mut named = BTreeSet::new();
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut named,
    );
    assert!(named.len() > 200, "{}", named.len());
    let listed: BTreeSet<&str> = LIST.split_whitespace().collect();
    let missing: Vec<&String> = named
        .iter()
        .filter(|name| !listed.contains(name.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "no form asks for these: add one of each to spine/unformed.rs: {missing:?}"
    );
}

/// The names of acts in files that say what can be asked for.
fn read(folder: &Path, named: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, named);
            continue;
        }
        let parts: Vec<String> = path
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        if parts.iter().any(|part| part == "acts" || part == "acts.rs") {
            names(&fs::read_to_string(&path).unwrap(), named);
        }
    }
}

/// What the function says that names an act: `=> "family.act-of-it"`.
fn names(source: &str, named: &mut BTreeSet<String>) {
    for part in source.split("=> \"").skip(1) {
        let name = part.split('"').next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_lowercase() || c == '-' || c == '.';
        if name.matches('.').count() == 1 && name.chars().all(plain) {
            named.insert(name.to_owned());
        }
    }
}
