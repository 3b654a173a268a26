//! The forms of this family: one for each act that a person can ask for.

mod adopting;
mod running;
mod writing;

use crate::{
    people::group::Group,
    policy::acts::Act,
    spine::{
        act::{Act as AnyAct, Person},
        page::{Field, FieldKind, Form, Params},
        permit::Need,
        setting::Setting,
        view::View,
    },
};

/// All of them.
pub(super) const FORMS: &[Form] = &[
    writing::BEGIN_FROM_TEMPLATE,
    writing::BEGIN_FROM_CURRENT,
    writing::BEGIN_FROM_FILE,
    writing::RENAME_DRAFT,
    writing::DISCARD_DRAFT,
    writing::ADD_CLAUSE,
    writing::EDIT_CLAUSE,
    writing::REMOVE_CLAUSE,
    writing::MOVE_CLAUSE,
    writing::BIND,
    writing::CONFIRM_SURE,
    adopting::CONSULT,
    adopting::COMMENT,
    adopting::ANSWER,
    adopting::ASK_APPROVAL,
    adopting::APPROVE,
    adopting::ADOPT,
    adopting::RECORD_TRIGGER,
    adopting::COMPLETE_REVIEW,
    adopting::ACKNOWLEDGE,
    adopting::RECORD_SENT,
    adopting::MAKE_PUBLIC,
    adopting::MAKE_PRIVATE,
    running::KEEP_LINKED,
    running::REMOVE_LINKED,
    running::RECORD_OUTCOME,
    running::SWITCH_OFF,
    running::SWITCH_ON,
    running::CHOOSE,
    running::GIVE_WORD,
];

/// A form whose answers may come from the address, for the management.
const BARE: Form = Form {
    act: "",
    path: "",
    title: "",
    button: "",
    help: "",
    need: super::parts::needs_management,
    fields: &[],
    start: crate::spine::page::from_address,
    read: |_| None,
    then: |_| "/policy".to_owned(),
};

const CLAUSE: Field = Field::new("clause", "Clause", FieldKind::Hidden);

#[expect(
    clippy::unnecessary_wraps,
    reason = "the `read` of every form gives an act or nothing"
)]
fn some(act: Act) -> Option<AnyAct> {
    Some(AnyAct::Policy(act))
}

/// The groups: key and words, as a form offers them.
const GROUPS: &[(&str, &str)] = &[
    ("staff", "Staff"),
    ("volunteer", "Volunteers"),
    ("student", "Students"),
    ("committee", "The committee"),
    ("parent", "Parents and carers"),
    ("child", "Children"),
    ("visitor", "Visitors"),
    ("contractor", "Contractors"),
    ("community", "Community users"),
];

fn groups(keys: &[String]) -> Vec<Group> {
    keys.iter().filter_map(|key| Group::from_key(key)).collect()
}

/// Whoever works here or is on the committee.
fn colleagues(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    listed(view, |person| {
        people.is_team(person, view.today) || people.is_of(person, Group::Committee, view.today)
    })
}

/// Everybody here but the children.
fn adults(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    listed(view, |person| {
        !people.is_of(person, Group::Child, view.today)
    })
}

fn listed(view: &View<'_>, is_meant: impl Fn(Person) -> bool) -> Vec<(String, String)> {
    let here = view.setting.people.here(view.today);
    let mut all: Vec<(String, String)> = here
        .filter(|person| is_meant(*person))
        .map(|person| (person.to_string(), view.name(person)))
        .collect();
    all.sort_by(|one, other| one.1.cmp(&other.1));
    all
}

fn needs_sign_in(_params: &Params, _setting: &Setting) -> Need {
    Need::SignedIn
}

fn needs_leadership(params: &Params, setting: &Setting) -> Need {
    super::parts::needs_leadership(params, setting)
}
