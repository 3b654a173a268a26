//! Visitors: signed in at the door, and out again.

use super::{NewVisitor, who::unused_number};
use crate::{
    people::{
        entries::{Entry, VisitorCame, VisitorWent},
        group::Group,
    },
    spine::act::{Case, Person, no},
};
use kernel::ruling::Mistake;

/// The most visitors who are in the building at the same time.
const INSIDE_MAX: usize = 500;

pub(super) fn come(new: &NewVisitor, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let people = &case.setting.people;
    if let Some(host) = new.visits {
        let meets =
            people.is_team(host, case.today) || people.is_of(host, Group::Committee, case.today);
        if !meets {
            return no(
                "visits",
                "Choose somebody who works here or sits on the committee",
            );
        }
    }
    let inside = people
        .visits()
        .take_while(|(_, visit)| visit.day == case.today)
        .filter(|(_, visit)| visit.went.is_none());
    if inside.count() >= INSIDE_MAX {
        return no(
            "name",
            "Too many visitors are signed in. Sign some of them out first",
        );
    }
    let person = unused_number(case);
    let from = new.from.as_ref().map(|from| case.seal(person, from));
    Ok(Entry::VisitorCame(VisitorCame {
        person,
        name: case.seal(person, &new.name)?,
        from: from.transpose()?,
        visits: new.visits,
    }))
}

pub(super) fn go(person: Person, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    match case.setting.people.visit(person) {
        None => no("person", "There is no such visitor"),
        Some(visit) if visit.went.is_some() => no("person", "This visitor was signed out already"),
        Some(_) => Ok(Entry::VisitorWent(VisitorWent { person })),
    }
}

/// A visitor leaves at the door, where nobody's name is shown: by the name that they typed when they
/// came today. Of two with the same name the one who came first goes first.
pub(super) fn go_by_name(name: &str, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let people = &case.setting.people;
    let is_called = |person: &Person| {
        let kept = people.name(*person).and_then(|kept| case.sealer.open(kept));
        kept.is_some_and(|kept| plain(&kept) == plain(name))
    };
    let mut inside: Vec<Person> = people
        .visits()
        .take_while(|(_, visit)| visit.day == case.today)
        .filter(|(_, visit)| visit.went.is_none())
        .map(|(person, _)| person)
        .filter(is_called)
        .collect();
    inside.sort_unstable();
    match inside.first() {
        Some(person) => Ok(Entry::VisitorWent(VisitorWent { person: *person })),
        None => no(
            "name",
            "Nobody of this name is signed in. Type it as you did when you came, or ask somebody who works here",
        ),
    }
}

/// A name as it is compared: small letters, one space between words.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
