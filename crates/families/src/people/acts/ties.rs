//! Who is whose parent or carer.

use super::{Answer, known};
use crate::{
    people::{
        entries::{Entry, Membership, Relation, Tied, Untied},
        group::Group,
    },
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
    },
};
use kernel::ruling::Mistake;

pub(super) fn tie(tied: &Tied, case: &Case<'_>) -> Answer {
    known(case, "parent", tied.parent)?;
    known(case, "child", tied.child)?;
    let people = &case.setting.people;
    if !people.groups(tied.child).contains(&Group::Child) {
        return no("child", "Choose a child");
    }
    let groups = people.groups(tied.parent);
    if groups.contains(&Group::Child) {
        return no(
            "parent",
            "A child can’t be a parent or carer. Choose an adult",
        );
    }
    if people.is_parent_of(tied.parent, tied.child) {
        return no(
            "parent",
            "This person is already recorded as a parent or carer of this child",
        );
    }
    let mut entries = vec![AnyEntry::People(Entry::Tied(tied.clone()))];
    if !groups.contains(&Group::Parent) {
        entries.push(AnyEntry::People(Entry::JoinedGroup(Membership {
            person: tied.parent,
            group: Group::Parent,
        })));
    }
    Ok(entries)
}

pub(super) fn untie(
    parent: Person,
    child: Person,
    why: &String,
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    if !case.setting.people.is_parent_of(parent, child) {
        return no(
            "parent",
            "This person is not recorded as a parent or carer of this child",
        );
    }
    let why = case.seal(parent, why)?;
    Ok(Entry::Untied(Untied { parent, child, why }))
}

impl Relation {
    /// What somebody is to a child, read from a form.
    #[must_use]
    pub fn read(key: &str) -> Relation {
        Relation::from_key(key).unwrap_or(Relation::Other)
    }
}
