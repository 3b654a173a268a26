//! The controls of this family, in the order of the catalogue.

mod alerts;
pub(super) mod hand_checks;
mod monitors;
pub(super) mod notice;
mod privacy;
mod use_;

pub(super) use alerts::within_minutes;

use crate::{
    roles::role::Role,
    spine::control::{Kind, Standpoint},
};
use kernel::duty::Owner;

/// The controls of this family.
pub(super) const CONTROLS: &[Kind] = &[
    Kind::of::<use_::Use>("monitor.use"),
    Kind::of::<alerts::Alerts>("monitor.alerts"),
    Kind::of::<notice::Notices>("monitor.notice"),
    Kind::of::<hand_checks::HandChecks>("monitor.hand-checks"),
    Kind::of::<privacy::Privacy>("monitor.privacy"),
    Kind::of::<monitors::Monitors>("monitor.monitors"),
];

/// The first of these roles that somebody holds, as owner; else the manager.
fn owner(roles: &[Role], from: &Standpoint<'_>) -> Owner {
    let held = from.setting.roles.first_held(roles, from.today);
    Owner::role(held.unwrap_or(&Role::Manager).key())
}

fn clause_ids(from: &Standpoint<'_>) -> Vec<String> {
    let clauses = from.bound.clauses.iter();
    clauses.map(|clause| clause.id.clone()).collect()
}
