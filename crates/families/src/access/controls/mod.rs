//! The controls of this family that this build has.

mod activity_log;
mod administrators;
pub mod attempts;
mod break_glass;
mod leavers;
mod need_to_know;
mod own_account;
mod own_files;
pub mod password_rotation;
mod password_strength;
mod register;
pub mod unattended;

pub use activity_log::{ACTIVITY_LOG, kept_until};
pub use need_to_know::NEED_TO_KNOW;

use crate::spine::control::{Kind, Standpoint};

/// The list.
pub const CONTROLS: &[Kind] = &[
    Kind::of::<register::Register>("access.register"),
    Kind::of::<own_account::OwnAccount>("access.own-account"),
    Kind::of::<password_strength::PasswordStrength>("access.password-strength"),
    Kind::of::<password_rotation::PasswordRotation>("access.password-rotation"),
    Kind::of::<attempts::Attempts>("access.attempts"),
    Kind::of::<unattended::Unattended>("access.unattended"),
    Kind::of::<own_files::OwnFiles>("access.own-files"),
    Kind::of::<leavers::Leavers>("access.leavers"),
    Kind::of::<administrators::Administrators>("access.administrators"),
    Kind::of::<activity_log::ActivityLog>("access.activity-log"),
    Kind::of::<need_to_know::NeedToKnow>("access.need-to-know"),
    Kind::of::<break_glass::BreakGlass>("access.break-glass"),
];

/// The clauses behind a control, for its notices.
fn clause_ids(from: &Standpoint<'_>) -> Vec<String> {
    let clauses = from.bound.clauses.iter();
    clauses.map(|clause| clause.id.clone()).collect()
}
