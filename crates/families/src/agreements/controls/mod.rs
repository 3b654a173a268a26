//! The controls of this family.

mod acceptable_use;
mod event_photography;
pub(crate) mod induction;

use crate::spine::control::Kind;

/// Its controls, in the order of the catalogue.
pub const CONTROLS: &[Kind] = &[
    Kind::of::<acceptable_use::AcceptableUse>("agreements.acceptable-use"),
    Kind::of::<induction::Induction>("agreements.induction"),
    Kind::of::<event_photography::EventPhotography>("agreements.event-photography"),
];
