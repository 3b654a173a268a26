//! The program's own words in agreements, in one place: what whoever signs confirms, what is kept
//! about them, and how a version reads as one text.

use super::{bound, entries::Point};
use crate::{
    people::group::Group,
    spine::{in_force::Bound, tongue::Tongue},
};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What stands before the points where the manager writes nothing else.
#[must_use]
pub fn intro(group: Group, setting: &str) -> String {
    let whom = match group {
        Group::Child => {
            return format!("These are our rules at {setting}. We look at them together.");
        }
        Group::Staff | Group::Volunteer | Group::Student => "Everybody who works with the children",
        Group::Committee => "Everybody on the committee",
        Group::Parent => "Parents and carers",
        Group::Visitor | Group::Contractor => "Everybody who comes here",
        Group::Community => "Everybody who uses our building or our systems",
    };
    format!(
        "{whom} keeps children safe online and with devices. This is what our policy at {setting} asks of you."
    )
    .replace("carers keeps", "carers keep")
}

/// What whoever signs confirms, a sentence each, in the order in which the policy names it.
#[must_use]
pub fn confirms(bound: &Bound) -> Vec<String> {
    let mut all: Vec<String> = CONFIRMS
        .iter()
        .map(|(_, words)| (*words).to_owned())
        .collect();
    let others = bound::confirms(bound);
    for words in others.iter().filter(|words| !is_usual(words)) {
        all.push(format!("I confirm: {words}."));
    }
    all
}

fn is_usual(words: &str) -> bool {
    let words = words.to_lowercase();
    ["read", "underst", "abide", "keep", "follow", "comply"]
        .iter()
        .any(|part| words.contains(part))
}

/// A version as one text, from which its digest is made.
#[must_use]
pub fn whole(intro: &str, points: &[Point], confirms: &[String], sanctions: &[String]) -> String {
    let mut text = format!("{intro}\n\n");
    for (place, point) in points.iter().enumerate() {
        // Writing to a string can't fail.
        let _ = writeln!(text, "{}. {} [{}]", place + 1, point.text, point.clause);
    }
    for line in confirms {
        let _ = writeln!(text, "- {line}");
    }
    for line in sanctions {
        let _ = writeln!(text, "! {line}");
    }
    text
}

/// SHA-256 of a text, in hex.
#[must_use]
pub fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut hex = String::new();
    for byte in digest {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// What whoever signs confirms, one of the program's own sentences: its message and its English.
const CONFIRMS: [(&str, &str); 3] = [
    ("agreement-confirm-read", "I have read this agreement."),
    (
        "agreement-confirm-understood",
        "I understand it, and I know whom to ask.",
    ),
    ("agreement-confirm-keep", "I will keep to it."),
];

/// The agreement of a group, as a title.
#[must_use]
pub fn title(tongue: Tongue, group: Group) -> String {
    tongue.say(&format!("agreement-of-{}", group.key()))
}

/// Who somebody is, as they would say it.
#[must_use]
pub fn name(tongue: Tongue, group: Group) -> String {
    tongue.say(&format!("agreement-group-{}", group.key()))
}

/// What is confirmed, in the language of the reader where it is one of the program's own sentences.
#[must_use]
pub fn confirmed(tongue: Tongue, lines: &[String]) -> Vec<String> {
    let line = |line: &String| {
        let own = CONFIRMS.iter().find(|(_, words)| words == line);
        own.map_or_else(|| line.clone(), |(id, words)| tongue.say_or(id, words))
    };
    lines.iter().map(line).collect()
}

/// What is read out before an event: the program's own lines, and those of the policy.
#[must_use]
pub fn announcement(tongue: Tongue, event: &str, of_policy: &[String]) -> Vec<String> {
    let mut says = vec![
        tongue.say_with("event-announcement-welcome", &[("event", event.into())]),
        tongue.say("event-announcement-family"),
    ];
    says.extend(of_policy.iter().cloned());
    says.push(tongue.say("event-announcement-not-all"));
    says.push(tongue.say("event-announcement-sign"));
    says
}
