//! Kinds of sites that the filter knows, and the names of those that a policy speaks of by kind.

use crate::{devices::kinds::Users, internet::names::is_within};
use std::sync::LazyLock;

/// What is illegal: no profile has it, and nothing opens it.
pub const ILLEGAL: &str = "illegal";
/// Social networks.
pub const SOCIAL: &str = "social";
/// Chats and newsgroups.
pub const CHAT: &str = "chat";
/// Personal mail.
pub const MAIL: &str = "personal-mail";
/// Ways round the filter.
pub const WAYS_ROUND: &str = "ways-round";
/// Every kind of the lists.
pub const ALL: &str = "all";

/// The kinds that can be opened and closed: key and words. What is illegal is not among them.
pub const KINDS: &[(&str, &str)] = &[
    ("pornography", "Pornography"),
    ("violence", "Violence"),
    ("gambling", "Gambling"),
    ("drugs", "Drugs"),
    ("self-harm", "Self-harm and suicide"),
    ("hate", "Hate"),
    ("extremism", "Extremism"),
    ("weapons", "Weapons"),
    ("piracy", "Piracy"),
    ("malware", "Malware and phishing"),
    (WAYS_ROUND, "Ways round the filter"),
    (CHAT, "Chats and newsgroups"),
    ("dating", "Dating"),
    (SOCIAL, "Social networks"),
    (MAIL, "Personal mail"),
    ("games", "Games"),
    ("ai", "AI tools"),
    ("search", "Search engines"),
    ("video", "Video sites"),
    ("advertising", "Advertising"),
];

/// What is closed for whoever works here, whatever a policy says of more.
pub const NEVER_AT_WORK: [&str; 12] = [
    "pornography",
    "violence",
    "gambling",
    "drugs",
    "self-harm",
    "hate",
    "extremism",
    "weapons",
    "piracy",
    "malware",
    "ways-round",
    "dating",
];

const SETS: [(&str, &str); 3] = [
    (SOCIAL, include_str!("../../../../spec/filter/social.txt")),
    (CHAT, include_str!("../../../../spec/filter/chat.txt")),
    (
        MAIL,
        include_str!("../../../../spec/filter/personal-mail.txt"),
    ),
];

type Sets = Vec<(&'static str, Vec<&'static str>)>;

/// Parts of words by which policies speak of a kind.
const SPOKEN: [(&str, &[&str]); 20] = [
    (
        "pornography",
        &["porn", "sexual", "adult", "indecen", "nud"],
    ),
    ("violence", &["violen", "gore"]),
    ("gambling", &["gambl", "betting"]),
    ("drugs", &["drug", "substance", "alcohol"]),
    (
        "self-harm",
        &["self-harm", "self harm", "suicid", "eating dis"],
    ),
    (
        "hate",
        &["hate", "hatred", "racis", "discriminat", "misogyn"],
    ),
    ("extremism", &["extrem", "terror", "radical"]),
    ("weapons", &["weapon"]),
    ("piracy", &["pira", "copyright", "file sharing", "torrent"]),
    (
        "malware",
        &["malware", "phishing", "virus", "hack", "fraud"],
    ),
    (
        WAYS_ROUND,
        &["vpn", "prox", "way round", "ways round", "bypass"],
    ),
    (CHAT, &["chat", "newsgroup", "forum", "bulletin", "messag"]),
    ("dating", &["dating"]),
    (SOCIAL, &["social", "blog"]),
    (MAIL, &["mail"]),
    ("games", &["game", "gaming"]),
    ("ai", &["ai tool", "artificial", "chatbot", "generative"]),
    ("search", &["search"]),
    ("video", &["video", "film"]),
    ("advertising", &["advert"]),
];

/// The ways round that have a name.
static WAYS: LazyLock<Vec<String>> = LazyLock::new(|| {
    #[derive(serde::Deserialize)]
    struct Way {
        #[serde(default)]
        name: String,
    }
    #[derive(serde::Deserialize)]
    struct File {
        way: Vec<Way>,
    }
    // INVARIANT: the text is part of the program, and a test reads it.
    let file = toml::from_str::<File>(include_str!("../../../../spec/filter/ways-round.toml"));
    debug_assert!(file.is_ok(), "{:?}", file.err());
    let ways = file.map(|file| file.way).unwrap_or_default();
    ways.into_iter()
        .map(|way| way.name)
        .filter(|name| !name.is_empty())
        .collect()
});

