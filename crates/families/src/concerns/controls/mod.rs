//! The controls of this family, in the order of the catalogue.

mod advice;
mod case;
mod categories;
mod childs_voice;
mod complaints;
mod confidential;
mod escalation;
mod lessons;
mod parents;
pub(crate) mod report;

pub(super) use case::missing;

use crate::spine::control::Kind;

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
    Kind::of::<advice::Advice>("concerns.advice"),
    Kind::of::<childs_voice::ChildsVoice>("concerns.childs-voice"),
];
