//! Sites whose pages the web proxy never looks into.

use super::{Group, must_stay_open};
use crate::{names::upwards, quick::Quick};
use serde::Deserialize;
use std::{collections::HashSet, sync::OnceLock};

const TEXT: &str = include_str!("../../../../spec/filter/never-looked-into.toml");

/// Whether a name, or one above it, is never looked into, whatever a plan says.
#[must_use]
pub fn never_looked_into(name: &str) -> bool {
    static NAMES: OnceLock<HashSet<String, Quick>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let groups = groups().into_iter();
        groups.flat_map(|group| group.names).collect()
    });
    upwards(name).any(|above| names.contains(above)) || must_stay_open().covers(name).is_some()
}

fn groups() -> Vec<Group> {
    #[derive(Deserialize)]
    struct File {
        group: Vec<Group>,
    }
    // INVARIANT: the text is part of the program, and a test reads it.
    let file = toml::from_str::<File>(TEXT);
    debug_assert!(file.is_ok(), "{:?}", file.err());
    file.map(|file| file.group).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::normal;

    #[test]
    fn banks_health_and_help_are_never_looked_into() {
        for name in [
            "www.monzo.com",
            "api.nhs.uk",
            "childline.org.uk",
            "www.gov.uk",
            "push.apple.com",
        ] {
            assert!(never_looked_into(name), "{name}");
        }
        assert!(!never_looked_into("ponds.example"));
        for group in groups() {
            for name in &group.names {
                assert_eq!(normal(name).unwrap(), *name);
            }
        }
    }
}
