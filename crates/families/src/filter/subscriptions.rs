//! Lists that the setting fetches: made from the changes that two people agreed on, never stored
//! beside them. What fetches them reads `of` and `may_be_shorter`.

use super::{
    entries::{Subscription, What},
    register::{Change, Register},
};
use kernel::moment::{Date, plus_days};

/// The forms in which lists are published: as the filter calls each, and words. Empty: found out.
pub const FORMS: &[(&str, &str)] = &[
    ("", "Find out by itself"),
    ("plain", "One name on each line"),
    ("hosts", "A hosts file: an address, then names"),
    ("wildcard", "Names with a star, such as *.example.com"),
    ("adblock", "Rules such as ||example.com^"),
    ("dnsmasq", "Lines for dnsmasq"),
    ("unbound", "Lines for unbound"),
    ("rpz", "A response policy zone"),
    ("squid", "Names with a dot before them, for squid"),
    (
        "ut1",
        "The folders of domains and urls of the University of Toulouse",
    ),
    ("geosite", "Lines such as domain:example.com"),
    ("e2guardian", "Site lists for e2guardian"),
    ("csv", "A table with a column of names"),
    ("json", "JSON"),
    ("hashed", "Names as SHA-256"),
];

/// For how many days after it was agreed on a shorter list may be taken.
const SHORTER_DAYS: i64 = 7;

/// A list that the setting has chosen, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscribed {
    /// The list.
    pub list: Subscription,
    /// The change that added it.
    pub change: u32,
    /// Until when it rests; then it is fetched again by itself.
    pub rests_until: Option<Date>,
}

/// The lists that the setting has chosen on a day, those that rest among them.
#[must_use]
pub fn of(register: &Register, today: Date) -> Vec<Subscribed> {
    let added = register.in_force(today);
    let added = added.filter_map(|change| match &change.proposed.what {
        What::AddList { list } => Some((change, list)),
        _ => None,
    });
    let mut all = Vec::new();
    for (change, list) in added {
        let about = later(register, change, today);
        let about: Vec<&Change> = about
            .filter(|other| {
                let name = other.proposed.what.list();
                name.is_some_and(|name| name.eq_ignore_ascii_case(&list.name))
            })
            .collect();
        let removed = about
            .iter()
            .any(|other| matches!(other.proposed.what, What::RemoveList { .. }));
        if removed {
            continue;
        }
        let rests = about
            .iter()
            .filter(|other| matches!(other.proposed.what, What::PauseList { .. }));
        all.push(Subscribed {
            list: list.clone(),
            change: change.proposed.change,
            rests_until: rests.filter_map(|other| other.proposed.until).max(),
        });
    }
    all
}

/// The lists that are taken although they have become much shorter, by name.
#[must_use]
pub fn may_be_shorter(register: &Register, today: Date) -> Vec<String> {
    let lately = |change: &&Change| {
        let decided = change.decided.map(|(_, _, at)| at.date());
        decided.is_some_and(|day| today <= plus_days(day, SHORTER_DAYS))
    };
    let taken = register.in_force(today).filter(lately);
    let names = taken.filter_map(|change| match &change.proposed.what {
        What::TakeShorter { name } => Some(name.clone()),
        _ => None,
    });
    names.collect()
}

/// What was agreed on after a change, and holds.
fn later<'a>(
    register: &'a Register,
    change: &'a Change,
    today: Date,
) -> impl Iterator<Item = &'a Change> {
    let decided = |change: &Change| change.decided.map(|(_, _, at)| at);
    register
        .in_force(today)
        .filter(move |other| decided(other) >= decided(change) && other.seq > change.seq)
}
