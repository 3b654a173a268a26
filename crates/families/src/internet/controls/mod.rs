//! The controls of this family, in the order of the catalogue.

mod checked_first;
mod screen_time;
mod search;
mod supervised;

use crate::spine::control::Kind;

/// The controls of this family.
pub(super) const CONTROLS: &[Kind] = &[
    Kind::of::<supervised::Supervised>("internet.supervised"),
    Kind::of::<checked_first::CheckedFirst>("internet.checked-first"),
    Kind::of::<search::Search>("internet.search"),
    Kind::of::<screen_time::ScreenTime>("internet.screen-time"),
];
