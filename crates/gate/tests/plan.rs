//! What a plan can do, and what it can't: nothing opens what is illegal, nothing closes help.
#![expect(clippy::unwrap_used, reason = "what a test of its own is made of")]

use gate::{
    check::check,
    compiled::{Builder, Compiled, List, Survey},
    ours::{must_stay_open, sets},
    plan::{Because, Day, Exception, Gate, Hours, Plan, Profile, Time},
};
use kernel::moment::Moment;
use proptest::prelude::*;
use std::sync::{Arc, OnceLock};

const ILLEGAL: &[&str] = &[
    "bad.example",
    "host.cdn.example",
    "childline.org.uk.bad.example",
];
const ADULT: &[&str] = &[
    "adult.example",
    "www.mixed.example",
    "nhs.uk",
    "phonicsplay.co.uk",
];
const GAMES: &[&str] = &["games.example", "mixed.example", "childline.org.uk"];

/// A file of three small lists and of what we ship.
fn file() -> Arc<Compiled> {
    static FILE: OnceLock<Arc<Compiled>> = OnceLock::new();
    let file = FILE.get_or_init(|| {
        let lists = [("illegal", ILLEGAL), ("adult", ADULT), ("games", GAMES)];
        let list = |name: &str| List {
            name: format!("{name}.txt"),
            category: name.to_owned(),
            ..List::default()
        };
        let mut all: Vec<List> = lists.iter().map(|(name, _)| list(name)).collect();
        all.extend(sets().iter().map(|set| set.list.clone()));
        let mut builder = Builder::begin(all, &Survey::new()).unwrap();
        for (number, (_, names)) in (0..).zip(lists) {
            for (line, name) in (1..).zip(names) {
                builder.add(number, line, name);
            }
        }
        for (number, set) in (3..).zip(sets()) {
            for name in &set.names {
                builder.add(number, name.line, &name.name);
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("names");
        builder.sorted().finish(&path).unwrap();
        Arc::new(Compiled::open(&path).unwrap())
    });
    Arc::clone(file)
}

fn gate(plan: &str) -> Gate {
    Gate::new(file(), Plan::read(plan).unwrap())
}

fn at(text: &str) -> Moment {
    serde_json::from_value(serde_json::Value::from(text)).unwrap()
}

const PLAN: &str = r#"
[[profile]]
name = "children"
children = true
limited = true
approved = ["phonics.example"]
clause = "Children use approved sites with an adult."
[[profile.hours]]
days = ["mon", "tue", "wed", "thu", "fri"]
from = "08:00"
until = "18:00"

[[profile]]
name = "pupils"
children = true
closed = ["adult"]

[[profile]]
name = "staff"
closed = ["adult", "social"]
clause = "Staff use the internet for work."
clauses = { adult = "Nobody opens adult material here." }

[[exception]]
name = "facebook.com"
open = true
profiles = ["staff"]
until = "2026-12-01T00:00:00Z"
reason = "The page of the open day"
clause = "The lead may open a site for a time."

[[exception]]
name = "games.facebook.com"
open = false
reason = "Not even then"
"#;

fn told(profile: &str, name: &str, when: &str) -> String {
    let verdict = gate(PLAN).verdict(profile, name, at(when));
    let state = if verdict.open { "open" } else { "closed" };
    let list = verdict.list.unwrap_or_default();
    let line = verdict
        .line
        .map(|line| format!(" line {line}"))
        .unwrap_or_default();
    let clause = verdict.clause.unwrap_or_default();
    format!("{state}: {}; {list}{line}; {clause}", verdict.why)
}

const MONDAY: &str = "2026-11-23T10:00:00Z";

#[test]
fn a_verdict_names_list_line_and_clause() {
    assert_eq!(
        told("staff", "a.b.adult.example.", MONDAY),
        "closed: 'adult' is closed for 'staff'; adult.txt line 1; Nobody opens adult material here."
    );
    assert_eq!(
        told("staff", "games.example", MONDAY),
        "open: nothing speaks against it; ; Staff use the internet for work."
    );
    assert_eq!(
        told("staff", "x.bad.example", MONDAY),
        "closed: illegal for everybody: nothing opens it; illegal.txt line 1; "
    );
}

#[test]
fn an_exception_ends_by_itself_and_a_longer_name_goes_before_it() {
    assert!(told("staff", "www.facebook.com", MONDAY).starts_with("open: an exception: The page"));
    assert!(told("staff", "x.games.facebook.com", MONDAY).starts_with("closed: an exception"));
    assert!(
        told("staff", "www.facebook.com", "2026-12-01T00:00:00Z").starts_with("closed: 'social'")
    );
}

#[test]
fn limited_profiles_open_approved_names_in_their_hours() {
    assert!(told("children", "www.phonics.example", MONDAY).starts_with("open: approved"));
    assert!(told("children", "example.com", MONDAY).starts_with("closed: not among"));
    let sunday = "2026-11-22T10:00:00Z";
    assert!(
        told("children", "www.phonics.example", sunday).starts_with("closed: outside the hours")
    );
    // Summer time: 07:30 in UTC is half past eight.
    assert!(told("children", "phonics.example", "2026-06-01T07:30:00Z").starts_with("open"));
    assert!(told("children", "phonics.example", "2026-06-01T17:00:00Z").starts_with("closed"));
    assert!(
        told("children", "www.childline.org.uk", sunday).starts_with("open: help is always open")
    );
}

#[test]
fn lists_close_nothing_that_must_stay_open() {
    assert!(told("staff", "www.nhs.uk", MONDAY).starts_with("open: no list may close it"));
    assert!(told("pupils", "www.phonicsplay.co.uk", MONDAY).starts_with("open: no list may"));
}

#[test]
fn children_have_no_way_round_and_no_unsafe_engine() {
    for name in [
        "dns.google",
        "www.croxyproxy.com",
        "mask.icloud.com",
        "www.startpage.com",
    ] {
        assert!(told("pupils", name, MONDAY).starts_with("closed"), "{name}");
    }
    let verdict = gate(PLAN).verdict("pupils", "www.google.co.uk", at(MONDAY));
    assert_eq!(
        verdict.answered_as.as_deref(),
        Some("forcesafesearch.google.com")
    );
}

#[test]
fn unknown_profiles_and_what_is_no_name_are_closed() {
    assert!(told("nobody", "example.com", MONDAY).starts_with("closed: there is no such profile"));
    assert!(told("nobody", "childline.org.uk", MONDAY).starts_with("open: help"));
    assert!(told("staff", "192.0.2.1", MONDAY).starts_with("closed: an address in numbers"));
}

#[test]
fn a_plan_that_does_not_hold_is_refused_in_words() {
    for (plan, words) in [
        ("", "it has to have 1 to 64 profiles"),
        ("[[profile]]\nname = \"a\"\ncolour = 1", "colour"),
        (
            "[[profile]]\nname = \"a\"\n[[profile]]\nname = \"a\"",
            "there twice",
        ),
        (
            "[[profile]]\nname = \"a\"\n[[exception]]\nname = \"co.uk\"\nopen = false\nreason = \"\"",
            "a whole ending",
        ),
        (
            "[[profile]]\nname = \"a\"\n[[exception]]\nname = \"b.example\"\nopen = true\nreason = \"\"",
            "has no end",
        ),
        (
            "[[profile]]\nname = \"a\"\n[[exception]]\nname = \"www.nhs.uk\"\nopen = false\nreason = \"\"",
            "must stay open",
        ),
        (
            "[[profile]]\nname = \"a\"\nhours = [{ days = [\"mon\"], from = \"09:00\", until = \"08:00\" }]",
            "no length",
        ),
        (
            "{\"profile\": [{\"name\": \"a\", \"hours\": [{\"days\": [\"mon\"], \"from\": \"9\", \"until\": \"10:00\"}]}]}",
            "is not a time",
        ),
    ] {
        let error = Plan::read(plan).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_trial_of_everything_finds_nothing_wrong() {
    let checked = check(&gate(PLAN), at(MONDAY), 1000).unwrap();
    assert_eq!(checked.findings, [""; 0]);
    assert!(checked.tried > 5000, "{}", checked.tried);
}

#[test]
fn no_exception_opens_a_way_round_for_children() {
    let plan = format!(
        "{PLAN}\n[[exception]]\nname = \"dns.google\"\nopen = true\nuntil = \"2027-01-01T00:00:00Z\"\nreason = \"x\"\n"
    );
    let checked = check(&gate(&plan), at(MONDAY), 10).unwrap();
    assert_eq!(checked.wrong, 0);
    let decided = gate(&plan);
    let seat = decided.profile("pupils");
    assert!(!decided.decide(seat, "dns.google", at(MONDAY)).open);
}

fn any_name() -> impl Strategy<Value = String> {
    let known: Vec<&str> = ILLEGAL
        .iter()
        .chain(ADULT)
        .chain(GAMES)
        .copied()
        .chain([
            "example",
            "cdn.example",
            "samaritans.org",
            "dns.google",
            "org.uk",
        ])
        .collect();
    (
        prop_oneof![Just(""), Just("a."), Just("x.y.")],
        prop::sample::select(known),
    )
        .prop_map(|(front, name)| format!("{front}{name}"))
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let hours = (0_i8..12, 12_i8..24).prop_map(|(from, until)| Hours {
        days: vec![Day::Mon, Day::Sat],
        from: Time::try_from(format!("{from:02}:00")).unwrap(),
        until: Time::try_from(format!("{until:02}:30")).unwrap(),
    });
    let category = prop::sample::select(vec![
        "all",
        "adult",
        "games",
        "illegal",
        "ways-round",
        "none",
    ]);
    let profile = (
        any::<(bool, bool)>(),
        prop::collection::vec(category, 0..3),
        prop::collection::vec(any_name(), 0..4),
        prop::collection::vec(hours, 0..2),
    )
        .prop_map(|((children, limited), closed, approved, hours)| Profile {
            name: "p".to_owned(),
            children,
            limited,
            closed: closed.into_iter().map(str::to_owned).collect(),
            approved,
            hours,
            ..Profile::default()
        });
    let exception =
        (any_name(), any::<bool>(), any::<bool>()).prop_map(|(name, open, all)| Exception {
            name,
            open,
            profiles: if all {
                Vec::new()
            } else {
                vec!["p".to_owned()]
            },
            until: Some(at("2030-01-01T00:00:00Z")),
            reason: String::new(),
            clause: None,
        });
    (profile, prop::collection::vec(exception, 0..6)).prop_map(|(profile, exceptions)| Plan {
        profiles: vec![profile],
        exceptions,
        ..Plan::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    #[test]
    fn no_plan_weakens_what_is_illegal_and_no_list_closes_what_must_stay_open(
        plan in any_plan(),
        name in any_name(),
        micros in 1_700_000_000_000_000_i64..1_900_000_000_000_000,
        profile in prop_oneof![Just(Some(0_usize)), Just(None), Just(Some(7))],
    ) {
        // Used as it is: even a plan that would be refused weakens nothing.
        for plan in [Some(plan.clone()), plan.checked().ok()].into_iter().flatten() {
            let gate = Gate::new(file(), plan);
            let decision = gate.decide(profile, &name, Moment::from_micros(micros));
            let illegal = gate::names::upwards(&name).any(|above| ILLEGAL.contains(&above));
            prop_assert_eq!(illegal, decision.because == Because::Illegal);
            prop_assert!(!(illegal && decision.open));
            if let (Some(group), false) = (must_stay_open().covers(&name), illegal) {
                prop_assert!(decision.open || !group.always);
                prop_assert!(!matches!(decision.because, Because::Category(_)));
            }
        }
    }
}
