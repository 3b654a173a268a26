//! Sentences that are known by their English: one that no code says any more would never be looked for.

use std::{fs, path::PathBuf};

/// Put together from parts, or in the directory of help.
const MADE: [&str; 7] = [
    "p-about-manager",
    "p-day-night",
    "p-responsibility",
    "p-somebody-danger",
    "p-police",
    "p-police-later",
    "p-keep-file-toml",
];

#[test]
fn every_phrase_stands_in_the_code() {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    let mut folders = [
        "src",
        "../stairgate/src",
        "../kit/src",
        "../kernel/src",
        // The directory of help, and what to do when something has happened.
        "../../spec/help",
        "../../spec/procedures",
    ]
    .map(|folder| here.join(folder))
    .to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "rs" || ending == "toml")
            {
                code.push_str(&fs::read_to_string(path).unwrap().to_lowercase());
            }
        }
    }
    let phrases: String = ["phrases", "said", "help"]
        .map(|name| fs::read_to_string(here.join(format!("words/en/{name}.ftl"))).unwrap())
        .concat();
    let said = phrases.lines().filter_map(|line| line.split_once(" = "));
    // What is filled in can’t be looked for as it stands.
    let plain = said.filter(|(id, words)| id.starts_with("p-") && !words.contains('{'));
    let all: Vec<(&str, &str)> = plain.filter(|(id, _)| !MADE.contains(id)).collect();
    assert!(all.len() > 50, "{} phrases", all.len());
    let gone: Vec<&str> = all
        .into_iter()
        .map(|(_, words)| words)
        .filter(|words| !code.contains(&words.trim().to_lowercase()))
        .collect();
    assert!(gone.is_empty(), "{gone:#?}");
}
