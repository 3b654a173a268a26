//! How well the reader does on a policy that it has not seen: each template is left out once, the rules are
//! learned from the rest, and the left-out clauses are asked for. Also: the shipped rules are up to date.

#![expect(
    clippy::expect_used,
    reason = "a test that can't read its sources has failed"
)]

use reader::meaning::{Knowledge, SHIPPED, corpus, pack};
use reader::{learned::Learned, limits::Limits, read_with};
use std::collections::BTreeSet;
use std::path::Path;

/// What was reached, as counts.
#[derive(Debug, Default)]
struct Reached {
    asked: usize,
    first: usize,
    among_three: usize,
    right: usize,
    bound: usize,
    wanted: usize,
}

impl Reached {
    fn share(part: usize, whole: usize) -> f64 {
        f64::from(u32::try_from(part).unwrap_or(0))
            / f64::from(u32::try_from(whole.max(1)).unwrap_or(1))
    }

    fn f1(&self) -> f64 {
        Reached::share(2 * self.right, self.bound + self.wanted)
    }
}

fn sources() -> corpus::Sources {
    corpus::sources(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the sources are in the checkout")
}

fn left_out(sources: &corpus::Sources, origin: &str, reached: &mut Reached) {
    let ids: Vec<String> = sources
        .controls
        .iter()
        .map(|control| control.id.clone())
        .collect();
    let (asked, known): (Vec<_>, Vec<_>) = sources
        .examples
        .iter()
        .cloned()
        .partition(|example| example.origin == origin);
    let knowledge = Knowledge::learn(&ids, &known);
    for example in asked {
        let limits = Limits::default();
        let reading = read_with(
            &knowledge,
            "p.txt",
            example.text.as_bytes(),
            &Learned::default(),
            &limits,
        )
        .expect("a clause can be read");
        let suggestions: Vec<_> = reading
            .clauses
            .iter()
            .flat_map(|clause| &clause.controls)
            .collect();
        let wanted: BTreeSet<&str> = example.controls.iter().map(String::as_str).collect();
        let bound: BTreeSet<&str> = suggestions
            .iter()
            .filter(|s| s.bound)
            .map(|s| s.id.as_str())
            .collect();
        let hits = |most: usize| {
            suggestions
                .iter()
                .take(most)
                .any(|s| wanted.contains(s.id.as_str()))
        };
        reached.asked += 1;
        reached.first += usize::from(hits(1));
        reached.among_three += usize::from(hits(3));
        reached.right += bound.intersection(&wanted).count();
        reached.bound += bound.len();
        reached.wanted += wanted.len();
    }
}

#[test]
fn clauses_of_a_template_that_was_left_out_find_their_controls() {
    let sources = sources();
    let mut reached = Reached::default();
    for origin in ["s000", "s001", "s002", "s003", "s004"] {
        left_out(&sources, origin, &mut reached);
    }
    let first = Reached::share(reached.first, reached.asked);
    let among_three = Reached::share(reached.among_three, reached.asked);
    println!(
        "first {first:.3}, among three {among_three:.3}, F1 {:.3} of {}",
        reached.f1(),
        reached.asked
    );
    assert!(reached.asked >= 800, "{reached:?}");
    assert!(
        first >= FIRST_AT_LEAST
            && among_three >= AMONG_THREE_AT_LEAST
            && reached.f1() >= F1_AT_LEAST,
        "{reached:?}"
    );
}

const FIRST_AT_LEAST: f64 = 0.77;
const AMONG_THREE_AT_LEAST: f64 = 0.90;
const F1_AT_LEAST: f64 = 0.68;

/// Lines without anything around them: harder than headings in a document, of which fewer are bound.
#[test]
fn headings_that_were_left_out_bind_to_nothing() {
    let sources = sources();
    let ids: Vec<String> = sources
        .controls
        .iter()
        .map(|control| control.id.clone())
        .collect();
    let mut place = 0;
    let (asked, known): (Vec<_>, Vec<_>) = sources.examples.iter().cloned().partition(|example| {
        place += 1;
        example.controls.is_empty() && place % 4 == 0
    });
    let knowledge = Knowledge::learn(&ids, &known);
    let bound = asked.iter().filter(|example| {
        let reading = read_with(
            &knowledge,
            "p.txt",
            example.text.as_bytes(),
            &Learned::default(),
            &Limits::default(),
        )
        .expect("a heading can be read");
        reading
            .clauses
            .iter()
            .flat_map(|clause| &clause.controls)
            .any(|suggestion| suggestion.bound)
    });
    let share = Reached::share(bound.count(), asked.len());
    println!("{share:.3} of {} headings were bound", asked.len());
    assert!(
        asked.len() >= 100 && share <= 0.10,
        "{share:.3} of {}",
        asked.len()
    );
}

#[test]
fn the_shipped_rules_are_learned_from_the_examples_as_they_stand() {
    let sources = sources();
    assert_eq!(
        pack::fingerprint_of(SHIPPED),
        Some(pack::fingerprint(&sources.controls, &sources.examples)),
        "examples, templates or catalogue changed: cargo run --release -p reader --example learn"
    );
    assert!(SHIPPED.len() < 3 * 1024 * 1024);
}
