//! Documents in, clauses and controls out.

#![expect(
    clippy::expect_used,
    reason = "a test that can't make its file has failed"
)]

use reader::{learned::Learned, limits::Limits, read, reading::Reading};

fn reading(text: &str) -> Reading {
    read(
        "policy.txt",
        text.as_bytes(),
        &Learned::default(),
        &Limits::default(),
    )
    .expect("it can be read")
}

#[test]
fn a_clause_given_alone_comes_back_as_it_stands_with_its_control_first() {
    let text = "Staff lock their mobile phones in the lockers before the children arrive.";
    let reading = reading(text);
    let [clause] = reading.clauses.as_slice() else {
        panic!("one clause: {reading:?}")
    };
    assert_eq!(clause.text, text);
    assert_eq!(
        clause.controls.first().map(|c| c.id.as_str()),
        Some("phones.staff")
    );
    assert!(clause.controls.len() >= 3);
    assert!(
        clause
            .controls
            .first()
            .is_some_and(|c| c.bound && !c.because.is_empty())
    );
}

#[test]
fn a_heading_binds_to_nothing_and_names_the_section() {
    let reading = reading("Mobile phones\n\nVisitors hand in their phone at the front desk.\n");
    let [heading, clause] = reading.clauses.as_slice() else {
        panic!("two clauses: {reading:?}")
    };
    assert!(heading.is_heading && heading.controls.iter().all(|c| !c.bound));
    assert_eq!(clause.section, "Mobile phones");
    assert_eq!(
        clause.controls.first().map(|c| c.id.as_str()),
        Some("phones.visitors")
    );
}

#[test]
fn what_was_corrected_before_is_taken_over() {
    let text = "Bertie the bear looks after the pocket screens of grown-ups until home time.";
    let mut learned = Learned::default();
    learned.correct(text, &["phones.staff".to_owned()]);
    let again = "Bertie the Bear looks after the pocket screens of grown-ups until home time";
    let reading =
        read("policy.txt", again.as_bytes(), &learned, &Limits::default()).expect("it can be read");
    let first = reading
        .clauses
        .first()
        .and_then(|clause| clause.controls.first())
        .expect("a suggestion");
    assert_eq!((first.id.as_str(), first.bound), ("phones.staff", true));
}

#[test]
fn a_bare_title_binds_to_nothing_and_a_short_rule_does() {
    let bound = |text: &str| {
        read(
            "p.txt",
            text.as_bytes(),
            &Learned::default(),
            &Limits::default(),
        )
        .expect("a line can be read")
        .clauses
        .iter()
        .flat_map(|clause| &clause.controls)
        .any(|suggestion| suggestion.bound)
    };
    for title in ["Passwords", "Working from home", "Complaints"] {
        assert!(!bound(title), "{title}");
    }
    for rule in ["Never share passwords.", "- Passwords changed every term"] {
        assert!(bound(rule), "{rule}");
    }
}
