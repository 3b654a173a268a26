//! Each control does what the catalogue says it does, and no more: an aspect is a method of its
//! file, and each param of the catalogue is a field that the file knows.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use families::spine::catalogue::{self, Aspect};
use std::{fs, path::Path};

const METHODS: [(Aspect, &str); 5] = [
    (Aspect::Guard, "fn judge("),
    (Aspect::Record, "fn register("),
    (Aspect::Duty, "fn duties("),
    (Aspect::Procedure, "fn procedure("),
    (Aspect::Notice, "fn notices("),
];

#[test]
fn every_control_has_the_methods_of_its_aspects_and_no_others() {
    for kind in families::families::controls() {
        let described = catalogue::find(kind.id).unwrap();
        let source = source(kind.id);
        for (aspect, method) in METHODS {
            let has = source.contains(method);
            assert_eq!(
                has,
                described.aspects.contains(&aspect),
                "{}: {}",
                kind.id,
                aspect.key()
            );
        }
    }
}

#[test]
fn every_param_of_a_control_is_read_by_it() {
    for kind in families::families::controls() {
        let described = catalogue::find(kind.id).unwrap();
        let source = source(kind.id);
        for param in described.params.keys() {
            assert!(
                source.contains(&format!("{param}:")),
                "{} does not read {param}",
                kind.id
            );
        }
    }
}

fn source(id: &str) -> String {
    let (family, name) = id.split_once('.').unwrap();
    let name = name.replace('-', "_");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(family)
        .join("controls");
    // A name that is a keyword has one more at its end.
    let file = [format!("{name}.rs"), format!("{name}_.rs")]
        .into_iter()
        .map(|file| folder.join(file))
        .find(|path| path.exists());
    fs::read_to_string(file.unwrap()).unwrap()
}
