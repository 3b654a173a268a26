//! Pictures at events: what those who take them sign, what is read out, and which children may be in
//! them. The words come from the policy's clauses; the program adds what every setting means.

use crate::spine::{
    act::Person,
    in_force::{Bound, InForce},
    setting::Setting,
};
use kernel::{moment::Date, value::Value};

/// The control that asks for it.
pub const CONTROL: &str = "agreements.event-photography";

/// What whoever takes pictures signs, before the words of the policy: the message of each line.
pub const RULES: [&str; 3] = [
    "event-rule-family",
    "event-rule-internet",
    "event-rule-others",
];

/// Whether the policy wants a general permission of parents.
#[must_use]
pub fn wants_permission(value: Option<&Value>) -> bool {
    match value {
        None => true,
        Some(Value::Yes(yes)) => *yes,
        Some(value) => {
            let words = value.in_words().to_lowercase();
            !["none", "no", "not needed"].contains(&words.as_str())
        }
    }
}

/// The clauses about pictures at events; `None` when the policy in force has none.
#[must_use]
pub fn in_force(in_force: &InForce) -> Option<&Bound> {
    in_force.find(CONTROL).map(|running| &running.bound)
}

/// The words of the policy for those who take pictures.
#[must_use]
pub fn of_policy(bound: &Bound) -> Vec<String> {
    let clauses = bound.clauses.iter();
    clauses.map(|clause| clause.text.clone()).collect()
}

/// Whether a child may be in pictures of events: somebody with parental responsibility said yes, and
/// nobody of them said no. `None` where nobody has said anything.
#[must_use]
pub fn may_be_in_pictures(setting: &Setting, child: Person) -> Option<bool> {
    let said = setting.agreements.events();
    let ties = setting.people.parents_of(child);
    let answers: Vec<bool> = ties
        .filter(|tie| tie.responsibility)
        .filter_map(|tie| said.said(child, tie.parent))
        .map(|permission| permission.allowed)
        .collect();
    if answers.is_empty() {
        return None;
    }
    Some(answers.into_iter().all(|allowed| allowed))
}

/// The children who take part in an event.
#[must_use]
pub fn children(setting: &Setting, event: u32, today: Date) -> Vec<Person> {
    let Some(event) = setting.agreements.events().event(event) else {
        return Vec::new();
    };
    let people = &setting.people;
    let rooms = &event.says.rooms;
    let here = people.of(crate::people::group::Group::Child, today);
    here.filter(|child| {
        rooms.is_empty()
            || people
                .rooms_of(*child)
                .iter()
                .any(|room| rooms.contains(room))
    })
    .collect()
}
