//! What is kept about a person elsewhere than on their own record. Whoever is named here has left a
//! trace that others rely on, so that taking them in can’t be undone any more. Each family that
//! keeps something about people adds one function to the list.

use crate::spine::{act::Person, setting::Setting};

/// Says what a family keeps about somebody: "has signed an agreement".
type Keeps = fn(&Setting, Person) -> Option<&'static str>;

const ALL: &[Keeps] = &[
    |setting, person| {
        let has = setting.access.has_account(person);
        has.then_some("has an account")
    },
    |setting, person| {
        let holds = |held: &crate::roles::holding::Holding| held.person == person;
        let has = setting.roles.holdings().iter().any(holds);
        has.then_some("holds a role, or held one")
    },
    |setting, person| {
        let has = !setting.agreements.signed_by(person).is_empty();
        has.then_some("has signed an agreement")
    },
    |setting, person| {
        let held = setting.data.hold(person).is_some();
        held.then_some("has a hold that stops erasure")
    },
];

/// Everything that is kept about somebody elsewhere, in words.
pub fn kept(setting: &Setting, person: Person) -> impl Iterator<Item = &'static str> {
    ALL.iter().filter_map(move |keeps| keeps(setting, person))
}
