//! Our own sets of names by category: they are lists like any other, and always there.

use super::{WAYS_ROUND, line_of, round, ways_round};
use crate::compiled::List;
use std::sync::OnceLock;

/// A name of a set, with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The line of the text.
    pub line: u32,
    /// The name.
    pub name: String,
}

/// A set of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// As a list.
    pub list: List,
    /// Its names.
    pub names: Vec<Name>,
}

const TEXTS: &[(&str, &str)] = &[
    ("social", include_str!("../../../../spec/filter/social.txt")),
    ("chat", include_str!("../../../../spec/filter/chat.txt")),
    (
        "personal-mail",
        include_str!("../../../../spec/filter/personal-mail.txt"),
    ),
    ("ai", include_str!("../../../../spec/filter/ai.txt")),
    ("search", include_str!("../../../../spec/filter/search.txt")),
    ("video", include_str!("../../../../spec/filter/video.txt")),
];

/// All sets, the ways round among them.
pub fn sets() -> &'static [Set] {
    static SETS: OnceLock<Vec<Set>> = OnceLock::new();
    SETS.get_or_init(|| {
        let texts = TEXTS.iter().map(|(category, text)| Set {
            list: list(category),
            names: names(text),
        });
        let ways = ways_round().iter().filter(|way| !way.name.is_empty());
        let ways = ways.map(|way| Name {
            line: line_of(round::TEXT, &way.name),
            name: way.name.clone(),
        });
        let ways = Set {
            list: list(WAYS_ROUND),
            names: ways.collect(),
        };
        texts.chain([ways]).collect()
    })
}

fn list(category: &str) -> List {
    List {
        name: format!("stairgate-{category}"),
        category: category.to_owned(),
        licence: Some("AGPL-3.0-or-later".to_owned()),
        attribution: Some("Stairgate".to_owned()),
        names: 0,
    }
}

fn names(text: &str) -> Vec<Name> {
    let lines = (1..).zip(text.lines());
    lines
        .map(|(line, text)| (line, text.split('#').next().unwrap_or_default().trim()))
        .filter(|(_, name)| !name.is_empty())
        .map(|(line, name)| Name {
            line,
            name: name.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{names::normal, ours::must_stay_open};

    #[test]
    fn each_name_of_our_sets_is_a_name_that_may_be_closed() {
        for set in sets() {
            assert!(set.names.len() >= 15, "{}", set.list.name);
            let mut seen = std::collections::BTreeSet::new();
            for name in &set.names {
                assert_eq!(normal(&name.name).unwrap(), name.name);
                assert!(name.line > 0);
                assert!(seen.insert(&name.name), "{} is there twice", name.name);
                assert!(
                    must_stay_open().covers(&name.name).is_none(),
                    "{}",
                    name.name
                );
            }
        }
    }
}
