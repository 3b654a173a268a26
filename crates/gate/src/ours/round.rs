//! Ways round a filter, by name or by address.

use serde::Deserialize;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("../../../../spec/filter/ways-round.toml");

/// How a way leads round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Names are asked for under encryption, elsewhere.
    EncryptedDns,
    /// A system's own relay.
    Relay,
    /// A private network.
    Vpn,
    /// A page that fetches pages.
    WebProxy,
    /// A translator that fetches pages.
    Translator,
    /// A copy of pages.
    Archive,
    /// The onion network and its like.
    Onion,
    /// A tunnel to somebody's own computer.
    Tunnel,
    /// Somebody else's computer on the screen.
    RemoteScreen,
}

/// One way round.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// The name that it uses.
    #[serde(default)]
    pub name: String,
    /// Addresses that it uses, for the proxy and the router.
    #[serde(default)]
    pub addresses: Vec<std::net::IpAddr>,
    /// What it is.
    pub what: String,
    /// How it leads round.
    pub kind: Kind,
}

/// All ways round.
pub fn ways_round() -> &'static [Way] {
    static WAYS: OnceLock<Vec<Way>> = OnceLock::new();
    WAYS.get_or_init(|| {
        #[derive(Deserialize)]
        struct File {
            way: Vec<Way>,
        }
        // INVARIANT: the text is part of the program, and a test reads it.
        let file = toml::from_str::<File>(TEXT);
        debug_assert!(file.is_ok(), "{:?}", file.err());
        file.map(|file| file.way).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{names::normal, ours::must_stay_open};

    #[test]
    fn at_least_a_hundred_and_twenty_ways_are_known() {
        assert!(ways_round().len() >= 120, "{}", ways_round().len());
        let mut seen = std::collections::BTreeSet::new();
        for way in ways_round() {
            assert_eq!(normal(&way.name).unwrap(), way.name);
            assert!(seen.insert(&way.name), "{} is there twice", way.name);
            assert!(must_stay_open().covers(&way.name).is_none(), "{}", way.name);
            assert!(!way.what.is_empty());
        }
    }
}
