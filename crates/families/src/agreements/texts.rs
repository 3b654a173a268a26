//! The program's own words in agreements, in one place: what whoever signs confirms, what is kept
//! about them, and how a version reads as one text.

use super::{bound, entries::Point};
use crate::{people::group::Group, spine::in_force::Bound};
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
    let mut all = vec![
        "I have read this agreement.".to_owned(),
        "I understand it, and I know whom to ask.".to_owned(),
        "I will keep to it.".to_owned(),
    ];
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

/// The languages that an agreement can be put into: code, name in itself.
pub const LANGUAGES: &[(&str, &str)] = &[
    ("en", "English"),
    ("pl", "Polski"),
    ("ur", "اردو"),
    ("ar", "العربية"),
    ("ro", "Română"),
    ("uk", "Українська"),
];

/// What the program says around an agreement, by the name of the message, in English.
const ENGLISH: &[(&str, &str)] = &[
    (
        "agreement-some-in-english",
        "Some points are in English only so far. Ask the manager to tell you what they mean before you sign.",
    ),
    ("agreement-confirm-heading", "What you confirm"),
    ("agreement-confirm-read", "I have read this agreement."),
    (
        "agreement-confirm-understood",
        "I understand it, and I know whom to ask.",
    ),
    ("agreement-confirm-keep", "I will keep to it."),
    (
        "agreement-sanctions",
        "If it is not kept, our policy names these consequences:",
    ),
    ("agreement-kept-heading", "What we keep about you"),
    (
        "agreement-kept",
        "When you sign, we keep your name, what you drew, the day and time, which version it was and how you signed. We keep it to show who agreed to what. Only those who lead here can open it. You can ask for a copy.",
    ),
    (
        "agreement-child-grown-up",
        "For the grown-up: what our policy says",
    ),
    ("agreement-child-together", "A grown-up is with me."),
    (
        "agreement-child-tell",
        "If something feels wrong, I tell a grown-up.",
    ),
    ("agreement-child-kind", "I am kind."),
    (
        "agreement-child-secret",
        "My name and my password are mine. I keep them to myself.",
    ),
    (
        "agreement-child-picture",
        "We ask before we take a picture.",
    ),
    ("agreement-child-care", "I look after our things."),
    ("agreement-child-stop", "When it is time, I stop."),
];

/// A message in a language.
#[must_use]
pub fn say(_language: &str, id: &str) -> String {
    let found = ENGLISH.iter().find(|(name, _)| *name == id);
    found.map_or(id, |(_, words)| words).to_owned()
}

/// The message of a sentence that is confirmed, when it is one of the program's own.
#[must_use]
pub fn id_of_confirm(line: &str) -> Option<&'static str> {
    let mut own = ENGLISH.iter();
    let found = own.find(|(name, words)| name.starts_with("agreement-confirm-") && *words == line);
    found.map(|(name, _)| *name)
}
