//! Learns the reader's rules from the templates, the example clauses and the catalogue, and packs them:
//! `cargo run --release -p reader --example learn`. Run it after any of these changed.

use reader::meaning::{Knowledge, corpus, pack};
use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let room = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = corpus::sources(room)?;
    let ids: Vec<String> = sources
        .controls
        .iter()
        .map(|control| control.id.clone())
        .collect();
    let knowledge = Knowledge::learn(&ids, &sources.examples);
    let packed = knowledge.packed(pack::fingerprint(&sources.controls, &sources.examples))?;
    fs::create_dir_all(room.join("learned"))?;
    fs::write(room.join("learned/rules.bin"), packed)
}
