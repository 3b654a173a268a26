//! How long reading a policy of fifty pages takes: the first time, with opening what was learned, and again.
//! `cargo bench -p reader`.

#![expect(clippy::print_stdout, reason = "a bench says what it found")]

use reader::{learned::Learned, limits::Limits, read};
use std::time::Instant;

const SENTENCES: [&str; 6] = [
    "Staff lock their mobile phones in the lockers before the children arrive and leave them there until home time.",
    "Photographs are taken only with the camera of the setting, and only of children whose parents have given written permission.",
    "The manager looks at this policy at least once a year and after every incident.",
    "Children go online only with an adult beside them, on the sites that the room leader has looked at first.",
    "Visitors hand in their phones at the desk and are told why.",
    "Any concern about what a child has seen is passed to the designated safeguarding lead on the same day.",
];

fn main() {
    let mut text = String::new();
    for page in 1..=50 {
        text.push_str(&format!("{page} Section {page}\n\n"));
        for line in 0..24 {
            text.push_str(
                SENTENCES
                    .iter()
                    .cycle()
                    .nth(page + line)
                    .copied()
                    .unwrap_or_default(),
            );
            text.push('\n');
        }
        text.push('\u{c}');
    }
    for round in ["first", "second"] {
        let start = Instant::now();
        let reading = read(
            "policy.txt",
            text.as_bytes(),
            &Learned::default(),
            &Limits::default(),
        );
        let clauses = reading.map_or(0, |reading| reading.clauses.len());
        println!(
            "{round}: {clauses} clauses of 50 pages in {:?}",
            start.elapsed()
        );
    }
}
