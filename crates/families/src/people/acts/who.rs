//! Who somebody is: taking them in, changing what is kept, and the groups that they belong to.

use super::{Contact, Details, NewPerson, check_near, known, rooms::exist};
use crate::{
    people::{
        entries::{Added, Changed, Entry, Membership, Speaks},
        group::Group,
    },
    spine::{
        act::{Case, Person, no},
        tongue::Tongue,
    },
};
use kernel::{moment::Date, ruling::Mistake, sealed::Private};

/// The fact that somebody came, under this number. Setting up the program uses it too.
///
/// # Errors
/// Why it makes no sense.
pub fn added(new: &NewPerson, person: Person, case: &Case<'_>) -> Result<Added, Vec<Mistake>> {
    if new.groups.is_empty() {
        return no("groups", "Choose at least one group");
    }
    let is_child = new.groups.contains(&Group::Child);
    if is_child && new.groups.len() > 1 {
        return no(
            "groups",
            "A child can’t belong to another group at the same time",
        );
    }
    if !is_child && new.born.is_some() {
        return no(
            "born",
            "The date of birth is kept for children only. Leave it empty",
        );
    }
    check_born(new.born, case)?;
    check_near("since", new.since, case)?;
    exist(case, &new.rooms)?;
    let words = |text: &Option<String>| {
        text.as_ref()
            .map(|text| case.seal(person, text))
            .transpose()
    };
    Ok(Added {
        person,
        name: case.seal(person, &new.name)?,
        groups: new.groups.clone(),
        rooms: new.rooms.clone(),
        since: new.since.unwrap_or(case.today),
        born: new.born.map(|born| case.seal(person, &born)).transpose()?,
        email: words(&new.email)?,
        phone: words(&new.phone)?,
    })
}

/// The next number that nobody has and nobody had: after a restore of an older ledger there may be
/// numbers of people who were erased since.
pub(super) fn unused_number(case: &Case<'_>) -> Person {
    let mut person = case.setting.people.next_person();
    while case.sealer.is_erased(&person.subject()) {
        person = Person(person.0.saturating_add(1));
    }
    person
}

pub(super) fn change(details: &Details, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let person = details.person;
    known(case, "person", person)?;
    check_born(details.born, case)?;
    let people = &case.setting.people;
    if details.born.is_some() && !people.groups(person).contains(&Group::Child) {
        return no(
            "born",
            "The date of birth is kept for children only. Leave it empty",
        );
    }
    let open_date = |sealed| case.sealer.open(sealed);
    let new_name = |name: &&String| {
        people
            .name(person)
            .and_then(|kept| case.sealer.open(kept))
            .as_ref()
            != Some(*name)
    };
    let new_born = |born: &Date| people.born(person).and_then(open_date) != Some(*born);
    let name = details.name.as_ref().filter(new_name);
    let born = details.born.filter(new_born);
    if name.is_none() && born.is_none() {
        return no(
            "name",
            "This is what is kept already. There is nothing to change",
        );
    }
    Ok(Entry::Changed(Changed {
        person,
        name: name.map(|name| case.seal(person, name)).transpose()?,
        born: born.map(|born| case.seal(person, &born)).transpose()?,
        email: None,
        phone: None,
    }))
}

pub(super) fn change_contact(contact: &Contact, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let person = contact.person;
    known(case, "person", person)?;
    let people = &case.setting.people;
    let kept = |sealed: Option<&Private<String>>| {
        sealed
            .and_then(|sealed| case.sealer.open(sealed))
            .unwrap_or_default()
    };
    let email = contact
        .email
        .as_ref()
        .filter(|new| **new != kept(people.email(person)));
    let phone = contact
        .phone
        .as_ref()
        .filter(|new| **new != kept(people.phone(person)));
    if email.is_none() && phone.is_none() {
        return no(
            "email",
            "This is what is kept already. There is nothing to change",
        );
    }
    Ok(Entry::Changed(Changed {
        person,
        name: None,
        born: None,
        email: email.map(|email| case.seal(person, email)).transpose()?,
        phone: phone.map(|phone| case.seal(person, phone)).transpose()?,
    }))
}

pub(super) fn join(person: Person, group: Group, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    let groups = case.setting.people.groups(person);
    if groups.contains(&group) {
        return no("group", "This person belongs to this group already");
    }
    if group == Group::Child || groups.contains(&Group::Child) {
        return no(
            "group",
            "A child can’t belong to another group at the same time",
        );
    }
    Ok(Entry::JoinedGroup(Membership { person, group }))
}

pub(super) fn leave_group(
    person: Person,
    group: Group,
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    let groups = case.setting.people.groups(person);
    if !groups.contains(&group) {
        return no("group", "This person does not belong to this group");
    }
    if groups.len() == 1 {
        return no(
            "group",
            "This is the only group of this person. If they are leaving, record their last day instead",
        );
    }
    Ok(Entry::LeftGroup(Membership { person, group }))
}

fn check_born(born: Option<Date>, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    if born.is_some_and(|born| born > case.today) {
        return no("born", "The date of birth is in the future. Check the year");
    }
    Ok(())
}

pub(super) fn choose_language(
    person: Person,
    tongue: Tongue,
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    let kept = case.setting.people.speaks(person);
    if kept.and_then(|sealed| case.sealer.open(sealed)) == Some(tongue) {
        return no(
            "tongue",
            "This is what is kept already. There is nothing to change",
        );
    }
    let tongue = case.seal(person, &tongue)?;
    Ok(Entry::Speaks(Speaks { person, tongue }))
}
