//! Names the build for snapshots: a digest of every source that says what a state looks like or
//! how it comes about. Change any of them, and a snapshot of before is no longer read.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

/// What the state depends on, from the folder of this crate.
const SOURCES: &[&str] = &[
    "src/state.rs",
    "../families/src",
    "../kernel/src",
    "../../spec",
    "../../Cargo.lock",
];

fn main() -> io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for source in SOURCES {
        let place = here.join(source);
        if place.exists() {
            println!("cargo::rerun-if-changed={source}");
            list(&place, &mut files)?;
        }
    }
    files.sort();
    let mut hash = DefaultHasher::new();
    for file in files {
        file.strip_prefix(here).unwrap_or(&file).hash(&mut hash);
        std::fs::read(&file)?.hash(&mut hash);
    }
    let version = env!("CARGO_PKG_VERSION");
    println!(
        "cargo::rustc-env=STAIRGATE_STATE={version}/{:016x}",
        hash.finish()
    );
    Ok(())
}

fn list(place: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !place.is_dir() {
        files.push(place.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(place)? {
        list(&entry?.path(), files)?;
    }
    Ok(())
}
