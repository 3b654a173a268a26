//! The controls of this family, in the order of the catalogue.

mod advice;
mod case;
mod categories;
mod childs_voice;
mod complaints;
mod confidential;
mod escalation;
mod lessons;
pub(crate) mod low_level;
mod mandatory_report;
mod parents;
pub(crate) mod report;
pub(crate) mod transfer;

pub(super) use case::missing;

use crate::{
    roles::role::Role,
    spine::{control::Kind, in_force::InForce},
};
use kernel::value::Words;

/// The controls of this family.
pub(super) const CONTROLS: &[Kind] = &[
    Kind::of::<report::Reports>("concerns.report"),
    Kind::of::<case::Cases>("concerns.case"),
    Kind::of::<categories::Categories>("concerns.categories"),
    Kind::of::<escalation::Escalation>("concerns.escalation"),
    Kind::of::<parents::Parents>("concerns.parents"),
    Kind::of::<confidential::Confidential>("concerns.confidential"),
    Kind::of::<lessons::Lessons>("concerns.lessons"),
    Kind::of::<complaints::Complaints>("concerns.complaints"),
    Kind::of::<low_level::LowLevel>("concerns.low-level"),
    Kind::of::<mandatory_report::MandatoryReport>("concerns.mandatory-report"),
    Kind::of::<transfer::Transfer>("concerns.transfer"),
    Kind::of::<advice::Advice>("concerns.advice"),
    Kind::of::<childs_voice::ChildsVoice>("concerns.childs-voice"),
];

/// The roles that a param of a control in force names, of those that the program knows.
pub(super) fn roles_named(in_force: &InForce, control: &str, param: &str) -> Vec<Role> {
    let bound = in_force.find(control).map(|running| &running.bound);
    let words = bound.and_then(|bound| bound.values.get(param));
    let words = words.map(|value| Words(value.words())).unwrap_or_default();
    let all = words.iter().flat_map(Role::recognise);
    let mut roles: Vec<Role> = all.filter(|role| !matches!(role, Role::Other(_))).collect();
    roles.dedup();
    roles
}
