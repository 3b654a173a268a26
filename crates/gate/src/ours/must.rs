//! Names that no list may close, for settings, staff and families in the United Kingdom.

use crate::{names::upwards, quick::Quick};
use serde::Deserialize;
use std::{collections::HashMap, sync::OnceLock};

const TEXT: &str = include_str!("../../../../spec/filter/must-stay-open.toml");

/// Names that must stay open for the same reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What they are.
    pub title: String,
    /// Open for every profile at any time, whatever a plan says: a child or an adult may need help now.
    #[serde(default)]
    pub always: bool,
    /// The names; what is below them is open too.
    pub names: Vec<String>,
}

/// All of them.
pub struct MustStay {
    groups: Vec<Group>,
    of_name: HashMap<String, usize, Quick>,
}

impl MustStay {
    /// The groups.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Every name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.groups
            .iter()
            .flat_map(|group| group.names.iter().map(String::as_str))
    }

    /// The group by which a name, or a name above it, must stay open.
    #[must_use]
    pub fn covers(&self, name: &str) -> Option<&Group> {
        let group = upwards(name).find_map(|above| self.of_name.get(above))?;
        self.groups.get(*group)
    }
}

/// The names that must stay open.
pub fn must_stay_open() -> &'static MustStay {
    static MUST: OnceLock<MustStay> = OnceLock::new();
    MUST.get_or_init(|| {
        #[derive(Deserialize)]
        struct File {
            group: Vec<Group>,
        }
        // INVARIANT: the text is part of the program, and a test reads it.
        let file = toml::from_str::<File>(TEXT);
        debug_assert!(file.is_ok(), "{:?}", file.err());
        let groups = file.map(|file| file.group).unwrap_or_default();
        let numbered = groups.iter().enumerate();
        let of_name =
            numbered.flat_map(|(at, group)| group.names.iter().map(move |name| (name.clone(), at)));
        MustStay {
            of_name: of_name.collect(),
            groups,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{is_ending, is_shared, normal};

    #[test]
    fn at_least_five_hundred_names_stay_open_and_each_is_a_name() {
        let must = must_stay_open();
        assert!(must.names().count() >= 500, "{}", must.names().count());
        let mut seen = std::collections::BTreeSet::new();
        for name in must.names() {
            assert_eq!(normal(name).unwrap(), name);
            assert!(seen.insert(name), "{name} is there twice");
            // Endings under which only public bodies have names are the exception.
            let bodies = ["gov.uk", "nhs.uk", "police.uk", "gov.scot", "gov.wales"];
            let strangers = is_shared(name) || is_ending(name);
            assert!(
                !strangers || bodies.contains(&name),
                "{name}: strangers have names below it"
            );
        }
    }

    #[test]
    fn helplines_are_always_open() {
        for name in ["childline.org.uk", "www.samaritans.org", "nspcc.org.uk"] {
            assert!(must_stay_open().covers(name).unwrap().always, "{name}");
        }
        assert!(must_stay_open().covers("example.com").is_none());
    }
}
