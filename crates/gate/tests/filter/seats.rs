//! Who asks decides what is open: the device, whoever has it, the session that is on; and what
//! others close here.

use crate::given;
use gate::plan::{Asker, Because, Gate, Plan, read_file, write_file};
use kernel::moment::Moment;
use std::net::IpAddr;

const PLAN: &str = r#"
strangers = "guests"

[[profile]]
name = "children"
children = true
closed = ["adult", "games"]
[[profile]]
name = "staff"
closed = ["adult"]
clause = "Staff use the internet for work."
[[profile]]
name = "guests"
limited = true
approved = ["menu.example"]

[[floor]]
by = "the council"
closed = ["games"]
names = ["rumours.example"]
clause = "Nobody plays at work."

[[device]]
name = "tablet"
addresses = ["192.0.2.7", "2001:db8::7"]
key = "tablet-4f2a91c07b"
profile = "children"
sessions_only = true
[[device]]
name = "office"
addresses = ["192.0.2.64/28"]
profile = "children"
person = "17"
[[device]]
name = "lost"
addresses = ["192.0.2.9"]
profile = "staff"
cut_off = true

[[person]]
name = "17"
profile = "staff"

[[session]]
name = "songs"
devices = ["tablet"]
from = "2026-11-23T10:00:00Z"
until = "2026-11-23T10:20:00Z"
names = ["songs.example", "play.example"]
limited = true
clause = "Children use a tablet with an adult."

[[exception]]
name = "play.example"
open = true
until = "2027-01-01T00:00:00Z"
reason = "The page of a fair"
[[exception]]
name = "gossip.example"
open = false
reason = "Not here"
"#;

fn gate() -> Gate {
    let file = given::file(&[
        ("illegal", &["bad.example"]),
        ("adult", &["adult.example", "x.songs.example"]),
        ("games", &["play.example"]),
    ]);
    Gate::new(file, Plan::read(PLAN).unwrap())
}

fn at(text: &str) -> Moment {
    serde_json::from_value(serde_json::Value::from(format!("2026-11-23T{text}Z"))).unwrap()
}

fn told(asker: &str, name: &str, when: &str) -> String {
    let gate = gate();
    let asker = match asker.parse::<IpAddr>() {
        Ok(address) => Asker::At(address),
        Err(_) => Asker::Key(asker),
    };
    let seat = gate.seat(asker, at(when));
    let verdict = gate.explain_for(seat, name, gate.decide_for(seat, name, at(when)));
    let state = if verdict.open { "open" } else { "closed" };
    let line = verdict.line.map(|line| line.to_string());
    format!(
        "{state}: {}; {}:{}; {}",
        verdict.why,
        verdict.list.unwrap_or_default(),
        line.unwrap_or_default(),
        verdict.clause.unwrap_or_default()
    )
}

#[test]
fn a_device_that_needs_a_session_is_closed_before_and_after_it() {
    for when in ["09:59:59", "10:20:00"] {
        for name in ["songs.example", "example.org", "www.nhs.uk"] {
            assert!(told("192.0.2.7", name, when).starts_with("closed: only open in a session"));
        }
        assert!(told("192.0.2.7", "childline.org.uk", when).starts_with("open: help"));
    }
    assert_eq!(
        told("192.0.2.7", "www.songs.example", "10:00:00"),
        "open: open in the session 'songs'; :; Children use a tablet with an adult."
    );
    assert!(
        told("192.0.2.7", "example.org", "10:00:00").starts_with("closed: not among the sites")
    );
}

#[test]
fn a_device_is_the_same_by_version_6_and_by_its_key() {
    for asker in ["2001:db8::7", "::ffff:192.0.2.7", "tablet-4f2a91c07b"] {
        assert!(told(asker, "songs.example", "10:05:00").starts_with("open: open in the session"));
    }
    assert!(told("some-other-key", "menu.example", "10:05:00").starts_with("closed: there is no"));
}

#[test]
fn whoever_has_a_device_brings_their_profile() {
    assert!(
        told("192.0.2.70", "example.org", "10:00:00").ends_with("Staff use the internet for work.")
    );
    assert_eq!(
        told("192.0.2.70", "adult.example", "10:00:00"),
        "closed: 'adult' is closed for 'staff'; adult.txt:1; Staff use the internet for work."
    );
}

#[test]
fn strangers_have_their_profile_and_devices_that_are_cut_off_have_help_alone() {
    assert!(told("198.51.100.1", "menu.example", "10:00:00").starts_with("open: approved"));
    assert!(told("198.51.100.1", "example.org", "10:00:00").starts_with("closed: not among"));
    assert!(
        told("192.0.2.9", "example.org", "10:00:00").starts_with("closed: the device is cut off")
    );
    assert!(told("192.0.2.9", "www.samaritans.org", "10:00:00").starts_with("open: help"));
}