static NAMES: LazyLock<Sets> = LazyLock::new(|| {
    let names = |text: &'static str| {
        let lines = text.lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect()
    };
    SETS.iter()
        .map(|(kind, text)| (*kind, names(text)))
        .collect()
});

/// The kind among those that a policy speaks of, to which a name belongs.
#[must_use]
pub fn of_name(name: &str) -> Option<&'static str> {
    let has = |names: &[&str]| names.iter().any(|own| is_within(name, own));
    let found = NAMES.iter().find(|(_, names)| has(names));
    if let Some((kind, _)) = found {
        return Some(kind);
    }
    WAYS.iter()
        .any(|own| is_within(name, own))
        .then_some(WAYS_ROUND)
}

/// The kind with this key, as it is kept.
#[must_use]
pub fn known(kind: &str) -> Option<&'static str> {
    let found = KINDS.iter().find(|(key, _)| *key == kind);
    found.map(|(key, _)| *key)
}

/// The kinds that a policy means by its words: "terrorism", "social networking".
#[must_use]
pub fn spoken(words: &str) -> Vec<&'static str> {
    let words = words.to_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    SPOKEN
        .iter()
        .filter(|(_, parts)| says(parts))
        .filter_map(|(kind, _)| known(kind))
        .collect()
}

/// A kind in words.
#[must_use]
pub fn in_words(kind: &str) -> &'static str {
    crate::devices::kinds::words(KINDS, kind)
}

/// The profiles that a policy means by its words: "staff", "everyone in the centre".
#[must_use]
pub fn meant(words: &str) -> Vec<Users> {
    let words = words.to_lowercase();
    let says = |any: &[&str]| any.iter().any(|part| words.contains(part));
    if says(&["every", "all ", "whole"]) || words == "all" {
        return vec![
            Users::Children,
            Users::Staff,
            Users::Office,
            Users::Visitors,
        ];
    }
    // "Staff supervising children" are staff.
    if says(&["staff", "team", "worker", "employee", "volunteer"]) {
        return vec![Users::Staff, Users::Office];
    }
    let mut meant = Vec::new();
    if says(&["child", "pupil", "learner"]) {
        meant.push(Users::Children);
    }
    if says(&["office"]) {
        meant.push(Users::Office);
    }
    if says(&["parent", "carer", "visitor", "guest", "famil"]) {
        meant.push(Users::Visitors);
    }
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_policies_mean_profiles() {
        assert_eq!(meant("children"), [Users::Children]);
        assert_eq!(
            meant("staff supervising children"),
            [Users::Staff, Users::Office]
        );
        assert_eq!(meant("parents"), [Users::Visitors]);
        assert_eq!(meant("everyone in the centre").len(), 4);
        assert_eq!(meant("all technology owned by the centre").len(), 4);
        assert!(meant("moon").is_empty());
    }

    #[test]
    fn words_of_policies_mean_kinds() {
        assert_eq!(spoken("terrorism"), ["extremism"]);
        assert_eq!(spoken("Social networking"), [SOCIAL]);
        assert_eq!(spoken("newsgroups"), [CHAT]);
        assert!(spoken("moon").is_empty());
        assert!(SPOKEN.iter().all(|(kind, _)| known(kind).is_some()));
    }

    #[test]
    fn a_name_of_a_network_is_known_and_nothing_is_called_illegal() {
        assert_eq!(of_name("m.facebook.com"), Some(SOCIAL));
        assert!(WAYS.len() >= 120, "{}", WAYS.len());
        assert_eq!(of_name("dns.google"), Some(WAYS_ROUND));
        assert_eq!(of_name("example.org"), None);
        assert!(KINDS.iter().all(|(key, _)| *key != ILLEGAL));
    }
}