#[test]
fn what_others_close_is_not_opened_by_the_setting_but_by_a_session() {
    assert_eq!(
        told("192.0.2.70", "play.example", "10:00:00"),
        "closed: closed by the council; games.txt:1; Nobody plays at work."
    );
    assert_eq!(
        told("192.0.2.70", "www.rumours.example", "10:00:00"),
        "closed: closed by the council; :; Nobody plays at work."
    );
    assert!(told("192.0.2.70", "gossip.example", "10:00:00").starts_with("closed: an exception"));
    assert!(told("192.0.2.7", "play.example", "10:00:00").starts_with("open: open in the session"));
}

#[test]
fn a_name_that_is_open_does_not_lead_to_one_that_is_closed() {
    let gate = gate();
    let staff = gate.seat(Asker::At("192.0.2.70".parse().unwrap()), at("10:00:00"));
    let leads = |from, to: &str| gate.may_lead(staff, from, to, at("10:00:00")).open;
    assert!(!leads(Because::Nothing, "cdn.adult.example"));
    assert!(leads(Because::MustStayOpen, "cdn.adult.example"));
    assert!(!leads(Because::Approved, "rumours.example"));
    for from in [
        Because::Help,
        Because::Nothing,
        Because::Session(0),
        Because::Approved,
    ] {
        assert!(!leads(from, "cdn.bad.example"));
        assert!(leads(from, "edge.example.net"));
    }
}

#[test]
fn a_decision_holds_until_the_plan_changes_by_itself() {
    let gate = gate();
    for (now, next) in [
        ("09:59:30", "10:00:00"),
        ("10:00:00", "10:01:00"),
        ("10:19:10", "10:20:00"),
        ("12:00:00", "12:01:00"),
    ] {
        assert_eq!(gate.holds_until(at(now)), at(next), "{now}");
    }
}

#[test]
fn a_plan_in_which_somebody_is_nowhere_is_refused() {
    for (change, words) in [
        (("person = \"17\"", "person = \"18\""), "who is not there"),
        (
            ("strangers = \"guests\"", "strangers = \"all\""),
            "strangers have no profile",
        ),
        (
            ("devices = [\"tablet\"]", "devices = [\"tv\"]"),
            "is for no device",
        ),
        (
            ("addresses = [\"192.0.2.9\"]", "addresses = [\"192.0.2.7\"]"),
            "192.0.2.7",
        ),
        (
            ("addresses = [\"192.0.2.9\"]", "addresses = [\"192.0.2\"]"),
            "is no address",
        ),
        (
            ("key = \"tablet-4f2a91c07b\"", "key = \"short\""),
            "is not one",
        ),
        (("T10:20:00Z", "T10:00:00Z"), "has no length"),
        (
            ("names = [\"rumours.example\"]", "names = [\"www.nhs.uk\"]"),
            "must stay open",
        ),
        (
            ("by = \"the council\"", "by = \"x\"\nprofiles = [\"y\"]"),
            "names no profile",
        ),
        (
            (
                "strangers =",
                "closing = { answer = \"page\" }\nstrangers =",
            ),
            "has no address",
        ),
    ] {
        let plan = PLAN.replacen(change.0, change.1, 1);
        assert_ne!(plan, PLAN, "{words}");
        let error = Plan::read(&plan).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_plan_that_is_written_is_read_back_and_one_that_was_cut_off_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan");
    let plan = Plan::read(PLAN).unwrap();
    write_file(&plan, &path).unwrap();
    assert_eq!(read_file(&path).unwrap(), plan);
    let whole = std::fs::read(&path).unwrap();
    for length in 0..whole.len() - 2 {
        std::fs::write(&path, &whole[..length]).unwrap();
        assert!(read_file(&path).is_err(), "{length} bytes of JSON");
    }
    let whole = format!("{PLAN}# end\n");
    for length in 0..whole.len() - 1 {
        std::fs::write(&path, &whole.as_bytes()[..length]).unwrap();
        assert!(read_file(&path).is_err(), "{length} bytes of TOML");
    }
    std::fs::write(&path, whole).unwrap();
    assert_eq!(read_file(&path).unwrap(), plan);
}

#[test]
fn the_plan_of_the_manual_is_one_that_can_be_used() {
    let text = include_str!("../../../../docs/manual/src/network-filter.md");
    let plan = text.split("```toml").nth(1).unwrap();
    let plan = plan.split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.toml");
    std::fs::write(&path, plan).unwrap();
    assert_eq!(read_file(&path).unwrap().devices.len(), 2);
}
